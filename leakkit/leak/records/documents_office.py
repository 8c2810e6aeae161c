"""Text of Word, Excel and PowerPoint by python-docx, openpyxl and python-pptx; of binary workbooks by calamine.

The first three resolve no entities: lxml is told not to, and openpyxl takes defusedxml where it is installed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from leakkit.leak.records.documents_child import Found, Refused, checked_zip
from leakkit.leak.records.documents_names import PROPERTIES, properties
from leakkit.leak.records.documents_sheets import sheet, workbook
from leakkit.leak.records.html_tables import Tables

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TABULAR = {f"{_WORD}tbl": "table", f"{_WORD}tr": "tr", f"{_WORD}tc": "td"}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARTS = {
    "footnotes": "footnote",
    "endnotes": "endnote",
    "comments": "comment",
    "header": "header",
    "footer": "footer",
}


def texts(data: bytes) -> Iterator[Found]:
    """Give the texts of an Office file by what is in it."""
    names = checked_zip(data)
    folders = {name.partition("/")[0].lower() for name in names}
    if "word" in folders:
        yield from _word(data)
    elif "xl/workbook.bin" in (name.lower() for name in names):
        yield from _binary_excel(data)
    elif "xl" in folders:
        yield from _excel(data)
    elif "ppt" in folders:
        yield from _powerpoint(data)
    else:
        raise Refused("an Office document that is neither Word nor Excel nor PowerPoint")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        yield -1, "", "macros in it are not read"
    if any("/embeddings/" in name.lower() for name in names):
        yield -1, "", "files embedded in it are not read"


def _properties(found: Any) -> Iterator[Found]:
    """Give author, title and the like."""
    return properties({name: getattr(found, name, None) for name in PROPERTIES})


def _word(data: bytes) -> Iterator[Found]:
    """Give paragraphs of the body, of tables and boxes in it, of headers, footers, notes and comments.

    The cells of a table's row have one number, and where the table has a head its names as fields.
    """
    import docx.package  # noqa: F401  (registers the parts of Word)
    from docx.opc.package import OpcPackage
    from docx.oxml.parser import parse_xml

    package = OpcPackage.open(io.BytesIO(data))
    main = package.main_document_part
    yield from _properties(package.core_properties)
    tables = Tables()
    for part in [main, *(part for part in package.iter_parts() if part is not main)]:
        name = str(part.partname).rpartition("/")[2]
        kind = "text" if part is main else next((k for n, k in _PARTS.items() if name.startswith(n)), None)
        if kind is None or not name.endswith(".xml"):
            continue
        element = getattr(part, "element", None)
        if element is None:
            element = parse_xml(part.blob)
        for text in _paragraphs(element, _WORD, ("t", "delText"), tables):
            tables.add(kind, text)
            yield from ((record, field, text) for field, text, record in tables.taken())
        for target in _links(part):
            tables.add("link", target)
        yield from ((record, field, text) for field, text, record in tables.taken(at_end=True))


def _paragraphs(
    element: Any, space: str, kinds: tuple[str, ...], tables: Tables | None = None
) -> Iterator[str]:
    """Give the text of each paragraph; one inside another (a box) stands for itself. `tables` follow theirs."""
    wanted = {space + kind for kind in kinds}
    breaks = {f"{space}tab": "\t", f"{space}br": "\n", f"{space}cr": "\n"}
    held: list[list[str]] = []
    for node, begins in _walked(element):
        tag = node.tag
        if tables is not None and (begins or tag == f"{_WORD}tbl") and tag in _TABULAR:
            tables.tag(_TABULAR[tag], "", closing=not begins)
        if tag == f"{space}p":
            if begins:
                held.append([])
            elif (text := "".join(held.pop())).strip():
                yield text
        elif begins and held and tag in wanted and node.text:
            held[-1].append(node.text)
        elif begins and held and tag in breaks:
            held[-1].append(breaks[tag])


def _walked(element: Any) -> Iterator[tuple[Any, bool]]:
    """Give every element when it begins (True) and when it ends, without copies kept for older programs."""
    open_ones = [(element, iter(element))]
    yield element, True
    while open_ones:
        node, inside = open_ones[-1]
        child = next(inside, None)
        if child is None:
            open_ones.pop()
            yield node, False
        elif child.tag != _FALLBACK:
            open_ones.append((child, iter(child)))
            yield child, True


def _links(part: Any) -> list[str]:
    """Give the addresses outside that a part points to."""
    return sorted({rel.target_ref for rel in part.rels.values() if rel.is_external})


def _powerpoint(data: bytes) -> Iterator[Found]:
    """Give the text of each slide and of its notes as a whole; `row` counts slides."""
    from pptx import Presentation

    slides = Presentation(io.BytesIO(data))
    yield from _properties(slides.core_properties)
    for row, slide in enumerate(slides.slides):
        text = "\n".join(_paragraphs(slide._element, _DRAWING, ("t",)))
        if text.strip():
            yield row, "text", text
        if slide.has_notes_slide:
            notes = "\n".join(_paragraphs(slide.notes_slide._element, _DRAWING, ("t",)))
            if notes.strip():
                yield row, "notes", notes
        for target in _links(slide.part):
            yield row, "link", target


def _excel(data: bytes) -> Iterator[Found]:
    """Give the cells of every sheet, hidden ones too, as of a table; `row` counts within a sheet."""
    import warnings

    from openpyxl import load_workbook

    _check_defused()
    warnings.simplefilter("ignore")
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    yield from _excel_properties(book.properties)
    for found in book.worksheets:
        found.reset_dimensions()
        yield from sheet(found.title, map(enumerate, found.iter_rows(values_only=True)))


def _binary_excel(data: bytes) -> Iterator[Found]:
    """Give the cells of a binary workbook (xlsb), whose properties are XML as in the others."""
    from openpyxl.packaging.core import DocumentProperties
    from openpyxl.xml.functions import fromstring

    _check_defused()
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        if "docProps/core.xml" in file.namelist():
            yield from _excel_properties(
                DocumentProperties.from_tree(fromstring(file.read("docProps/core.xml")))
            )
    yield from workbook(data)


def _check_defused() -> None:
    """Refuse a workbook where openpyxl would resolve entities."""
    from openpyxl.xml import DEFUSEDXML

    if not DEFUSEDXML:
        raise Refused("Excel is read only with defusedxml installed")


def _excel_properties(found: Any) -> Iterator[Found]:
    """Give openpyxl's properties under the names of the other two libraries."""
    renamed = {"author": found.creator, "last_modified_by": found.lastModifiedBy}
    kept = {name: getattr(found, name) for name in ("title", "subject", "keywords")}
    return properties(renamed | kept | {"comments": found.description})
