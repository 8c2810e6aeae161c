"""One pass over a catalogue of VERIS records: parts, records, repeated ids, and the account of all values."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa

from leakkit.errors import LeakUnreadableError
from leakkit.incidents.loaded import Loaded, Row
from leakkit.incidents.veris import leaves
from leakkit.incidents.veris.columns import SHOWN, shown
from leakkit.incidents.veris.files import BadPartError, Part, decoded, parts, records
from leakkit.incidents.veris.walk import RecordReader
from leakkit.leak.text import printable

PIECE = 1_000
"""Rows that are held as dictionaries where only the wide frame is wanted."""

RECORD_LENGTH = 4 * 2**20
"""Longest record (characters); the longest honest one has some 20,000."""

_VERSION = re.compile(r"\d+([._]\d+){1,3}", re.ASCII)


class Reading:
    """One pass over a catalogue.

    With `rows_only` it makes nothing but batches of the wide frame and holds only some rows at a time;
    without it the full account.
    """

    def __init__(self, path: Path, *, rows_only: bool = False) -> None:
        self.path, self._rows_only = path, rows_only
        self.loaded = Loaded("vcdb", printable(path.name or str(path), 200))
        self.batches: list[pa.RecordBatch] = []
        self._uids: list[str] = []
        self._n_records = 0
        self._reader = RecordReader(self.loaded, all=not rows_only)
        self._seen: dict[str, list[_Content]] = {}

    def run(self) -> Loaded:
        """Read all and give the account; no circles of references are made, so none are looked for."""
        collects = gc.isenabled()
        gc.disable()
        try:
            return self._run()
        finally:
            if collects:
                gc.enable()

    def _run(self) -> Loaded:
        """Read all parts."""
        bad: list[tuple[str, str]] = []
        n_parts = 0
        for part in parts(self.path):
            n_parts += 1
            try:
                self._part(part)
            except BadPartError as error:
                bad.append((part.name, str(error)))
            except OSError as error:
                bad.append((part.name, f"it cannot be read ({type(error).__name__})"))
        if not self._n_records or (bad and n_parts == 1):
            self._refuse(bad)
        for name, reason in bad:
            self.loaded.n_values += 1
            self.loaded.lose("(file)", "malformed", record=name, value=reason)
        self._reader.end()
        self._flush()
        self._tell_apart()
        self._seen.clear()
        return self.loaded

    def _flush(self) -> None:
        """Pack the rows so far, where only the wide frame is wanted."""
        from leakkit.frames import INCIDENTS

        if self._rows_only and self.loaded.incidents:
            self.batches.append(INCIDENTS.batch(self.loaded.incidents))
            self.loaded.incidents.clear()

    def _part(self, part: Part) -> None:
        """Read one JSON text; what stands before a break in it counts."""
        raw = part.read()
        sha256 = part.sha256 or hashlib.sha256(raw).hexdigest()
        found = records(raw)
        del raw
        for number, (record, text, start, end) in enumerate(found, start=1):
            if not _is_record(record) or end - start > RECORD_LENGTH:
                self._drop(record, "malformed", f"{part.name}, record {number}")
                continue
            content = _Content(part, text, start, end)
            row = self._record(record, content)
            if row is None:
                continue
            row["source_sha256"] = sha256
            if part.batch:
                row["sample_flag"] = "webskimmer"
            self._take(row, content)

    def _take(self, row: Row, content: _Content) -> None:
        """Keep a row; note where it will stand, for the case that its id comes once more."""
        self._n_records += 1
        content.place = len(self._uids)
        self._uids.append(row["incident_uid"])
        self.loaded.incidents.append(row)
        if self._rows_only and len(self.loaded.incidents) >= PIECE:
            self._flush()

    def _drop(self, record: Any, reason: str, name: str) -> None:
        """Lose all values of a record."""
        if self._rows_only:
            return
        n_values = leaves.count(record)
        self.loaded.n_values += n_values
        if n_values:
            self.loaded.lose("(record)", reason, record=name, n_values=n_values)

    def _record(self, record: dict[str, Any], content: _Content) -> Row | None:
        """Give the row of one record, unless the same was read before."""
        source_id = _id(record.get("incident_id")) or f"NO-ID-{content.digest.hex()[:16].upper()}"
        seen = self._seen.setdefault(source_id, [])
        if seen and content.digest in {other.digest for other in seen}:
            self._drop(record, "duplicate", source_id)
            return None
        seen.append(content)
        version = _version(record.get("schema_version"))
        if not self._rows_only:
            self.loaded.n_values += leaves.count(record)
            self._account(record, "incident_id", source_id, _id)
            self._account(record, "schema_version", source_id, _version)
        start = len(self.loaded.enums)
        row = self._reader.read(record, f"vcdb:{source_id}", source_id, version)
        if not self._rows_only:
            content.terms = slice(start, len(self.loaded.enums))
        return row

    def _account(
        self, record: dict[str, Any], field: str, source_id: str, read: Callable[[Any], str | None]
    ) -> None:
        """Count id and version as placed, or tell that they are of a wrong kind."""
        value = record.get(field)
        if read(value) is not None:
            self.loaded.n_placed += 1
        elif value is not None and value != "" and not isinstance(value, dict | list):
            self.loaded.lose(field, "malformed", record=source_id, value=str(value)[:SHOWN])

    def _tell_apart(self) -> None:
        """Number the contents of an id that has several, in the order of their hashes."""
        for source_id, contents in self._seen.items():
            number = 1
            for content in sorted(contents, key=lambda content: content.digest)[1:] if contents[1:] else ():
                number += 1
                while f"{source_id}#{number}" in self._seen:
                    number += 1
                self._rename(content, f"vcdb:{source_id}#{number}")
        start = 0
        for number, batch in enumerate(self.batches):
            uids = pa.array(self._uids[start : start + len(batch)], pa.string())
            self.batches[number] = batch.set_column(0, "incident_uid", uids)
            start += len(batch)

    def _rename(self, content: _Content, uid: str) -> None:
        """Give a row and its terms another uid."""
        self._uids[content.place] = uid
        if not self._rows_only:
            self.loaded.incidents[content.place]["incident_uid"] = uid
        for term in self.loaded.enums[content.terms]:
            term["incident_uid"] = uid

    def _refuse(self, bad: list[tuple[str, str]]) -> None:
        """Say why nothing was read."""
        name, reason = bad[0] if bad else (self.loaded.file, "no JSON file with a VERIS record")
        more = f", and {len(bad) - 1:,} more files" if len(bad) > 1 else ""
        raise LeakUnreadableError(
            f"Expected VERIS records in {printable(name, 200)!r}",
            f"found: {reason}{more}",
            "fetch the catalogue again, or give its zip, a folder of its JSON files, or a JSON list",
        )


_NO_TERMS = slice(0, 0)


class _Content:
    """Where a record stands; its hash is only made when two records have one id."""

    __slots__ = ("_digest", "end", "part", "place", "start", "terms", "text")

    def __init__(self, part: Part, text: str, start: int, end: int) -> None:
        self.part, self.start, self.end = part, start, end
        alone = end - start > len(text) // 2  # a file of its own is read once more when need be
        self.text = None if alone else text
        self.place = 0
        self.terms = _NO_TERMS
        self._digest: bytes | None = None

    @property
    def digest(self) -> bytes:
        """Hash of the content, whatever the order of its keys and the white space."""
        if self._digest is None:
            written = (self.text or decoded(self.part.read()))[self.start : self.end]
            with contextlib.suppress(RecursionError):
                written = json.dumps(json.loads(written), sort_keys=True, separators=(",", ":"))
            self._digest = hashlib.sha256(written.encode("utf-8", "surrogatepass")).digest()
        return self._digest


def _is_record(value: Any) -> bool:
    """Tell whether a JSON value is meant as a record, and not the schema or the labels beside them."""
    if not isinstance(value, dict):
        return False
    named = value.get("incident_id")
    return (named is not None and named != "") or any(
        isinstance(value.get(name), str) for name in ("schema_version", "security_incident", "source_id")
    )


def _id(value: Any) -> str | None:
    """Give the id in capitals; None where it is none."""
    if not isinstance(value, str) or not value.strip() or len(value) > SHOWN:
        return None
    return shown(value.strip().upper())


def _version(value: Any) -> str | None:
    """Give the schema version with points ('1_3_4' is 1.3.4); None where it is none."""
    if not isinstance(value, str) or not _VERSION.fullmatch(value.strip()):
        return None
    return value.strip().replace("_", ".")
