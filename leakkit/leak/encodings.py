"""Tells the encoding of text that is no UTF-8, once for a whole member: what it declares, else what its bytes say."""

from __future__ import annotations

import codecs
import re
from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from leakkit.leak.declared_encodings import declared_in

if TYPE_CHECKING:
    from leakkit.leak.source import Source

WINDOW = 2**18
"""How much is judged, from the first byte above 7F on (bytes)."""

MULTIPLE = frozenset({"big5hkscs", "cp932", "cp949", "euc_jp", "gb18030"})
"""Encodings of two bytes a letter, of which the second may be a byte of ASCII."""

_BEFORE = 64
_HEAD = 1024
_SAMPLE = 2**14
_CENTRAL = ("cp1250", "iso8859-2")
_E_GRAVE = re.compile(rb"[\xe8\xc8]")
_BEFORE_CONSONANT = re.compile(rb"[\xe8\xc8][bcdfghjklmnpqrstvxzBCDFGHJKLMNPQRSTVXZ]")
_OF_FRENCH = "àâçèéêëîïôùûüœæÀÂÇÈÉÊËÎÏÔÙÛÜŒÆ«»°€‘’“”–—…§·\xa0".encode("cp1252")
"""What stands in French texts beyond ASCII; the ž and ř of Czech ones are others."""

_FEWEST_LETTERS, _MOSTLY, _OTHERS = 3, 0.6, 0.03
"""Letters that may be è or č, the share before a consonant from which on they are è; most other letters beside them."""

_SINGLE = ("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp866",
           "iso8859-2", "koi8-r")  # fmt: skip
_MULTIPLE = tuple(sorted(MULTIPLE - {"euc_jp"}))
_REACHES = (8, 24, 64)
_OTHER_SCRIPTS = frozenset("cp1251 cp1253 cp1255 cp1256 cp866 koi8-r".split())
_CONTROLS = bytes(code for code in range(32) if code not in (0, 9, 10, 12, 13, 27)) + b"\x7f"
_BLANKED = bytes(code if code > 31 or code in (9, 10) else 32 for code in range(256))
_HIGH = re.compile(rb"[\x80-\xff]")
_SIGNS = frozenset("\u00a0\u00ad°§€£¥¢«»‹›“”„‘’‚–—…·•©®™¼½¾¹²³×÷±µ¶¡¿´¨¯¸ªº№†‡¤¬¦")
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)


def codec_of(head: bytes) -> str:
    r"""Name the encoding of a text by its byte-order mark or by where zero bytes stand; else UTF-8.

    Examples
    --------
    >>> codec_of(b"\xff\xfea\0"), codec_of("key,value\n".encode("utf-16-le")), codec_of(b"key,value")
    ('utf-16', 'utf-16-le', 'utf-8')
    """
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return codec
    sample = head[: 1024 if len(head) >= 1024 else len(head) // 2 * 2]
    if len(sample) >= 16:
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        if odd > 0.35 * len(sample) and not even:
            return "utf-16-le"
        if even > 0.35 * len(sample) and not odd:
            return "utf-16-be"
    return "utf-8"


class Telling:
    """Sees the bytes of a member go by, and tells its encoding from the first of them that are no ASCII.

    A byte-order mark or zero bytes decide at once, as `codec_of` says. Else up to 256 KiB from the first
    byte above 7F on are judged, wherever in the member that stands, so a text that is ASCII for gigabytes
    and Latin-2 from there on is read as Latin-2. Nothing after those 256 KiB changes the verdict: a text
    that begins as UTF-8 is UTF-8 to its end, with U+FFFD for what is none. It does not depend on how the
    bytes are cut.

    Parameters
    ----------
    codec : str, optional
        Told before, of the whole member that these bytes are a part of.
    note : callable, optional
        Given the codec once, where it is an older one.

    Attributes
    ----------
    codec : str
        UTF-8 until another is told: what went by until then is the same in all.
    waits : bool
        More bytes must be seen before those since the first above 7F can be read.
    """

    def __init__(self, codec: str = "", note: Callable[[str], None] | None = None) -> None:
        self.codec, self.waits = codec or "utf-8", False
        self._note, self._given, self._began, self._done = note, bool(codec), False, False
        self._head = self._window = b""
        self._wanted = 0

    def feed(self, chunk: bytes) -> None:
        """See the next bytes."""
        if not self._began and chunk:
            self._begin(chunk)
        if self._done or not chunk:
            return
        if len(self._head) < _HEAD:
            self._head += chunk[: _HEAD - len(self._head)]
        if self.waits:
            self._window += chunk[: self._wanted - len(self._window)]
        elif chunk.isascii() or (high := _HIGH.search(chunk)) is None:
            self._window = (self._window + chunk[-_BEFORE:])[-_BEFORE:]
        else:
            before = (self._window + chunk[: high.start()])[-_BEFORE:]
            self._window = before + chunk[high.start() : high.start() + WINDOW]
            self._wanted, self.waits = len(before) + WINDOW, True
        if self.waits and len(self._window) >= self._wanted:
            self.end()

    def _begin(self, chunk: bytes) -> None:
        """Take the first bytes: they may settle it."""
        self._began = True
        marked = codec_of(chunk)
        if marked != "utf-8" or self._given:
            self.codec = marked if marked != "utf-8" else self.codec
            self._done = True

    def end(self) -> None:
        """Tell from what was seen."""
        if self._done or not self.waits:
            return
        self.codec = told(self._window, self._head)
        self.waits, self._done, self._window = False, True, b""
        if self._note is not None and self.codec != "utf-8":
            self._note(self.codec)


def codec_in(source: Source) -> str:
    """Name the encoding of a member as its text is read; UTF-8 where its head gives no reason to read on."""
    from leakkit.leak.source import HEADER_LIMIT

    marked, first = codec_of(source.head), _HIGH.search(source.head)
    if marked != "utf-8" or first is None or _is_valid(source.head):
        return marked
    wanted = min(source.size, first.start() + WINDOW, HEADER_LIMIT)
    return codec_of_text(source.head if wanted <= len(source.head) else source.read_at(0, wanted))


def codec_of_text(data: bytes) -> str:
    r"""Name the encoding of a text, or of as much as there is of its beginning.

    Examples
    --------
    >>> codec_of_text("Köln".encode()), codec_of_text("Привет, Москва".encode("koi8-r"))
    ('utf-8', 'koi8-r')
    """
    telling = Telling()
    telling.feed(data)
    telling.end()
    return telling.codec


def told(window: bytes, head: bytes = b"") -> str:
    r"""Judge the encoding of some bytes of a text that hold others than ASCII.

    Parameters
    ----------
    window : bytes
        What is judged.
    head : bytes
        The first kilobyte of the text, where XML and HTML declare an encoding.

    Returns
    -------
    str
        The name of one of Python's codecs. UTF-8 where there are at least as many characters of UTF-8
        as bytes that are none, and where no other encoding gives readable text: then U+FFFD stands
        for each byte that is no text. Else what is declared, and without a declaration the likeliest of
        sixteen encodings by the frequency of neighbouring letters (``chardet``, on the words that hold
        them). Never UTF-7 nor any encoding in which bytes of ASCII mean something else.

    Notes
    -----
    Words of ASCII say nothing about the encoding and much about the language, which is often another
    one; so only what stands near bytes above 7F is judged, at three widths, and the likelihoods added. A
    handful of letters is a guess: `cp1250` and `cp1252` share most of theirs. Some dozens of them
    mostly tell it so that every letter is right.
    """
    if _is_mostly_valid(window):
        return "utf-8"
    if declared := declared_in(head):
        return declared
    if not _is_text(window):
        return "utf-8"
    codec = next((codec for codec in _likely(window) if _is_readable(window, codec)), "utf-8")
    codec = "cp1252" if codec in _CENTRAL and _is_french(window) else codec
    return _usual(window, codec) if len(window) < WINDOW and codec in _SINGLE else codec


def _is_valid(window: bytes) -> bool:
    """Tell whether everything is UTF-8; the last character may be cut."""
    try:
        codecs.utf_8_decode(window, "strict", False)
    except UnicodeDecodeError:
        return False
    return True


def _is_mostly_valid(window: bytes) -> bool:
    """Tell whether characters of UTF-8 are at least as many as bytes that belong to none."""
    if _is_valid(window):
        return True
    text = codecs.utf_8_decode(window, "replace", False)[0]
    n_bad = text.count("\ufffd") - window.count(b"\xef\xbf\xbd")
    return len(text) - len(text.encode("ascii", "ignore")) - n_bad >= n_bad


def _is_text(window: bytes) -> bool:
    """Tell text in an older encoding from bytes: few control characters, and high bytes that do not merely repeat."""
    n_controls = len(window) - len(window.translate(None, _CONTROLS))
    if 50 * n_controls > len(window) or 10 * window.count(0) > len(window):
        return False
    data = np.frombuffer(window, np.uint8)
    high = data > 127
    repeats = np.count_nonzero(high[1:] & (data[1:] == data[:-1]))
    return bool(2 * repeats <= np.count_nonzero(high))


def _near(window: bytes, reach: int) -> bytes:
    """Give what stands within `reach` bytes of a byte above 7F, piece by piece, 16 KiB at most."""
    places = np.flatnonzero(np.frombuffer(window, np.uint8) > 127)[:_SAMPLE]
    breaks = np.flatnonzero(np.diff(places) > 2 * reach)
    firsts, lasts = places[np.r_[0, breaks + 1]], places[np.r_[breaks, len(places) - 1]]
    pieces, length = [], 0
    for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
        start, end = max(0, first - reach), min(last + reach + 1, first - reach + _SAMPLE)
        pieces.append(window[start:end])
        length += end - start
        if length >= _SAMPLE:
            break
    return b"\n".join(pieces).translate(_BLANKED)


def _likely(window: bytes) -> list[str]:
    """Give encodings by falling likelihood."""
    import chardet

    near = _near(window, 2)
    found = chardet.detect(near, include_encodings=(*_SINGLE, *_MULTIPLE), compat_names=False)["encoding"]
    first = [_east_asian(near, found)] if found in _MULTIPLE else []
    scores: dict[str, float] = defaultdict(float)
    for reach in _REACHES:
        sample = _near(window, reach)
        for guess in chardet.detect_all(
            sample, ignore_threshold=True, include_encodings=_SINGLE, compat_names=False
        ):
            if guess["encoding"] in _SINGLE:
                scores[guess["encoding"]] += guess["confidence"]
    return first + sorted(scores, key=lambda codec: (-scores[codec], codec))


def _is_french(window: bytes) -> bool:
    """Tell the è of French names from the č of Czech and Slovene ones, which is the same byte: a consonant follows."""
    found, high = len(_E_GRAVE.findall(window)), len(_HIGH.findall(window))
    if len(_HIGH.findall(window.translate(None, _OF_FRENCH))) > _OTHERS * high:
        return False
    return found >= _FEWEST_LETTERS and len(_BEFORE_CONSONANT.findall(window)) >= _MOSTLY * found


def _usual(window: bytes, codec: str) -> str:
    """Give the commonest encoding in which a text that was seen to its end reads the same."""
    text = window.decode(codec, "replace")
    return next((usual for usual in ("cp1252", "cp1250") if window.decode(usual, "replace") == text), codec)


def _east_asian(near: bytes, codec: str) -> str:
    """Correct a verdict on Japanese in EUC, whose kana and commonest kanji stand in other rows than in its kin."""
    if codec not in ("cp949", "gb18030"):
        return codec
    text = near.decode("euc_jp", "replace")
    leads = [letter.encode("euc_jp")[0] for letter in text if letter > "\u2fff" and letter != "\ufffd"]
    kana = sum(lead in (0xA4, 0xA5) for lead in leads)
    kanji = [lead for lead in leads if lead > 0xAF]
    late, middle = (sum(a <= lead <= b for lead in kanji) for a, b in ((0xD0, 0xF4), (0xC9, 0xCF)))
    is_clean = 20 * text.count("\ufffd") <= len(leads)
    is_japanese = 10 * kana > len(leads) or (20 * late <= len(kanji) and 20 * middle > len(kanji))
    return "euc_jp" if is_clean and len(leads) > 3 and is_japanese else codec


def _is_readable(window: bytes, codec: str) -> bool:
    """Tell whether letters and usual signs come out, words in one script, and no capital after a small letter."""
    text = _near(window, 2).decode(codec, "replace")
    others = [letter for letter in text if letter > "\x7f"]
    n_good = sum(
        letter.isalpha() or letter in _SIGNS or "\u2e80" < letter < "\ufff0" and letter.isprintable()
        for letter in others
    )
    if not others or 10 * n_good < 9 * len(others):
        return False
    if codec not in _SINGLE:
        return True
    pairs = [
        (a, b)
        for a, b in zip(text, text[1:], strict=False)
        if a.isalpha() and b.isalpha() and not (a + b).isascii()
    ]
    odd = sum(
        (a.islower() and b.isupper()) or (codec in _OTHER_SCRIPTS and a.isascii() != b.isascii())
        for a, b in pairs
    )
    return 4 * odd <= len(pairs)
