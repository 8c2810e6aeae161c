"""One inventory for many notebooks: the report run writes it once, each notebook reads it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from leakkit.display.publish import in_notebook
from leakkit.frames import ARTIFACTS
from leakkit.report.progress import inventory_bar

if TYPE_CHECKING:
    import pandas as pd

    from leakkit.leak.open import Leak

LEAK_VARIABLE = "LEAKKIT_LEAK"
"""Environment variable that names the leak a notebook is about."""

ARTIFACTS_VARIABLE = "LEAKKIT_ARTIFACTS"
"""Environment variable that names a Parquet file with the inventory of that leak."""


def load_artifacts(leak: Leak) -> pd.DataFrame:
    """Give the artifacts frame of a leak, without taking the inventory twice in a report run.

    Parameters
    ----------
    leak : Leak
        What `leakkit.open_leak` gives.

    Returns
    -------
    pandas.DataFrame
        The same as ``leak.artifacts()``. In a report run it is read from the inventory that the run
        took before; in a notebook a progress bar shows how far it is.

    Examples
    --------
    >>> import leakkit as lk
    >>> lk.load_artifacts(lk.open_leak(lk.sample_leak())).columns[:2].tolist()
    ['path', 'container']
    """
    ready = os.environ.get(ARTIFACTS_VARIABLE)
    if ready and os.environ.get(LEAK_VARIABLE) == leak.place:
        artifacts = read_inventory(Path(ready))
        leak.take_over(artifacts)  # so that leak.models() does not read the leak again
        return artifacts
    with inventory_bar(f"Reading {leak.name}", show=_watched(), notebook=True) as progress:
        return leak.artifacts(progress=progress)


def read_inventory(path: Path) -> pd.DataFrame:
    """Read an artifacts frame from the Parquet file that an inventory wrote."""
    import pyarrow.parquet as parquet

    return ARTIFACTS.from_batches(parquet.read_table(path).cast(ARTIFACTS.arrow_schema).to_batches())


def _watched() -> bool:
    """Tell whether somebody watches this run in a notebook (not a report, test or script)."""
    return in_notebook() and not os.environ.get("LEAKKIT_STATIC")
