"""Find every match of every detector in a buffer of many values, by the fastest engine that is here."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np

from leakkit.errors import BadParameterError, MissingExtraError
from leakkit.pii.detector import Detector
from leakkit.pii.matching.buffers import Rows

ENGINES = ("auto", "hyperscan", "re2")


class Matcher:
    """The detectors of a run, compiled.

    Parameters
    ----------
    detectors : sequence of Detector
        What to look for.
    engine : {'auto', 'hyperscan', 're2'}
        ``auto`` takes Hyperscan where it can be imported. The findings do not depend on it.
    guarded : bool
        Hyperscan alone: leave out spans that weighing drops in any case (letters or digits touch them,
        or a detector that needs a context word has none in its row). False gives all spans of each
        detector, as RE2 does.
    """

    def __init__(self, detectors: Sequence[Detector], engine: str = "auto", guarded: bool = True) -> None:
        if engine not in ENGINES:
            raise BadParameterError(
                "Expected the name of an engine", f"found {engine!r}", f"use one of {', '.join(ENGINES)}"
            )
        self.detectors = tuple(detectors)
        if engine == "auto":
            engine = "hyperscan" if find_spec("hyperscan") else "re2"
        self.engine = engine
        self._engine = _engine(engine, self.detectors, guarded)

    def find_rows(
        self, rows: Rows, telling: tuple[np.ndarray, np.ndarray] | None = None
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Give (detector index, first byte, byte after) of all spans, before neighbours and validators.

        Parameters
        ----------
        rows : Rows
            The values.
        telling : (numpy.ndarray, numpy.ndarray), optional
            For each row the number of its field's name; for each name and detector whether the name
            alone is context enough.
        """
        return self._engine.find(rows, telling)

    def forget(self) -> None:
        """Let go of automata, which grow with the text they read; those that are needed again are made again."""
        self._engine.forget()

    def find(self, buffer: bytes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Give (detector index, first byte, byte after) of all spans in one value."""
        from leakkit.pii.matching.buffers import join_bytes

        return self.find_rows(join_bytes([buffer]))


def _engine(name: str, detectors: tuple[Detector, ...], guarded: bool) -> Any:
    """Make an engine ready."""
    if name == "re2":
        from leakkit.pii.matching.engine_re2 import PlainEngine

        return PlainEngine(detectors)
    try:
        from leakkit.pii.matching.engine_keys import KeyedEngine

        return KeyedEngine(detectors, guarded)
    except ImportError:
        raise MissingExtraError(
            "Expected Hyperscan, as engine='hyperscan' asks for it",
            "found no package of that name",
            "pip install hyperscan, or leave engine at 'auto': RE2 finds the same",
        ) from None
