"""Our own invented texts with marked names: sentences, letters, chats, tweets, articles, lists, logs.

Names come from faker and mimesis (all locales), places from GeoNames, organisations are composed. Every
text is made from a seed; part of the names is misspelt on purpose, so that lists alone do not decide.
"""

# ruff: noqa: E501
from __future__ import annotations

import re
from random import Random

from training.corpora import Document
from training.phrases import ACRONYMS, ARTICLE, CHAT, FORM, MACHINE, SENTENCE, TECHNICAL, TWEET

TITLES = "Mr. Mrs. Ms. Miss Dr. Prof. Mr Mrs Ms Dr Sir Herr Frau Monsieur Madame Señor Señora Sra. Sr. Pan Pani Bay Doña".split()
SUFFIXES = "Inc. Inc Ltd Ltd. LLC GmbH AG S.A. S.p.A. SE Corp. Corporation Group Holdings PLC BV AB Oy A/S KG Limited Co. S.L. Sp. z o.o. SARL Pty Ltd".split(
    " "
)
NOUNS = """Systems Solutions Technologies Energy Foods Motors Airlines Bank Insurance Capital Media Records Studios Pharma Logistics
Networks Software Labs Analytics Robotics Partners Consulting Electric Steel Oil Gas Press Pictures Entertainment Foundation""".split()
FIELDS = "Arts Science Technology Medicine Law Economics Music Design Engineering Agriculture Education Health Justice Finance Defence".split()
TEAMS = """Tigers Lions Eagles Bears Wolves Hawks Giants Kings Rangers Raiders Warriors Pirates Knights Rockets Stars Bulls Sharks Wanderers
Athletic Albion Panthers Falcons Cowboys Dolphins Saints Jets""".split()
STREETS = """Street St Road Rd Avenue Ave Lane Drive Dr Boulevard Blvd Court Way Place Square Terrace Close Hill Gardens Street Road Avenue
Alley Bend Bluff Bluffs Bridge Brook Brooks Burg Bypass Camp Canyon Cape Causeway Center Circle Circles Cliff Cliffs Club Common Corner Corners
Course Courts Cove Coves Creek Crescent Crest Crossing Crossroad Curve Dale Dam Divide Estate Estates Expressway Extension Fall Falls Ferry Field
Fields Flat Flats Ford Forest Forge Forges Fork Forks Fort Freeway Garden Gateway Glen Glens Green Greens Grove Groves Harbor Haven Heights
Highway Hills Hollow Inlet Island Isle Junction Key Keys Knoll Knolls Lake Lakes Land Landing Light Loaf Lock Locks Lodge Loop Mall Manor
Manors Meadow Meadows Mews Mill Mills Mission Motorway Mount Mountain Neck Orchard Oval Overpass Park Parks Parkway Pass Passage Path Pike Pine
Pines Plain Plains Plaza Point Points Port Ports Prairie Radial Ramp Ranch Rapids Rest Ridge Ridges Rise River Roads Route Row Run Shoal Shore
Shores Skyway Spring Springs Spur Squares Station Stravenue Stream Streets Summit Throughway Trace Track Trail Tunnel Turnpike Underpass Union
Unions Valley Via Viaduct View Views Village Ville Vista Walk Walks Wall Ways Well Wells""".split()
FOREIGN = [
    "{g}-{s}-Straße {n}",
    "{g}-{s}-Str. {n}",
    "{g}-{s}-Gasse {n}/{n}",
    "{g}-{s}-Allee {n}",
    "{s}allee {n}",
    "{s}gasse {n}",
    "{s}platz {n}",
    "{s}ring {n}",
    "{s}str. {n}/{n}",
    "Am {s} {n}",
    "{n}, rue {g} {s}",
    "Boulevard {s} {n}",
    "Piazza {s} {n}",
    "Avenida {g} {s} {n}",
    "Carrer de {s}, {n}",
    "Calle de {p} No. {n}",
    "al. {s} {n}/{n}",
    "{s}vej {n}",
    "{s}vägen {n}",
    "{s}plein {n}",
    "Jalan {s} No. {n}",
    "{g} {s} Mah. {s} Sok. No: {n}",
    "{s} Marg {n}",
    "{s}straße {n}",
    "{s}str. {n}",
    "{s}weg {n}",
    "Rue de {p} {n}",
    "{n} rue {s}",
    "Calle {s} {n}",
    "Via {s} {n}",
    "ul. {s}a {n}",
    "Rua {s}, {n}",
    "Avenida {s} {n}",
    "{s}gatan {n}",
    "{s}veien {n}",
    "{s}laan {n}",
    "{s}straat {n}",
    "{s} Cd. No:{n}",
    "{s} Sokak {n}",
    "{s}ufer {n}",
    "Plaza {s} {n}",
    "{s}katu {n}",
    "{s} utca {n}.",
]
GROUPS = [
    "{p} United",
    "{p} City",
    "{p} FC",
    "FC {p}",
    "{p} Rovers",
    "University of {p}",
    "{p} University",
    "{p} College",
    "{p} Police Department",
    "{p} City Council",
    "{p} Times",
    "{p} Chamber of Commerce",
    "{s} Institute of {f}",
    "{p} Institute of {f}",
    "{s} Foundation",
    "Ministry of {f}",
    "Department of {f}",
    "{p} Symphony Orchestra",
    "Bank of {p}",
    "{p} Hospital",
    "{s} Memorial Hospital",
    "The {s} Group",
    "{p} Railways",
    "{p} Airport Authority",
    "{s} & {s2}",
    "{s}, {s2} and {s3}",
    "{s} and Sons",
    "{s}-{s2}",
    "{s} {x}",
    "{s} {m}",
    "{s} {m} {x}",
    "{s} {x}",
    "{s} PLC",
    "{s} Ltd",
    "{s} Inc",
    "{w} {m}",
    "{w}{v}",
    "{w}{y}",
    "{w}{y}",
    "{w}{y} {m}",
    "{w}{y} {x}",
    "{w} {w2}",
    "{w} {w2} {x}",
    "{y2}.com",
    "{s}, {s2} and {s3}",
    "{s}, {s2} and {s3}",
    "{s}-{s2}",
    "{w}{v}",
    "American {f} Association",
    "Institute for {f}",
    "National Museum of {f}",
    "{p} Museum",
    "{p} Opera",
    "{p} High School",
    "{p} Regiment",
    "{p} {t}",
    "{p} {t}",
    "{w} {x}",
    "{s}, {s2} & {s3}",
    "{s} Brothers",
    "Universidad de {p}",
    "Universität {p}",
    "{p} Party",
    "National Union of {f}",
    "Royal {p} Society",
    "{s} Group",
    "{s} LLC",
    "{p} Herald",
    "The {w}s",
    "{w} Records",
    "{a}",
    "{a}",
]
SPOTS = [
    "{s} Park",
    "Lake {s}",
    "Mount {s}",
    "{s} River",
    "{s} County",
    "{p} Airport",
    "Fort {s}",
    "{s} Bridge",
    "{s} Hall",
    "{s} Stadium",
    "North {p}",
    "South {p}",
    "East {p}",
    "West {p}",
    "New {p}",
    "Port {s}",
    "St. {g}",
    "{s} Island",
    "{s} Valley",
    "{p} Station",
    "{s} Square",
    "{s} Beach",
    "{s}ville",
    "{g}ville",
    "{g}ton",
    "{g}stad",
    "{g}furt",
    "{g}side",
    "{g}borough",
    "{g}mouth",
    "{s}shire",
    "{g}shire",
    "{s}chester",
    "{g}chester",
    "{g}bury",
    "{s}bury",
    "{s}haven",
    "{g}land",
    "{s}view",
    "{g}fort",
    "{s}port",
    "Port {g}",
    "North {g}",
    "South {g}",
    "East {g}",
    "West {g}",
    "New {g}",
    "Lake {g}",
    "{g}berg",
    "{p} Beach",
    "{p} Springs",
    "{p} Heights",
    "{s}ton",
    "{s}berg",
    "Lake {g}",
    "San {g}",
    "Santa {g}",
    "Bad {s}",
    "{s}burgh",
    "{s}borough",
    "{s}side",
    "{s}stad",
    "{s}furt",
]


class Maker:
    """Draws names and fills templates."""

    def __init__(
        self,
        names: dict[str, dict[str, list[str]]],
        towns: list,
        countries: list[str],
        regions: list[str],
        words: list[str],
        seed: int,
    ) -> None:
        self.random = Random(seed)
        self.locales = [
            k for k in sorted(names) if len(names[k]["given"]) > 20 and len(names[k]["surname"]) > 20
        ]
        self.names, self.towns, self.countries, self.regions, self.words = (
            names,
            towns,
            countries,
            regions,
            words,
        )

    def pick(self, values: list) -> str:
        """Draw one."""
        return values[int(self.random.random() * len(values))]

    def _locale(self) -> dict[str, list[str]]:
        """Draw a locale; English ones more often, other scripts less."""
        if self.random.random() < 0.3:
            return self.names[self.pick([k for k in self.locales if k.startswith("en")])]
        return self.names[self.pick(self.locales)]

    def _odd(self, name: str) -> str:
        """Misspell some names, so that they are in no list."""
        if self.random.random() < 0.12 and len(name) > 4 and name.isalpha():
            at = 1 + int(self.random.random() * (len(name) - 2))
            return name[:at] + self.pick(list("aeioulnrtsk")) + name[at + (self.random.random() < 0.6) :]
        return name

    def given(self) -> str:
        """A given name."""
        return self._odd(self.pick(self._locale()["given"]))

    def surname(self) -> str:
        """A surname in capitals of its own."""
        return self._odd(self.pick(self._locale()["surname"]))

    def person(self) -> str:
        """A full name of one locale in one of the usual forms."""
        r, locale = self.random.random(), self._locale()
        given, surname = self._odd(self.pick(locale["given"])), self._odd(self.pick(locale["surname"]))
        if r < 0.62:
            return f"{given} {surname}"
        forms = [
            f"{given} {self.pick(list('ABCDEFGHJKLMNPRST'))}. {surname}",
            f"{given}-{self.pick(locale['given'])} {surname}",
            given,
            given,
            given,
            f"{given} {surname}-{self.pick(locale['surname'])}",
            f"{given[0]}. {surname}",
            surname,
            f"{given} {self.pick(locale['given'])} {surname}",
            f"{given} {self.pick(['van der', 'de', 'von', 'de la', 'bin', 'al', 'di', 'O’', 'Mc'])} {surname}",
            f"{given} {surname} {self.pick(['Jr.', 'III', 'Sr.', 'II'])}",
            f"{given} {surname} {self.pick(locale['surname'])}",
        ]
        return self.pick(forms).replace("O’ ", "O’").replace("Mc ", "Mc")

    def place(self) -> str:
        """A town, region or country."""
        r = self.random.random()
        if r < 0.5:
            return self.town()
        if r < 0.72:
            return self.pick(self.countries)
        if r < 0.82:
            return self.pick(self.regions)
        return self._fill(self.pick(SPOTS))

    def town(self) -> str:
        """A town, large ones more often."""
        if self.random.random() < 0.12:
            return self._fill(self.pick(SPOTS))
        return self._odd(self.pick(self.towns[: 4000 if self.random.random() < 0.5 else len(self.towns)]))

    def organisation(self) -> str:
        """An organisation of many kinds."""
        return self._fill(self.pick(GROUPS))

    def _fill(self, form: str) -> str:
        """Fill a form of a compound name."""

        def draw():
            return self.pick(self.words).title()

        return form.format(
            s=self.surname().split()[-1],
            s2=self.surname(),
            s3=self.surname(),
            p=self.town(),
            g=self.given(),
            m=self.pick(NOUNS),
            x=self.pick(SUFFIXES),
            f=self.pick(FIELDS),
            w=draw(),
            w2=draw(),
            y=self.pick(self.words),
            y2=draw() + self.pick(self.words),
            t=self.pick(TEAMS),
            v=self.pick(["ly", "ify", "soft", "tech", "corp", "gen", "ex", "on"]),
            n=self.random.randrange(1, 200),
            a="".join(self.pick(list("ABCDEFGHILMNOPRSTUVW")) for _ in range(self.random.randrange(2, 6))),
        )

    def street(self) -> str:
        """A street and number in one of several countries' forms."""
        if self.random.random() < 0.5:
            unit = self.pick(
                [
                    "",
                    "",
                    f"Flat {self.random.randrange(1, 99)}{self.pick(list('abcdxyz'))}, ",
                    f"Studio {self.random.randrange(1, 99)}, ",
                ]
            )
            if unit:
                return f"{unit}{self.pick([self.given(), self.surname()])} {self.pick(STREETS)}"
            unit = self.pick(
                [
                    "",
                    "",
                    "",
                    f" Apt. {self.random.randrange(1, 900)}",
                    f" Suite {self.random.randrange(100, 999)}",
                    f", Flat {self.random.randrange(1, 90)}",
                ]
            )
            return f"{self.random.randrange(1, 99999)} {self.pick([self.given(), self.surname()])} {self.pick(STREETS)}{unit}"
        return self._fill(self.pick(FOREIGN))

    def address(self) -> str:
        """A street, town and perhaps more, in one or several lines."""
        gap = self.pick([", ", ", ", "\n", " "])
        code = self.pick(
            [
                f"{self.random.randrange(10000, 99999)}",
                f"{self.pick(list('ABCEGLMNS'))}{self.random.randrange(1, 20)} {self.random.randrange(1, 9)}{self.pick(list('ABDEF'))}{self.pick(list('GHJLN'))}",
            ]
        )
        tail = self.pick(
            [
                f"{self.town()} {code}",
                f"{code} {self.town()}",
                f"{self.town()}, {self.pick(self.regions)} {code}",
                f"{self.town()}, {self.pick(['CA', 'NY', 'TX', 'OH', 'FL', 'WA'])} {code}",
                self.town(),
            ]
        )
        unit = self.pick(
            [
                "",
                "",
                "",
                f"{gap}Apt. {self.random.randrange(1, 900)}",
                f"{gap}Suite {self.random.randrange(1, 999)}",
            ]
        )
        country = self.pick(self.countries)
        end = self.pick(["", "", "", f"{gap}{country}", f"{gap}{country} {code}", f"{gap}{code} {country}"])
        return f"{self.street()}{unit}{gap}{tail}{end}"

    def value(self, slot: str) -> tuple[str, str]:
        """Text and entity of a slot of a template."""
        entity = {
            "person": "PERSON",
            "given": "PERSON",
            "surname": "PERSON",
            "place": "LOCATION",
            "town": "LOCATION",
            "country": "LOCATION",
            "region": "LOCATION",
            "address": "LOCATION",
            "street": "LOCATION",
            "organisation": "ORGANIZATION",
        }.get(slot, "")
        if slot == "country":
            return self.pick(self.countries), entity
        if slot == "region":
            return self.pick(self.regions), entity
        if slot == "title":
            return self.pick(TITLES), ""
        if slot == "number":
            return str(self.random.randrange(1, 10 ** self.random.randrange(1, 9))), ""
        if slot == "year":
            return str(self.random.randrange(1700, 2026)), ""
        if slot == "word":
            return self.pick(self.words), ""
        if slot == "acronym":
            return self.pick(ACRONYMS), ""
        if slot == "handle":
            return "@" + self.given().replace(" ", "") + str(self.random.randrange(99)), ""
        if slot == "product":
            return self.pick(
                [
                    "Docker Swarm",
                    "Visual Studio",
                    "Llama Guard",
                    "Apache Kafka",
                    "Jupyter Lab",
                    "Red Hat",
                    "Falcon 40B",
                    "Power BI",
                    "Google Chrome",
                    "Rust Analyzer",
                    "Spring Boot",
                    "Amazon Linux",
                    "Python",
                    "Node",
                    "Mistral 7B",
                    "Kubernetes",
                    "Stable Diffusion",
                    "Claude Opus",
                    "Qwen",
                    "Debian Bookworm",
                ]
            ), ""
        return getattr(self, slot)(), entity

    def fill(self, template: str) -> Document:
        """Fill a template: ``{slot}`` by a drawn value."""
        text, spans = "", []
        loud = self.random.random() < 0.08
        for piece in re.split(r"(\{\w+\})", template):
            if piece.startswith("{") and piece.endswith("}"):
                value, entity = self.value(piece[1:-1])
                if loud and entity and self.random.random() < 0.6 and len(value.upper()) == len(value):
                    value = value.upper()
                if entity:
                    spans.append((len(text), len(text) + len(value), entity))
                text += value
            else:
                text += piece
        return Document(text, spans)

    def styled(self, document: Document, lower: float, upper: float) -> Document:
        """Write some texts all in lower case or in capitals."""
        r = self.random.random()
        text = (
            document.text.lower()
            if r < lower
            else document.text.upper()
            if r < lower + upper
            else document.text
        )
        return Document(text if len(text) == len(document.text) else document.text, document.spans)

    def quoted(self, document: Document) -> Document:
        """Put a sign of quotation or list before every line."""
        sign = self.pick([">", "> ", ">> ", "| ", "- ", "* ", "  ", "// ", "\t", "?? "])
        lines = document.text.split("\n")
        starts = [0]
        for line in lines:
            starts.append(starts[-1] + len(line) + 1)
        spans = []
        for start, end, entity in document.spans:
            first = sum(begin <= start for begin in starts) - 1
            last = sum(begin <= end - 1 for begin in starts) - 1
            for line in range(first, last + 1):  # a name of several lines becomes one a line
                left, right = max(start, starts[line]), min(end, starts[line + 1] - 1)
                if right > left:
                    shift = len(sign) * (line + 1)
                    spans.append((left + shift, right + shift, entity))
        return Document(sign + ("\n" + sign).join(lines), spans)

    def hashtag(self, document: Document) -> Document:
        """Turn some names of a tweet into hashtags."""
        text, spans, shift = document.text, [], 0
        for start, end, entity in document.spans:
            start, end = start + shift, end + shift
            if self.random.random() < 0.25 and text[start:end].replace(" ", "").isalpha():
                tag = "#" + text[start:end].replace(" ", "")
                text = text[:start] + tag + text[end:]
                shift += len(tag) - (end - start)
                end = start + len(tag)
            spans.append((start, end, entity))
        return Document(text, spans)

    def table(self) -> Document:
        """A small table or list of records with names, in one of several formats."""
        columns = [
            self.pick(
                [
                    "name|person",
                    "full_name|person",
                    "first_name|given",
                    "surname|surname",
                    "Kunde|person",
                    "nombre|person",
                    "city|town",
                    "Ort|town",
                    "country|country",
                    "company|organisation",
                    "employer|organisation",
                    "address|street",
                    "id|number",
                    "note|word",
                    "score|number",
                    "contact|person",
                ]
            )
            for _ in range(self.random.randrange(2, 6))
        ]
        rows = self.random.randrange(1, 7)
        left, middle, right = self.pick(
            [
                ("", ",", "\n"),
                ("", ";", "\n"),
                ("", "\t", "\n"),
                ("('", "','", "'),\n"),
                ("| ", " | ", " |\n"),
                ('"', '","', '"\n'),
            ]
        )
        pieces: list[str] = []
        keyed = self.random.random() < 0.4
        if not keyed and self.random.random() < 0.7:
            pieces += [left, middle.join(c.split("|")[0] for c in columns), right]
        for _ in range(rows):
            if keyed:
                form = self.pick(
                    ['"{k}": "{v}", ', "{k}: {v}\n", "{k}={v} ", "<{k}>{v}</{k}>\n", "{k}: '{v}'\n"]
                )
                for column in columns:
                    key, slot = column.split("|")
                    pieces.append(form.replace("{k}", key).replace("{v}", "{" + slot + "}"))
                pieces.append("\n")
            else:
                pieces += [left, middle.join("{" + c.split("|")[1] + "}" for c in columns), right]
        return self.fill("".join(pieces))


def documents(maker: Maker, count: int) -> list[Document]:
    """Give `count` invented texts, about a quarter each of sentences, articles, chats and tweets, and tables."""
    out = []
    for _ in range(count):
        r = maker.random.random()
        if r < 0.34:
            out.append(maker.styled(maker.fill(maker.pick(SENTENCE)), 0.04, 0.03))
        elif r < 0.52:
            out.append(maker.fill(" ".join(maker.pick(ARTICLE) for _ in range(maker.random.randrange(1, 4)))))
        elif r < 0.64:
            out.append(
                maker.styled(
                    maker.fill("\n".join(maker.pick(CHAT) for _ in range(maker.random.randrange(1, 5)))),
                    0.1,
                    0.02,
                )
            )
        elif r < 0.78:
            out.append(maker.styled(maker.hashtag(maker.fill(maker.pick(TWEET))), 0.2, 0.06))
        elif r < 0.86:
            form = maker.fill(maker.pick(FORM))
            out.append(maker.quoted(form) if maker.random.random() < 0.25 else form)
        elif r < 0.92:
            out.append(maker.table())
        elif r < 0.97:
            out.append(
                maker.fill("\n".join(maker.pick(TECHNICAL) for _ in range(maker.random.randrange(1, 5))))
            )
        else:
            out.append(
                maker.fill("\n".join(maker.pick(MACHINE) for _ in range(maker.random.randrange(1, 6))))
            )
    return out
