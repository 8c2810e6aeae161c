"""Magic bytes of what lies beside models in a leak: boosted trees, indexes, databases, media, archives, keys.

`MAGIC_4` and `MAGIC_2` are merged into the tables of `sniff_magic`; a rule is a format or a check that
looks further. Words made of letters count only when something follows that no text has.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from leakkit.leak.source import Source

Check = Callable[[Source, bytes], str | None]
PRINTABLE = bytes(range(0x20, 0x7F)) + b"\t\n\r"


def word_then(format: str) -> Check:
    """Magic made of letters counts only when something binary follows: a text may begin with the word."""
    return lambda source, head: format if head[4:64].translate(None, PRINTABLE) else None


def starts(*rules: tuple[bytes, str]) -> Check:
    """Give the format of the first longer magic that fits."""
    return lambda source, head: next((format for magic, format in rules if head.startswith(magic)), None)


def _font(source: Source, head: bytes) -> str | None:
    """A table directory of 1 to 255 tables, whose first tag is printable."""
    count = int.from_bytes(head[4:6], "big")
    tag = head[12:16]
    return "font" if 0 < count < 256 and len(tag) == 4 and min(tag) >= 0x20 and max(tag) < 0x7F else None


def _font_or_access(source: Source, head: bytes) -> str | None:
    """A font, or a database of Microsoft Access, whose file name for its engine follows."""
    return "ms-access" if head[4:13] in (b"Standard ", b"MSISAM Da") else _font(source, head)


def _icon(source: Source, head: bytes) -> str | None:
    """A few pictures, each within the file, whose reserved byte is 0."""
    count = int.from_bytes(head[4:6], "little")
    if not 0 < count < 64 or len(head) < 6 + 16 * count or head[9]:
        return None
    length, place = struct.unpack_from("<II", head, 14)
    return "ico" if place >= 6 + 16 * count and place + length <= source.size else None


def _faiss(source: Source, head: bytes) -> str | None:
    """A four-letter code, a dimension, a count, and the two numbers that faiss writes and ignores."""
    if len(head) < 37 or not 0 < int.from_bytes(head[4:8], "little") < 1 << 20:
        return None
    return "faiss-index" if head[16:32] == b"\0\0\x10\0\0\0\0\0" * 2 else None


def _rtf(source: Source, head: bytes) -> str | None:
    """The word, then a version or a control word."""
    return "rtf" if head[4:5] == b"f" and head[5:6] in b"1\\ " else None


def _compress(source: Source, head: bytes) -> str | None:
    """The flag byte holds 9 to 16 bits and no reserved ones."""
    return "compress" if len(head) > 3 and 9 <= head[2] & 0x1F <= 16 and not head[2] & 0x60 else None


def _aac(source: Source, head: bytes) -> str | None:
    """A frame of AAC sound, and the next where its length says."""
    if len(head) < 7 or head[2] >> 2 & 15 > 12:
        return None
    frame = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return "aac" if frame > 7 and head[frame : frame + 2] == head[:2] else None


def _old_cpio(source: Source, head: bytes) -> str | None:
    """Binary headers: the length of a name that ends in zero where it should."""
    length = int.from_bytes(head[20:22], "little" if head[0] == 0xC7 else "big")
    return "cpio" if 1 < length <= 1024 and head[25 + length : 26 + length] == b"\0" else None


def _netpbm(source: Source, head: bytes) -> str | None:
    """Width and height stand in text, the pixels follow."""
    words = head[2:200].split(None, 3)
    plain = all(word.isdigit() for word in words[:2]) or words[:1] == [b"#"] or words[:1] == [b"WIDTH"]
    return "netpbm" if head[2:3] in b"\n \t\r" and len(words) > 2 and plain else None


def _lightgbm(source: Source, head: bytes) -> str | None:
    """The word and the version on two lines."""
    return "lightgbm" if head.startswith((b"tree\nversion=", b"tree\r\nversion=")) else None


def _ncnn(source: Source, head: bytes) -> str | None:
    """The magic number on a line, then how many layers and blobs."""
    counts = head[8:40].split(b"\n", 1)[0].split()
    return "ncnn-param" if head[:8] == b"7767517\n" and len(counts) == 2 else None


def _aiff(source: Source, head: bytes) -> str | None:
    """A chunk of sound, plain or packed."""
    return "aiff" if head[8:12] in (b"AIFF", b"AIFC") else None


def _pcapng(source: Source, head: bytes) -> str | None:
    """The byte-order mark of captured packets."""
    return "pcap" if head[8:12] in (b"\x4d\x3c\x2b\x1a", b"\x1a\x2b\x3c\x4d") else None


def _gettext(source: Source, head: bytes) -> str | None:
    """Revision 0 or 1, and tables inside the file."""
    order = "<" if head[:1] == b"\xde" else ">"
    if len(head) < 20:
        return None
    revision, _, first, second = struct.unpack_from(order + "4I", head, 4)
    fits = revision >> 16 in (0, 1) and 28 <= first <= source.size and 28 <= second <= source.size
    return "gettext-mo" if fits else None


def _stata(source: Source, head: bytes) -> str | None:
    """A version byte, the byte order, file type 1."""
    return (
        "stata"
        if head[0] in b"\x69\x6c\x6e\x6f\x71\x72\x73" and head[1:4] in (b"\1\1\0", b"\2\1\0")
        else None
    )


_FAISS_CODES = (
    "IxFI IxF2 IxFl IxHN IHNf IHNp IHNs IHN2 IHNc IwFl IwPQ IwQR IwSq IwSQ IwPf IwPn IvPQ IvQR IvFL IvSQ IxPT IxRF "
    "IxRq IxPq IxPQ IxPo IxSQ IxSq IxHe IxHE IxMp IxM2 IxAQ IxRQ IxLS IxLa IBwF IBxF IBHf INSf INNf ImRQ IwRQ"
).split()

MAGIC_4: dict[bytes, str | Check] = {
    **{code.encode(): _faiss for code in _FAISS_CODES},
    b"tree": _lightgbm, b"CBM1": word_then("catboost"), b"binf": word_then("xgboost"), b"7767": _ncnn,
    b"ptrt": word_then("tensorrt-engine"), b"ftrt": word_then("tensorrt-engine"),
    b"\xba\x16\x4f\x2f": "fasttext",
    b"MATL": starts((b"MATLAB 5.0 MAT-file", "matlab"), (b"MATLAB 7.0 MAT-file", "matlab")),
    b":W&B": word_then("wandb-log"),
    b"X\n\0\0": "r-data", b"B\n\2\0": "r-data", b"B\n\3\0": "r-data",
    b"RDB2": starts((b"RDB2\nB\n", "r-data")), b"RDB3": starts((b"RDB3\nB\n", "r-data")),
    b"RDX2": starts((b"RDX2\n", "r-data")), b"RDX3": starts((b"RDX3\n", "r-data")),
    b"RDA2": starts((b"RDA2\nA\n", "r-data")), b"RDA3": starts((b"RDA3\nA\n", "r-data")),
    b"WARC": starts((b"WARC/0.", "warc"), (b"WARC/1.", "warc")),
    b"MSCF": word_then("cab"), b"!<ar": starts((b"!<arch>\n", "ar")), b"\xed\xab\xee\xdb": "rpm",
    b"0707": starts((b"070701", "cpio"), (b"070702", "cpio"), (b"070707", "cpio")), b"LZIP": word_then("lzip"),
    b"LRZI": word_then("lrzip"), b"xar!": word_then("xar"),
    b"\xff\x06\0\0": starts((b"\xff\x06\0\0sNaPpY", "snappy")),
    b"\0\1\0\0": _font_or_access, b"OTTO": _font, b"true": _font, b"ttcf": word_then("font"),
    b"wOFF": word_then("font"),
    b"wOF2": word_then("font"), b"\0\0\1\0": _icon, b"8BPS": word_then("psd"), b"\0\0\0\x0c": starts(
        (b"\0\0\0\x0cjP  \r\n\x87\n", "jp2")), b"\xff\x4f\xff\x51": "jp2", b"v/1\1": "exr",
    b"MThd": word_then("midi"), b"FORM": _aiff,
    b".snd": word_then("au"), b"#!AM": starts((b"#!AMR\n", "amr"), (b"#!AMR-WB\n", "amr")),
    b"FLV\1": "flv", b"0&\xb2u": starts((b"0&\xb2u\x8e\x66\xcf\x11", "asf")), b"wvpk": word_then("wavpack"),
    b"\xde\xc0\xef\xbe": "lmdb",
    b"MAC ": word_then("monkeys-audio"), b"MPCK": word_then("musepack"), b"MP+\7": "musepack",
    b"\0\0\1\xba": "mpeg", b"\0\0\1\xb3": "mpeg", b"\0asm": "wasm", b"\xde\x12\x04\x95": _gettext,
    b"\x95\x04\x12\xde": _gettext, b"\xd4\xc3\xb2\xa1": "pcap", b"\xa1\xb2\xc3\xd4": "pcap",
    b"\x0a\x0d\x0d\x0a": _pcapng,
    b"\xd0\xcf\x11\xe0": starts((b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole2")), b"{\\rt": _rtf,
    b"%!PS": "postscript", b"\xc5\xd0\xd3\xc6": "postscript", b"AT&T": starts((b"AT&TFORM", "djvu")),
    b"\x03\xd9\xa2\x9a": "keepass", b"\xfe\xed\xfe\xed": "java-keystore", b"\xce\xce\xce\xce": "java-keystore",
    b"$FL2": starts((b"$FL2@(#)", "spss")), b"$FL3": starts((b"$FL3@(#)", "spss")),
    b"<sta": starts((b"<stata_dta>", "stata")),
    b"CDF\1": "netcdf", b"CDF\2": "netcdf", b"CDF\5": "netcdf",
    b"SIMP": starts((b"SIMPLE  =                    T", "fits")), b"SZDD": word_then("szdd"),
}  # fmt: skip
"""By the first four bytes."""

MAGIC_2: dict[bytes, str | Check] = {
    b"\x1f\x9d": _compress, b"\xc7\x71": _old_cpio, b"\x71\xc7": _old_cpio,
    b"\xff\xf1": _aac, b"\xff\xf9": _aac, b"\x60\xea": lambda source, head:
        "arj" if 20 < int.from_bytes(head[2:4], "little") <= 2600 else None,
    **{f"P{digit}".encode(): _netpbm for digit in range(1, 8)},
}  # fmt: skip
"""By the first two bytes."""
for _version in b"\x6c\x6e\x6f\x71\x72\x73":
    MAGIC_2[bytes([_version, 1])] = MAGIC_2[bytes([_version, 2])] = _stata


def _is_matlab_4(head: bytes) -> bool:
    """Tell MATLAB's fourth version: type, rows, columns, complex or not, then a name of that length."""
    if len(head) < 24:
        return False
    order = "<" if head[1] == 0 and head[2] == 0 and head[3] == 0 else ">"
    kind, rows, columns, is_complex, length = struct.unpack_from(order + "5I", head)
    place, name = kind // 1000 * 1000, head[20 : 20 + min(length, 64)]
    if kind - place > 52 or place not in (0, 1000) or is_complex > 1 or not 1 < length <= 64:
        return False
    return (
        0 < rows < 1 << 31
        and 0 < columns < 1 << 31
        and name[-1:] == b"\0"
        and name[:-1].replace(b"_", b"a").isalnum()
    )


def by_place(source: Source, head: bytes) -> str | None:
    """Tell binary bytes by a magic that stands behind their beginning."""
    if head[8:12] == b"DUCK":
        return "duckdb"
    if head[16:20] == b"\xde\xc0\xef\xbe":
        return "lmdb"
    if head[128:132] == b"DICM":
        return "dicom"
    if _is_matlab_4(head):
        return "matlab"
    if head[2:7] in (b"-lh0-", b"-lh1-", b"-lh4-", b"-lh5-", b"-lh6-", b"-lh7-", b"-lhd-"):
        return "lha"
    if head[32769:32774] == b"CD001":
        return "iso9660"
    if head[:32].startswith(b"\0\0\0\0\0\0\0\0\0\0\0\0\xc2\xea\x81\x60\xb3\x14\x11\xcf"):
        return "sas7bdat"
    return None
