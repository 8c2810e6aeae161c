"""Have I Been Pwned: breaches whose accounts were loaded into the service."""

from __future__ import annotations

import os
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakkit.errors import BadMemberError, LeakUnreadableError, NotALeakError
from leakkit.incidents.catalogue_files import CatalogueFile, catalogue_path, only_file, shown_name
from leakkit.incidents.catalogue_formats import documents
from leakkit.incidents.catalogue_records import Account, Record, content_digest, numbered
from leakkit.incidents.catalogue_values import SUMMARY, TITLE, one_line
from leakkit.incidents.hibp_classes import VARIETY
from leakkit.incidents.loaded import Loaded
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd

LICENCE = "CC-BY-4.0"
MOST_HTML = 65_536
"""Characters of a description that are read as HTML."""

_TAG = re.compile(r"(<[A-Za-z/!?][^<>]{0,4000}>)")
_TAG_NAME = re.compile(r"</?[A-Za-z0-9]+")
_FLAGS = (
    "IsFabricated",
    "IsSensitive",
    "IsRetired",
    "IsSpamList",
    "IsMalware",
    "IsSubscriptionFree",
    "IsStealerLog",
)
_DOUBTFUL = ("IsFabricated", "IsRetired", "IsSpamList")


def load_hibp(path: str | os.PathLike[str] | None = None, include_doubtful: bool = False) -> pd.DataFrame:
    """Breaches of Have I Been Pwned as a frame of the kind `leakkit.frames.INCIDENTS`.

    Parameters
    ----------
    path : path, optional
        ``breaches.json`` (version 3 of the service's model), packed or not. Without one, what
        ``leakkit fetch hibp`` brought.
    include_doubtful : bool, default False
        With True, also breaches that were made up, lists of addresses for spam, and retired ones.

    Returns
    -------
    pandas.DataFrame
        One row a breach. ``data_total`` counts accounts (unique addresses), never people.

    Raises
    ------
    LeakNotFoundError, NotALeakError, LeakUnreadableError
        Nothing is there, or it is not such a file, or it stops early.

    Notes
    -----
    Credit "Have I Been Pwned" (CC BY 4.0). Dates are always full days in the catalogue, even where only
    a month or a year is known: their precision is ``unknown``. The service takes up what its keeper is
    given, and prefers large breaches: it is no sample. Verified breaches are ``Validated``, others
    ``Needs review``.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp(), "breaches.json")
    >>> _ = file.write_text('[{"Name": "Acme", "PwnCount": 12, "DataClasses": ["Passwords"]}]')
    >>> load_hibp(file)[["incident_uid", "data_total", "data_total_basis"]].values.tolist()
    [['hibp:Acme', 12, 'unique_accounts']]
    """
    return read_hibp(catalogue_path("hibp", path), include_doubtful).frames()["incidents"]


def read_hibp(path: str | os.PathLike[str], include_doubtful: bool = False) -> Loaded:
    """Give breaches, their flags and losses; every value of the file is accounted for.

    Breaches that are left out are in ``losses`` with reason ``left_out``, by field.
    """
    path = Path(path).expanduser()
    account = Account("hibp", shown_name(path), LICENCE)
    file = only_file(path, ".json", "breaches")
    breaches = _breaches(file)
    keys = [(_name(breach), content_digest(breach)) for breach in breaches]
    if not any(name for name, _ in keys):
        raise NotALeakError(
            f"Expected breaches of Have I Been Pwned in {printable(file.base, 200)!r}",
            f"found {len(breaches):,} objects, none with a Name",
            "give the service's breaches.json",
        )
    for number, (breach, (name, _), uid) in enumerate(
        zip(breaches, keys, numbered("hibp", keys), strict=True), 1
    ):
        record = Record(account, file.base, name or f"breach {number}", breach)
        if not name or uid is None:
            record.lose_all("duplicate" if name else "malformed")
        elif not include_doubtful and any(_says_yes(breach.get(flag)) for flag in _DOUBTFUL):
            record.close("left_out")
        else:
            _fill(account, record, uid, file.sha256)
    return account.finish()


def _says_yes(value: Any) -> bool:
    """Tell whether a flag is set, as a truth value or as a text."""
    return value is True or (isinstance(value, str) and value.strip().lower() == "true")


def _breaches(file: CatalogueFile) -> list[Any]:
    """Give the objects of the file; a file that breaks off is an error, or counts would be too low."""
    found: list[Any] = []
    try:
        for breach in documents(file.data or b""):
            found.append(breach)
    except BadMemberError as error:
        last = f" after {_name(found[-1])!r}" if found and _name(found[-1]) else ""
        raise LeakUnreadableError(
            f"Expected JSON in the file {printable(file.base, 200)!r}",
            f"found a break in record {len(found) + 1:,}{last}: {error.reason}",
            "fetch the file again",
        ) from None
    return found


def _name(breach: Any) -> str:
    """Give the name that the service knows a breach by, '' where there is none."""
    name = breach.get("Name") if isinstance(breach, dict) else None
    return one_line(name, 200) if isinstance(name, str) else ""


def _fill(account: Account, record: Record, uid: str, sha256: str | None) -> None:
    """Fill one breach."""
    name = record.text("Name", 200) or ""
    day = record.day("BreachDate")
    accounts = record.whole("PwnCount")
    verified = record.flag("IsVerified")
    title = record.text("Title", TITLE)
    summary, links = _description(record)
    varieties, classes = _classes(record)
    account.row(
        uid,
        name,
        sha256,
        record_type="incident",
        review_status=None if verified is None else "Validated" if verified else "Needs review",
        title=title,
        summary=summary,
        victim=title,
        victim_domain=record.text("Domain", 300),
        incident_date=day,
        incident_date_end=day,
        incident_date_precision="unknown",
        date_basis="occurred",
        added_date=record.moment("AddedDate"),
        modified_date=record.moment("ModifiedDate"),
        actor=["unknown"],
        action=["unknown"],
        data_variety=varieties,
        data_classes_raw=classes,
        data_total=accounts,
        data_total_basis=None if accounts is None else "unique_accounts",
        reference=links or None,
    )
    for flag in _FLAGS:
        value = record.flag(flag)
        if value is not None:
            account.terms(uid, "hibp", flag, [str(value).lower()])
    record.close()


def _classes(record: Record) -> tuple[list[str], list[str]]:
    """Take the classes of data; give VERIS varieties and the catalogue's words.

    A class without a variety stays among the catalogue's words and is listed as not in the schema.
    """
    varieties: list[str] = []
    words: list[str] = []
    for value in record.leaves.pop("DataClasses[]", ()):
        word = one_line(value, 200) if isinstance(value, str) else ""
        variety = VARIETY.get(word.casefold())
        if word:
            words.append(word)
        if variety is None:
            record.lose("DataClasses[]", "not_in_schema" if word else "malformed", value)
        else:
            record.account.loaded.n_placed += 1
            varieties.append(variety)
    return sorted(set(varieties)), words


def _description(record: Record) -> tuple[str | None, list[str]]:
    """Take the description; give it as plain text, and the addresses it links to."""
    value = record.raw("Description")
    if value is None:
        return None, []
    if not isinstance(value, str) or len(value) > MOST_HTML:
        return record.settle("Description", value, None), []
    text, links = plain_text(value)
    return record.settle("Description", value, one_line(text, SUMMARY) or None), links


class _Anchor(HTMLParser):
    """Keeps the web addresses that start tags link to."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an address; one whose quotes do not close ends at the first space."""
        for key, value in attrs:
            if tag == "a" and key == "href" and value and value.startswith(("http://", "https://")):
                self.links.append(one_line(value.partition(" ")[0], 1_000))


def plain_text(html: str) -> tuple[str, list[str]]:
    """Give the text of a piece of HTML, and the web addresses it links to.

    Only whole tags are tags; the time is linear in the length, whatever the text.

    Examples
    --------
    >>> plain_text(
    ...     'In 2015 <a href="https://example.org/x">it</a> leaked &amp; <script>alert(1)</script>sank.'
    ... )
    ('In 2015 it leaked & sank.', ['https://example.org/x'])
    """
    texts: list[str] = []
    links: list[str] = []
    silent = ""
    for part in _TAG.split(_without_comments(html)):
        if not (part.startswith("<") and _TAG.fullmatch(part)):
            texts += [] if silent else [unescape(part)]
            continue
        name = _TAG_NAME.match(part)
        if silent:
            silent = "" if name and name[0].lower() == f"</{silent}" else silent
        elif name and name[0].lower() in ("<script", "<style"):
            silent = name[0].lower()[1:]
        elif name and name[0].lower() == "<a":
            links += _links(part)
    return "".join(texts), list(dict.fromkeys(links))


def _links(tag: str) -> list[str]:
    """Give the addresses of one start tag."""
    parser = _Anchor()
    try:
        parser.feed(tag)
    except AssertionError:  # what the library raises on some declarations that are none
        return []
    return parser.links


def _without_comments(html: str) -> str:
    """Give `html` without its comments."""
    kept: list[str] = []
    place = 0
    while (start := html.find("<!--", place)) >= 0 and (end := html.find("-->", start + 4)) >= 0:
        kept.append(html[place:start])
        place = end + 3
    return "".join([*kept, html[place:]])
