"""`export_report`: take the inventory once, run the themed notebooks on it, write pages that open offline."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakkit.errors import BadOutputError, NotALeakError
from leakkit.leak.text import printable
from leakkit.report.handover import ARTIFACTS_VARIABLE, LEAK_VARIABLE, read_inventory
from leakkit.report.notebooks import notebook_paths, read_notebook, title_of
from leakkit.report.progress import cell_bar, inventory_bar, watched

if TYPE_CHECKING:
    import pandas as pd
    from nbformat import NotebookNode

    from leakkit.leak.open import Leak


def export_report(
    leak: str | os.PathLike[str] | Leak | None = None,
    out: str | os.PathLike[str] = "reports",
    notebooks: Iterable[str | Path] | None = None,
    *,
    hash: bool = True,
    quiet: bool = False,
) -> Path:
    """Write a report on a leak: an index page with key figures, and one page a notebook.

    Parameters
    ----------
    leak : path, URL or Leak, optional
        What `leakkit.open_leak` takes or gives; by default the invented sample leak.
    out : path, default 'reports'
        Folder for the pages; made when it is not there. Pages of the same name are replaced, and only
        after every notebook ran to its end.
    notebooks : iterable of path, optional
        Notebooks to run instead of those that ship. Each reads the leak's place from the environment
        variable LEAKKIT_LEAK.
    hash : bool, default True
        Take the SHA-256 of every member; without it a large weights file costs only its header.
    quiet : bool, default False
        Show no progress, even in a terminal.

    Returns
    -------
    pathlib.Path
        The index page. Every page is a single file without script that loads nothing from elsewhere.

    Raises
    ------
    LeakNotFoundError, LeakUnreadableError, NotALeakError
        The leak cannot be opened.
    BadOutputError
        `out` is a file, lies inside the leak, or cannot be written.
    NotebookFailedError
        A notebook stopped; names notebook and cell, and nothing of what the leak holds.

    Notes
    -----
    The same leak and the same versions give the same bytes. A leak opened with keywords of its own
    (a budget, storage options) is inventoried with them; notebooks that read members again open the
    place without them.

    Examples
    --------
    >>> import leakkit as lk
    >>> lk.export_report("my-leak", out="reports")  # doctest: +SKIP
    PosixPath('reports/index.html')
    """
    from leakkit.leak.open import Leak, open_leak

    paths = notebook_paths(notebooks)
    if not isinstance(leak, Leak):
        leak = open_leak(_absolute(leak) if leak is not None else _sample(), hash=hash)
    folder = _checked_folder(Path(out), leak)
    show = watched(quiet)
    with tempfile.TemporaryDirectory(prefix="leakkit-", ignore_cleanup_errors=True) as temporary:
        inventory = Path(temporary) / "artifacts.parquet"
        _take_inventory(leak, inventory, show)
        pages = _render(leak, inventory, paths, show)
    return _write(pages, folder)


def _sample() -> str:
    """Give the place of the sample leak."""
    from leakkit.bundled import sample_leak

    return str(sample_leak())


def _absolute(place: str | os.PathLike[str]) -> str:
    """Give a place that means the same from any folder."""
    text = os.fspath(place)
    return text if "://" in text else os.path.abspath(text)


def _checked_folder(out: Path, leak: Leak) -> Path:
    """Make the folder for the pages, or say why it cannot be one."""
    shown = printable(str(out), 200)
    if out.exists() and not out.is_dir():
        raise BadOutputError(
            "Expected a folder to write the report to", f"found the file {shown}", "name a folder"
        )
    if "://" not in leak.place and out.resolve().is_relative_to(Path(leak.place).resolve()):
        raise BadOutputError(
            "Expected a folder outside the leak",
            f"found that {shown} lies inside it",
            "name another with --out, so that the evidence stays as it is",
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        raise BadOutputError(
            f"Expected to write into the folder {shown}",
            f"found that the system refuses ({error.strerror})",
            "name a folder of your own with --out",
        ) from None
    return out


def _check_known(leak: Leak, artifacts: pd.DataFrame) -> None:
    """Refuse to report on one file of which nothing can be told."""
    from leakkit.display import format_bytes

    if len(artifacts) == 1 and artifacts["format"].iloc[0] in {"unknown", "empty"}:
        raise NotALeakError(
            f"Expected a leak, or a file of a format leakkit knows, in {leak.name}",
            f"found {format_bytes(int(artifacts['size'].iloc[0]))} of no known format",
            "point at the folder or archive it came from, or decrypt it first; 'leakkit inventory' gives its hash",
        )


def _take_inventory(leak: Leak, path: Path, show: bool) -> None:
    """Write the inventory to a Parquet file, with a bar where somebody watches."""
    from leakkit.leak.inventory import write_inventory

    with inventory_bar(f"Reading {leak.name}", show=show) as progress:
        write_inventory(leak, path, progress=progress)


def _render(leak: Leak, inventory: Path, paths: list[Path], show: bool) -> dict[str, str]:
    """Run every notebook and give the pages by file name, the index first."""
    import leakkit
    from leakkit.frames import MODELS
    from leakkit.leak.models_held import models_frame
    from leakkit.report.index import fingerprint, index_html

    artifacts = read_inventory(inventory)
    _check_known(leak, artifacts)
    originals = [read_notebook(path) for path in paths]
    kit: dict[str, Any] = {
        "leak_name": leak.name,
        "invented": os.path.realpath(leak.place) == os.path.realpath(_sample()),
        "version": leakkit.__version__,
        "fingerprint": fingerprint(artifacts)[:12],
        "pages": [("index.html", "Key figures")]
        + [(f"{path.stem}.html", title_of(nb, path.stem)) for path, nb in zip(paths, originals, strict=True)],
        "file": "index.html",
    }
    pages = {"index.html": index_html(artifacts, MODELS.from_rows(models_frame(artifacts)), kit)}
    del artifacts
    variables = {LEAK_VARIABLE: leak.place, ARTIFACTS_VARIABLE: str(inventory)}
    n_cells = sum(cell.cell_type == "code" for notebook in originals for cell in notebook.cells)
    with cell_bar(n_cells, show=show) as bar:
        for path, notebook in zip(paths, originals, strict=True):
            bar.set_description(path.stem)
            pages[f"{path.stem}.html"] = _page(notebook, path, variables, kit, bar.update)
    return pages


def _page(
    notebook: NotebookNode, path: Path, variables: dict[str, str], kit: dict[str, Any], told: Any
) -> str:
    """Run one notebook and turn it into a page."""
    from leakkit.report.pages import notebook_html
    from leakkit.report.run import run_notebook
    from leakkit.report.stored import clean_notebook

    clean_notebook(notebook)
    run_notebook(notebook, printable(path.name, 100), variables, told)
    return notebook_html(
        notebook, {**kit, "title": title_of(notebook, path.stem), "file": f"{path.stem}.html"}
    )


def _write(pages: dict[str, str], folder: Path) -> Path:
    """Write all pages, each under a name of its own until it is whole."""
    for name, html in pages.items():
        partial = folder / f".{name}.partial"
        try:
            partial.write_text(html, encoding="utf-8", errors="replace", newline="\n")
            os.replace(partial, folder / name)
        except OSError as error:
            raise BadOutputError(
                f"Expected to write {printable(str(folder / name), 200)}",
                f"found that the system refuses ({error.strerror})",
                "free the file or name another folder with --out",
            ) from None
        finally:
            partial.unlink(missing_ok=True)
    return folder / "index.html"
