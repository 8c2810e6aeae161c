"""Detectors of the user's own: from a TOML file or a decorated function, checked before they run."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from leakkit.errors import BadParameterError
from leakkit.frames import FAMILIES
from leakkit.pii.detector import NEIGHBOURS, Detector, Entity, builtin_detectors, entities, read_detectors
from leakkit.pii.matching.shapes import LONGEST, longest_match, parsed

if TYPE_CHECKING:
    import pandas as pd

Check = TypeVar("Check", bound=Callable[[str], bool | None])
STRENGTHS = ("strong", "shared", "quasi", "weak", "secret")
NEEDS = ("nothing", "context", "key")
_ADDED: dict[str, Detector] = {}
_NEW_ENTITIES: dict[str, Entity] = {}
_ID = re.compile(r"[a-z][a-z0-9_]*")


def known_detectors() -> tuple[Detector, ...]:
    """Give the built-in detectors and those added in this process."""
    return (*builtin_detectors(), *_ADDED.values())


def new_entities() -> tuple[Entity, ...]:
    """Give the kinds of value that were added in this process."""
    return tuple(_NEW_ENTITIES.values())


def add_detectors(path: str | Path) -> pd.DataFrame:
    """Add the detectors of a TOML file to those that every search uses from now on.

    Parameters
    ----------
    path : str or Path
        One ``[[detector]]`` table each, with the entries of `leakkit.pii.detector.Detector`; a kind of
        value that the kit does not know stands in a table ``[entity.NAME]`` with ``family``, and
        ``strength``, ``common`` and ``meaning`` where wanted.

    Returns
    -------
    pandas.DataFrame
        The rows of `list_detectors` that were added.

    Raises
    ------
    BadParameterError
        The file is no TOML, a pattern is none of RE2 or matches without bound, an example does not do
        what it promises. Nothing is added then.
    """
    added = load_detectors(path)
    _ADDED.update({d.id: d for d in added})
    return list_detectors(added)


def load_detectors(path: str | Path) -> tuple[Detector, ...]:
    """Read and check the detectors of a TOML file; make its kinds of value known."""
    path = Path(path)
    if not path.is_file():
        raise BadParameterError(
            "Expected a TOML file with detectors", f"found no file at {path.name!r}", "check the path"
        )
    found = read_detectors(path)
    if not found:
        raise BadParameterError(
            f"Expected [[detector]] tables in {path.name!r}", "found none", "write at least one"
        )
    kinds = tomllib.loads(path.read_text(encoding="utf-8")).get("entity", {})
    new = [_entity(name, values) for name, values in kinds.items() if name not in entities()]
    _make_known(new)
    try:
        for one in found:
            check(one)
    except BadParameterError:
        _forget(new)
        raise
    return found


def detector(
    *,
    id: str,
    entity: str,
    pattern: str,
    family: str | None = None,
    strength: str = "weak",
    **entries: Any,
) -> Callable[[Check], Check]:
    r"""Make a function that checks a text the validator of a detector of your own.

    Parameters
    ----------
    id, entity, pattern : str
        As in `leakkit.pii.detector.Detector`.
    family, strength : str
        For an `entity` that the kit does not know: one of ``lk.frames.FAMILIES``, and how far it
        identifies a person ("strong", "shared", "quasi", "weak", "secret").
    **entries
        Other entries of a detector: ``match`` (at least one example) and ``no_match``, ``context``,
        ``needs``, ``base``, ``valid``, ``neighbours`` ...

    Returns
    -------
    callable
        The decorator; the function itself stays as it is. It gets the matched text and says True
        (passes), False (dropped) or None (cannot tell).

    Raises
    ------
    BadParameterError
        The detector breaks a rule, or an example does not do what it promises.

    Examples
    --------
    >>> from leakkit.pii.user import detector, remove_detectors
    >>> @detector(id="badge", entity="BADGE", family="identity", pattern=r"BDG-\d{4}", match=["BDG-1236"])
    ... def even(text: str) -> bool:
    ...     return int(text[-4:]) % 2 == 0
    >>> import leakkit as lk
    >>> lk.find_pii(["my BDG-4444, not BDG-4445"], names=None, detectors=["badge"])["start"].tolist()
    [3]
    >>> remove_detectors("badge")
    """
    values: dict[str, Any] = {
        k: (v,) if isinstance(v, str) else tuple(v) if isinstance(v, list) else v for k, v in entries.items()
    }
    for name in ("neighbours", "needs", "country", "source", "validator"):
        if name in values and isinstance(values[name], tuple):
            values[name] = values[name][0]

    def register(function: Check) -> Check:
        """Check the detector and add it."""
        try:
            made = Detector(
                id=id,
                entity=entity,
                pattern=pattern,
                function=function,
                **{"source": "own observation", **values},
            )
        except TypeError as error:
            raise BadParameterError(
                f"Expected the entries of a detector for {id!r}", f"found {error}", "see Detector"
            ) from None
        new = [] if entity in entities() else [_entity(entity, {"family": family, "strength": strength})]
        _make_known(new)
        try:
            check(made)
        except BadParameterError:
            _forget(new)
            raise
        _ADDED[id] = made
        return function

    return register


def remove_detectors(*ids: str) -> None:
    """Take detectors of your own out again; all of them when no id is given."""
    for one in ids or tuple(_ADDED):
        _ADDED.pop(one, None)


def list_detectors(detectors: Iterable[Detector] | None = None) -> pd.DataFrame:
    """List the detectors: what each finds and how sure it can be.

    Returns
    -------
    pandas.DataFrame
        One row a detector, in order: id, entity, family, country, needs, validator, base and valid (score
        of a match without and with a passed check), quiet (runs only when asked for by name), source.

    Examples
    --------
    >>> from leakkit.pii.user import list_detectors
    >>> len(list_detectors()) >= 120
    True
    """
    import pandas as pd

    rows = [
        (
            d.id, d.entity, entities()[d.entity].family, d.country or None, d.needs,
            d.validator or ("function" if d.function else None), d.base, d.valid, d.quiet, d.source,
        )
        for d in (known_detectors() if detectors is None else detectors)
    ]  # fmt: skip
    names = "id entity family country needs validator base valid quiet source".split()
    frame = pd.DataFrame(rows, columns=names)
    texts = [n for n in names if n not in ("base", "valid", "quiet")]
    return frame.astype(
        {**dict.fromkeys(texts, "string"), "base": "Float64", "valid": "Float64", "quiet": "boolean"}
    )


def check(one: Detector) -> None:
    """Refuse a detector that breaks a rule or whose examples do not do what they promise."""
    for problem, todo in (*_form(one), *_pattern(one)):
        raise BadParameterError(f"Expected a sound detector {one.id!r}", f"found {problem}", todo)
    from leakkit.pii.find import find_pii

    for kind, texts, wanted in (("match", one.match, True), ("no_match", one.no_match, False)):
        for number, text in enumerate(texts):
            found = find_pii([text], detectors=[replace(one, quiet=False)], names=None, layout="auto")
            if bool(len(found)) is not wanted:
                raise BadParameterError(
                    f"Expected example {number} in {kind} of detector {one.id!r} "
                    f"{'to be found' if wanted else 'to be left alone'}",
                    "found the opposite",
                    "mend the pattern, its context and validator, or the example",
                )


def _form(one: Detector) -> list[tuple[str, str]]:
    """Give what is wrong with a detector's entries."""
    wrong = []
    if not _ID.fullmatch(one.id) or one.id in {d.id for d in builtin_detectors()}:
        wrong.append(("an id that is taken or not lower case", "choose another one of letters, digits and _"))
    if one.entity not in entities():
        wrong.append((f"the unknown entity {one.entity!r}", "give its family in a table [entity.NAME]"))
    if one.neighbours not in NEIGHBOURS or one.needs not in NEEDS:
        wrong.append(("an unknown rule for neighbours or needs", f"use one of {NEIGHBOURS} and {NEEDS}"))
    if not (0 <= one.base <= 1 and 0 <= one.valid <= 1):
        wrong.append(("a score outside 0 to 1", "correct base or valid"))
    if not one.match:
        wrong.append(("no example that matches", "write at least one text into match"))
    if one.validator is not None and one.function is None:
        from leakkit.pii import validators

        try:
            validators.get(one.validator)
        except BadParameterError:
            wrong.append((f"the unknown validator {one.validator!r}", "see validators.names()"))
    return wrong


def _pattern(one: Detector) -> list[tuple[str, str]]:
    """Give what is wrong with a detector's pattern."""
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        compiled = re2.compile(one.pattern, options)
        for other in (*one.exclude, *one.placeholder):
            re2.compile(other, options)
    except re2.error:
        return [("a pattern that RE2 does not know", "leave out look-around, back references, long repeats")]
    if compiled.search("") is not None:
        return [("a pattern that matches nothing at all", "let it need at least one character")]
    if compiled.search("\x1e" * 64) is not None:
        return [("a pattern that matches a record separator", r"exclude \x1e from its classes")]
    if parsed(one.pattern) is not None and longest_match(one.pattern) >= LONGEST:
        return [("a pattern without bound", "write {1,80} instead of + or *")]
    if re.search(
        r"(?<!\\)(?:\\\\)*(?:\\[AzZ]|\$|(?<![\[(?])\^)", re.sub(r"\[(?:\\.|[^\]\\])*\]", "", one.pattern)
    ):
        return [("an anchor (^, $) in a pattern", "leave it out; neighbours says what may stand beside")]
    return []


def _entity(name: str, values: dict[str, Any]) -> Entity:
    """Make a kind of value that the kit does not know."""
    family, strength = values.get("family"), values.get("strength", "weak")
    if family not in FAMILIES or strength not in STRENGTHS or not re.fullmatch(r"[A-Z][A-Z0-9_]*", name):
        raise BadParameterError(
            f"Expected entity {name!r} in capitals, with a known family and strength",
            f"found {family!r} and {strength!r}",
            f"use one of {', '.join(FAMILIES)} and one of {', '.join(STRENGTHS)}",
        )
    return Entity(
        name, family, values.get("common", name), strength, values.get("meaning", "Added by the user.")
    )


def _make_known(new: list[Entity]) -> None:
    """Add kinds of value."""
    for one in new:
        entities()[one.name] = _NEW_ENTITIES[one.name] = one


def _forget(new: list[Entity]) -> None:
    """Take kinds of value out again."""
    for one in new:
        entities().pop(one.name, None)
        _NEW_ENTITIES.pop(one.name, None)
