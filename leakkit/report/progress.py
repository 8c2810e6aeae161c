"""Progress bars: in a terminal on stderr, in a notebook as a widget, nowhere else."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from leakkit.leak.inventory import Progress


def watched(quiet: bool = False) -> bool:
    """Tell whether somebody watches stderr in a terminal and did not ask for quiet."""
    return not quiet and sys.stderr is not None and sys.stderr.isatty()


@contextmanager
def inventory_bar(words: str, *, show: bool, notebook: bool = False) -> Iterator[Progress | None]:
    """Give a function that an inventory tells its members and bytes; None where nothing is shown."""
    if not show:
        yield None
        return
    with _tqdm(notebook)(desc=words, unit=" members", leave=False) as shown:
        seen = [0]

        def tell(members: int, size: int) -> None:
            seen[0] += size
            shown.set_postfix_str(f"{seen[0] / 1e6:,.0f} MB", refresh=False)
            shown.update(members)

        yield tell


@contextmanager
def cell_bar(total: int, *, show: bool) -> Iterator[Any]:
    """Give a tqdm bar that counts executed cells; silent where not shown."""
    with _tqdm(False)(total=total, unit=" cells", leave=False, disable=not show) as shown:
        yield shown


def _tqdm(notebook: bool) -> Any:
    """Choose the bar that fits: widgets in a notebook that has them, else text."""
    if notebook and importlib.util.find_spec("ipywidgets"):
        from tqdm.notebook import tqdm as notebook_bar

        return notebook_bar
    from tqdm import tqdm

    return tqdm
