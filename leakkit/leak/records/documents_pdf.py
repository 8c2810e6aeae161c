"""Text of PDF by pypdf: lines of pages, form fields, notes on pages, properties; scripts and files inside are left."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from leakkit.leak.records.documents_child import Found, Refused

PAGES = 20_000


def texts(data: bytes) -> Iterator[Found]:
    """Give lines of text: the field is ``text``, and ``page[3]`` in a document of several pages.

    `row` counts lines through the document.
    """
    import logging

    from pypdf import PdfReader

    logging.disable(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not _opens(reader):
        raise Refused("the document is encrypted and needs a password")
    yield from _properties(reader)
    count = len(reader.pages)
    row = n_broken = n_empty = 0
    for number in range(min(count, PAGES)):
        field = "text" if count == 1 else f"page[{number}]"
        try:
            page = reader.pages[number]
            lines = [line for line in page.extract_text().split("\n") if line.strip()]
            notes = list(_notes(page, field))
        except (MemoryError, RecursionError):
            raise
        except Exception:  # pypdf raises many kinds on broken pages; the others can still be read
            n_broken += 1
            continue
        n_empty += not lines
        for line in lines:
            yield row, field, line
            row += 1
        for name, text in notes:
            yield row, name, text
            row += 1
    yield from _fields(reader, row)
    if n_broken:
        yield -1, "", f"pages that cannot be read: {n_broken:,}"
    if n_empty:
        yield -1, "", f"pages without text, which may be pictures of text: {n_empty:,}"
    if count > PAGES:
        yield -1, "", f"more than {PAGES:,} pages; the rest is not read"


def _opens(reader: Any) -> bool:
    """Tell whether anybody can open it: an empty password."""
    try:
        return bool(reader.decrypt(""))
    except Exception:  # an unknown kind of encryption, or a package for it that is not here
        return False


def _properties(reader: Any) -> Iterator[Found]:
    """Give author, title and the like."""
    try:
        found = dict(reader.metadata or {})
    except Exception:
        return
    for name in ("/Author", "/Title", "/Subject", "/Keywords"):
        value = found.get(name)
        if isinstance(value, str) and value.strip():
            yield 0, f"properties.{name[1:].lower()}", str(value)


def _notes(page: Any, field: str) -> Iterator[tuple[str, str]]:
    """Give notes that stand on a page, and addresses that it links to."""
    for entry in page.get("/Annots") or ():
        note = entry.get_object()
        if isinstance(text := note.get("/Contents"), str) and text.strip():
            yield f"{field}.note", str(text)
        action = note.get("/A")
        target = action.get_object().get("/URI") if action is not None else None
        if isinstance(target, str) and target.strip():
            yield f"{field}.link", str(target)


def _fields(reader: Any, row: int) -> Iterator[Found]:
    """Give what was filled into a form."""
    from leakkit.leak.records.documents_names import field_name

    try:
        fields = reader.get_form_text_fields() or {}
    except Exception:
        yield -1, "", "the form in it cannot be read"
        return
    for name, value in fields.items():
        if isinstance(value, str) and value.strip():
            yield row, f"form.{field_name(str(name))}", value
