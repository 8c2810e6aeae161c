"""Records of a catalogue taken apart value by value: each is placed, or listed with the reason why not."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from leakkit.incidents.catalogue_values import TERM, day_of, moment_of, one_line, whole_number
from leakkit.incidents.loaded import Loaded
from leakkit.leak.text import printable

_MOST_FIELDS = 5_000
_MOST_ROWS = 20_000


class Account:
    """A `Loaded` while it is filled; keeps count so that losses of one kind become one row.

    With `one_file`, such rows speak of the whole catalogue, not of each of its files.
    """

    def __init__(
        self, source: str, file: str, licence: str, version: str | None = None, *, one_file: bool = False
    ) -> None:
        self.loaded = Loaded(source, file)
        self.licence, self.version, self.one_file = licence, version, one_file
        self._groups: Counter[tuple[str, str, str]] = Counter()

    def lose(self, file: str, place: str, reason: str, record: str, value: Any = None, n: int = 1) -> None:
        """List one value that could not be placed, by its record; beyond a limit they are counted only."""
        if len(self.loaded.losses) >= _MOST_ROWS:
            return self.group(file, place, reason, n)
        self.loaded.lose(place, reason, record=record, value=value, n_values=n)
        self.loaded.losses[-1]["file"] = file
        return None

    def group(self, file: str, place: str, reason: str, n: int = 1) -> None:
        """Count values that could not be placed, by file, field and reason."""
        file = self.loaded.file if self.one_file else file
        key = (file, printable(place, 200), reason)
        if key not in self._groups and len(self._groups) >= _MOST_FIELDS:
            key = (file, "(other fields)", reason)
        self._groups[key] += n

    def whole_file(self, file: str, reason: str, why: str) -> None:
        """List a file of which nothing was read; it counts as one value."""
        self.loaded.n_values += 1
        self.lose(printable(file, 200), "(whole file)", reason, None or file, why)

    def row(self, uid: str, source_id: str, sha256: str | None, **values: Any) -> None:
        """Add a row of the incidents frame."""
        self.loaded.incidents.append(
            {
                "incident_uid": uid,
                "source": self.loaded.source,
                "source_id": source_id,
                "source_version": self.version,
                "source_sha256": sha256,
                "source_licence": self.licence,
                **values,
            }
        )

    def terms(
        self,
        uid: str,
        taxonomy: str,
        field: str,
        values: Iterable[str],
        *,
        version: str | None = None,
        annotator: str | None = None,
    ) -> None:
        """Add rows of the long frame, one a term."""
        self.loaded.enums += [
            {
                "incident_uid": uid,
                "source": self.loaded.source,
                "taxonomy": taxonomy,
                "taxonomy_version": version,
                "annotator": annotator,
                "field": printable(field, 200),
                "value": value,
            }
            for value in dict.fromkeys(values)
        ]

    def finish(self) -> Loaded:
        """Give what was loaded, once every value is accounted for."""
        for (file, place, reason), n in sorted(self._groups.items()):
            self.loaded.lose(place, reason, n_values=n)
            self.loaded.losses[-1]["file"] = file
        self._groups.clear()
        return self.loaded.check()


class Record:
    """One record as leaves by path (``affects.developer[]``); each may be taken once, the rest is lost.

    Null, empty texts, empty lists and empty objects are no values. `labels` are the catalogue's own words
    for paths that go by another name here.
    """

    def __init__(
        self, account: Account, file: str, name: str, document: Any, labels: dict[str, str] | None = None
    ) -> None:
        self.account, self.file, self.name = account, file, printable(name, 200)
        self.labels = labels or {}
        self.leaves: dict[str, list[Any]] = {}
        for path, value in _leaves(document):
            self.leaves.setdefault(path, []).append(value)
            account.loaded.n_values += 1

    def texts(self, path: str, limit: int = TERM) -> list[str]:
        """Take the texts at `path` as single lines, escaped; anything else there is lost as malformed."""
        given: list[str] = []
        for value in self.leaves.pop(path, ()):
            if not isinstance(value, str):
                self.lose(path, "malformed", value)
            elif not (line := one_line(value, limit)):
                self.group(path, "malformed")
            else:
                given.append(line)
                self.account.loaded.n_placed += 1
        return given

    def text(self, path: str, limit: int = TERM) -> str | None:
        """Take the text at `path`; None where there is none."""
        extra = self.leaves.get(path, [])[1:]
        if extra:
            self.leaves[path] = self.leaves[path][:1]
            for value in extra:
                self.lose(path, "ambiguous", value)
        return next(iter(self.texts(path, limit)), None)

    def raw(self, path: str) -> Any:
        """Take the one value at `path` as it is; the caller says `placed` or `lose`. None where there is none."""
        values = self.leaves.pop(path, [None])
        for value in values[1:]:
            self.lose(path, "ambiguous", value)
        return values[0]

    def flag(self, path: str) -> bool | None:
        """Take a truth value; texts like 'True' count."""
        value = self.raw(path)
        known = {"true": True, "false": False, "yes": True, "no": False}.get(str(value).strip().lower())
        return self.settle(path, value, value if isinstance(value, bool) else known)

    def whole(self, path: str) -> int | None:
        """Take a count: a whole number of at least 0, as a number or as text with or without commas."""
        value = self.raw(path)
        return self.settle(path, value, whole_number(value))

    def day(self, path: str) -> dt.datetime | None:
        """Take a day, ISO 8601 or as in the United States."""
        value = self.raw(path)
        return self.settle(path, value, day_of(value))

    def moment(self, path: str) -> dt.datetime | None:
        """Take a point in time; UTC where no zone is given."""
        value = self.raw(path)
        return self.settle(path, value, moment_of(value))

    def settle(self, path: str, value: Any, understood: Any) -> Any:
        """Count `value` as placed when it was understood, list it as malformed when not; give the former."""
        if value is None:
            return None
        if understood is None:
            self.lose(path, "malformed", value)
        else:
            self.account.loaded.n_placed += 1
        return understood

    def lose(self, path: str, reason: str, value: Any = None, n: int = 1) -> None:
        """List a value of this record that could not be placed."""
        self.account.lose(self.file, self.labels.get(path, path), reason, self.name, value, n)

    def group(self, path: str, reason: str, n: int = 1) -> None:
        """Count values of this record that could not be placed."""
        self.account.group(self.file, self.labels.get(path, path), reason, n)

    def lose_all(self, reason: str) -> None:
        """List everything that is left, by its fields, under the name of this record."""
        for path, values in self.leaves.items():
            self.lose(path, reason, values[0] if len(values) == 1 else None, len(values))
        self.leaves.clear()

    def close(self, reason: str = "no_place") -> None:
        """Count what is left, by its fields."""
        for path, values in self.leaves.items():
            self.group(path, reason, len(values))
        self.leaves.clear()


def _leaves(document: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Give (path, value) for each value that is not empty; documents are at most some hundred levels deep."""
    if isinstance(document, dict):
        for key, value in document.items():
            yield from _leaves(value, f"{path}.{key}" if path else str(key))
    elif isinstance(document, list):
        for value in document:
            yield from _leaves(value, path + "[]")
    elif document is not None and document != "":
        yield path or "(value)", document


def content_digest(document: Any) -> str:
    """Give a hash of what a record says, whatever the order of its keys."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def numbered(source: str, records: list[tuple[str, str]]) -> list[str | None]:
    """Give a uid for each (id, content digest); None for the repetition of a record.

    Examples
    --------
    >>> numbered("hhs", [("a", "9"), ("a", "1"), ("b", "1"), ("a", "9")])
    ['hhs:a#2', 'hhs:a', 'hhs:b', None]
    """
    contents: dict[str, set[str]] = {}
    for name, digest in records:
        contents.setdefault(name, set()).add(digest)
    places = {name: {digest: i for i, digest in enumerate(sorted(held))} for name, held in contents.items()}
    given: list[str | None] = []
    seen: set[tuple[str, str]] = set()
    for name, digest in records:
        number = places[name][digest] + 1
        given.append(
            None if (name, digest) in seen else f"{source}:{name}" + (f"#{number}" if number > 1 else "")
        )
        seen.add((name, digest))
    return given
