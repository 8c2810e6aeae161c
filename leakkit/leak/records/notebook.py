"""Records of notebooks: source and outputs of each cell as whole texts, the tables they show row by row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa

from leakkit.leak.lines import Piece
from leakkit.leak.records import printed
from leakkit.leak.records.batch import Packer, field_name
from leakkit.leak.records.html import HtmlText

_IMAGES = ("image/", "application/pdf", "video/", "audio/")
_BLOCKS = frozenset({"text", "comment"})
_HTML, _PLAIN = "text/html", "text/plain"

AddLeaves = Callable[[Any, int, str], None]
"""Takes a JSON value, its row and its field."""


def notebook(value: dict[str, Any], packer: Packer, add_leaves: AddLeaves) -> Iterator[pa.RecordBatch]:
    """Give source and outputs of each cell; images are left out, everything else in the file is given leaf by leaf.

    A table of an output is given cell by cell: ``outputs[0].data.text/html[3].email``, the number being that of its
    row. What is left of the text around it keeps the field of the output.
    """
    cells = value.get("cells")
    for row, cell in enumerate(cells if isinstance(cells, list) else []):
        if not isinstance(cell, dict):
            continue
        source = _text_of(cell.get("source"))
        if cell.get("cell_type") == "markdown":
            _add_text(source, row, "source", packer)
        else:
            packer.add(row, "source", source)
        outputs = cell.get("outputs")
        for place, output in enumerate(outputs if isinstance(outputs, list) else []):
            if isinstance(output, dict):
                _add_output(output, row, f"outputs[{place}]", packer)
        add_leaves({key: item for key, item in cell.items() if key not in {"source", "outputs"}}, row, "")
        yield from packer.ready()
    rest = value if not isinstance(cells, list) else {key: value[key] for key in value if key != "cells"}
    add_leaves(rest, 0, "notebook")
    yield from packer.ready()


def _add_output(output: dict[str, Any], row: int, field: str, packer: Packer) -> None:
    """Give what an output shows as text; a frame that is shown in two forms is given once."""
    _add_text(_text_of(output.get("text")), row, f"{field}.text", packer)
    data = output.get("data")
    shown = {kind: _text_of(text) for kind, text in data.items()} if isinstance(data, dict) else {}
    html = shown.get(_HTML, "")
    is_table = "<table" in html and "</t" in html
    for kind, text in shown.items():
        if kind.startswith(_IMAGES) or (kind == _PLAIN and is_table and _is_told(text, html)):
            continue
        name = f"{field}.data.{field_name(kind)}"
        if kind == _HTML and is_table:
            _add_page(text, row, name, packer)
        else:
            _add_text(text, row, name, packer)
    for part in ("ename", "evalue", "traceback"):
        packer.add(row, f"{field}.{part}", _text_of(output.get(part)))


def _is_told(text: str, html: str) -> bool:
    """Tell whether all words of a text stand in a page."""
    page = HtmlText()
    told = {word for found in page.feed(html) + page.end() for word in found.text.split()}
    return told.issuperset(text.replace("...", " ").replace("\\", " ").split())


def _add_page(html: str, row: int, field: str, packer: Packer) -> None:
    """Give the tables of a page cell by cell, its other text as one."""
    page, blocks = HtmlText(), []
    for kind, text, record in page.feed(html) + page.end():
        if kind in _BLOCKS:
            blocks.append(text)
        else:
            packer.add(row, f"{field}[{record}].{kind}", text)
    if page.hides:
        packer.skip(f"a {page.hides} that never ends; what follows it in the page is not read")
    packer.add(row, field, "\n".join(blocks))


def _add_text(text: str, row: int, field: str, packer: Packer) -> None:
    """Give a text, the tables printed in it cell by cell."""
    if "\n" not in text or not printed.has_printed(text[: printed.HEAD].encode("utf-8", "replace")):
        packer.add(row, field, text)
        return
    plain = []
    for line, cells in printed.read(Piece(number, 0, one) for number, one in enumerate(text.split("\n"))):
        if cells is None:
            plain.append(line.text)
        for name, cell in cells or ():
            packer.add(row, f"{field}[{line.row}].{name}", cell)
    packer.add(row, field, "\n".join(plain))


def _text_of(value: Any) -> str:
    """Give a text that may be stored as a list of its lines."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else ""
