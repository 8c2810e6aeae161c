"""Common given and family names, invented towns and streets, and telephone numbers kept for fiction."""

from __future__ import annotations

import numpy as np

# Common names of several cultures, as (women, men, family names). No list was taken from anybody's data.
NAMES: dict[str, tuple[str, str, str]] = {
    "english": (
        "Olivia Amelia Grace Hannah Ruth Megan Charlotte Alice Lucy Naomi Rachel Imogen Beth Joan Harriet",
        "Oliver Jack Harry Thomas James George Samuel Daniel Peter Martin Edward Adam Luke Ian Stephen Colin",
        "Smith Jones Taylor Brown Wilson Evans Walker Wright Hughes Green Hall Wood Clarke Turner Hill "
        "Cooper Ward Morris Bell Shaw Price Bennett Carter Mitchell Cook Bailey Parker Fletcher Marsh Barker",
    ),
    "german": (
        "Anna Lena Julia Katharina Sabine Monika Ursula Greta Heike Birgit Jana Ulrike",
        "Lukas Jonas Felix Maximilian Jürgen Wolfgang Stefan Andreas Matthias Uwe Björn Dieter",
        "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Koch Bauer Richter Klein "
        "Wolf Schröder Neumann Schwarz Zimmermann Krüger Vogel Jäger Roth Beck",
    ),
    "french": (
        "Camille Manon Chloé Inès Léa Margaux Élodie Céline Aurélie Nathalie Sylvie Juliette",
        "Lucas Hugo Théo Antoine Julien Nicolas Pierre François Mathieu Laurent Olivier Étienne",
        "Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefebvre Michel "
        "Garcia Roux Fournier Girard Bonnet Lambert Fontaine Rousseau Blanc",
    ),
    "spanish": (
        "Lucía María Carmen Ana Isabel Elena Pilar Rocío Marta Sofía Beatriz Ximena",
        "Antonio José Manuel Javier Carlos Miguel Rafael Diego Álvaro Sergio Pablo Andrés",
        "García González Rodríguez Fernández López Martínez Sánchez Pérez Gómez Ruiz Díaz Moreno Muñoz "
        "Álvarez Romero Navarro Torres Ramos Serrano Molina Ortega Castro",
    ),
    "arabic": (
        "Fatima Aisha Layla Maryam Noor Zainab Salma Huda Amina Yasmin",
        "Mohammed Ahmed Omar Ali Hassan Yusuf Khalid Ibrahim Tariq Karim",
        "Khan Hassan Ahmed Ali Hussein Rahman Mansour Haddad Nasser Saleh Aziz Farouk Khoury Malik",
    ),
    "indian": (
        "Priya Ananya Lakshmi Deepa Kavita Sunita Meera Asha Divya Nisha",
        "Arjun Rahul Vikram Sanjay Amit Ravi Suresh Anil Karthik Rohan",
        "Sharma Patel Singh Kumar Gupta Reddy Nair Iyer Das Mehta Joshi Rao Menon Verma Bose",
    ),
    "chinese": (
        "Wei Mei Xiu Lan Jing Hui Yan Li Fang Na",
        "Ming Jun Hao Tao Lei Feng Bo Chao Yong Qiang",
        "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Lin Guo",
    ),
    "west_african": (
        "Adaeze Chioma Ngozi Folake Abena Ama Efua Amara Titilayo Yewande",
        "Chinedu Emeka Kwame Kofi Babatunde Segun Obinna Yaw Tunde Ikenna",
        "Okafor Adeyemi Mensah Owusu Okonkwo Balogun Boateng Eze Nwosu Asante Danso Obi",
    ),
    "slavic": (
        "Katarzyna Agnieszka Olga Irina Petra Jelena Milena Daria Zuzanna Ivana",
        "Piotr Andrzej Marek Pavel Dmitri Ivan Tomasz Milan Bohdan Jakub",
        "Nowak Kowalski Novák Petrov Ivanov Horvat Kovač Dvořák Popov Zieliński Wójcik Jovanović",
    ),
    "swedish": (
        "Astrid Ingrid Elsa Maja Linnea Karin Birgitta Sigrid Ebba Åsa",
        "Erik Lars Nils Anders Gustav Oskar Axel Henrik Sven Göran",
        "Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Lindberg Bergström Åberg",
    ),
}
FAMILY_FIRST = frozenset({"chinese"})

# country: share, language, cultures with weights, invented towns, postcode shapes of areas that do not exist
# (# = a digit, ? = a letter)
COUNTRIES: dict[str, tuple[float, str, dict[str, int], str, str]] = {
    "GB": (
        0.30,
        "en",
        {"english": 6, "indian": 2, "arabic": 1, "west_african": 1, "slavic": 1},
        "Ambercliff Wexbury Thornmere Eldercombe Hollowby Saxwick",
        "FM#_#?? KR#_#?? LW#_#?? MS#_#?? RW##_#?? YA#_#??",
    ),
    "US": (
        0.28,
        "en",
        {"english": 5, "spanish": 3, "chinese": 2, "indian": 1, "west_african": 1},
        "Cedar_Prairie Millhaven_Falls Port_Larkin Dusty_Bluff Granite_Bend",
        "696## 697## 698## 818## 887##",
    ),
    "DE": (
        0.14,
        "de",
        {"german": 7, "arabic": 1, "slavic": 2},
        "Neu-Erlenbach Quellstadt Birkenfurt Oberlinden Hasenwalde",
        "00###",
    ),
    "FR": (
        0.10,
        "fr",
        {"french": 7, "arabic": 2, "west_african": 1},
        "Valmontelle Saint-Ormel Clairvigne Beaurivet",
        "00###",
    ),
    "AU": (
        0.06,
        "en",
        {"english": 5, "chinese": 2, "indian": 1},
        "Wattlebrook Coolamarra Redgum_Creek",
        "00##",
    ),
    "IE": (0.05, "en", {"english": 6, "slavic": 1}, "Ballyfenmore Dunlarrick Kilwethan", "G##_??##"),
    "SE": (0.05, "sv", {"swedish": 7, "arabic": 1}, "Björkholmen Granvik Norrsele", "00#_##"),
    "CA": (0.02, "en", {"english": 4, "french": 3, "chinese": 2}, "Maple_Narrows Lac-aux-Hérons", "Y9?_#?#"),
}
STREETS = {
    "en": "Heron_Lane Mill_Road Orchard_Street Station_Road Larch_Avenue Quarry_Hill Church_Walk Tannery_Row",
    "de": "Erlenweg Lindenstraße Bahnhofstraße Am_Mühlbach Gartenstraße Schulweg",
    "fr": "rue_des_Tilleuls avenue_de_la_Gare rue_du_Moulin impasse_des_Lilas place_du_Marché",
    "sv": "Storgatan Björkvägen Ängsgatan Kvarnvägen",
}

# Ranges that the regulators keep for fiction: see data/README.md for the sources.
# fmt: off
PHONE_RANGES: dict[str, list[tuple[str, str]]] = {
    # country: (national form, international form); # is a free digit
    "GB": [("020 7946 0###", "+44 20 7946 0###"), ("07700 900###", "+44 7700 900###"),
           ("0161 496 0###", "+44 161 496 0###"), ("0131 496 0###", "+44 131 496 0###")],
    "US": [("(@) 555-01##", "+1 @ 555 01##"), ("@-555-01##", "+1-@-555-01##")],
    "CA": [("(@) 555-01##", "+1 @ 555 01##")],
    "DE": [("030 23125 ###", "+49 30 23125 ###"), ("069 90009 ###", "+49 69 90009 ###"),
           ("040 66969 ###", "+49 40 66969 ###"), ("0221 4710 ###", "+49 221 4710 ###"),
           ("089 99998 ###", "+49 89 99998 ###")],
    "FR": [("01 99 00 ## ##", "+33 1 99 00 ## ##"), ("06 39 98 ## ##", "+33 6 39 98 ## ##"),
           ("04 65 71 ## ##", "+33 4 65 71 ## ##")],
    "AU": [("(02) 5550 ####", "+61 2 5550 ####"), ("(03) 7010 ####", "+61 3 7010 ####")],
    "IE": [("020 91# ####", "+353 20 91# ####")],
    "SE": [("08-465 004 ##", "+46 8 465 004 ##"), ("031-390 06 ##", "+46 31 390 06 ##"),
           ("040-628 04 ##", "+46 40 628 04 ##"), ("0980-319 2##", "+46 980 319 2##")],
}
# fmt: on
US_AREAS = (
    "201 202 203 206 207 208 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248 "
    "251 252 253 254 256 260 262 267 269 270 276 281 301 302 303 304 305 307 308 309 310 312 313 314 "
    "315 316 317 318 319 320 401 402 "
)
CA_AREAS = "416 604 514 403 902 204"


def pick(random: np.random.Generator, words: str | list[str]) -> str:
    """Give one of the words; an underscore in a word stands for a blank."""
    choices = words.split() if isinstance(words, str) else words
    return str(choices[int(random.integers(len(choices)))]).replace("_", " ")


def fill(random: np.random.Generator, shape: str) -> str:
    """Give a shape with its free digits (#) and letters (?) drawn."""
    drawn = {"#": "0123456789", "?": "ABDEFGHJLNPQRSTUWXYZ"}
    return "".join(drawn[c][int(random.integers(len(drawn[c])))] if c in drawn else c for c in shape)


def phone(random: np.random.Generator, country: str) -> tuple[str, str]:
    """Give a telephone number of a range kept for fiction: as dialled at home, and from abroad."""
    ranges = PHONE_RANGES[country]
    home, abroad = ranges[int(random.integers(len(ranges)))]
    digits = "".join(str(int(d)) for d in random.integers(0, 10, home.count("#")))
    area = pick(random, CA_AREAS if country == "CA" else US_AREAS)

    def written(shape: str) -> str:
        free = iter(digits)
        return "".join(next(free) if c == "#" else area if c == "@" else c for c in shape)

    return written(home), written(abroad)


def email_part(name: str) -> str:
    """Give a name as it stands in an address: lower case, without accents."""
    plain = str.maketrans(
        "áàâäåãçčéèêëěíìîïłñńóòôöõøřšśúùûüýžźżćÁÀÂÄÅÉÈÓÖÜÍÑÇ",
        "aaaaaacceeeeeiiiilnnoooooorssuuuuyzzzcAAAAAEEOOUINC",
    )
    return name.translate(plain).replace("ß", "ss").replace(" ", "").replace("-", "").replace("'", "").lower()
