"""Names of encodings as texts declare them, and what they mean in practice."""

from __future__ import annotations

import re

_DECLARED = {
    "big5hkscs": "big5 big5-hkscs cn-big5 x-x-big5 big5hkscs cp950",
    "cp932": "shift_jis shift-jis sjis x-sjis ms_kanji windows-31j ms932 cp932",
    "cp949": "euc-kr euc_kr ks_c_5601-1987 ksc5601 ks_c_5601 windows-949 uhc cp949",
    "gb18030": "gb18030 gbk gb2312 gb_2312-80 x-gbk cp936 chinese",
    "euc_jp": "euc-jp euc_jp x-euc-jp", "cp866": "cp866 ibm866 866", "cp874": "windows-874 tis-620 cp874",
    "koi8-r": "koi8-r koi8_r koi8 koi", "koi8-u": "koi8-u koi8-ru",
    "cp1252": "iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 l1 ascii us-ascii ansi cp819 "
    "windows-1252 cp1252 x-cp1252",
    "cp1254": "iso-8859-9 iso8859-9 latin5 windows-1254 cp1254 x-cp1254",
    "iso8859-2": "iso-8859-2 iso8859-2 latin2",
    **{f"iso8859-{n}": f"iso-8859-{n} iso8859-{n}" for n in (3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **{f"cp{n}": f"windows-{n} cp{n} x-cp{n}" for n in range(1250, 1259) if n not in (1252, 1254)},
}  # fmt: skip
_LABELS = {label: codec for codec, labels in _DECLARED.items() for label in labels.split()}
_XML = re.compile(rb"\s{0,20}<\?xml\s[^>]{0,200}?\bencoding\s{0,4}=\s{0,4}[\"']([\w.:-]{1,40})[\"']")
_META = re.compile(rb"<meta\s[^>]{0,200}?\bcharset\s{0,4}=\s{0,4}[\"']?\s{0,4}([\w.:-]{1,40})", re.IGNORECASE)


def declared_in(head: bytes) -> str:
    """Name the encoding that XML or HTML declares; empty without one, and where it is none of the known."""
    if not head.lstrip().startswith(b"<"):
        return ""
    found = _XML.match(head) or _META.search(head)
    return known_codec(found[1].decode("ascii", "replace")) if found else ""


def known_codec(label: str) -> str:
    """Name the codec that a label of an encoding means in practice, as browsers take it; empty for unknown ones.

    Source: https://encoding.spec.whatwg.org/#names-and-labels

    Examples
    --------
    >>> known_codec("ISO-8859-1"), known_codec("GB2312"), known_codec("utf-7")
    ('cp1252', 'gb18030', '')
    """
    return _LABELS.get(label.strip().lower(), "")
