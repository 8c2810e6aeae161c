"""What a scan found: its parts read back batch by batch, counted, filtered; and what it did not read."""

from __future__ import annotations

import json
import shutil
import weakref
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakkit.errors import BadParameterError
from leakkit.frames import FINDINGS, LIKELIHOODS
from leakkit.pii.scanning.folder import MANIFEST
from leakkit.pii.scanning.part_file import part_result

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

MOST_ROWS = 1_000_000


class Scan:
    """The findings of a leak, in the Parquet parts of one folder; made by ``lk.scan()``.

    Parameters
    ----------
    path : Path
        Folder of the parts. Any Parquet reader can open ``part-*.parquet`` together.
    lost : list of (path, status, reason)
        Members of partitions that came to nothing in this run.
    owned : bool
        The folder is a temporary one that goes away with this object.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        lost: list[tuple[str, str, str]] | None = None,
        owned: bool = False,
    ) -> None:
        self.path, self._lost = Path(path), lost or []
        if owned:
            weakref.finalize(self, shutil.rmtree, str(self.path), ignore_errors=True)

    def __repr__(self) -> str:
        """Show how much was found."""
        return (
            f"Scan({self.n_findings:,} findings in {len(self._parts)} parts, {len(self._not_read):,} notes)"
        )

    @cached_property
    def _manifest(self) -> dict[str, Any]:
        """The manifest of the folder."""
        return json.loads((self.path / MANIFEST).read_text(encoding="utf-8"))

    @cached_property
    def _parts(self) -> list[tuple[Path, dict[str, Any]]]:
        """The parts that are there, in the order of the leak, with their counts."""
        paths = [self.path / f"part-{entry['id']}.parquet" for entry in self._manifest["partitions"]]
        return [(path, found) for path in paths if (found := part_result(path)) is not None]

    @property
    def n_findings(self) -> int:
        """How many findings there are, placeholders included."""
        return sum(result["n_findings"] for _, result in self._parts)

    @property
    def is_complete(self) -> bool:
        """Tell whether every partition has its part."""
        return len(self._parts) == len(self._manifest["partitions"])

    def batches(self, columns: list[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Give all findings as Arrow batches, in the order of the leak, with flat memory.

        Parameters
        ----------
        columns : list of str, optional
            Only these columns.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        for path, result in self._parts:
            if result["n_findings"]:
                with pq.ParquetFile(path) as file:
                    for batch in file.iter_batches(columns=columns):
                        schema = pa.schema([FINDINGS.arrow_schema.field(name) for name in batch.schema.names])
                        yield pa.RecordBatch.from_arrays(batch.columns, schema=schema)

    def findings(
        self,
        *,
        entity: str | None = None,
        family: str | None = None,
        path: str | None = None,
        min_likelihood: str | None = None,
        placeholder: bool | None = None,
        max_rows: int = MOST_ROWS,
    ) -> pd.DataFrame:
        """Give findings as one frame.

        Parameters
        ----------
        entity, family, path : str, optional
            Only those of this entity, family or member.
        min_likelihood : str, optional
            Only those at this level and above.
        placeholder : bool, optional
            Only documentation and test values (True), or all others (False).
        max_rows : int
            Most rows (default 1,000,000).

        Returns
        -------
        pandas.DataFrame
            The frame `leakkit.frames.FINDINGS`, sorted.

        Raises
        ------
        BadParameterError
            There are more; filter, or go through `batches`. Or the level is unknown.
        """
        levels = _levels(min_likelihood)
        wanted = {"entity": entity, "family": family, "path": path, "placeholder": placeholder}
        held: list[pa.RecordBatch] = []
        n_rows = 0
        for batch in self.batches():
            batch = _filtered(batch, wanted, levels)
            n_rows += batch.num_rows
            if n_rows > max_rows:
                raise BadParameterError(
                    f"Expected at most {max_rows:,} findings for one frame",
                    f"found more; the scan has {self.n_findings:,}",
                    "filter by entity, path or min_likelihood, go through batches(), or pass max_rows",
                )
            held.append(batch)
        return FINDINGS.from_batches(held)

    def summary(self) -> pd.DataFrame:
        """Count findings by entity, level and family.

        Returns
        -------
        pandas.DataFrame
            ``entity``, ``family``, ``likelihood`` (ordered category), ``n_findings``, ``n_members`` in which
            they stand, ``n_placeholders``: documentation and test values, which are not in the other
            counts. Sorted by family, entity, level.
        """
        import pandas as pd

        counts: Counter[tuple[str, ...]] = Counter()
        for batch in self.batches(["entity", "family", "likelihood", "placeholder", "path"]):
            for key, rows in _counted(batch):
                counts[key] += rows
        frame = pd.DataFrame(
            [(*key, rows) for key, rows in sorted(counts.items())],
            columns=["entity", "family", "likelihood", "is_placeholder", "path", "rows"],
        )
        return _summed(frame)

    @property
    def _not_read(self) -> list[tuple[str, str, str]]:
        """Everything that was noted, in the order of the leak."""
        noted = [tuple(entry) for entry in self._manifest["skipped"]]
        for _, result in self._parts:
            noted += [tuple(entry) for entry in result["skipped"]]
            if result["n_more_skipped"]:
                noted.append(("", "refused", f"{result['n_more_skipped']:,} more that are not listed here"))
        return noted + self._lost

    def skipped(self) -> pd.DataFrame:
        """Say what was not read, or not as its format promises.

        Returns
        -------
        pandas.DataFrame
            ``path``, ``status`` (``ok`` where it was read in another way), ``reason``; strings.
        """
        import pandas as pd

        rows = sorted(set(self._not_read))
        return pd.DataFrame(rows, columns=["path", "status", "reason"], dtype=pd.StringDtype())

    @property
    def coverage(self) -> pd.DataFrame:
        """Members and bytes by format, and whether their text was searched.

        Returns
        -------
        pandas.DataFrame
            ``format``, ``searched`` (boolean), ``n_members``, ``n_bytes``. Archives are not counted, their
            members are. What could not be opened at all stands in `skipped` only.
        """
        import pandas as pd

        totals: dict[tuple[str, bool], list[int]] = {}
        held = [(self._manifest["without_text"], False)]
        for _, result in self._parts:
            held += [(result["members"], True), (result["without_text"], False)]
        for counts, searched in held:
            for format, (members, size) in counts.items():
                total = totals.setdefault((format, searched), [0, 0])
                total[0] += members
                total[1] += size
        rows = [(*key, *total) for key, total in sorted(totals.items())]
        return pd.DataFrame(rows, columns=["format", "searched", "n_members", "n_bytes"]).astype(
            {"format": "string", "searched": "boolean", "n_members": "Int64", "n_bytes": "Int64"}
        )


def _levels(least: str | None) -> list[str]:
    """Give the levels from one on."""
    if least is None:
        return list(LIKELIHOODS)
    if least not in LIKELIHOODS:
        raise BadParameterError(
            f"Expected min_likelihood to be one of {', '.join(LIKELIHOODS)}", f"found {least!r}", "correct it"
        )
    return list(LIKELIHOODS[LIKELIHOODS.index(least) :])


def _filtered(batch: pa.RecordBatch, wanted: dict[str, Any], levels: list[str]) -> pa.RecordBatch:
    """Give the findings that are asked for."""
    import pyarrow as pa
    import pyarrow.compute as pc

    mask = pc.is_in(batch.column("likelihood"), pa.array(levels, pa.string()))
    for name, value in wanted.items():
        if value is not None:
            mask = pc.and_(mask, pc.fill_null(pc.equal(batch.column(name), value), False))
    return batch.filter(mask)


def _counted(batch: pa.RecordBatch) -> Iterator[tuple[tuple[str, ...], int]]:
    """Count the rows of a batch by all its columns."""
    import pyarrow as pa

    names = batch.schema.names
    table = pa.Table.from_batches([batch]).group_by(names).aggregate([([], "count_all")])
    for row in table.to_pylist():
        yield tuple(row[name] if row[name] is not None else "" for name in names), row["count_all"]


def _summed(frame: pd.DataFrame) -> pd.DataFrame:
    """Add counts by path up to counts by entity and level."""
    import pandas as pd

    frame["is_placeholder"] = frame["is_placeholder"].astype(bool)
    real = frame[~frame["is_placeholder"]]
    keys = ["family", "entity", "likelihood"]
    found = pd.DataFrame(
        {
            "n_findings": real.groupby(keys)["rows"].sum(),
            "n_members": real.groupby(keys)["path"].nunique(),
            "n_placeholders": frame[frame["is_placeholder"]].groupby(keys)["rows"].sum(),
        }
    ).fillna(0).astype("Int64")  # fmt: skip
    found = found.reset_index()
    found["likelihood"] = found["likelihood"].astype(pd.CategoricalDtype(list(LIKELIHOODS), ordered=True))
    found[["family", "entity"]] = found[["family", "entity"]].astype("string")
    found = found.sort_values(["family", "entity", "likelihood"], ignore_index=True)
    return found[["entity", "family", "likelihood", "n_findings", "n_members", "n_placeholders"]]
