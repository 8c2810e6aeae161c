"""Words that stand for digits, for "@" and for the dot of an address, in seven languages and a few more."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

_LISTS = (
    "zero one two three four five six seven eight nine",
    "oh one two three four five six seven eight niner",
    "null eins zwei drei vier fünf sechs sieben acht neun",
    "cero uno dos tres cuatro cinco seis siete ocho nueve",
    "zéro un deux trois quatre cinq six sept huit neuf",
    "zero uno due tre quattro cinque sei sette otto nove",
    "zero um dois três quatro cinco seis sete oito nove",
    "nul een twee drie vier vijf zes zeven acht negen",
    "nul één twee drie vier vijf zes zeven acht negen",
    "nul een twee drie vier vyf ses sewe agt nege",
    "zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć",
    "nula jedna dva tři čtyři pět šest sedm osm devět",
    "nula jedan dva tri četiri pet šest sedam osam devet",
    "noll ett två tre fyra fem sex sju åtta nio",
    "null én to tre fire fem seks syv åtte ni",
    "nul ét to tre fire fem seks syv otte ni",
    "nolla yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän",
    "sıfır bir iki üç dört beş altı yedi sekiz dokuz",
    "nulla egy kettő három négy öt hat hét nyolc kilenc",
    "zero unu doi trei patru cinci șase șapte opt nouă",
    "nol satu dua tiga empat lima enam tujuh delapan sembilan",
    "shunya ek do teen chaar paanch chhe saat aath nau",
    "ноль один два три четыре пять шесть семь восемь девять",
    "нуль один два три чотири п'ять шість сім вісім дев'ять",
    "μηδέν ένα δύο τρία τέσσερα πέντε έξι επτά οκτώ εννέα",
)
DIGIT_WORDS = tuple(tuple(words.split()) for words in _LISTS)
"""Words for the digits from 0 to 9, language by language."""

DIGITS = {word: str(digit) for words in _LISTS for digit, word in enumerate(words.split())} | {
    "oh": "0", "naught": "0", "niner": "9", "ein": "1", "zwo": "2", "fuenf": "5", "uma": "1", "duas": "2",
    "meia": "6", "une": "1", "una": "1",
}  # fmt: skip
"""Words to digits."""

TIMES = {"double": 2, "triple": 3, "doppel": 2, "doble": 2, "doppio": 2}
"""Words that repeat the digit after them."""

AT_WORDS = "at arroba arobase arobas chiocciola klammeraffe apenstaartje zavinac zavináč malpa małpa snabel-a snabela ät aet et kukac".split()
DOT_WORDS = (
    "dot punkt punto ponto point punt kropka piste tecka tečka tocka točka bodka pont nokta taškas".split()
)
JOINTS = {
    "underscore": "_", "unterstrich": "_", "tiret bas": "_", "guion bajo": "_", "guión bajo": "_", "sublinhado": "_",
    "trattino basso": "_", "understreck": "_", "understrek": "_", "podtržítko": "_", "podkreślnik": "_", "alaviiva": "_",
    "dash": "-", "hyphen": "-", "minus": "-", "bindestrich": "-", "tiret": "-", "guion": "-", "guión": "-", "trattino": "-",
    "hífen": "-", "streepje": "-", "bindestreck": "-", "pomlčka": "-", "myślnik": "-", "crtica": "-",
}  # fmt: skip
"""Words for what stands between the parts of the name in an address."""
TOP = frozenset(
    "com net org edu gov io ai co info dev de fr it es nl uk eu pl pt ch at be se no dk fi cz ie us ca br in jp ru biz app me tv in au bg hr si sk hu ro gr lt lv ee rs mk ba md ua by kz tr mx ar cl pe ve ec uy kr sg vn th ph nz za ng ke eg tn il ae sa qa ir pk bd lk np tw hk cn lu li mt cy ge az site online shop cloud xyz email".split()
)
"""Ends of addresses that words may stand before."""
