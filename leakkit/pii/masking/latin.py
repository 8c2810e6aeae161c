"""Names in Cyrillic, Greek and Indic letters as passports and people write them in Latin ones, in several ways."""

from __future__ import annotations

import re

from leakkit.pii.masking.indic import is_indic, ways_in_latin

_LETTERS = (
    "а a|б b|в v|г g|ґ g|д d|ђ dj|е e|ё e|ж zh|з z|и i|і i|ї yi|й y|ј j|к k|л l|љ lj|м m|н n|њ nj|о o|п p|р r|с s|"
    "т t|ћ c|у u|ў u|ф f|х kh|ц ts|ч ch|џ dz|ш sh|щ shch|ъ |ы y|ь |э e|є ye|ю yu|я ya|ʼ |’ |"
    "α a|β v|γ g|δ d|ε e|ζ z|η i|θ th|ι i|κ k|λ l|μ m|ν n|ξ x|ο o|π p|ρ r|σ s|ς s|τ t|υ y|φ f|χ ch|ψ ps|ω o"
)
_OTHER_WAYS = (
    "ю iu|я ia|й i|є ie|ї i|χ h|η i|υ i",  # machine-readable passports (ICAO Doc 9303)
    "г h|и y|ю iu|я ia|й i|є ie|ї i",  # Ukraine's own, of 2010
    "г h|и y",
    "ю ju|я ja|й j|х h|ц c|ж z|ч c|ш s|щ sc|є je|ї ji",  # ISO 9 without its signs
    "ю ju|я ja|й j|х ch|ц z|ж sch|ч tsch|ш sch|щ schtsch|в w|з s",  # German
    "я ia|ё yo|є ie",
    "я ia|й i|х h",
    "х h|щ sht|ъ a",  # Bulgaria's own, of 2006
    "η h|χ h|υ u|ω w|ξ ks",
)
_PAIRS = {"ου": "ou", "ευ": "ef", "αυ": "af", "μπ": "b", "γγ": "ng", "γκ": "gk"}
_VOICED = re.compile("([εα])υ(?=[αεηιοωυβγδζλμνρ])")
"""Where the υ is a v and no f (ELOT 743): Ευαγγελία is Evangelia, Ευτυχία Eftychia."""


def _table(pairs: str) -> dict[int, str]:
    """Read letters and what stands for them."""
    return {ord(pair[0]): pair[1:].strip() for pair in pairs.split("|")}


_TABLES = tuple(_table(_LETTERS) | (_table(other) if other else {}) for other in ("", *_OTHER_WAYS))


def in_latin(word: str) -> str:
    """Write a word in lower case in Latin letters, the usual way; other writings are left as they are.

    Examples
    --------
    >>> in_latin("кулагин"), in_latin("παπαδοπουλος"), in_latin("lee")
    ('kulagin', 'papadopoulos', 'lee')
    """
    if word.isascii():
        return word
    return ways_in_latin(word)[0] if is_indic(word) else _written(word, _TABLES[0])


def other_latin(word: str) -> list[str]:
    """Give the other ways in which a word of Cyrillic, Greek or Indic letters is written; none for Latin ones.

    Examples
    --------
    >>> other_latin("юлия"), other_latin("lee")
    (['iuliia', 'iulyia', 'yulyya', 'julija', 'yuliia', 'yulia'], [])
    >>> other_latin("юрий")[-1], other_latin("воробьёв")[-1], other_latin("евгений")[-1]
    ('yury', 'vorobyev', 'yevgeny')
    """
    if word.isascii():
        return []
    if is_indic(word):
        return ways_in_latin(word)[1:]
    first = in_latin(word)
    forms = [_written(word, table) for table in _TABLES[1:]]
    forms.append(word.translate(_TABLES[0]))
    if "ks" in first:
        forms += [form.replace("ks", "x") for form in (first, *forms[:1])]
    if first.endswith("iya"):
        forms.append(first[:-3] + "ia")
    forms += [first[:-2] + "y"] if first.endswith("iy") else []
    forms.append(_as_maps_do(word))
    return [form for form in dict.fromkeys(forms) if form != first] if first != word else []


def _as_maps_do(word: str) -> str:
    """Write a word as the maps of the United States and Britain do (BGN/PCGN): Yevgeny, Vorobyev."""
    latin = _written(word.replace("ье", "йе").replace("ьё", "йё"), _TABLES[0])
    latin = f"y{latin}" if word[:1] in ("е", "ё") else latin
    return latin[:-2] + "y" if latin.endswith(("iy", "yy")) else latin


def _written(word: str, table: dict[int, str]) -> str:
    """Write a word by one table."""
    word = _VOICED.sub(r"\1v", word) if "υ" in word else word
    for pair, written in _PAIRS.items() if "υ" in word or "μ" in word or "γ" in word else ():
        word = word.replace(pair, written)
    return word.translate(table)
