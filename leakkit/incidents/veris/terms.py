"""The plan of a VERIS record: which fields there are, what they may hold, which column shows them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("terms.toml")

REPEATED = ("asset.assets", "attribute.confidentiality.data", "impact.loss", "ioc", "plus.event_chain")
"""Fields that hold a list of objects."""

ONE_OF = {
    "security_incident": "security_incident",
    "plus.analysis_status": "review_status",
    "victim.employee_count": "victim_employee_count",
    "attribute.confidentiality.data_disclosure": "data_disclosure",
    "impact.iso_currency_code": "impact_currency",
}
"""Fields with one term that a column of the frame shows."""

_ACTIONS = ("malware", "hacking", "social", "misuse", "physical", "error", "environmental")
LISTS = {
    **{f"action.{name}.variety": ("action_variety", f"{name}.") for name in _ACTIONS},
    **{f"action.{name}.vector": ("action_vector", f"{name}.") for name in _ACTIONS},
    "action.physical.location": ("action_vector", "physical."),  # what 1.2 calls the vector of today
    **{f"actor.{name}.motive": ("actor_motive", "") for name in ("external", "internal", "partner")},
    "asset.assets.variety": ("asset_variety", ""),
    "attribute.confidentiality.data.variety": ("data_variety", ""),
    "victim.country": ("victim_country", ""),
}
"""Fields whose terms stand together in a list of the frame, and what is written before them."""

KEYS = {
    "action": ("action", frozenset({*_ACTIONS, "unknown"})),
    "actor": ("actor", frozenset({"external", "internal", "partner", "unknown"})),
    "attribute": ("attribute", frozenset({"confidentiality", "integrity", "availability"})),
}
"""Objects whose very keys are told in a column."""

OWN_COLUMN = frozenset(
    {
        "incident_id",
        "schema_version",
        "summary",
        "reference",
        "victim.victim_id",
        "victim.industry",
        "plus.created",
        "plus.modified",
        "plus.sub_source",
        "timeline.incident.year",
        "timeline.incident.month",
        "timeline.incident.day",
        "attribute.confidentiality.data_total",
        "impact.overall_amount",
    }
)
"""Fields that the reader treats one by one."""


_NO_COUNTRIES = ("Unknown", "Other")


@dataclass(slots=True)
class Place:
    """A field that holds values: what it may hold and where the frame shows it."""

    name: str
    kind: str
    terms: dict[str, str] = field(default_factory=dict)
    """Terms of the schema by themselves."""
    folded: dict[str, str] = field(default_factory=dict)
    """Terms by what they are in small letters."""
    column: str | None = None
    listed: bool = False
    shown: dict[str, str] = field(default_factory=dict)
    """What the column shows for a term; nothing for a country that is none."""

    def term(self, value: str) -> str | None:
        """Give the schema's own spelling of a term, whatever its case; None for a stranger."""
        return self.terms.get(value) or self.folded.get(value.casefold())


@dataclass(slots=True)
class Branch:
    """An object of the record: the fields below it by name."""

    name: str
    below: dict[str, Branch | Place] = field(default_factory=dict)
    repeated: bool = False
    column: str | None = None
    told: frozenset[str] = frozenset()


def _place(name: str, kind: str, terms: list[str], renamed: dict[str, str]) -> Place:
    """Describe one field."""
    column, prefix = LISTS.get(name, (ONE_OF.get(name), ""))
    left_out = _NO_COUNTRIES if column == "victim_country" else ()
    return Place(
        name,
        "own" if name in OWN_COLUMN else kind,
        {term: term for term in terms},
        {term.casefold(): term for term in reversed(terms)},
        column,
        name in LISTS,
        {term: prefix + renamed.get(term, term) for term in terms if term not in left_out},
    )


@cache
def plan() -> Branch:
    """Give the root of the plan, read once from the table beside this file."""
    table = tomllib.loads(_FILE.read_text("utf-8"))
    root = Branch("")
    for name, terms in table["fields"].items():
        known = table["lists"][terms] if isinstance(terms, str) else terms
        _hang(root, _place(name, "term", known, table["renamed"].get(name, {})))
    for kind, names in table["other"].items():
        for name in names:
            _hang(root, _place(name, kind.removesuffix("s"), [], {}))
    return root


@cache
def shown_plan() -> Branch:
    """Give the plan of those fields alone that a column of the wide frame shows, without the dates."""
    return _pruned(plan())


def _pruned(branch: Branch) -> Branch:
    """Give a branch without the fields that no column shows."""
    below: dict[str, Branch | Place] = {}
    for name, place in branch.below.items():
        if isinstance(place, Place):
            if (place.column or place.kind == "own") and place.name not in ("incident_id", "schema_version"):
                below[name] = place
        elif place.name == "discovery_method":  # may be a word in place of an object
            below[name] = Branch(place.name)
        elif place.name != "timeline" and ((inner := _pruned(place)).below or inner.column):
            below[name] = inner
    return replace(branch, below=below)


def _hang(root: Branch, place: Place) -> None:
    """Put a field under the objects that its name goes through."""
    branch, names = root, place.name.split(".")
    for depth, name in enumerate(names[:-1], start=1):
        below = branch.below.get(name)
        if not isinstance(below, Branch):
            path = ".".join(names[:depth])
            below = branch.below[name] = Branch(path, {}, path in REPEATED, *KEYS.get(path, ()))
        branch = below
    branch.below[names[-1]] = place


def discovery_spellings() -> frozenset[str]:
    """Give the ways in which versions up to 1.3.2 write who found it ("Ext - customer"), in lower case."""
    root = plan().below["discovery_method"]
    assert isinstance(root, Branch)
    spelled = {"unknown", "other"}
    for prefix, side in DISCOVERY_SIDES.items():
        branch = root.below[side]
        assert isinstance(branch, Branch)
        variety = branch.below["variety"]
        assert isinstance(variety, Place)
        spelled |= {f"{prefix} - {term}" for term in variety.folded}
    return frozenset(
        spelled | {f"ext - {term}" for term in _EXTERNAL} | {f"int - {term}" for term in _INTERNAL}
    )


DISCOVERY_SIDES = {"ext": "external", "int": "internal", "prt": "partner"}
_EXTERNAL = ("unrelated party", "unrelated third party", "found documents", "unknown", "other")
_INTERNAL = ("it audit", "reported by user", "user", "law enforcement", "unknown", "other")
