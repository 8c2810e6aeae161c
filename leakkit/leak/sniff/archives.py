"""Which kind of zip or tar a member is, by the names in its directory; bodies are never read."""

from __future__ import annotations

import struct

from leakkit.leak.names import split_name
from leakkit.leak.source import Source

_NAMES_LIMIT = 4096
_DIRECTORY_LIMIT = 256 * 1024
_TAIL = 65_536 + 22
_TAR_MEMBERS = 16
_TORCH_EXTENSIONS = frozenset({"pt", "pth", "bin", "ckpt", "mar"})
_OPENDOCUMENT = {b"content.xml", b"encrypted-package"}
_OPENDOCUMENT_TYPES = tuple(
    b"application/vnd.oasis.opendocument." + kind
    for kind in (b"text", b"spreadsheet", b"presentation", b"graphics")
)
_SAMPLE_PARTS = frozenset({
    "jpg", "jpeg", "png", "webp", "gif", "ppm", "tif", "txt", "json", "jsonl", "cls", "cls2", "id", "caption",
    "npy", "npz", "pth", "pt", "pyd", "cbor", "msgpack", "mp", "ten", "tb", "wav", "flac", "mp3", "ogg",
    "m4a", "mp4", "webm",
    "avi", "seg", "index", "inx", "transcript", "text", "meta", "toml", "yaml", "xml",
})  # fmt: skip


def read_quietly(source: Source, offset: int, length: int) -> bytes:
    """Bytes from `offset`, or none when they cannot be had (broken archive, lost connection, budget)."""
    if offset + length <= len(source.head):
        return source.head[offset : offset + length]
    try:
        return source.read_at(offset, length)
    except Exception:  # whatever lies under a source: its reader will meet it again and say what it was
        return b""


def zip_kind(source: Source, head: bytes) -> str:
    """Tell torch, TorchScript, NumPy, Keras and Office containers from a plain zip."""
    names = zip_names(source, head)
    if not names:
        return "zip"
    if b"[Content_Types].xml" in names:
        return "ooxml"
    if b"META-INF/manifest.xml" in names and names & _OPENDOCUMENT and _is_opendocument(head):
        return "opendocument"
    torch = _torch_kind(names, split_name(source.name)[1])
    if torch is not None:
        return torch
    if all(name.endswith(b".npy") for name in names):
        return "npz"
    if {b"config.json", b"metadata.json"} <= names or b"model.weights.h5" in names:
        return "keras-zip"
    return "zip"


def _is_opendocument(head: bytes) -> bool:
    """Tell OpenDocument by the type that stands first in it, or where none does, by its manifest's name."""
    if head[30:38] != b"mimetype":
        return True
    return head[38:102].startswith(_OPENDOCUMENT_TYPES)


def _torch_kind(names: set[bytes], extension: str) -> str | None:
    """A ``data.pkl`` in the only folder (or at the top), with what torch writes beside it."""
    pickles = [
        name
        for name in names
        if name == b"data.pkl" or (name.endswith(b"/data.pkl") and name.count(b"/") == 1)
    ]
    if len(pickles) != 1:
        return None
    folder = pickles[0][: -len(b"data.pkl")]
    if not all(name.startswith(folder) for name in names):
        return None
    code = folder + b"code/"
    if folder + b"constants.pkl" in names or any(name.startswith(code) for name in names):
        return "torchscript"
    beside = (folder + b"version", folder + b"byteorder", folder + b".format_version")
    tensors = folder + b"data/"
    if any(name in names for name in beside) or any(name.startswith(tensors) for name in names):
        return "torch-zip"
    return "torch-zip" if extension in _TORCH_EXTENSIONS else None


def zip_names(source: Source, head: bytes) -> set[bytes]:
    """Give names of the first entries of a zip: from its directory, else from the headers in the head."""
    size, start = source.size, max(0, source.size - _TAIL)
    tail = head if size <= len(head) else read_quietly(source, start, size - start)
    start = 0 if tail is head else start
    end = tail.rfind(b"PK\5\6")
    directory = b""
    if 0 <= end <= len(tail) - 20:
        length = struct.unpack_from("<I", tail, end + 12)[0]
        last = start + end
        if length == 0xFFFFFFFF or tail[max(0, end - 20) : end][:4] == b"PK\6\7":  # torch writes both ends
            length, last = _zip64_directory(source, tail, end, last)
        if 0 < length <= last:
            directory = read_quietly(source, last - length, min(length, _DIRECTORY_LIMIT))
    return _directory_names(directory) or _local_names(head)


def _zip64_directory(source: Source, tail: bytes, end: int, last: int) -> tuple[int, int]:
    """Give length and end of the directory of a large zip; length 0 when it is not to be found."""
    if end < 20 or tail[end - 20 : end - 16] != b"PK\6\7":
        return 0, last
    place = struct.unpack_from("<Q", tail, end - 12)[0]
    record = read_quietly(source, place, 56) if place < last else b""
    if len(record) < 56 or record[:4] != b"PK\6\6":
        return 0, last
    return struct.unpack_from("<Q", record, 40)[0], place


def _directory_names(directory: bytes) -> set[bytes]:
    """Names of a central directory, which may be cut off."""
    names: set[bytes] = set()
    place = 0
    while (
        directory[place : place + 4] == b"PK\1\2"
        and len(directory) >= place + 46
        and len(names) < _NAMES_LIMIT
    ):
        name, extra, comment = struct.unpack_from("<HHH", directory, place + 28)
        names.add(directory[place + 46 : place + 46 + name])
        place += 46 + name + extra + comment
    return names


def _local_names(head: bytes) -> set[bytes]:
    """Names in the local headers of the head, for a zip whose end is missing."""
    names: set[bytes] = set()
    place = head.find(b"PK\3\4")
    while 0 <= place <= len(head) - 30 and len(names) < _NAMES_LIMIT:
        length = struct.unpack_from("<H", head, place + 26)[0]
        names.add(head[place + 30 : place + 30 + length])
        place = head.find(b"PK\3\4", place + 30)
    return names


def is_tar_header(block: bytes) -> bool:
    """Tell whether 512 bytes are a tar header, by the checksum every tar has.

    Examples
    --------
    >>> is_tar_header(bytes(512))
    False
    """
    if len(block) < 512 or not block[0]:
        return False
    text = block[148:156].replace(b"\0", b" ").strip()
    if not text or len(text) > 7 or text.translate(None, b"01234567"):
        return False
    return int(text, 8) == sum(block) - sum(block[148:156]) + 8 * 32


def tar_kind(source: Source, head: bytes) -> str:
    """Tell a WebDataset (samples as neighbouring files of one stem) from a plain tar."""
    parts: dict[str, list[str]] = {}
    for name in _tar_names(source):
        folder, _, base = name.rpartition("/")
        stem, _, extension = base.partition(".")
        if extension.rpartition(".")[2].lower() not in _SAMPLE_PARTS:
            return "tar"
        parts.setdefault(f"{folder}/{stem}", []).append(extension)
    samples = [sorted(found) for found in parts.values()]
    whole = samples[:-1] if len(samples) > 1 else samples
    if not whole or len(whole[0]) < 2 or any(sample != whole[0] for sample in whole):
        return "tar"
    return "webdataset" if len(samples) > 1 or source.name.lower().endswith(".tar") else "tar"


def _tar_names(source: Source) -> list[str]:
    """Names of the first regular files of a tar."""
    names: list[str] = []
    place = 0
    for _ in range(3 * _TAR_MEMBERS):
        block = read_quietly(source, place, 512)
        if not is_tar_header(block):
            break
        if block[156:157] in b"0\0" and not block[:100].startswith((b"././@", b"./._")):
            names.append(block[:100].rstrip(b"\0").decode("utf-8", "replace"))
        digits = block[124:136].strip(b" \0")
        if len(names) == _TAR_MEMBERS or digits.translate(None, b"01234567"):
            break
        place += 512 + (int(digits or b"0", 8) + 511) // 512 * 512
    return names
