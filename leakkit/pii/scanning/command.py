"""The command ``leakkit scan``: a scan with the words of the command line, and its summary as plain text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd

    from leakkit.pii.detector import Detector
    from leakkit.pii.masking.case import Case
    from leakkit.pii.scanning.result import Scan

_NOTES = 10
_EXAMPLES = 2
_WIDE = 44


def scan_into(
    leak: str,
    out: Path,
    workers: int | None,
    names: bool,
    detectors: Path | None,
    min_likelihood: str | None,
    case: Path | None,
    quiet: bool,
) -> str:
    """Scan a leak into a folder and give the summary to print."""
    from leakkit.pii.scanning.scan import scan

    found = scan(
        leak,
        out,
        workers,
        names="auto" if names else None,
        detectors=None if detectors is None else _with_own(detectors),
        min_likelihood=min_likelihood,
        case=None if case is None else _case(case),
        progress=not quiet,
    )
    return summary_text(found, out.name)


def _with_own(path: Path) -> list[Detector]:
    """Give the kit's detectors and those of a file."""
    from leakkit.errors import BadParameterError
    from leakkit.pii.detector import read_detectors, selected

    try:
        own = read_detectors(path)
    except OSError as error:
        raise BadParameterError(
            f"Expected a TOML file with detectors at {printable(path.name, 100)!r}",
            f"found that it cannot be read ({error.strerror or type(error).__name__})",
            "check the path",
        ) from None
    taken = {detector.id for detector in own}
    return [detector for detector in selected() if detector.id not in taken] + list(own)


def _case(path: Path) -> Case:
    """Read a case file, or make one."""
    from leakkit.pii.masking.case import Case

    if path.exists():
        return Case.load(path)
    case = Case()
    case.save(path)
    return case


def summary_text(found: Scan, name: str) -> str:
    """Give counts by entity with masked examples, and what was not read, as aligned plain text."""
    from leakkit.display.tables import plain_table

    counts = by_entity(found.summary())
    parts = [
        f"{found.n_findings:,} findings in {printable(name)}, documentation and test values among them. "
        "Likelihood is the kit's own weighing, no probability."
    ]
    if len(counts):
        shown = examples(found, _EXAMPLES)
        rows = [
            [entity, *(f"{count:,}" for count in row), printable(", ".join(shown.get(entity, ())), _WIDE)]
            for entity, *row in counts.itertuples(index=False)
        ]
        heads = ["entity", "likely", "possible", "unlikely", "members", "test values", "masked examples"]
        parts.append(plain_table(heads, rows, [False, *[True] * 5, False], "What was found"))
    skipped = found.skipped()
    skipped = skipped[skipped["status"].ne("ok")]
    if len(skipped):
        more = f" (first {_NOTES} of {len(skipped):,})" if len(skipped) > _NOTES else ""
        rows = [[printable(cell, 70) for cell in row] for row in skipped.head(_NOTES).itertuples(index=False)]
        parts.append(plain_table(["path", "status", "reason"], rows, [False] * 3, f"Not searched{more}"))
    return "\n\n".join(parts)


def by_entity(summary: pd.DataFrame) -> pd.DataFrame:
    """Count by entity: likely and above, possible, below, members, test values; most likely ones first.

    `n_members` is that of the level with the most: members of several levels cannot be added up.
    """
    levels = {"very_likely": "likely", "likely": "likely", "possible": "possible"}
    grade = summary["likelihood"].astype("string").map(levels).fillna("unlikely")
    frame = summary.assign(grade=grade)
    counts = frame.pivot_table(
        index="entity", columns="grade", values="n_findings", aggfunc="sum", fill_value=0, observed=True
    ).reindex(columns=["likely", "possible", "unlikely"], fill_value=0)
    grouped = frame.groupby("entity")
    counts["members"] = grouped["n_members"].max()
    counts["test_values"] = grouped["n_placeholders"].sum()
    return counts.reset_index().sort_values(["likely", "entity"], ascending=[False, True], kind="stable")


def examples(found: Scan, count: int) -> dict[str, list[str]]:
    """Give some masked values of each entity: those of the highest level, first ones of the leak."""
    from leakkit.frames import LIKELIHOODS

    held: dict[str, dict[str, int]] = {}
    for batch in found.batches(["entity", "likelihood", "masked"]):
        table = batch.to_pandas().drop_duplicates()
        for entity, level, masked in table.itertuples(index=False):
            if isinstance(masked, str):
                known = held.setdefault(entity, {})
                if len(known) < 200:
                    known[masked] = max(known.get(masked, 0), LIKELIHOODS.index(level))
    return {
        entity: [masked for masked, _ in sorted(known.items(), key=lambda item: -item[1])[:count]]
        for entity, known in held.items()
    }
