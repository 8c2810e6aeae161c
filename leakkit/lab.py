"""Open the notebooks in JupyterLab: a copy of one's own, no news, no update checks, loopback only."""

from __future__ import annotations

import filecmp
import importlib.util
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from leakkit.bundled import notebooks_folder
from leakkit.errors import BadOutputError, MissingExtraError
from leakkit.leak.text import printable

COPY_NAME = "leakkit-notebooks"
"""Folder for the copies, in the folder one is in."""

_SETTINGS = Path(__file__).resolve().parent / "lab_settings"


def copy_notebooks(folder: Path, replace: Callable[[str], bool] = lambda _: False) -> list[str]:
    """Copy the notebooks that ship with leakkit into `folder`; edited ones stay unless `replace` says yes.

    Parameters
    ----------
    folder : Path
        Made when it is not there.
    replace : callable
        Asked with the name of each notebook that is there and differs from the one that ships.

    Returns
    -------
    list of str
        Names that were copied, sorted.

    Raises
    ------
    BadOutputError
        `folder` is a file or cannot be written.
    """
    copied = []
    shown = printable(str(folder), 200)
    if folder.exists() and not folder.is_dir():
        raise BadOutputError(
            "Expected a folder for the notebooks", f"found the file {shown}", "name a folder"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for source in sorted(notebooks_folder().glob("*.ipynb")):
            target = folder / source.name
            if target.exists() and (filecmp.cmp(source, target, shallow=False) or not replace(source.name)):
                continue
            shutil.copyfile(source, target)
            copied.append(source.name)
    except OSError as error:
        raise BadOutputError(
            f"Expected to write notebooks into {shown}",
            f"found that the system refuses ({error.strerror})",
            "name a folder of your own with --folder",
        ) from None
    return copied


def lab_command(folder: Path, *, browser: bool = True, port: int | None = None) -> list[str]:
    """Give the command that starts JupyterLab on `folder`, on loopback, without news or update checks."""
    if importlib.util.find_spec("jupyterlab") is None:
        raise MissingExtraError(
            "Expected JupyterLab",
            "found it missing",
            'install the extra "lab": python -m pip install "leakkit[lab]"',
        )
    command = [sys.executable, "-m", "jupyterlab", str(folder), "--ServerApp.ip=127.0.0.1"]
    command += ["--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    command += ["--LabApp.extension_manager=readonly"]
    command += [] if browser else ["--no-browser"]
    return command + ([f"--ServerApp.port={port}", "--ServerApp.port_retries=0"] if port else [])


def lab_environment() -> dict[str, str]:
    """Give the environment for `lab_command`: ours, and the settings that keep the lab from phoning home."""
    paths = [str(_SETTINGS), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    return {**os.environ, "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths))}
