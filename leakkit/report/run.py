"""Run one notebook in a fresh kernel of this Python, its environment fixed; name the cell that fails."""

from __future__ import annotations

import os
import site
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakkit.errors import MissingExtraError, NotebookFailedError
from leakkit.leak.text import printable

if TYPE_CHECKING:
    from nbformat import NotebookNode

_FIXED = {"LEAKKIT_STATIC": "1", "MPLBACKEND": "agg", "PYTHONHASHSEED": "0", "TZ": "UTC"}
"""What every run of a notebook has in its environment, so that two runs give the same bytes."""

_DROPPED = ("PYTHONSTARTUP", "MATPLOTLIBRC", "LEAKKIT_LEAK", "LEAKKIT_ARTIFACTS", "COLUMNS", "LINES")
"""Personal settings that would change what a notebook shows."""

LONGEST_FOLDER = 80
"""Characters of a folder's path that leave room for a socket's name: Unix allows about 100 in all."""


def run_notebook(
    notebook: NotebookNode,
    name: str,
    variables: Mapping[str, str],
    told: Callable[[], Any] | None = None,
) -> None:
    """Execute a notebook in place (the object, not the file), in an empty folder of its own.

    Parameters
    ----------
    notebook : NotebookNode
        Gets the outputs, execution counts 1 to n, and no run times.
    name : str
        What an error calls it.
    variables : mapping
        Environment variables of this run, such as LEAKKIT_LEAK.
    told : callable, optional
        Called after each code cell.

    Raises
    ------
    NotebookFailedError
        A cell raised; names notebook, cell and kind of error, and nothing of what the leak holds.
    MissingExtraError
        There is no ipykernel.
    """
    if find_spec("ipykernel") is None:
        raise MissingExtraError(
            "Expected the package ipykernel, which runs notebooks",
            "found it missing",
            'install the extra "lab": python -m pip install "leakkit[lab]"',
        )
    import nbclient
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager

    with tempfile.TemporaryDirectory(prefix="leakkit-", ignore_cleanup_errors=True) as folder:
        # An empty list of folders leaves only the kernel of this very Python; it listens on no port.
        manager = AsyncKernelManager(
            kernel_name="python3",
            kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
            connection_file=os.path.join(folder, "k.json"),
            transport="ipc" if os.name == "posix" and len(folder) < LONGEST_FOLDER else "tcp",
        )
        client = nbclient.NotebookClient(
            notebook,
            km=manager,
            timeout=None,
            record_timing=False,
            shutdown_kernel="immediate",
            resources={"metadata": {"path": folder}},
            on_cell_executed=(lambda **_: told()) if told else None,
        )
        try:
            client.execute(
                cleanup_kc=True,
                env=_environment(variables, Path(folder)),
                stdout=subprocess.DEVNULL,  # what libraries print past Python may hold the leak's words
                stderr=subprocess.DEVNULL,
            )
        except nbclient.exceptions.CellExecutionError as error:
            raise _failure(notebook, name, printable(error.ename, 60)) from None
        except nbclient.exceptions.DeadKernelError:
            raise _failure(
                notebook, name, "the death of its Python process, often for want of memory"
            ) from None
        except RuntimeError as error:
            raise _failure(notebook, name, f"{type(error).__name__} while it was run") from None


def _environment(variables: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Give the whole environment of a kernel: ours without personal settings, plus what a run fixes."""
    ours = {name: value for name, value in os.environ.items() if name not in _DROPPED}
    here = str(Path(__file__).resolve().parents[2])
    if here not in map(os.path.realpath, [*site.getsitepackages(), site.getusersitepackages()]):
        ours["PYTHONPATH"] = os.pathsep.join(filter(None, (here, ours.get("PYTHONPATH"))))
    ours |= {"IPYTHONDIR": str(folder / ".ipython"), "PYTHON_HISTORY": os.devnull}
    ours.setdefault("MPLCONFIGDIR", _matplotlib_folder())
    return ours | _FIXED | dict(variables)


def _matplotlib_folder() -> str:
    """Find matplotlib's cache here, so that no kernel builds the list of fonts anew."""
    import matplotlib
    import matplotlib.font_manager

    return str(matplotlib.get_cachedir())


def _failure(notebook: NotebookNode, name: str, what: str) -> NotebookFailedError:
    """Name the notebook, its failing code cell and the heading it stands under."""
    number, heading = _last_cell(notebook)
    place = f"code cell {number}" + (f', under "{heading}"' if heading else "")
    return NotebookFailedError(
        f"Expected the notebook {name} to run to its end",
        f"found {what} in {place}",
        "open it with 'leakkit lab' and run it there to see why; what a leak holds is not repeated here",
    )


def _last_cell(notebook: NotebookNode) -> tuple[int, str]:
    """Find the code cell that ran last, counted from 1, and the heading above it."""
    number, heading, found = 0, "", (0, "")
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            headings = [
                line.lstrip("# ").strip() for line in cell.source.splitlines() if line.startswith("#")
            ]
            heading = headings[-1] if headings else heading
        elif cell.cell_type == "code":
            number += 1
            if cell.get("execution_count") or any(out.output_type == "error" for out in cell.outputs):
                found = number, heading
    return found
