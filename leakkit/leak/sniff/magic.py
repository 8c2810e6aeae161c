"""Binary formats by the magic bytes at their start, at byte 4 or at byte 257."""

from __future__ import annotations

from leakkit.leak.sniff import archives as sniff_archives
from leakkit.leak.sniff import more_magic as sniff_more_magic
from leakkit.leak.sniff.more_magic import Check
from leakkit.leak.sniff.more_magic import word_then as _word_then
from leakkit.leak.source import Source

Found = tuple[str, str] | None

_PICTURE_BRANDS = frozenset({b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis", b"hevc"})


def by_magic(source: Source, head: bytes) -> Found:
    """Give the format whose magic bytes stand at the start (or at 4 or 257)."""
    rule = _MAGIC_4.get(head[:4]) or _MAGIC_2.get(head[:2])
    if rule is not None:
        found = rule if isinstance(rule, str) else rule(source, head)
        if found is not None:
            return found, "magic"
    second = _MAGIC_AT_4.get(head[4:8])
    if second is not None and 0 in head[:4]:
        return ("heif" if second == "mp4" and head[8:12] in _PICTURE_BRANDS else second), "magic"
    if head[257:262] == b"ustar":
        return sniff_archives.tar_kind(source, head), "magic"
    return None


def _pdf(source: Source, head: bytes) -> str | None:
    """A dash and the version follow."""
    return "pdf" if head[4:5] == b"-" else None


def _gif(source: Source, head: bytes) -> str | None:
    """Two versions exist."""
    return "gif" if head[:6] in (b"GIF87a", b"GIF89a") else None


def _png(source: Source, head: bytes) -> str | None:
    """A picture has its header chunk; the signature alone is nothing."""
    return "png" if head[1:8] == b"PNG\r\n\x1a\n" and head[12:16] in (b"IHDR", b"CgBI") else None


def _hdf5(source: Source, head: bytes) -> str | None:
    """Keras leaves attribute names in the file, mostly near its beginning."""
    if head[1:8] != b"HDF\r\n\x1a\n":
        return None
    return "hdf5-keras" if b"keras_version" in head or b"model_config" in head else "hdf5"


def _riff(source: Source, head: bytes) -> str | None:
    """RIFF names its content at byte 8."""
    return {b"WAVE": "wav", b"WEBP": "webp", b"AVI ": "avi"}.get(head[8:12])


def _java_or_macho(source: Source, head: bytes) -> str | None:
    """CAFEBABE opens Java classes (a version above 44 follows) and Mach-O files for several processors."""
    if len(head) < 8:
        return None
    return "java-class" if int.from_bytes(head[6:8], "big") >= 45 else "macho"


def _pe(source: Source, head: bytes) -> str | None:
    """The MZ header points to the PE header; an old program has binary bytes at least."""
    if len(head) < 64:
        return None
    place = int.from_bytes(head[60:64], "little")
    return "pe" if head[place : place + 4] == b"PE\0\0" or 0 in head[:64] else None


def _bmp(source: Source, head: bytes) -> str | None:
    """A bitmap's second header has one of few lengths."""
    return (
        "bmp"
        if len(head) >= 18 and head[6:10] == b"\0" * 4 and head[14] in (12, 40, 52, 56, 64, 108, 124)
        else None
    )


def _gzip(source: Source, head: bytes) -> str | None:
    """Method 8 is the only one in use."""
    return "gzip" if head[2:3] == b"\x08" or len(head) == 2 else None


def _bzip2(source: Source, head: bytes) -> str | None:
    """A block or the end follows the level."""
    return "bzip2" if head[2:3] == b"h" and head[4:10] in (b"1AY&SY", b"\x17rE8P\x90", b"") else None


def _seven_zip(source: Source, head: bytes) -> str | None:
    """Two letters alone would be text."""
    return "7z" if head[:6] == b"7z\xbc\xaf\x27\x1c" else None


def _rar(source: Source, head: bytes) -> str | None:
    """Versions 4 and 5 share six bytes."""
    return "rar" if head[:6] == b"Rar!\x1a\x07" else None


def _sqlite(source: Source, head: bytes) -> str | None:
    """The whole sentence is the magic."""
    return "sqlite" if head[:16] == b"SQLite format 3\0" else None


def _jpeg(source: Source, head: bytes) -> str | None:
    """A third byte FF begins the next marker."""
    return "jpeg" if head[2:3] == b"\xff" else None


def _mp3_tag(source: Source, head: bytes) -> str | None:
    """ID3 tags stand before the sound: version 2.2 to 2.4, then four bytes of seven bits."""
    if head[2:3] != b"3" or len(head) < 10 or head[3] not in (2, 3, 4) or head[5] & 0x0F:
        return None
    return "mp3" if max(head[6:10]) < 0x80 else None


def _mp3_frame(source: Source, head: bytes) -> str | None:
    """A layer III frame header with a bit rate, followed by the next where it must stand."""
    if len(head) < 4 or head[1] & 0xE0 != 0xE0 or head[1] & 6 != 2 or head[2] & 0x0C == 0x0C:
        return None
    version, rate, sampling = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or rate in (0, 15):
        return None
    table = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
    low = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
    kilobits = (table if version == 3 else low)[rate - 1]
    hertz = (44100, 48000, 32000)[sampling] >> (0 if version == 3 else 1 if version == 2 else 2)
    frame = (144_000 if version == 3 else 72_000) * kilobits // hertz + (head[2] >> 1 & 1)
    return (
        "mp3"
        if head[frame : frame + 2] == head[:2] or (len(head) <= frame and head[:2] == b"\xff\xfb")
        else None
    )


def _orc(source: Source, head: bytes) -> str | None:
    """ORC is a word too: what follows must be binary."""
    return "orc" if head[2:3] == b"C" and (0 in head[:64] or head[3:4] in (b"\x08", b"\x0a")) else None


def _python_bytecode(source: Source, head: bytes) -> str | None:
    """Two bytes of version, then a line end that a text copy would spoil."""
    return "python-bytecode" if head[2:4] == b"\r\n" and len(head) >= 12 else None


def _pickle(source: Source, head: bytes) -> str | None:
    """PROTO opcode; PyTorch's old format and joblib's arrays have marks of their own."""
    from leakkit.leak.formats.pickles import looks_like_pickle

    if head[2:14] == b"\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19":
        return "torch-pickle"
    if b"joblib.numpy_pickle" in head:
        return "joblib-pickle"
    if not looks_like_pickle(head, source.size):
        return None
    return "joblib-pickle" if source.name[-7:].lower() == ".joblib" else "pickle"


def _arrow_or_feather(source: Source, head: bytes) -> str | None:
    """Feather's second version is an Arrow file under another name."""
    if head[4:6] != b"W1":
        return None
    return "feather" if source.name[-8:].lower() == ".feather" else "arrow"


def _arrow_stream(source: Source, head: bytes) -> str | None:
    """A continuation mark, then the length of a padded schema message."""
    if len(head) < 16:
        return None
    length = int.from_bytes(head[4:8], "little")
    return "arrow" if 0 < length <= source.size - 8 and length % 8 == 0 and head[8:10] != b"\0\0" else None


_MAGIC_4: dict[bytes, str | Check] = sniff_more_magic.MAGIC_4 | {
    b"GGUF": _word_then("gguf"), b"lmgg": _word_then("ggml-legacy"), b"fmgg": _word_then("ggml-legacy"),
    b"tjgg": _word_then("ggml-legacy"), b"algg": _word_then("ggml-legacy"),
    b"PK\3\4": sniff_archives.zip_kind, b"PK\5\6": sniff_archives.zip_kind,
    b"PK\7\x08": sniff_archives.zip_kind,
    b"\x89PNG": _png, b"\x89HDF": _hdf5, b"\x93NUM": "npy", b"RIFF": _riff, b"RIFX": _riff, b"RF64": _riff,
    b"OggS": _word_then("ogg"), b"fLaC": _word_then("flac"),
    b"PAR1": _word_then("parquet"), b"PARE": _word_then("parquet"), b"ARRO": _arrow_or_feather,
        b"FEA1": _word_then("feather"), b"Obj\1": "avro",
    b"SQLi": _sqlite, b"%PDF": _pdf, b"GIF8": _gif, b"II*\0": "tiff", b"MM\0*": "tiff", b"II+\0": "tiff",
    b"\x1aE\xdf\xa3": "webm", b"\x7fELF": "elf", b"\xca\xfe\xba\xbe": _java_or_macho,
    b"\xfe\xed\xfa\xce": "macho", b"\xfe\xed\xfa\xcf": "macho", b"\xce\xfa\xed\xfe": "macho",
    b"\xcf\xfa\xed\xfe": "macho",
    b"\x28\xb5\x2f\xfd": "zstd", b"\xfd7zX": "xz", b"\x04\x22\x4d\x18": "lz4", b"\x02\x21\x4c\x18": "lz4",
    b"\xff\xff\xff\xff": _arrow_stream,
}  # fmt: skip
for _low in range(0x50, 0x60):
    _MAGIC_4[bytes([_low, 0x2A, 0x4D, 0x18])] = "zstd"  # skippable frames stand in front

_MAGIC_2: dict[bytes, str | Check] = sniff_more_magic.MAGIC_2 | {
    b"\x1f\x8b": _gzip, b"BZ": _bzip2, b"7z": _seven_zip, b"Ra": _rar, b"\xff\xd8": _jpeg, b"ID": _mp3_tag,
    b"MZ": _pe, b"BM": _bmp, b"OR": _orc, b"\x03\xf3": _python_bytecode, b"\xff\xfb": _mp3_frame,
    b"\xff\xf3": _mp3_frame, b"\xff\xfa": _mp3_frame, b"\xff\xf2": _mp3_frame,
    b"\x80\x01": _pickle, b"\x80\x02": _pickle, b"\x80\x03": _pickle, b"\x80\x04": _pickle,
    b"\x80\x05": _pickle,
}  # fmt: skip
for _low in range(256):
    for _high in range(0x0B, 0x10):
        _MAGIC_2[bytes([_low, _high])] = _python_bytecode

_MAGIC_AT_4: dict[bytes, str] = {b"TFL3": "tflite", b"ftyp": "mp4", b"moov": "mp4", b"mdat": "mp4"}
