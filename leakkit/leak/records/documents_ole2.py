"""Old Office files: sheets of Excel (xls) by calamine; who wrote the others is read, and their text is not."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

from leakkit.leak.records.documents_child import Found, Refused
from leakkit.leak.records.documents_names import codec_of, properties
from leakkit.leak.records.documents_sheets import workbook

_LOCKED = "the document is encrypted and needs a password"
_BOOKS = ("Workbook", "Book")
_HEAD, _FILEPASS = 4096, 0x2F
_UNREAD = {
    "worddocument": "text of old Word files (doc) is not read",
    "powerpoint document": "text of old PowerPoint files (ppt) is not read",
    "__properties_version1.0": "text of Outlook messages (msg) is not read",
    "encryptedpackage": _LOCKED,
}
"""By the stream that only such files have at their top, in small letters."""


def texts(data: bytes) -> Iterator[Found]:
    """Give the properties of any old Office file, and the cells of a workbook."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            top = {path[0].lower() for path in file.listdir(storages=True)}
            found = list(properties(_properties(file.get_metadata())))
            books = [name for name in _BOOKS if file.exists(name)]
            is_locked = any(_is_locked(file.openstream(name).read(_HEAD)) for name in books)
    except OSError:
        raise Refused("the container that the document is cannot be read", "corrupt") from None
    yield from found
    reason = next((_UNREAD[name] for name in _UNREAD if name in top), None)
    if reason is None and not books:
        reason = "an OLE2 file that is no workbook; text in it is not read"
    if reason is None and is_locked:
        reason = _LOCKED
    if reason is not None:
        raise Refused(reason)
    yield from workbook(data)
    if "_vba_project_cur" in top:
        yield -1, "", "macros in it are not read"
    if any(name.startswith("mbd") for name in top):
        yield -1, "", "files embedded in it are not read"


def _is_locked(head: bytes) -> bool:
    """Tell whether one of the first records of a workbook says that the others are encrypted."""
    place = 0
    while place + 4 <= len(head):
        kind, length = struct.unpack_from("<HH", head, place)
        if kind == _FILEPASS:
            return True
        place += 4 + length
    return False


def _properties(found: Any) -> dict[str, str]:
    """Give olefile's properties as text, under the names of the other libraries."""
    values = {
        "author": found.author,
        "last_modified_by": found.last_saved_by,
        "title": found.title,
        "subject": found.subject,
        "keywords": found.keywords,
        "comments": found.comments,
    }
    page = found.codepage if isinstance(found.codepage, int) else 1252
    codec = codec_of(page % 2**16)
    return {
        name: value.decode(codec, "replace") if isinstance(value, bytes) else value
        for name, value in values.items()
        if isinstance(value, bytes | str)
    }
