"""Text formats by their first lines, with the name as tie breaker; a few kilobytes are looked at."""

from __future__ import annotations

import re
from collections.abc import Callable

from leakkit.leak import languages
from leakkit.leak.names import formats_by_name
from leakkit.leak.sniff import documents as sniff_documents
from leakkit.leak.sniff import tables as sniff_tables
from leakkit.leak.sniff.documents import WINDOW
from leakkit.leak.sniff.json import by_json_list, by_json_object

Found = tuple[str, str] | None
TextCheck = Callable[[bytes, str, str], Found]

_BOM = b"\xef\xbb\xbf"
_SHORT = 64
_ACCESS_REACH = 700

_LINE = re.compile(
    rb"(?P<pointer>version https://git-lfs\.github\.com/spec/v1)"
    rb"|(?P<ssh_public>(?:ssh-(?:rsa|dss|ed25519)|(?:sk-)?ecdsa-sha2-[\w-]{1,40}|sk-ssh-[\w-]{1,40})"
    rb"(?:(?:-cert-v\d\d)?@openssh\.com)? AAAA)"
    rb"|(?P<r_data>A\r?\n[23]\r?\n\d{5,7}\r?\n\d{5,7}\r?\n)"
    rb"|(?P<ssh_private>PuTTY-User-Key-File-\d)"
    rb"|(?P<tiktoken>[A-Za-z0-9+/]{2,8}={0,2} 0\r?\n[A-Za-z0-9+/]{2,8}={0,2} 1\r?\n)"
    rb"|(?P<mbox>From \S{1,300} +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} )"
    rb"|(?P<bagit>BagIt-Version: ?\d)"
    rb"|(?P<manifest>url: https?://\S{1,500}\r?\n(?:.{0,200}\n){0,6}?sha256sum:)"
    rb"|(?P<checksum>(?:[0-9a-fA-F]{128}|[0-9a-fA-F]{96}|[0-9a-fA-F]{64}|[0-9a-fA-F]{40}|[0-9a-fA-F]{32})"
    rb" [ *]?\S.{0,2000}(?:\n|\Z)"
    rb"|(?:SHA(?:1|224|256|384|512)|MD5|BLAKE2b|BLAKE3) ?\(.{1,2000}\) ?= ?[0-9a-fA-F]{32,128})"
    rb"|(?P<access>#(?:Version: 1\.0|Software: |Fields: )"
    rb"|(?:https?|h2|grpcs?|wss?) \d{4}-\d\d-\d\dT[\d:.]{8,16}Z (?:app|net)/"
    rb"|[12]\.0;\d{4}-\d\d-\d\dT)"
    rb"|(?P<header>(?:Return-Path|Received|Delivered-To|From|To|Cc|Subject|Date|Message-ID|Message-Id|MIME-Version|Reply-To"
    rb"|X-[\w-]{1,60}|DKIM-Signature|Content-Type):[ \t])"
)
_ACCESS_TIME = re.compile(rb"(?:\S+ ){1,5}?\[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] ")
_LINE_STARTS = frozenset(b"vseFBuSMX0123456789abcdefABCDEFGHIJKLNOPQRTUVWYZhgijklmnopqrtwxyz#-:")
_HEADERS = re.compile(rb"(?m)^(?:From|To|Subject|Date|Message-ID|Message-Id|MIME-Version):[ \t]")
_DOTENV_UPPER = re.compile(rb"(?:export[ \t]+)?[A-Z_][A-Z0-9_]{1,100}=")
_SECRET_WORD = re.compile(rb"KEY|TOKEN|SECRET|PASS|PWD|CREDENTIAL|DSN|_URL|AUTH")
_OLD_PICKLE = re.compile(
    rb"\(*(?:[ldt](?:p\d+)?\n|[ldt][p.(cSVIFaes]|[ci][\w.]{1,200}\r?\n[\w.<>]{1,200}\r?\n"
    rb"|(?:S['\"]|[IFL]-?\d|V)[^\n]{0,500}\n(?:p\d|[.()tasueIFLSVNc0iolbdgR}\]]))|[\]}N)](?:p\d+\n|q.|[.(])"
)
_PICKLE_NAMES = frozenset({"pkl", "pickle", "joblib"})
_PICKLE_STARTS = frozenset(b"(c]}SVIFLN)")


def from_utf16(head: bytes) -> bytes:
    r"""Give UTF-16 or UTF-32 text as UTF-8; nothing when `head` is no such text.

    Without a byte-order mark every second byte must be zero in most of the first kilobyte.

    Examples
    --------
    >>> from_utf16("a,b\n".encode("utf-16"))
    b'a,b\n'
    """
    codec = _utf16_codec(head)
    if codec is None:
        return b""
    width = 4 if codec == "utf-32" else 2
    text = head[: len(head) // width * width].decode(codec, "replace").lstrip("\ufeff")
    if text.count("\ufffd") > len(text) // 10 or any(ord(c) < 9 for c in text[:1000]):
        return b""
    return text.encode("utf-8", "replace")


def _utf16_codec(head: bytes) -> str | None:
    """Name the codec by its mark or by where zero bytes stand."""
    if head[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff"):
        return "utf-32"
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    sample = head[: 1024 if len(head) >= 1024 else len(head) // 2 * 2]
    if len(sample) < 16:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.35 * len(sample) and not even:
        return "utf-16-le"
    return "utf-16-be" if even > 0.35 * len(sample) and not odd else None


def by_text(source: object, head: bytes, base: str, extension: str) -> Found:
    """Tell bytes without control characters; None when they are no text in any usual encoding."""
    if not head.isascii():
        if head[:3] == _BOM:
            head = head[3:]
        if not _is_text(head, extension):
            return None
    body = head.lstrip()
    if not body:
        return ("source-code", "extension") if extension in languages.EXTENSIONS else ("text", "structure")
    check = _BY_FIRST.get(body[0])
    if check is not None:
        found = check(body, base, extension)
        if found is not None:
            return found
    code = languages.EXTENSIONS.get(extension)
    if code is not None and not body.startswith(b"version https://git-lfs"):
        return "source-code", "extension"
    if (
        extension in _PICKLE_NAMES or (body[0] in _PICKLE_STARTS and _OLD_PICKLE.match(body))
    ) and _is_old_pickle(source, head):
        return "pickle", "structure"
    if body[0] in _LINE_STARTS:
        found = _by_line(body, base, extension)
        if found is not None:
            return found
    by_extension = _BY_EXTENSION.get(extension)
    if by_extension is not None:
        found = by_extension(body, base, extension)
        if found is not None:
            return found
    return _by_name(body, base, extension) or _by_lines(body, base, extension)


def _is_text(head: bytes, extension: str) -> bool:
    """UTF-8 (perhaps cut off at the end), or an older encoding in a text long enough to believe it."""
    try:
        head[:WINDOW].decode("utf-8")
        return True
    except UnicodeDecodeError as error:
        if error.start >= WINDOW - 4 or (
            error.start >= len(head) - 3 and error.reason == "unexpected end of data"
        ):
            return True
    return len(head) >= _SHORT or extension in _BY_EXTENSION or extension == "txt"


def _is_old_pickle(source: object, head: bytes) -> bool:
    """Protocol 0 is text; its opcodes must parse."""
    from leakkit.leak.formats.pickles import looks_like_pickle

    return looks_like_pickle(head, getattr(source, "size", len(head)))


def _by_line(body: bytes, base: str, extension: str) -> Found:
    """Tell what the first line alone gives away."""
    match = _LINE.match(body)
    if match is None or match.lastgroup == "checksum":
        start = body[:_ACCESS_REACH]
        if b"/2" in start and _ACCESS_TIME.match(start):
            return "access-log", "structure"
        if match is None:
            return None
    kind = match.lastgroup
    if kind == "header":
        return ("email", "structure") if len(set(_HEADERS.findall(body[:WINDOW]))) >= 3 else None
    if kind == "checksum" and formats_by_name(base)[:1] == ("bagit",):
        return "bagit", "structure"
    return _LINE_FORMATS[kind or ""], "structure"


_LINE_FORMATS = {
    "pointer": "git-lfs-pointer", "ssh_public": "public-key", "ssh_private": "ssh-private-key",
    "mbox": "mbox",
    "bagit": "bagit", "manifest": "text-manifest", "tiktoken": "tiktoken", "r_data": "r-data",
    "checksum": "checksum-manifest", "access": "access-log",
}  # fmt: skip


def _by_brace(body: bytes, base: str, extension: str) -> Found:
    """Begin with a brace: JSON object or lines of them."""
    return by_json_object(body, base)


def _by_bracket(body: bytes, base: str, extension: str) -> Found:
    """Begin with a bracket: JSON list, section of an INI or TOML file, log line."""
    found = by_json_list(body, base)
    if found is not None:
        return found
    if sniff_tables.is_log(body[:WINDOW]):
        return "log", "structure"
    return sniff_documents.by_section(body, base, extension)


def _by_hash(body: bytes, base: str, extension: str) -> Found:
    """Begin with a hash: a script, a W3C log, else comments in front of what follows."""
    if body.startswith(b"#!"):
        return "source-code", "structure"
    if extension not in sniff_tables.PLAIN or body.startswith(
        (b"#Version: 1.0", b"#Software: ", b"#Fields: ")
    ):
        return None
    lines = body[:WINDOW].split(b"\n")
    rest = b"\n".join(
        lines[next((i for i, line in enumerate(lines) if line.strip() and line[:1] != b"#"), len(lines)) :]
    )
    return _by_line(rest, base, extension) if rest else None


def _by_extension_table(body: bytes, base: str, extension: str) -> Found:
    """Separated values: the constant separator decides which, the name that it is a table at all."""
    separator = sniff_tables.separator_of(body[:WINDOW])
    if separator is None:
        if sniff_tables.is_log(body[:WINDOW]):
            return "log", "structure"
        return ("tsv" if extension in ("tsv", "tab") else "csv"), "extension"
    return ("tsv" if separator == b"\t" else "csv"), "structure"


def _by_extension_log(body: bytes, base: str, extension: str) -> Found:
    """A log by name, surer when its lines begin like one."""
    if sniff_tables.is_bucket_listing(body[:WINDOW]):
        return "aws-s3-ls", "structure"
    return "log", "structure" if sniff_tables.is_log(body[:WINDOW]) else "extension"


def _by_extension_json(body: bytes, base: str, extension: str) -> Found:
    """JSON with comments or names without quotes: settings of tools."""
    return ("json", "extension") if body.startswith((b"//", b"/*", b"{", b"[")) else None


def _fixed(format: str) -> TextCheck:
    """Give a check that believes the extension."""
    return lambda body, base, extension: (format, "extension")


_BY_FIRST: dict[int, TextCheck] = {
    0x7B: _by_brace, 0x5B: _by_bracket, 0x3C: sniff_documents.by_angle, 0x2D: sniff_documents.by_dash, 0x23: _by_hash,
}  # fmt: skip
_BY_EXTENSION: dict[str, TextCheck] = {
    **dict.fromkeys(("csv", "tsv", "tab"), _by_extension_table),
    **dict.fromkeys(("md", "markdown"), sniff_documents.markdown_kind),
    **dict.fromkeys(("yaml", "yml", "dvc"), sniff_documents.yaml_by_name),
    **dict.fromkeys(("ini", "cfg", "conf", "properties", "toml"), sniff_documents.settings_by_name),
    **dict.fromkeys(("pem", "crt", "key", "cer", "asc"), sniff_documents.key_by_name),
    **dict.fromkeys(("html", "htm"), _fixed("html")),
    **dict.fromkeys(("rst", "tex", "srt", "bib"), _fixed("text")),
    **dict.fromkeys(("json", "jsonc", "json5"), _by_extension_json),
    "log": _by_extension_log,
    "env": sniff_documents.dotenv_by_name,
}


def _by_name(body: bytes, base: str, extension: str) -> Found:
    """Whole names that tell: Makefile, .env, LICENSE, README."""
    if base in languages.FILE_NAMES:
        return "source-code", "extension"
    if base.startswith(".env"):
        return sniff_documents.dotenv_by_name(body, base, extension)
    return sniff_documents.licence_kind(body, base)


def _by_lines(body: bytes, base: str, extension: str) -> Found:
    """Text whose name tells nothing: listings, logs, tables, settings, code, else plain text."""
    window = body[:WINDOW]
    if sniff_tables.is_bucket_listing(window):
        return "aws-s3-ls", "structure"
    if sniff_tables.is_log(window):
        return "log", "structure"
    if b"-----BEGIN " in window and (b"Bag Attributes" in window or window.startswith(b"Certificate:")):
        return sniff_documents.by_pem(body)
    separator = sniff_tables.separator_of(window, strict=True)
    if separator is not None:
        return ("tsv" if separator == b"\t" else "csv"), "structure"
    if extension in sniff_tables.PLAIN:
        lines = sniff_tables.content_lines(window)
        if len(lines) > 1 and all(map(_DOTENV_UPPER.match, lines)) and _SECRET_WORD.search(window):
            return "dotenv", "structure"
        if languages.language_from_lines(window):
            return "source-code", "structure"
        if extension != "txt" and len(lines) > 2 and sniff_documents.is_mostly_yaml(window):
            return sniff_documents.yaml_kind(body, base, extension)
    return "text", "structure"
