"""Small notebooks and hostile folders, made for tests of reports."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

OPEN = """import os
import leakkit as lk
LEAK = os.environ["LEAKKIT_LEAK"]
leak = lk.open_leak(LEAK)
artifacts = lk.load_artifacts(leak)"""

SHOW = """lk.show_table(artifacts[["path", "size"]], f"Members of {leak.name}")
lk.show_figure(lk.draw_exposure(artifacts), caption="Bytes by kind", alt="Most bytes are logs.")"""

HOSTILE_NAMES = (
    "a<script>alert(1)</script>.csv",  # the slash makes it a folder, so the path holds a whole element
    "=cmd()|' -C calc'!A0.csv",
    "red\x1b[31m.txt",
    "cod\u202etxt.exe",
    "$x^2$ $\\frac{1}{0}$.log",
    "<img src=x onerror=alert(1)>.json",
    "[link](javascript:alert(1)).md",
)


def write(folder: Path, name: str, *cells: str, **metadata: object) -> Path:
    """Write a notebook; a cell that begins with '#' is text, every other is code."""
    notebook = new_notebook(metadata=metadata)
    for number, source in enumerate(cells):
        cell = new_markdown_cell(source) if source.startswith("#") else new_code_cell(source)
        cell["id"] = f"cell-{number}"
        notebook.cells.append(cell)
    path = folder / f"{name}.ipynb"
    path.write_text(nbformat.writes(notebook), encoding="utf-8")
    return path


def hostile_folder(folder: Path) -> Path:
    """Fill a folder with files whose names attack pages, terminals, spreadsheets and figures."""
    for number, name in enumerate(HOSTILE_NAMES):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"number,{number}\nkey,<script>alert(2)</script>\n", encoding="utf-8")
    return folder
