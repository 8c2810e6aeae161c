"""Whose data it is: findings joined into people, what each one lost, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from leakkit.errors import BadFrameError, BadParameterError
from leakkit.frames import LIKELIHOODS, PEOPLE
from leakkit.pii.detector import entities
from leakkit.pii.masking.case import Case, default_case
from leakkit.pii.people.estimate import Estimate, estimate, is_person
from leakkit.pii.people.fields import field_of
from leakkit.pii.people.given import give_accounts_to_names, give_logins_to_names, give_phones_away
from leakkit.pii.people.guardians import give_to_relatives
from leakkit.pii.people.links import link
from leakkit.pii.people.mentions import ACCOUNT, OTHER, STRONG, Group
from leakkit.pii.people.names import Resolution, resolve_names
from leakkit.pii.people.records import mentions_of
from leakkit.pii.people.twice import known_by
from leakkit.pii.people.unnamed import told_codes, unnamed_codes
from leakkit.pii.people.vocabulary import called_alike
from leakkit.pii.summary import is_counted

if TYPE_CHECKING:
    from typing import Any

_STRENGTHS = ("strong", "shared", "quasi", "weak", "secret")
_NEEDED = (
    "path",
    "row",
    "field",
    "start",
    "entity",
    "likelihood",
    "score",
    "evidence",
    "placeholder",
    "masked",
    "value_key",
)


def people(
    findings: pd.DataFrame, *, case: Case | None = None, min_likelihood: str = "possible"
) -> pd.DataFrame:
    """Join findings into the people they are about, and say what each one lost.

    Parameters
    ----------
    findings : DataFrame
        A findings frame of one case (`find_pii`, `scan`); keys of two cases cannot be joined.
    case : Case, optional
        Gives `person_key`; the session's own when left out.
    min_likelihood : str
        Findings below this level are left out.

    Returns
    -------
    DataFrame
        One row a person (see ``lk.frames.PEOPLE.describe()``), sorted by `person_key`; no raw value in it.
        ``.attrs["estimate"]`` holds the range as a dictionary (see `count_people`) and
        ``.attrs["n_unassigned"]`` the findings that were given to nobody: role mailboxes, addresses of
        machines and programs, firms, names that an SSH server refused, lone first names, fragments of one of several
        namesakes.

    Notes
    -----
    Who is known only by an IP address, an account's number, a place or a first name is not counted. Values
    that manuals print are left out, unless a leak holds twenty or more different ones of a kind: then it is
    invented or test data whose people are wanted, and they count. Two people of one name are joined only if
    another detail agrees; who changed name and address at once is counted twice; a couple with one mailbox,
    one telephone and no names is one. `certainty` is "high" for people told by an identifier and a name or
    date of birth, "low" for those known by one kind of value alone.

    Examples
    --------
    >>> from leakkit.pii.find import find_pii
    >>> texts = ["Ann Lee <ann.lee@firm.io>", "paid by ann.lee@firm.io", "from bob@shop.io"]
    >>> found = find_pii(texts, names=None)
    >>> people(found)[["n_findings", "n_records", "certainty"]].sort_values("n_findings").values.tolist()
    [[1, 1, 'low'], [2, 2, 'low']]
    """
    resolved, counted, unmerged = _resolve(findings, min_likelihood)
    case = case or default_case()
    keys = case.keys(["person"] * len(counted), [_identity(group) for group in counted])
    rows = [_row(group, key) for group, key in zip(counted, keys, strict=True)]
    frame = PEOPLE.from_rows(rows)
    figures = estimate(resolved, counted, unmerged)
    frame.attrs["estimate"] = {
        name: getattr(figures, name)
        for name in ("lower", "best", "upper", "rows", "floor", "ceiling", "method", "explanation")
    }
    given = {found.index for group in counted for mention in group.mentions for found in mention.findings}
    frame.attrs["n_unassigned"] = len(findings) - len(given)
    return frame


def count_people(findings: pd.DataFrame, *, min_likelihood: str = "possible") -> Estimate:
    """Estimate how many distinct people findings are about.

    Parameters
    ----------
    findings, min_likelihood
        As for `people`.

    Returns
    -------
    Estimate
        `lower`, `best`, `upper`, `rows` (of the frame of `people`), `floor`, `ceiling` (integers), `method`,
        `explanation`.

    Notes
    -----
    The range moves out for each person who is known by one kind of value alone, for namesakes that nothing
    tells apart, and for fragments joined by a name. How far is a judgement, measured on invented leaks of
    known populations only. What the finding of values misses altogether (pictures, names of unknown
    languages) is in no range.
    """
    resolved, counted, unmerged = _resolve(findings, min_likelihood)
    return estimate(resolved, counted, unmerged)


def _resolve(findings: pd.DataFrame, min_likelihood: str) -> tuple[Resolution, list[Group], int]:
    """Join findings; give names resolved, the groups that count as people, and how many before names joined."""
    chosen = _usable(findings, min_likelihood)
    groups = link(list(mentions_of(chosen)))
    unmerged = sum(map(is_person, groups))
    resolved = resolve_names(groups)
    give_accounts_to_names(resolved)
    give_logins_to_names(resolved)
    give_phones_away(resolved)
    give_to_relatives(resolved)
    return resolved, [group for group in resolved.people if is_person(group)], unmerged


def _usable(findings: pd.DataFrame, min_likelihood: str) -> pd.DataFrame:
    """Keep what is likely enough and nobody's sample value."""
    if missing := [name for name in _NEEDED if name not in findings.columns]:
        raise BadFrameError(
            "Expected the columns of the findings frame",
            f"found no {', '.join(missing)}",
            "see leakkit.frames.FINDINGS.describe(); find_pii() and scan() give such a frame",
        )
    if twice := [name for name in _NEEDED if findings.columns.tolist().count(name) > 1]:
        raise BadFrameError(
            "Expected each column of the findings frame once", f"found {', '.join(twice)} twice", "drop one"
        )
    if min_likelihood not in LIKELIHOODS:
        raise BadParameterError(
            f"Expected min_likelihood to be one of {', '.join(LIKELIHOODS)}",
            f"found {min_likelihood!r}",
            "correct it",
        )
    findings = findings.reset_index(drop=True)
    allowed = set(LIKELIHOODS[LIKELIHOODS.index(min_likelihood) :])
    kept = findings["likelihood"].isin(allowed) & findings["value_key"].notna()
    kept |= _halves(findings, LIKELIHOODS[max(0, LIKELIHOODS.index(min_likelihood) - 1)])
    unnamed = unnamed_codes(findings)
    if unnamed.any():
        below = set(LIKELIHOODS[max(0, LIKELIHOODS.index(min_likelihood) - 1) :])
        kept = (kept & ~unnamed) | (told_codes(findings, unnamed) & findings["likelihood"].isin(below))
    counted, alike = is_counted(findings), called_alike(findings, kept)
    chosen = findings[(kept | alike) & counted & ~_of_samples(findings, counted)]
    return chosen.assign(entity=chosen["entity"].mask(alike[chosen.index], "PERSON"))


def _halves(findings: pd.DataFrame, likelihood: str) -> pd.Series:
    """Tell which names one level below stand where half a name is asked for: the other half speaks for them."""
    may = (
        findings["entity"].eq("PERSON")
        & findings["likelihood"].eq(likelihood)
        & findings["value_key"].notna()
    )
    result = may.fillna(False).to_numpy(bool)
    fields = findings["field"].fillna("").to_numpy(object)
    for place in np.flatnonzero(result).tolist():
        result[place] = bool(field_of(fields[place]).name_part)
    return pd.Series(result, index=findings.index)


def _of_samples(findings: pd.DataFrame, counted: pd.Series) -> pd.Series:
    """Tell which names and user names stand in a table's row beside a manual's address or telephone, and no other.

    "Foo Bar, foo@example.com" is nobody, though the name alone might be somebody's. Of texts, whose values do not begin
    their field, that is not said: a letter may name such an address and many people.
    """
    in_cell = findings["field"].fillna("").ne("") & findings["start"].eq(0)
    reached = findings["entity"].isin(("EMAIL", "PHONE")) & in_cell
    sample = reached & ~counted
    if not sample.any():
        return pd.Series(False, index=findings.index)
    places = findings[["path", "row"]]
    rows = pd.MultiIndex.from_frame(places[sample]).unique()
    own = pd.MultiIndex.from_frame(places[reached & counted]).unique()
    beside = findings["entity"].isin(("PERSON", "USERNAME")) & in_cell
    return beside & pd.MultiIndex.from_frame(places).isin(rows.difference(own))


def _row(group: Group, key: str) -> dict[str, Any]:
    """Describe one person."""
    kinds = entities()
    found = sorted(group.values)
    known = [kinds[name] for name in found if name in kinds]
    order = sorted(known, key=lambda e: (_STRENGTHS.index(e.strength), -_weight(e.name), e.name))
    members = [f for mention in group.mentions for f in mention.findings]
    return {
        "person_key": key,
        "n_findings": len(members),
        "n_records": len({(mention.path, f.row) for mention in group.mentions for f in mention.findings}),
        "n_paths": len(group.paths),
        "entities": found,
        "families": sorted({e.family for e in known}),
        "strongest": order[0].name if order else None,
        "quasi_identifiers": sorted(e.name for e in known if e.strength == "quasi"),
        "masked": _shown(group, order[0].name if order else ""),
        "certainty": _certainty(group),
    }


def _weight(entity: str) -> int:
    """Order strong identifiers: what the state gives before what one chooses."""
    family = entities()[entity].family
    return {"government_id": 3, "health": 2, "financial": 1}.get(family, 0)


def _identity(group: Group) -> str:
    """Give what a person's key is made of: the smallest of its strongest keys."""
    keys = {(f.entity, f.key) for m in group.mentions for f in m.findings if f.kind != OTHER}
    return "|".join(min(keys or {(f.entity, f.key) for m in group.mentions for f in m.findings}))


def _shown(group: Group, strongest: str) -> Any:
    """Give the person's name or strongest value as its finding shows it."""
    if group.full_names:
        return group.full_names[0].masked or None
    values = (f.masked for mention in group.mentions for f in mention.findings if f.entity == strongest)
    return next(values, None) or None


def _certainty(group: Group) -> str:
    """Say how sure it is that this is one person."""
    if known_by(group):
        return "low"
    firm = bool(group.values.get("DATE_OF_BIRTH")) + bool(group.full_names) + (STRONG in group.kinds)
    firm += ACCOUNT in group.kinds
    return "high" if firm >= 2 and len(group.full_names) <= 2 else "medium"


def lost(frame: pd.DataFrame, by: str = "families") -> pd.DataFrame:
    """Count people by what they lost.

    Parameters
    ----------
    frame : DataFrame
        From `people`.
    by : {'families', 'entities', 'quasi_identifiers'}
        Which list to count.

    Returns
    -------
    DataFrame
        Columns `by` (string), ``people`` (Int64), ``share`` (Float64, of all people); most first. A person
        counts in every family of data lost, so that shares do not add up to 1.
    """
    values: Sequence[list[str]] = [list(v) if v is not None else [] for v in frame[by]]
    counts = pd.Series([v for row in values for v in row], dtype="string").value_counts()
    result = pd.DataFrame({by: counts.index.astype("string"), "people": counts.to_numpy()})
    result["people"] = result["people"].astype("Int64")
    result["share"] = (result["people"] / max(1, len(frame))).astype("Float64")
    return result.sort_values(["people", by], ascending=[False, True], ignore_index=True)
