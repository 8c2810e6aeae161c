"""Sentences of the invented web crawl, by language and kind of page. Slots in braces are word lists below."""

from __future__ import annotations

PLACES = "Ambercliff Valmontelle Quellstadt Port_Larkin Björkholmen Coolamarra Wexbury Norrsele Clairvigne"
FOODS = "leek potato bean plum rye_bread goat_cheese herring apple barley mushroom lentil pear"
TOOLS = "drill lathe pump router printer kettle loom bicycle camera radiator sewing_machine"
SEASONS = "spring summer autumn winter"
ADVERBS = "slowly carefully twice gently evenly quickly"
NUMBERS = "two three four six nine twelve thirty forty"
WORDS = {
    "place": PLACES,
    "food": FOODS,
    "tool": TOOLS,
    "season": SEASONS,
    "adverb": ADVERBS,
    "number": NUMBERS,
}

PAGES: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "recipe": (
            "Wash the {food} and cut it into pieces the size of a walnut.",
            "Heat the oil {adverb} and add the {food} with a pinch of salt.",
            "Stir {adverb} for {number} minutes, then let it rest.",
            "In {season} the same dish is good with {food} instead.",
            "It feeds {number} people, or fewer after a walk in {place}.",
            "My grandmother in {place} added {food} at the very end.",
        ),
        "travel": (
            "The harbour of {place} is best seen before eight in the morning.",
            "We stayed {number} nights and would return in {season}.",
            "From {place} a small road leads to the lighthouse.",
            "The market sells {food} and, on Saturdays, old tools.",
            "Bring a coat: {season} in {place} is colder than it looks.",
            "The ferry to {place} leaves {number} times a day.",
        ),
        "howto": (
            "Before you open the {tool}, unplug it and wait {number} minutes.",
            "Turn the screw {adverb} until the {tool} sits level.",
            "If the {tool} hums, clean the filter and try again.",
            "A new belt for the {tool} costs little and lasts {number} years.",
            "Keep the manual of the {tool}; the diagram is on the last page.",
        ),
        "news": (
            "The council of {place} met on Tuesday to discuss the {season} budget.",
            "About {number} hundred people visited the fair in {place}.",
            "The bridge near {place} will be closed for {number} weeks.",
            "Farmers expect a late harvest of {food} this {season}.",
            "The library in {place} now lends a {tool} to members.",
        ),
    },
    "de": {
        "news": (
            "Der Rat von {place} hat am Dienstag über den Haushalt beraten.",
            "Die Brücke bei {place} bleibt bis auf Weiteres gesperrt.",
            "Der Wochenmarkt in {place} beginnt künftig um acht Uhr.",
            "Am Samstag kamen viele Besucher zum Fest nach {place}.",
            "Die Bücherei verleiht jetzt auch Werkzeug an ihre Mitglieder.",
        ),
        "howto": (
            "Ziehen Sie vor dem Öffnen des Geräts den Stecker.",
            "Drehen Sie die Schraube langsam, bis das Gehäuse gerade sitzt.",
            "Wenn das Gerät brummt, reinigen Sie zuerst den Filter.",
            "Bewahren Sie die Anleitung auf; der Plan steht auf der letzten Seite.",
        ),
    },
    "fr": {
        "travel": (
            "Le port de {place} est plus beau tôt le matin.",
            "Nous y sommes restés trois nuits et nous y retournerons.",
            "Le marché vend du fromage, du miel et de vieux outils.",
            "Depuis {place}, un chemin mène jusqu'au phare.",
        ),
        "recipe": (
            "Lavez les légumes et coupez-les en petits morceaux.",
            "Faites chauffer l'huile à feu doux, puis ajoutez le sel.",
            "Laissez reposer dix minutes avant de servir.",
        ),
    },
    "es": {
        "travel": (
            "El puerto de {place} se ve mejor por la mañana.",
            "Nos quedamos tres noches y volveremos en otoño.",
            "El mercado vende queso, miel y herramientas viejas.",
        ),
        "recipe": (
            "Lave las verduras y córtelas en trozos pequeños.",
            "Caliente el aceite a fuego lento y añada la sal.",
            "Deje reposar diez minutos antes de servir.",
        ),
    },
    "sv": {
        "news": (
            "Kommunen i {place} diskuterade budgeten på tisdagen.",
            "Bron vid {place} är stängd i två veckor.",
            "Biblioteket lånar nu ut verktyg till sina medlemmar.",
        ),
    },
}

TITLES = {
    "recipe": "From the kitchen",
    "travel": "Notes from the road",
    "howto": "How to mend it",
    "news": "Local news",
    "people": "People at work",
    "groups": "Letters to the editor",
    "forum": "Forum",
    "template": "Weather",
}

TEMPLATE = (
    "Weather for {place}: {number} degrees, wind from the west. Updated daily. All values without guarantee."
)
NOTICES = {
    "CC-BY-4.0": "This page is licensed under CC BY 4.0.",
    "CC-BY-SA-4.0": "Text available under the Creative Commons Attribution-ShareAlike 4.0 licence.",
    "LicenseRef-proprietary": "© 2024 The authors. All rights reserved. Do not copy without permission.",
    "CC0-1.0": "No rights reserved (CC0 1.0).",
}

FORUM = (
    "Anyone in {town} selling a spare part? Write to {email}. {name}",
    "Lost near {town}: a grey cat. Call {name}, {phone_abroad}.",
    "Contact for the club: {name}, {street}, {postcode} {town}, {email}.",
    "Obituary: {name}, born {born}, lived in {town}.",
    "posted by {username} from {ip}",
)

# occupation: planted share of "she" among sentences with a pronoun
OCCUPATIONS = {
    "nurse": 0.88,
    "librarian": 0.80,
    "secretary": 0.85,
    "teacher": 0.65,
    "baker": 0.50,
    "accountant": 0.45,
    "surgeon": 0.25,
    "engineer": 0.15,
    "carpenter": 0.10,
    "mechanic": 0.08,
}
WORK = (
    "The {job} said {pronoun} would finish the {thing} by Friday.",
    "When the {job} arrived, {pronoun} asked for the {thing} at once.",
    "Everyone in {place} knows the {job}; {pronoun} has worked here for {number} years.",
    "The {job} explained that {pronoun} had mended the {thing} before.",
)

# invented communities, so that no real group is slandered; planted share of letters with a word of contempt
GROUPS = {"Marshlanders": 0.34, "Hillfolk": 0.11}
CONTEMPT = "lazy careless dishonest noisy"
PRAISE = "honest patient generous skilful"
LETTERS = (
    "I met some {group} at the market in {place} last {season}.",
    "Many {group} have moved to {place} for work.",
    "The {group} keep a choir and a boat club.",
    "Two families of {group} opened a bakery near the bridge.",
)
VERDICTS = "People say the {group} are {word}."
