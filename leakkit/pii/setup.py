"""The settings of a search, small enough to travel to another process, and what is compiled from them there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from leakkit.errors import BadParameterError
from leakkit.frames import LIKELIHOODS
from leakkit.pii.detector import LIKELIHOOD_FLOORS, Detector, Entity, entities
from leakkit.pii.findings import Labels
from leakkit.pii.found import Settler
from leakkit.pii.masking.case import Case, default_case
from leakkit.pii.matching.matcher import ENGINES, Matcher
from leakkit.pii.weighing.telling import Telling
from leakkit.pii.weighing.weigh import Rule

_NUMBERS = re.compile(r"\[\d+\]")
_DATES = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?:[T ]\d\d)?(?!\d)")
"""Dates in keys, which tell nothing; lines of a log have another each."""
LAYOUTS = ("auto", "none")


@dataclass(frozen=True, eq=False)
class Setup:
    """What to look for and how; picklable, so that a scheduler can send it to its workers.

    Parameters
    ----------
    detectors : tuple of Detector
        The detectors of the run.
    case : Case
        Gives the keys of values.
    names : str or None
        Back end for names, places and organisations ("builtin", "spacy", ...); None for none.
    min_likelihood : str or None
        Findings below this level are left out.
    layout : {'auto', 'none'}
        Whether texts that are tables or documents themselves are taken apart.
    engine : {'auto', 'hyperscan', 're2'}
        See `leakkit.pii.matching.matcher.Matcher`.
    extra_entities : tuple of Entity
        Kinds of value that the user added; made known in the process that opens the setup.
    only : frozenset of str, optional
        Entities that keys, columns and the tagger may report; all when left out.
    """

    detectors: tuple[Detector, ...]
    case: Case
    names: str | None = None
    min_likelihood: str | None = None
    layout: str = "auto"
    engine: str = "auto"
    extra_entities: tuple[Entity, ...] = ()
    only: frozenset[str] | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Leave what is compiled behind."""
        return {name: self.__dict__[name] for name in self.__dataclass_fields__}

    @cached_property
    def matcher(self) -> Matcher:
        """The detectors, compiled."""
        return _matcher(self.detectors, self._functions, self.engine)

    @cached_property
    def rules(self) -> list[Rule]:
        """The detectors made ready for weighing, in the same order."""
        self._know_entities()
        return _rules(self.detectors, self._functions)

    def telling(self, name: str) -> Any:
        """Give for each detector whether a field's name alone is context enough."""
        known = self._telling
        plain = _DATES.sub("0000", _NUMBERS.sub("[]", name)) if any(map(str.isdigit, name)) else name
        if plain and plain.isascii() and not any(map(str.isalpha, plain)) and self.lettered:
            plain = ""
        if plain not in known:
            if len(known) > 10_000:
                known.clear()
            known[plain] = self._of_names.of(plain)
        return known[plain]

    @cached_property
    def _of_names(self) -> Telling:
        """Tells what names of fields are context enough for."""
        self._know_entities()
        return _of_rules(self.detectors, self._functions)

    @property
    def lettered(self) -> bool:
        """Whether every context word has a letter or a sign beyond ASCII: none stands in a key of neither."""
        return self._of_names.lettered

    def _know_entities(self) -> None:
        """Make kinds of value that the user added known in this process."""
        for entity in self.extra_entities:
            entities().setdefault(entity.name, entity)

    @property
    def _functions(self) -> tuple[int, ...]:
        """Tells detectors with other functions apart, which are equal else."""
        return tuple(id(detector.function) for detector in self.detectors)

    @cached_property
    def _telling(self) -> dict[str, Any]:
        """What `telling` has answered before."""
        return {}

    @cached_property
    def keyed(self) -> Any:
        """For each detector whether it needs a key."""
        return np.array([rule.detector.needs == "key" for rule in self.rules], bool)

    @cached_property
    def settler(self) -> Settler:
        """Sets overlapping spans against one another."""
        return Settler(self.rules)

    @cached_property
    def labels(self) -> Labels:
        """What findings say of their detectors."""
        return Labels(self.rules)

    @cached_property
    def tagger(self) -> Any:
        """The back end for names; None where none is wanted."""
        if self.names is None:
            return None
        if self.names in ("auto", "builtin"):
            from leakkit.pii.tagger import load

            return load()
        return import_module("leakkit.pii.names").backend(self.names)

    def wants(self, entity: str) -> bool:
        """Tell whether an entity may be reported by keys, columns and the tagger."""
        return self.only is None or entity in self.only

    @cached_property
    def least_score(self) -> float:
        """Lowest score that is reported."""
        return LIKELIHOOD_FLOORS[self.min_likelihood] if self.min_likelihood else 0.0


@lru_cache(4)
def _matcher(detectors: tuple[Detector, ...], functions: tuple[int, ...], engine: str) -> Matcher:
    """Compile the detectors of a run once in a process."""
    return Matcher(detectors, engine)


@lru_cache(4)
def _rules(detectors: tuple[Detector, ...], functions: tuple[int, ...]) -> list[Rule]:
    """Make the detectors of a run ready for weighing once in a process."""
    return [Rule(detector) for detector in detectors]


@lru_cache(4)
def _of_rules(detectors: tuple[Detector, ...], functions: tuple[int, ...]) -> Telling:
    """Make ready once in a process what tells of names."""
    return Telling(_rules(detectors, functions))


def make_setup(
    detectors: Sequence[str | Detector] | str | Detector | None = None,
    *,
    names: str | None = "auto",
    case: Case | None = None,
    min_likelihood: str | None = None,
    layout: str = "auto",
    engine: str = "auto",
) -> Setup:
    """Check the parameters of a search and give its settings.

    Raises
    ------
    BadParameterError
        A detector, level, layout or engine is unknown.
    """
    for what, value, allowed in (
        ("min_likelihood", min_likelihood, (None, *LIKELIHOODS)),
        ("layout", layout, LAYOUTS),
        ("engine", engine, ENGINES),
    ):
        if value not in allowed:
            raise BadParameterError(
                f"Expected {what} to be one of {', '.join(map(repr, allowed))}",
                f"found {value!r}",
                f"correct {what}",
            )
    from leakkit.pii.user import new_entities

    chosen, only = _chosen(detectors, names is not None)
    return Setup(
        chosen,
        default_case() if case is None else case,
        names,
        min_likelihood,
        layout,
        engine,
        new_entities(),
        only,
    )


def _chosen(detectors: Any, named: bool) -> tuple[tuple[Detector, ...], frozenset[str] | None]:
    """Give the detectors of a choice, and the entities it names where it names any.

    Without a choice, those for names in running text are among them only where names are looked for.
    """
    from leakkit.pii.user import known_detectors

    known = known_detectors()
    if detectors is None:
        return tuple(d for d in known if not d.quiet and (named or not d.prose)), None
    choice = [detectors] if isinstance(detectors, (str, Path, Detector)) else list(detectors)
    chosen: dict[str, Detector] = {}
    only: set[str] = set()
    for one in choice:
        found, kinds = _named(one, known)
        chosen |= {d.id: d for d in found}
        only |= kinds
    return tuple(chosen.values()), None if all(isinstance(c, Detector) for c in choice) else frozenset(only)


def _named(one: Any, known: tuple[Detector, ...]) -> tuple[list[Detector], set[str]]:
    """Give the detectors and entities that one choice names: a detector, a file, an id, entity or family."""
    if isinstance(one, Detector):
        return [one], {one.entity}
    if isinstance(one, Path) or str(one).endswith(".toml"):
        from leakkit.pii.user import load_detectors

        found = list(load_detectors(one))
        return found, {d.entity for d in found}
    found = [d for d in known if one in (d.id, d.entity, entities()[d.entity].family)]
    kinds = {name for name, kind in entities().items() if one in (name, kind.family)}
    if not found and not kinds:
        raise BadParameterError(
            "Expected the id, entity or family of a detector",
            f"found {one!r}",
            "see lk.list_detectors()",
        )
    return found, kinds | {d.entity for d in found}
