"""Taxonomies of the AI Incident Database: which fields hold several terms, and which only prose."""

from __future__ import annotations

import re

PROSE = re.compile(r"\b(notes?|description|snippets?|discussion)\b", re.IGNORECASE)
"""Names of columns that hold sentences, not terms."""

_CSET_LISTS = ("harm distribution basis", "infrastructure sectors", "sector of deployment")

TAXONOMIES: dict[str, tuple[str, ...]] = {
    "csetv0": (*_CSET_LISTS, "harm type", "relevant ai functions", "problem nature"),
    "csetv1": _CSET_LISTS,
    "gmf": (
        "known ai goal",
        "potential ai goal",
        "known ai technology",
        "potential ai technology",
        "known ai technical failure",
        "potential ai technical failure",
    ),
    "mit": (),
}
"""Columns whose cells hold several terms, separated by commas."""

_WITH_COMMA = (
    "arts, entertainment and recreation",
    "professional, scientific and technical activities",
    "electricity, gas, steam and air conditioning supply",
    "water supply, sewerage, waste management and remediation activities",
    "agriculture, forestry and fishing",
    "nation of origin, citizenship, immigrant status",
    "familial status (e.g., having or not having children) or pregnancy",
    "defense, space",
)
_HELD = re.compile("|".join(map(re.escape, _WITH_COMMA)), re.IGNORECASE)
_NAME = re.compile(r"classifications_(.+?)(?:_annotator-?(\w+))?\.csv", re.IGNORECASE)


def split_terms(cell: str) -> list[str]:
    """Give the terms of a cell; terms that hold commas themselves stay whole.

    Examples
    --------
    >>> split_terms("race, nation of origin, citizenship, immigrant status, age")
    ['race', 'nation of origin, citizenship, immigrant status', 'age']
    """
    held = _HELD.sub(lambda found: found[0].replace(",", "\0"), cell)
    return [term.replace("\0", ",") for part in held.split(",") if (term := part.strip())]


def taxonomy_of(base: str) -> tuple[str, str | None]:
    """Give taxonomy and annotator by the name of a table of classifications.

    Examples
    --------
    >>> taxonomy_of("classifications_CSETv1_Annotator-2.csv"), taxonomy_of("classifications_GMF.csv")
    (('csetv1', '2'), ('gmf', None))
    """
    found = _NAME.fullmatch(base)
    if found is None:
        return "unknown", None
    return found[1].lower(), found[2]
