"""Stored outputs against a fresh run: nbval accepts them as they are, and would see one changed number."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

import leakkit

REPOSITORY = Path(leakkit.__file__).resolve().parents[1]
NOTEBOOKS = sorted((REPOSITORY / "notebooks").glob("*.ipynb"))


def nbval(path, *, folder):
    """Run nbval in its strict form on one notebook."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "--nbval-current-env",
        "-p",
        "no:cacheprovider",
        "-q",
    ]
    command += [
        "--nbval-cell-timeout=60",
        f"--nbval-sanitize-with={REPOSITORY / 'tests' / 'nbval_sanitize.cfg'}",
    ]
    variables = {
        name: value for name, value in os.environ.items() if not name.startswith(("LEAKKIT_", "PYTEST_"))
    }
    variables |= {"LEAKKIT_STATIC": "1", "PYTHONPATH": str(REPOSITORY)}
    return subprocess.run(
        [*command, path], capture_output=True, text=True, cwd=folder, env=variables, timeout=180, check=False
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_fresh_run_gives_the_stored_outputs(path, tmp_path):
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    done = nbval(copy, folder=tmp_path)
    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout


def test_one_changed_number_is_noticed(tmp_path):
    notebook = nbformat.read(NOTEBOOKS[0], as_version=4)
    outputs = [out for cell in notebook.cells if cell.cell_type == "code" for out in cell.outputs]
    data = next(out.data for out in outputs if re.search(r"\d", out.data.get("text/plain", "")))
    number = re.search(r"\d+", data["text/plain"])[0]
    for kind in ("text/plain", "text/html"):
        data[kind] = data[kind].replace(number, str(int(number) + 1), 1)
    copy = tmp_path / NOTEBOOKS[0].name
    copy.write_text(nbformat.writes(notebook), encoding="utf-8")
    done = nbval(copy, folder=tmp_path)
    assert done.returncode == 1
    assert "mismatch" in done.stdout
