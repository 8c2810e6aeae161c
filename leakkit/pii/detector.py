"""What a detector is: one row of data with pattern, validator, context and examples; reading and checking them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from leakkit.errors import BadParameterError
from leakkit.pii.cache import key_of, remembered

LIKELIHOOD_FLOORS: dict[str, float] = {
    "very_unlikely": 0.0,
    "unlikely": 0.2,
    "possible": 0.4,
    "likely": 0.6,
    "very_likely": 0.85,
}
"""Lowest score of each level; levels are ordered."""

NEIGHBOURS = ("word", "number", "token", "none")


@dataclass(frozen=True, slots=True)
class Detector:
    r"""One way to recognise one kind of value.

    Parameters
    ----------
    id : str
        Unique, lower case, words joined by underscores.
    entity : str
        What it finds; a name in ``entities.toml``, which also says family and common type.
    pattern : str
        RE2 syntax, matched on UTF-8 text; bounded in length, never matching the empty string or
        ``\x1e`` (it parts values in a scanned buffer), without ``^``, ``$``, ``\A``, ``\z``. The group
        ``(?P<value>...)``, where there is one, is the span reported; else the whole match is.
    trigger : tuple of str
        Literals, at least one of which stands inside every match (ASCII case is ignored when
        `trigger_ignore_case`). Rare literals make a detector cost nothing; a detector without any is
        shape-led.
    neighbours : {'word', 'number', 'token', 'none'}
        What may not touch the span. ``word``: letters, digits, underscore. ``number``: those, and a
        ``. , - / : + =`` that has a digit on its other side. ``token``: those, and ``+ / = - .`` inside a run
        of base64, hexadecimal or identifiers. ``none``: the pattern looks after itself.
    validator : str or None
        A name in `leakkit.pii.validators`; gets the span's text, says True, False or None (cannot tell).
    validator_required : bool
        A value that fails is dropped; else its score is cut to 0.3 of what it was.
    base, valid : float
        Score of a match without and with a passed validator, before context.
    context : tuple of str
        Whole words or phrases, lower case, any language, on the same line within 60 characters before
        or 30 after, or in the name of the field, that lift the score by half of what is missing to 1.
        ``words = ["telephones"]`` in a file adds those of ``detectors/words/telephones.txt``.
    needs : {'nothing', 'context', 'key'}
        Reported only with a context word (or a telling field name), or only with a telling key.
    against : tuple of str
        Words that cut the score to 0.4 of what it was ("build", "sha", "order number").
    exclude : tuple of str
        RE2 patterns; a span that one of them matches fully is dropped (version numbers, dates ...).
    placeholder : tuple of str
        RE2 patterns; a span that one of them matches fully is marked as documentation or test value.
    country : str
        ISO 3166-1 alpha-2 where the value belongs to one country, else empty.
    source : str
        Where the rule comes from: a standard, an authority's or vendor's page, "own observation".
    match, no_match : tuple of str
        Texts in which it must find something, and must not. Invented or documentation values only.
    quiet : bool
        Runs only when asked for by name (dates, plain URLs in prose).
    prose : bool
        Finds names in running text: runs only where names are looked for, or it is asked for by name.
    """

    id: str
    entity: str
    pattern: str
    source: str
    match: tuple[str, ...]
    no_match: tuple[str, ...] = ()
    trigger: tuple[str, ...] = ()
    trigger_ignore_case: bool = False
    neighbours: str = "word"
    validator: str | None = None
    validator_required: bool = True
    base: float = 0.5
    valid: float = 0.8
    context: tuple[str, ...] = ()
    needs: str = "nothing"
    against: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    placeholder: tuple[str, ...] = ()
    country: str = ""
    quiet: bool = False
    prose: bool = False
    function: Callable[[str], bool | None] | None = field(default=None, compare=False)
    """A validator that the user's own decorator brought; overrides `validator`."""

    def __hash__(self) -> int:
        """Give a hash that costs little: all detectors of a run are looked up together."""
        return hash((self.id, self.pattern))


_NAMES = {f.name for f in fields(Detector)} - {"function"}
_LISTS = "words"
"""The entry of a table that names lists of words of context which several detectors share."""
_TUPLES = {"match", "no_match", "trigger", "context", "against", "exclude", "placeholder"}


def read_detectors(path: str | Path) -> tuple[Detector, ...]:
    """Read the ``[[detector]]`` tables of one TOML file.

    Raises
    ------
    BadParameterError
        The file is no TOML, or a table has an unknown, missing or ill-typed entry; the message names
        file and detector.
    """
    path = Path(path)
    return _parse(path.read_bytes(), path.name)


def _parse(data: bytes, name: str) -> tuple[Detector, ...]:
    """Make detectors of the bytes of one file."""
    return tuple(_detector(table, name) for table in _tables(data, name))


def _tables(data: bytes, name: str) -> list[dict[str, Any]]:
    """Give the tables of the bytes of one file."""
    try:
        return list(tomllib.loads(data.decode("utf-8")).get("detector", []))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadParameterError(
            f"Expected detectors in TOML in {name!r}",
            f"found {error}",
            "mend the file; one [[detector]] each",
        ) from None


def _detector(table: dict[str, Any], name: str) -> Detector:
    """Make one detector of one table."""
    where = f"detector {table.get('id', '?')!r} of {name!r}"
    known = {*_NAMES, _LISTS}
    if unknown := sorted(set(table) - known):
        raise BadParameterError(
            f"Expected known entries in {where}", f"found {unknown}", f"use {', '.join(sorted(known))}"
        )
    values: dict[str, Any] = {k: tuple(v) if k in _TUPLES else v for k, v in table.items() if k != _LISTS}
    for listed in table.get(_LISTS, ()):
        values["context"] = tuple(dict.fromkeys(values.get("context", ()) + listed_words(listed)))
    try:
        return Detector(**values)
    except TypeError as error:
        raise BadParameterError(
            f"Expected every required entry in {where}", f"found {error}", "add the missing entry"
        ) from None


@cache
def listed_words(name: str) -> tuple[str, ...]:
    """Read a list of words of context, parted by commas, with comments; each as it is, and without accents."""
    from leakkit.pii.folding import without_marks

    path = files("leakkit.pii") / "detectors" / "words" / f"{name}.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    words = [word.strip() for line in lines if not line.startswith("#") for word in line.split(",")]
    return tuple(dict.fromkeys(writing for word in words if word for writing in (word, without_marks(word))))


@cache
def builtin_detectors() -> tuple[Detector, ...]:
    """Read all detectors that ship with the kit, in a fixed order (file name, then place in the file)."""
    folder = files("leakkit.pii") / "detectors"
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".toml"))
    data = [(folder / name).read_bytes() for name in names]
    tables = remembered(
        "rows",
        key_of(*names, *data),
        lambda: [_tables(one, name) for one, name in zip(data, names, strict=True)],
    )
    found = [_detector(table, name) for held, name in zip(tables, names, strict=True) for table in held]
    if len({d.id for d in found}) != len(found):
        seen = [d.id for d in found]
        twice = sorted({name for name in seen if seen.count(name) > 1})
        raise BadParameterError("Expected every detector id once", f"found {twice} twice", "rename one")
    return tuple(found)


def told_shortly(
    detectors: Iterable[Detector], names: Sequence[str]
) -> tuple[list[list[Any]], list[tuple[str, ...]]]:
    """Give some fields of detectors: words of context as the number of their list, and each list once.

    Many detectors share a long list.

    Examples
    --------
    >>> one = Detector("a", "EMAIL", "a+b", match=("ab",), source="us", context=("mail",))
    >>> told_shortly([one, one], ("id", "context"))
    ([['a', 0], ['a', 0]], [('mail',)])
    """
    lists: dict[tuple[str, ...], int] = {}
    others = [name for name in names if name != "context"]
    rows = [
        [*(getattr(d, name) for name in others), lists.setdefault(d.context, len(lists))] for d in detectors
    ]
    return rows, list(lists)


def find_alone(detector: Detector, text: str) -> Iterator[tuple[int, int]]:
    """Give the spans (in characters) of one detector run alone by RE2, before neighbours and validators.

    The reference that the fast engines must equal.
    """
    import re2

    compiled = re2.compile(detector.pattern)
    group = dict(compiled.groupindex).get("value", 0)
    for found in compiled.finditer(text):
        yield found.span(group)


def likelihood(score: float) -> str:
    """Give the level of a score."""
    return next(name for name, floor in reversed(LIKELIHOOD_FLOORS.items()) if score >= floor)


@dataclass(frozen=True, slots=True)
class Entity:
    """A kind of personal data or secret; `strength` says how far it identifies a person.

    ``strong`` belongs to one person (or account) alone; ``shared`` may belong to a few (a landline, an
    address); ``quasi`` narrows down in combination; ``weak`` says little; ``secret`` opens something.
    `common` is the coarse type under which evaluations compare tools.
    """

    name: str
    family: str
    common: str
    strength: str
    meaning: str


@cache
def entities() -> dict[str, Entity]:
    """Read ``entities.toml``: every entity by name."""
    table = tomllib.loads((files("leakkit.pii") / "entities.toml").read_text(encoding="utf-8"))
    return {name: Entity(name, **values) for name, values in table.items()}


def selected(detectors: Sequence[str | Detector] | None = None) -> tuple[Detector, ...]:
    """Give the detectors of a run: all that are not quiet, or those named by id, entity or family."""
    if detectors is None:
        return tuple(d for d in builtin_detectors() if not d.quiet)
    wanted: list[Detector] = []
    for choice in detectors:
        if isinstance(choice, Detector):
            wanted.append(choice)
            continue
        named = [d for d in builtin_detectors() if choice in (d.id, d.entity, entities()[d.entity].family)]
        if not named:
            raise BadParameterError(
                "Expected the id, entity or family of a detector",
                f"found {choice!r}",
                "see lk.list_detectors()",
            )
        wanted += named
    return tuple({d.id: d for d in wanted}.values())
