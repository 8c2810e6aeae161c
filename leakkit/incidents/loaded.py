"""What a reader makes of a catalogue: rows of the joined frames, and an account of every value of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from leakkit.errors import BadFrameError
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
SHOWN = 200
"""Characters of a lost value that are shown."""


@dataclass
class Loaded:
    """The rows that one catalogue gives, with an account of all its values.

    Parameters
    ----------
    source : str
        Name of the catalogue, one of `leakkit.frames.incidents.SOURCES`.
    file : str
        Name of the file that was read, without its folder.
    incidents, enums, losses : list of dict
        Rows of the frames `INCIDENTS`, `INCIDENT_ENUMS` and `INCIDENT_LOSSES`; absent keys are missing.
    n_values : int
        Values (leaves that are not null, not empty) in the file.
    n_placed : int
        Those of them that stand in `incidents` or `enums`. Every other one is in `losses`.
    """

    source: str
    file: str
    incidents: list[Row] = field(default_factory=list)
    enums: list[Row] = field(default_factory=list)
    losses: list[Row] = field(default_factory=list)
    n_values: int = 0
    n_placed: int = 0

    def lose(
        self, place: str, reason: str, *, record: str | None = None, value: Any = None, n_values: int = 1
    ) -> None:
        """Note values that have no place in the frames."""
        self.losses.append(
            {
                "source": self.source,
                "file": self.file,
                "record": None if record is None else printable(record, SHOWN),
                "field": printable(place, SHOWN),
                "value": None if value is None else printable(str(value), SHOWN),
                "n_values": n_values,
                "reason": reason,
            }
        )

    def check(self) -> Loaded:
        """Give itself back when every value is accounted for.

        Raises
        ------
        BadFrameError
            The values that were placed and those that were lost do not add up to those in the file: a
            fault of the reader.
        """
        lost = sum(row["n_values"] for row in self.losses)
        if self.n_values != self.n_placed + lost:
            raise BadFrameError(
                f"Expected every one of the {self.n_values:,} values of {self.file!r} to be placed or listed as lost",
                f"found {self.n_placed:,} placed and {lost:,} lost",
                "report this as a fault of the reader; the frames are not complete",
            )
        return self

    def frames(self) -> Mapping[str, pd.DataFrame]:
        """Give the three frames by name: incidents, incident_enums, incident_losses."""
        from leakkit.frames import INCIDENT_ENUMS, INCIDENT_LOSSES, INCIDENTS

        return {
            "incidents": INCIDENTS.from_rows(self.incidents),
            "incident_enums": INCIDENT_ENUMS.from_rows(self.enums),
            "incident_losses": INCIDENT_LOSSES.from_rows(self.losses),
        }
