"""The tree of an HDF5 file: groups, datasets and attributes; no dataset is read, no link leaves the file.

pyfive takes the bytes apart; the walk over objects is ours, by address, so that links in circles end.
It was not made for hostile files and raises whatever comes up: hence ``except Exception`` around it.
https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html
"""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from leakkit.errors import BadMemberError
from leakkit.leak.formats.guarded_file import GuardedFile
from leakkit.leak.source import Source

SIGNATURE = b"\x89HDF\r\n\x1a\n"
_OBJECTS_LIMIT, _DEPTH_LIMIT, _NAME_LIMIT, _PATH_LIMIT = 50_000, 100, 300, 1_000
_ATTRIBUTE, _EXTERNAL_FILES = 0x000C, 0x0007
_EXTERNAL_LINK = 64


@dataclass
class Dataset:
    """One dataset: its path, numpy dtype text (``<f4``), shape and storage.

    `offset` and `stored` tell place and size of contiguous data, None otherwise; `stored` is 0 when
    nothing was ever written.
    """

    path: str
    dtype: str
    shape: tuple[int, ...]
    offset: int | None = None
    stored: int | None = None


@dataclass
class Tree:
    """What was found in the file.

    Attributes
    ----------
    datasets : list of Dataset
    groups : list of str
        Paths of all groups.
    attributes : dict
        Attributes of the root group and of ``model_weights``, by name.
    unread : list of str
        Paths of objects that could not be taken apart; with ``@`` for an attribute.
    escapes : set of str
        ``hdf5-external-link``, ``hdf5-external-storage`` where the file points to other files.
    file_end : int
        Where the file ends by its own account; beyond its size when it was cut.
    is_broken : bool
        Whether something in ``unread`` is damaged, rather than of a kind that pyfive does not know.
    """

    datasets: list[Dataset] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    attributes: dict[str, Any] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    escapes: set[str] = field(default_factory=set)
    file_end: int = 0
    is_broken: bool = False

    def note(self, error: Exception, path: str) -> None:
        """Note an object that could not be read; an error of ours that ends the whole walk is raised again."""
        if isinstance(error, BadMemberError) and error.status == "limit":
            raise error
        self.unread.append(path)
        self.is_broken |= not isinstance(error, NotImplementedError)


def read_tree(source: Source) -> Tree:
    """Walk over all objects of an HDF5 file.

    Raises
    ------
    BadMemberError
        When there is no readable root group. Objects below that cannot be read are in ``unread``.
    """
    base = _superblock_offset(source)
    tree, file = Tree(file_end=_file_end(source, base)), GuardedFile(source, base)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyfive warns of types that it leaves out; `unread` tells
        try:
            root = _root_address(file)
            _walk(tree, file, root)
        except Exception as error:
            _raise_bad(error)
    for dataset in tree.datasets:
        if dataset.offset is not None:
            dataset.offset += base
    return tree


def _raise_bad(error: BaseException) -> None:
    """Turn whatever a parser raised into our error."""
    if isinstance(error, BadMemberError):
        raise error
    raise BadMemberError(f"the HDF5 structure cannot be read ({type(error).__name__})") from None


def _superblock_offset(source: Source) -> int:
    """Find the signature at 0, 512, 1024, ... of the first bytes."""
    for offset in (0, *(512 << power for power in range(7))):
        if source.head[offset : offset + 8] == SIGNATURE:
            return offset
    raise BadMemberError("the file has no HDF5 signature")


def _file_end(source: Source, base: int) -> int:
    """Give the end-of-file address of the superblock, which stands elsewhere in each version."""
    version = source.read_at(base + 8, 1)
    place = {b"\x00": 40, b"\x01": 44}.get(version, 28)
    return int.from_bytes(source.read_at(base + place, 8), "little")


def _root_address(file: GuardedFile) -> int:
    """Give the address of the root group's header."""
    from pyfive.misc_low_level import SuperBlock

    return int(SuperBlock(file, 0).offset_to_dataobjects)


@cache
def _header_class() -> Any:
    """Give pyfive's object header; it checks before it makes room for values, and notes external links."""
    from pyfive.dataobjects import DataObjects

    class CheckedHeader(DataObjects):
        def _attr_value(self, ptype: Any, buf: bytes, count: int, offset: int) -> Any:
            if not 0 <= count <= len(buf) - offset:
                raise BadMemberError("an attribute claims more values than it has bytes")
            return super()._attr_value(ptype, buf, count, offset)

        def _decode_link_msg(self, data: bytes, offset: int) -> Any:
            if _is_external(data, offset):  # laid out as a soft link, whose target is passed over
                self.has_external_link = True
                data, offset = data[offset : offset + 2] + b"\1" + data[offset + 3 :], 0
            return super()._decode_link_msg(data, offset)

    return CheckedHeader


def _walk(tree: Tree, file: GuardedFile, root: int) -> None:
    """Visit every object once, from the root down."""
    heaps: dict[Any, Any] = {}
    pending, seen = [("", root, 0)], {root}
    while pending:
        path, address, depth = pending.pop()
        try:
            item = _header_class()(file, address, global_heaps=heaps)
            if not path or path == "model_weights":
                _attributes(tree, item, path)
            if item.is_dataset:
                tree.datasets.append(_dataset(tree, path, item))
                continue
            links = _links(tree, path, item)
        except Exception as error:
            if not path:
                raise
            tree.note(error, path)
            continue
        tree.groups.append(path)
        below = _unseen(path, links, seen)
        if below and (depth >= _DEPTH_LIMIT or len(path) > _PATH_LIMIT or len(seen) > _OBJECTS_LIMIT):
            raise BadMemberError("the file has more or deeper groups than are read", status="limit")
        pending.extend((name, target, depth + 1) for name, target in reversed(below))


def _unseen(path: str, links: list[tuple[str, int]], seen: set[int]) -> list[tuple[str, int]]:
    """Give full paths and addresses of objects that no path before led to."""
    found = []
    for name, target in links:
        if target not in seen:
            seen.add(target)
            found.append((f"{path}/{name[:_NAME_LIMIT]}" if path else name[:_NAME_LIMIT], target))
    return found


def _links(tree: Tree, path: str, item: Any) -> list[tuple[str, int]]:
    """Give names and addresses of what a group holds, in the file's order; soft links are passed over."""
    found: list[tuple[str, int]] = []
    for message in item.msgs:
        try:
            for name, target in _links_of(item, message):
                if isinstance(target, int):
                    found.append((name, target))
        except Exception as error:
            tree.note(error, path + "/")
    if getattr(item, "has_external_link", False):
        tree.escapes.add("hdf5-external-link")
    return found


def _links_of(item: Any, message: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Give the links of one message (a single link, a symbol table, a heap of links)."""
    kept = item.msgs
    item.msgs = [message]
    try:
        yield from item.iter_links()
    finally:
        item.msgs = kept


def _is_external(data: bytes, offset: int) -> bool:
    """Tell whether a link message names another file (type 64)."""
    piece = data[offset : offset + 3]
    return len(piece) == 3 and bool(piece[1] & 8) and piece[2] == _EXTERNAL_LINK


def _attributes(tree: Tree, item: Any, path: str) -> None:
    """Take attributes one by one, so that an unreadable one hides no other."""
    for message in item.find_msg_type(_ATTRIBUTE):
        try:
            name, value = item.unpack_attribute(message["offset_to_message"])
        except Exception as error:
            tree.note(error, path + "@")
        else:
            tree.attributes.setdefault(name, value)
    try:
        for name, value in item.get_attributes().items():
            tree.attributes.setdefault(name, value)
    except Exception as error:
        tree.note(error, path + "@")


def _dataset(tree: Tree, path: str, item: Any) -> Dataset:
    """Describe one dataset from its header."""
    if item.find_msg_type(_EXTERNAL_FILES):
        tree.escapes.add("hdf5-external-storage")
    sizes = item.shape
    shape = (0,) if sizes is None else tuple(int(length) for length in sizes)
    try:
        dtype = str(getattr(item.ptype.dtype, "str", "")) or "|V0"
    except NotImplementedError:
        dtype = "|V0"
    dataset = Dataset(path, dtype, shape)
    try:
        _, layout, position = item.get_id_storage_params()
    except AssertionError:  # a storage layout newer than pyfive; shape and dtype are known all the same
        return dataset
    if layout == 1 and len(item.msg_data) >= position + 16:
        address, size = struct.unpack_from("<QQ", item.msg_data, position)
        unwritten = address == 0xFFFF_FFFF_FFFF_FFFF
        dataset.offset, dataset.stored = (None, 0) if unwritten else (address, size)
    return dataset
