"""Texts that were read in a wrong encoding, and whole numbers that were written as floats, put right before judging."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FLOAT = re.compile(r"-?\d{1,18}\.0$")
_HIGH = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"[^\W\d_]*[\x80-\u2122](?:[^\W\d_]|[\x80-\u2122])*")
_WITHIN = re.compile(r"[^\W\d_][\x80-\x9f¡-©«-´¶-¹»-¿×÷][^\W\d_]|[\x80-\x9f]")
"""Signs within words and controls, which no text has that was read rightly."""
_OTHER_SCRIPTS = frozenset(
    "cp1251 cp1253 cp1255 cp1256 cp866 koi8-r gb18030 cp932 cp949 big5hkscs euc_jp".split()
)
_CENTRAL = frozenset({"cp1250", "iso8859-2", "cp1254", "cp1257"})
_FEWEST, _ASKED = 12, 4000


def mended(
    names: Sequence[str | None], samples: Sequence[list[str]]
) -> tuple[list[str | None], list[list[str]]]:
    """Give names and values as they are meant: ``Ãåðàñèì`` as ``Герасим``, ``57236.0`` as ``57236``.

    Parameters
    ----------
    names : sequence of str or None
        Names of the columns of one table.
    samples : sequence of list of str
        Their values.

    Returns
    -------
    tuple
        The same with texts decoded again where all of the table's are one byte a character and tell
        another encoding plainly, and without the ``.0`` of columns of whole numbers.

    Examples
    --------
    >>> mended(["Èìÿ", "nr"], [["Áîãäàí", "Èâàí", "Ìàðèÿ"], ["7.0", "12.0"]])
    (['Имя', 'nr'], [['Богдан', 'Иван', 'Мария'], ['7', '12']])
    """
    codec = _meant([name or "" for name in names], samples)
    if codec:
        names = [None if name is None else _again(name, codec) for name in names]
        samples = [[_again(value, codec) for value in values] for values in samples]
    return list(names), [_whole(values) for values in samples]


def _whole(values: list[str]) -> list[str]:
    """Take the ``.0`` from whole numbers where all numbers of a column have it."""
    held = [value for value in values if value.strip()]
    if not held or sum(_FLOAT.match(v.strip()) is not None for v in held) < 0.95 * len(held):
        return values
    return [value.strip().removesuffix(".0") for value in values]


def _meant(names: Sequence[str], samples: Sequence[list[str]]) -> str:
    """Name the encoding that texts read as one byte a character are in; empty where they were read rightly."""
    texts = [text for text in names if _HIGH.search(text)]
    for values in samples:
        texts += [value for value in values[:400] if not value.isascii()]
    if not texts:
        return ""
    raw = [_bytes(text) for text in texts[:_ASKED]]
    if any(data is None for data in raw):
        return ""
    found = [data for data in raw if data is not None]
    if all(_is_utf8(data) for data in found):
        return "utf-8"
    return _older(texts[:_ASKED], b"\n".join(found))


def _older(texts: list[str], data: bytes) -> str:
    """Name an older encoding, where words nearly all of high letters or signs within words show that it is one."""
    from leakkit.leak.encodings import codec_of_text

    words = [word for text in texts for word in _WORD.findall(text)]
    high = sum(len(_HIGH.findall(word)) for word in words)
    foreign = high >= _FEWEST and high >= 0.7 * sum(map(len, words))
    within = any(_WITHIN.search(text) for text in texts)
    if not foreign and not within:
        return ""
    codec = codec_of_text(data)
    return codec if (codec in _OTHER_SCRIPTS and foreign) or (codec in _CENTRAL and within) else ""


def _bytes(text: str) -> bytes | None:
    """Give the bytes that a text was read from as Latin-1 or Windows-1252; None where it was from neither."""
    for codec in ("latin-1", "cp1252"):
        try:
            return text.encode(codec)
        except UnicodeEncodeError:
            continue
    return None


def _is_utf8(data: bytes) -> bool:
    """Tell whether bytes are UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _again(text: str, codec: str) -> str:
    """Decode a text again; as it stands where that fails."""
    data = None if text.isascii() else _bytes(text)
    try:
        return text if data is None else data.decode(codec)
    except UnicodeDecodeError:
        return text
