"""A finding's way to its likelihood, spelled out line by line; never with the value itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leakkit.errors import BadParameterError
from leakkit.leak.text import printable
from leakkit.pii.detector import LIKELIHOOD_FLOORS, entities

_SAID = {
    "base": "matched the pattern of detector {value}",
    "validator": "checked by {value}",
    "context": "the word {value!r} stands near it or in the field's name",
    "key": "its key or column names {value}",
    "against": "the word {value!r} near it speaks against",
    "placeholder": "a documentation or test value of {value}: marked, not counted",
    "layout": "the keys and columns of the text call it {value}",
    "column": "its column is {value} by name and by a vote of its values",
    "tagger": "the tagger takes it for {value}",
    "told before": "the same value is told, with a word for it, elsewhere in the text",
    "record": "its field names a record's number, and something of a person stands beside it",
    "also": "won over overlapping matches of {value}",
}
_QUIET = frozenset({"traits", "element"})
"""Steps that joining people needs and readers do not."""


def explain(finding: Any) -> str:
    """Spell out how a finding came to its likelihood.

    Parameters
    ----------
    finding : Series, namedtuple or dict
        A row of a findings frame.

    Returns
    -------
    str
        Several lines: what was found and where, each step with the score after it, the level. The value
        stands there masked only.

    Raises
    ------
    BadParameterError
        `finding` is no row of a findings frame.

    Notes
    -----
    A score is the weight of the evidence by the kit's own rules, no probability; levels begin at 0, 0.2,
    0.4, 0.6 and 0.85.

    Examples
    --------
    >>> import leakkit as lk
    >>> from leakkit.pii.explain import explain
    >>> found = lk.find_pii(["write to ana@example.com"], names=None, detectors=["email"])
    >>> print(explain(found.iloc[0]).splitlines()[0])
    EMAIL (contact) in row 0, characters 9 to 24: •••••@e•••••.com
    """
    row = _row(finding)
    kind = entities().get(str(row["entity"]))
    place = f"row {row['row']}, characters {row['start']} to {row['end']}"
    field, path = _text(row.get("field")), _text(row.get("path"))
    where = "".join([f"{printable(path, 80)}, " if path else "", place])
    where += f", field {printable(field, 40)}" if field else ""
    masked = _text(row.get("masked"))
    lines = [f"{row['entity']} ({row['family']}) in {where}" + (f": {masked}" if masked else "")]
    if kind is not None:
        lines.append(f"  what it is: {kind.meaning}")
    lines += [f"  {said}" for said in map(_said, _text(row.get("evidence")).split("; ")) if said]
    score = float(row["score"])
    floor = LIKELIHOOD_FLOORS[str(row["likelihood"])]
    lines.append(f"  => {score:.2f}: {str(row['likelihood']).replace('_', ' ')} (from {floor:g} on)")
    return "\n".join(lines)


def _row(finding: Any) -> Mapping[str, Any]:
    """Give the row as a mapping."""
    if hasattr(finding, "_asdict"):
        finding = finding._asdict()
    elif hasattr(finding, "to_dict") and not hasattr(finding, "columns"):
        finding = finding.to_dict()
    wanted = ("row", "start", "end", "entity", "family", "likelihood", "score", "evidence")
    if not isinstance(finding, Mapping) or any(name not in finding for name in wanted):
        raise BadParameterError(
            "Expected one row of a findings frame",
            f"found {type(finding).__name__}",
            "pass findings.iloc[0], or a row of findings.itertuples()",
        )
    return finding


def _text(value: Any) -> str:
    """Give a text; nothing for a missing value."""
    return value if isinstance(value, str) else ""


def _said(step: str) -> str:
    """Say one step in words."""
    name, _, rest = step.partition(":")
    value, _, score = rest.rpartition(":")
    if not name or name in _QUIET or not score:
        return ""
    known = _SAID.get(name, f"{printable(name, 40)}: {{value}}")
    return f"{score}  {known.format(value=printable(value, 120))}"
