"""The members of a zip archive, one after the other, whatever is wrong with some of them."""

from __future__ import annotations

import stat
import struct
from collections.abc import Iterator
from typing import BinaryIO

from leakkit.errors import BadMemberError
from leakkit.leak.archives.entry import Entry, climbs_out
from leakkit.leak.archives.unpack import CHUNK
from leakkit.leak.archives.zip_directory import LocalHeader, Member, members
from leakkit.leak.archives.zip_streams import STORED, declared_memory, header_of, open_member
from leakkit.leak.budget import Meter
from leakkit.leak.text import printable

ENCRYPTED, PATCHED, STRONG, DESCRIPTOR_FOLLOWS = 0x1, 0x20, 0x40, 0x8
PROBE = 2**20
_AES = 99
_SPECIAL = {
    stat.S_IFLNK: "a symbolic link",
    stat.S_IFCHR: "a character device",
    stat.S_IFBLK: "a block device",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
}


def iter_zip(file: BinaryIO, meter: Meter) -> Iterator[Entry]:
    """Give the entries of a zip archive in the order of its directory; empty folders are passed over.

    Members that the directory does not name come last. Every member with data can be opened, also under
    a name that occurs twice, under altered flags, with an impossible date, or as a folder.

    Parameters
    ----------
    file : binary file
        Seekable; stays open.
    meter : Meter
        Counts what is unpacked and refuses members that overdraw the budget.

    Yields
    ------
    Entry
        ``open`` gives a file that can be read, rewound and searched; a broken checksum is told by the
        read that reaches the end. ``error`` may name an oddity of a readable member.

    Raises
    ------
    BadMemberError
        When the archive itself is cut or broken; what could be found was given before.

    Examples
    --------
    >>> import io, zipfile
    >>> from leakkit.leak.budget import Budget
    >>> with zipfile.ZipFile(buffer := io.BytesIO(), "w") as archive:
    ...     archive.writestr("invented.txt", "invented")
    >>> [(entry.name, entry.open().read()) for entry in iter_zip(buffer, Meter(Budget()))]
    [('invented.txt', b'invented')]
    """
    window_left = meter.window_left
    try:
        for member in members(file):
            meter.window_left = window_left  # the member before is done with
            if member.size or not member.raw_name.endswith(b"/"):
                yield _entry(file, member, meter)
    except (struct.error, OverflowError) as error:
        raise BadMemberError(f"the zip archive is broken ({type(error).__name__})") from None


def _entry(file: BinaryIO, member: Member, meter: Meter) -> Entry:
    """Describe one member."""
    entry = Entry(
        printable(member.name),
        _believable(member.size),
        _believable(member.compressed_size),
        member.moment,
        escapes=climbs_out(member.name),
    )
    special = _SPECIAL.get(stat.S_IFMT(member.unix_mode))
    if special is not None:
        entry.status = "refused"
        target = _link_target(file, member) if stat.S_ISLNK(member.unix_mode) else ""
        entry.escapes = entry.escapes or climbs_out(target)
        to = f" to {printable(target, 100)}" if target else ""
        entry.error = f"{special}{to}; links and devices are not followed"
        return entry
    notes = [] if member.listed else ["not in the archive's directory"]
    if member.raw_name.endswith(b"/"):
        notes.append("a folder that holds data")
    if member.flags & PATCHED:
        notes.append("its flags are altered")
    entry.error = "; ".join(notes) or None
    entry.open = lambda: _open_entry(file, member, meter, entry)
    return entry


def _believable(size: int) -> int | None:
    """Give a size that a frame can hold; None for one that no disk can."""
    return size if size < 2**63 else None


def _link_target(file: BinaryIO, member: Member) -> str:
    """Read where a symbolic link points."""
    try:
        return open_member(file, member).read(4096).decode("utf-8", "replace")
    except BadMemberError:
        return ""


def _open_entry(file: BinaryIO, member: Member, meter: Meter, entry: Entry) -> BinaryIO:
    """Open a member and note on its entry what its own header says differently."""
    opened, notes = open_checked(file, member, meter)
    entry.size = _believable(member.size)
    for note in notes:
        if note not in (entry.error or ""):
            entry.error = f"{entry.error}; {note}" if entry.error else note
    return opened


def open_checked(file: BinaryIO, member: Member, meter: Meter) -> tuple[BinaryIO, list[str]]:
    """Open a member under the budget, whatever its flags say.

    Parameters
    ----------
    file : binary file
        The archive.
    member : Member
        Its ``size`` is corrected where the header in front of the data announces more.
    meter : Meter
        Counts what is unpacked.

    Returns
    -------
    file : binary file
    notes : list of str
        What is odd about the member, none for most.

    Raises
    ------
    BadMemberError
        Not there, really encrypted, packed in a way that is not read, or over the budget.
    """
    header = header_of(file, member)
    member.size = _larger_size(member, header)
    meter.check_declared(member.size, member.compressed_size)
    if _is_encrypted(file, member, header):
        raise BadMemberError("encrypted", status="refused")
    notes = []
    if (member.flags | header.flags) & (ENCRYPTED | STRONG):
        notes.append("marked as encrypted, but it is not")
    if header.raw_name != member.raw_name:
        notes.append(f"its own header names it {printable(header.raw_name.decode('utf-8', 'replace'), 60)}")
    memory = meter.reserve_window(declared_memory(file, member, header))
    return open_member(file, member, meter.counter(member.compressed_size), header, memory), notes


def _larger_size(member: Member, header: LocalHeader) -> int:
    """Give the larger of the two claimed sizes: readers differ in which one they believe."""
    if member.method == STORED and not (member.flags | header.flags) & (ENCRYPTED | STRONG):
        return member.compressed_size
    return member.size if header.flags & DESCRIPTOR_FOLLOWS else max(member.size, header.size)


def _is_encrypted(file: BinaryIO, member: Member, header: LocalHeader) -> bool:
    """Tell encrypted data from a flag that was only set to keep readers away."""
    if member.method == _AES or header.method == _AES:
        return True
    if not (member.flags | header.flags) & (ENCRYPTED | STRONG):
        return False
    if member.method == STORED:
        return member.compressed_size != member.size
    try:
        reader, left = open_member(file, member, None, header), PROBE
        while left > 0 and (part := reader.read(min(left, CHUNK))):
            left -= len(part)
    except BadMemberError:
        return True
    return False
