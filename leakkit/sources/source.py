"""What is known of a file that can be downloaded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A catalogue of incidents, or a table on bias, that can be downloaded.

    Parameters
    ----------
    name, what : str
        Its short name, and what it is.
    page : str
        Where people read about it.
    address : str
        Where the file lies; empty where there is no address for it.
    file : str
        Name that the downloaded file gets; that of a dated file stays as it is.
    licence, attribution : str
        SPDX name of the licence where it has one, and whom to credit.
    version : str
        Commit or snapshot; empty where the file changes under the same address.
    sha256 : str
        Hash of that version; empty where none can be fixed.
    begins : bytes
        First bytes of a sound file; a page that says "not found" has others.
    newest_on_page : bool
        The address is that of a page which links to dated files; the newest is taken.
    by_hand : str
        What to do where a program cannot download it.
    kind : {'incidents', 'table'}
        Catalogue of incidents, or a table of decisions on people.
    harms : str
        What is known to be wrong with it, or done with it; said each time it is fetched.
    columns : tuple of str
        Columns that a table must have; empty where it has no header.
    fields : int
        How many fields a row has, where it has no header.
    """

    name: str
    what: str
    page: str
    address: str
    file: str
    licence: str
    attribution: str
    version: str = ""
    sha256: str = ""
    begins: bytes = b""
    newest_on_page: bool = False
    by_hand: str = ""
    kind: str = "incidents"
    harms: str = ""
    columns: tuple[str, ...] = ()
    fields: int = 0
