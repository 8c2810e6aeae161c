"""Files of torch: the zip of today, TorchScript, and the chain of pickles before 1.6; nothing is loaded.

https://docs.pytorch.org/docs/stable/notes/serialization.html. Every pickle in the archive is read, not
only ``data.pkl``, and every member of that name when there are several.
"""

from __future__ import annotations

from typing import BinaryIO

from leakkit.errors import BadMemberError
from leakkit.leak.archives.entry import climbs_out
from leakkit.leak.archives.zip_directory import Member, local_header, members
from leakkit.leak.archives.zip_streams import STORED
from leakkit.leak.archives.zipped import PATCHED, open_checked
from leakkit.leak.budget import Budget, Meter
from leakkit.leak.facts import Facts, Tensor
from leakkit.leak.formats.pickle_danger import flag, flag_pickle
from leakkit.leak.formats.pickle_machine import Allowance
from leakkit.leak.formats.pickle_sniff import looks_like_pickle
from leakkit.leak.formats.pickle_tree import arrays_of
from leakkit.leak.formats.pickle_values import Made
from leakkit.leak.formats.pickles import describe_end
from leakkit.leak.formats.torch_script import flag_code
from leakkit.leak.formats.torch_tensors import TorchTensor, count_parameters, tensors_of
from leakkit.leak.formats.weights import describe_weights
from leakkit.leak.source import FileSource, Source
from leakkit.leak.text import printable

MAGIC = 0x1950A86A20F9469CFC6C
MEMBERS_LIMIT = 200_000
PEEK = 4_096


def read(source: Source, format: str) -> Facts:
    """Read what a torch file says of its tensors and what loading it would run.

    Parameters
    ----------
    source : Source
        The member.
    format : {'torch-zip', 'torchscript', 'torch-pickle'}

    Returns
    -------
    Facts
        ``n_params`` counts stored elements once, however many names they go by, and leaves out the
        state of optimisers (see `count_parameters`); one `Tensor` for each name. ``status`` is
        ``truncated`` or ``corrupt`` when storages are missing or too short.
    """
    return _read(source, format, 0, Allowance())


def read_nested(source: Source, depth: int, allowance: Allowance) -> Facts:
    """Read a torch file that is held as bytes inside a pickle."""
    return _read(source, "torch-zip" if source.head[:2] == b"PK" else "torch-pickle", depth, allowance)


def _read(source: Source, format: str, depth: int, allowance: Allowance) -> Facts:
    """Read a torch file at some depth of nesting."""
    facts = Facts(danger="none_found")
    if source.head[:2] == b"PK" or format != "torch-pickle":
        _Archive(source, facts, depth, allowance).read()
    else:
        _read_chain(source, facts, depth, allowance)
    return facts


# --- the zip of today -----------------------------------------------------------------------------


class _Archive:
    """One zip of torch while it is read."""

    def __init__(self, source: Source, facts: Facts, depth: int, allowance: Allowance) -> None:
        self.file: BinaryIO = source.stream()
        self.name, self.facts, self.meter = source.name, facts, Meter(Budget())
        self.depth, self.allowance = depth, allowance
        self.members: dict[str, Member] = {}
        self.pickles: list[tuple[str, Member]] = []
        self.others: list[tuple[str, Member]] = []
        self.code: list[Member] = []
        self.used: set[str] = set()

    def read(self) -> None:
        """Read everything that matters, each part as far as it goes."""
        try:
            for member in members(self.file):
                self._sort(member)
        except BadMemberError as error:
            self._broken(error)
        is_script = bool(self.code)
        if is_script:
            self.facts.format = "torchscript"
        tensors: list[Tensor] = []
        stored: list[TorchTensor] = []
        for name, member in self.pickles:
            found, arrays = self._pickle(name, member, "__torch__" if is_script else "")
            stored += found
            tensors += [self._placed(name, tensor) for tensor in found] + arrays
        for member in self.code:
            self._code(member)
        self._look_for_pickles()
        if stored:
            self.facts.values["n_params"] = count_parameters(stored)
        if tensors:
            by = "header" if self.facts.status == "ok" else "claim"
            describe_weights(self.facts, tensors, by=by, file_name=self.name)

    def _broken(self, error: BadMemberError) -> None:
        """Keep the first thing that is wrong."""
        if self.facts.status == "ok":
            self.facts.status, self.facts.error = error.status, error.reason

    def _sort(self, member: Member) -> None:
        """Put one member where it is looked for; odd names are flagged."""
        name = member.name
        if len(self.members) >= MEMBERS_LIMIT:
            raise BadMemberError("the archive has more members than are read", status="limit")
        if climbs_out(name):
            flag(self.facts, "yes", "archive-path-escape")
        if name in self.members:
            flag(self.facts, "review", f"archive-duplicate-name:{name}")
        if not member.listed:
            flag(self.facts, "review", f"archive-hidden-member:{name}")
        if member.flags & PATCHED:
            flag(self.facts, "review", "archive-bad-flags")
        self.members[name] = member
        if name.rstrip("/").endswith(".pkl"):
            self.pickles.append((name, member))
        elif "/code/" in f"/{name}" and name.endswith(".py"):
            self.code.append(member)
        elif not name.endswith("/"):
            self.others.append((name, member))

    def _open(self, member: Member) -> Source:
        """Open one member for reading by position."""
        file, notes = open_checked(self.file, member, self.meter)
        if notes:
            flag(self.facts, "review", "archive-bad-flags")
        return FileSource(file, member.name, member.size)

    def _pickle(self, name: str, member: Member, trusted: str) -> tuple[list[TorchTensor], list[Tensor]]:
        """Read one pickle of the archive; gives its tensors and arrays."""
        try:
            opened = self._open(member)
            report = flag_pickle(
                self.facts, opened, trusted=trusted, depth=self.depth, allowance=self.allowance
            )
        except BadMemberError as error:
            flag(self.facts, "review", f"pickle-not-read:{name}")
            self._broken(error)
            return [], []
        if self.facts.status == "ok":
            describe_end(self.facts, report.walks)
        root = report.walks[0].root
        return list(tensors_of(root)), [tensor._replace(offset=None) for tensor in arrays_of(root)]

    def _placed(self, name: str, tensor: TorchTensor) -> Tensor:
        """Check that a tensor's storage is in the archive and say where its bytes stand."""
        nbytes = tensor.n_distinct * tensor.item_size
        plain = Tensor(tensor.name, tensor.dtype, tensor.shape, nbytes)
        if tensor.key is None:
            return plain
        stem = (
            name.removesuffix("data.pkl") + "data/"
            if name.endswith("data.pkl")
            else name.removesuffix(".pkl") + "/"
        )
        place = f"{stem}{tensor.key}"
        self.used.add(place)
        storage = self.members.get(place)
        if storage is None:
            self._broken(BadMemberError(f"the storage {printable(place, 80)} is not in the archive"))
        elif storage.size < tensor.storage_length * tensor.item_size:
            self._broken(
                BadMemberError(
                    f"the storage {printable(place, 80)} is shorter than its tensors", status="truncated"
                )
            )
        elif tensor.end > tensor.storage_length:
            self._broken(BadMemberError(f"a tensor reaches beyond its storage: {tensor.name[:80]}"))
        elif storage.method == STORED and tensor.is_contiguous:
            header = local_header(self.file, storage.offset)
            if header is not None:
                return plain._replace(offset=header.data_offset + tensor.start * tensor.item_size)
        return plain

    def _code(self, member: Member) -> None:
        """Look through one source file of TorchScript."""
        try:
            flag_code(self.facts, self._open(member))
        except BadMemberError as error:
            flag(self.facts, "review", "torchscript-code:not-read")
            self._broken(error)

    def _look_for_pickles(self) -> None:
        """Read pickles under other names, also in storages that no tensor uses."""
        for name, member in self.others:
            if name in self.used:
                continue
            try:
                opened = self._open(member)
                if looks_like_pickle(opened.read_at(0, PEEK), opened.size):
                    flag_pickle(self.facts, opened, depth=self.depth, allowance=self.allowance)
            except BadMemberError as error:
                self._broken(error)


# --- the chain of pickles before 1.6 --------------------------------------------------------------


def _read_chain(source: Source, facts: Facts, depth: int, allowance: Allowance) -> None:
    """Read magic number, protocol, system, object and list of storages, then check the storages."""
    report = flag_pickle(facts, source, depth=depth, allowance=allowance)
    walks = report.walks
    describe_end(facts, walks)
    if len(walks) < 5 or walks[0].root != MAGIC:
        facts.tensors = [tensor for walk in walks for tensor in arrays_of(walk.root)]
        if facts.status == "ok":
            facts.status, facts.error = "truncated", "the list of storages is missing"
        return
    stored = list(tensors_of(walks[3].root))
    keys = walks[4].root.children.values() if isinstance(walks[4].root, Made) else ()
    places = _storage_places(source, walks[4].end, [str(key) for key in keys], stored)
    tensors = [_placed_in_chain(tensor, places) for tensor in stored]
    missing = any(tensor.key not in places for tensor in stored)
    outside = any(tensor.end > tensor.storage_length for tensor in stored)
    if facts.status == "ok" and (missing or outside):
        facts.status = "truncated" if missing else "corrupt"
        facts.error = "storages are missing at the end" if missing else "a tensor reaches beyond its storage"
    facts.values["n_params"] = count_parameters(stored)
    describe_weights(facts, tensors, by="header" if facts.status == "ok" else "claim", file_name=source.name)


def _storage_places(
    source: Source, start: int, keys: list[str], stored: list[TorchTensor]
) -> dict[str | None, int]:
    """Give the offset of each storage's data: a length in elements stands before each."""
    sizes = {tensor.key: tensor.item_size for tensor in stored}
    places: dict[str | None, int] = {}
    for key in keys:
        count = int.from_bytes(source.read_at(start, 8), "little")
        end = start + 8 + count * sizes.get(key, 0)
        if key not in sizes or end > source.size:
            break
        places[key] = start + 8
        start = end
    return places


def _placed_in_chain(tensor: TorchTensor, places: dict[str | None, int]) -> Tensor:
    """Describe one tensor of the chain."""
    nbytes = tensor.n_distinct * tensor.item_size
    offset = None
    if tensor.key in places and tensor.is_contiguous and tensor.end <= tensor.storage_length:
        offset = places[tensor.key] + tensor.start * tensor.item_size
    return Tensor(tensor.name, tensor.dtype, tensor.shape, nbytes, offset)
