"""Text formats by their first lines, with the name as tie breaker; a few kilobytes are looked at."""

from __future__ import annotations

import re
from collections.abc import Callable

from leakkit.leak import languages, sniff_tables
from leakkit.leak.names import formats_by_name
from leakkit.leak.sniff_json import by_json_list, by_json_object

Found = tuple[str, str] | None
TextCheck = Callable[[bytes, str, str], Found]

_WINDOW = 4096
_BOM = b"\xef\xbb\xbf"
_REPLACEMENT = b"\xef\xbf\xbd"
_SHORT = 64
_ACCESS_REACH = 700

_PEM = re.compile(rb"-----BEGIN ([A-Z0-9 ]{3,60})-----")
_HTML = re.compile(
    rb"(?i)<(?:!doctype html|html|head|body|title|script|div|p|table|meta|style|h[1-6]|center|a|br)[\s>/]"
)
_LISTING = re.compile(rb"<(?:\w{1,20}:)?(ListBucketResult|ListVersionsResult|EnumerationResults)[\s>]")
_XML = re.compile(rb"<(?:\?xml|!DOCTYPE|!--|[A-Za-z_][\w:.-]{0,100})[\s>/?]")
_FRONT_MATTER = re.compile(rb"---[ \t]*\r?\n")
_CARD_KEY = re.compile(
    rb"(?m)^(?:license|licence|license_name|base_model|library_name|pipeline_tag|model-index|model_name|datasets|"
    rb"task_categories|size_categories|dataset_info|annotations_creators|pretty_name|inference|extra_gated_\w+|sdk):"
)
_CARD_IN_README = re.compile(rb"(?m)^(?:tags|language|languages|metrics|configs|thumbnail|widget):")
_CARD_TITLE = re.compile(rb"#{1,3} (?:Model|Dataset) Card\b")
_YAML_KEY = re.compile(
    rb"(?m)^[ \t]*(?:- )*[\w./\"'-]{1,100}[ \t]?:(?:[ \t]|\r?$)|^[ \t]*- |^[ \t]*#|^[ \t]*\r?$|^---|^\.\.\."
)
_MERGEKIT = re.compile(rb"(?m)^merge_method[ \t]*:")
_SECTION = re.compile(rb"\[\[?[^\[\]\n\"']{1,200}\]?\][ \t]*(?:[#;].{0,200})?\r?(?:\n|\Z)")
_TOML_VALUE = re.compile(
    rb"(?m)^[\w.\"-]+[ \t]*=[ \t]*(?:[\"'\[{]|true\b|false\b|[-+]?\d[\d_.eE:TZ-]*[ \t]*\r?$)"
)
_ASSIGNMENT = re.compile(rb"(?m)^[\w.-]{1,100}[ \t]*[=:]")
_LINE = re.compile(
    rb"(?P<pointer>version https://git-lfs\.github\.com/spec/v1)"
    rb"|(?P<ssh_public>(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S{1,40}|sk-ssh-\S{1,40}) AAAA)"
    rb"|(?P<ssh_private>PuTTY-User-Key-File-\d)"
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
_DOTENV = re.compile(rb"(?:export[ \t]+)?[A-Za-z_][A-Za-z0-9_.]{0,100}[ \t]*=")
_DOTENV_UPPER = re.compile(rb"(?:export[ \t]+)?[A-Z_][A-Z0-9_]{1,100}=")
_SECRET_WORD = re.compile(rb"KEY|TOKEN|SECRET|PASS|PWD|CREDENTIAL|DSN|_URL|AUTH")
_OLD_PICKLE = re.compile(
    rb"\(*(?:[ldt](?:p\d+)?\n|[ldt][p.(cSVIFaes]|[ci][\w.]{1,200}\r?\n[\w.<>]{1,200}\r?\n"
    rb"|(?:S['\"]|[IFL]-?\d|V)[^\n]{0,500}\n(?:p\d|[.()tasueIFLSVNc0iolbdgR}\]]))|[\]}N)](?:p\d+\n|q.|[.(])"
)
_PICKLE_STARTS = frozenset(b"(c]}SVIFLN)")
_LICENCE_START = re.compile(
    rb"\s{0,80}(?:apache license|(?:the )?mit license|"
    rb"gnu (?:lesser |affero |library )?general public license|"
    rb"mozilla public license|bsd \d-clause|isc license|this is free and unencumbered|boost software license|"
    rb"creative commons |attribution 4\.0|permission is hereby granted|llama \d(?:\.\d)? community license|"
    rb"gemma terms of use|bigscience |eclipse public license|"
    rb"copyright \(c\) \d{4}.{0,200}\s+permission is hereby)",
    re.IGNORECASE | re.DOTALL,
)


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
        return "text", "structure"
    check = _BY_FIRST.get(body[0])
    if check is not None:
        found = check(body, base, extension)
        if found is not None:
            return found
    code = languages.EXTENSIONS.get(extension)
    if code is not None and not body.startswith(b"version https://git-lfs"):
        return "source-code", "extension"
    if body[0] in _PICKLE_STARTS and _OLD_PICKLE.match(body) and _is_old_pickle(source, head):
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
        head[:_WINDOW].decode("utf-8")
        return True
    except UnicodeDecodeError as error:
        if error.start >= _WINDOW - 4 or (
            error.start >= len(head) - 3 and error.reason == "unexpected end of data"
        ):
            return True
    return len(head) >= _SHORT or extension in _BY_EXTENSION


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
        return ("email", "structure") if len(set(_HEADERS.findall(body[:_WINDOW]))) >= 3 else None
    if kind == "checksum" and formats_by_name(base)[:1] == ("bagit",):
        return "bagit", "structure"
    return _LINE_FORMATS[kind or ""], "structure"


_LINE_FORMATS = {
    "pointer": "git-lfs-pointer", "ssh_public": "public-key", "ssh_private": "ssh-private-key",
    "mbox": "mbox",
    "bagit": "bagit", "manifest": "text-manifest", "checksum": "checksum-manifest", "access": "access-log",
}  # fmt: skip


def _by_brace(body: bytes, base: str, extension: str) -> Found:
    """Begin with a brace: JSON object or lines of them."""
    return by_json_object(body, base)


def _by_bracket(body: bytes, base: str, extension: str) -> Found:
    """Begin with a bracket: JSON list, section of an INI or TOML file, log line."""
    found = by_json_list(body, base)
    if found is not None:
        return found
    if sniff_tables.is_log(body[:_WINDOW]):
        return "log", "structure"
    if _SECTION.match(body) and extension not in ("md", "txt", "rst"):
        return _sections(body, base, extension)
    return None


def _sections(body: bytes, base: str, extension: str) -> Found:
    """Tell TOML from INI by quoted and typed values; the extension decides when both would do."""
    if extension in ("toml", "ini"):
        return extension, "structure"
    window = body[:_WINDOW]
    typed, all_values = len(_TOML_VALUE.findall(window)), len(_ASSIGNMENT.findall(window))
    return ("toml" if typed and typed * 10 >= all_values * 9 else "ini"), "structure"


def _by_angle(body: bytes, base: str, extension: str) -> Found:
    """Begin with an angle bracket: bucket listing, HTML, XML, PHP; a log line of syslog begins so too."""
    window = body[:_WINDOW]
    listing = _LISTING.search(window)
    if listing is not None:
        return ("azure-xml" if listing[1] == b"EnumerationResults" else "s3-xml"), "structure"
    if window.startswith(b"<?php"):
        return "source-code", "structure"
    if extension in ("md", "markdown", "vue", "svelte"):
        return None
    if window[:5].lower() == b"<?xml":
        return ("html" if b"<html" in window[:1024] else "xml"), "structure"
    if _HTML.match(window) or (window.startswith(b"<!--") and b"<html" in window.lower()):
        return "html", "structure"
    return ("xml", "structure") if _XML.match(window) and b">" in window else None


def _by_dash(body: bytes, base: str, extension: str) -> Found:
    """Begin with a dash: PEM, front matter, YAML."""
    if body.startswith((b"-----BEGIN ", b"---- BEGIN SSH2")):
        return _by_pem(body)
    if _FRONT_MATTER.match(body):
        return _front_matter(body, base, extension)
    return None


def _by_pem(body: bytes) -> Found:
    """A private key anywhere in the head wins over certificates and public keys beside it."""
    kinds = _PEM.findall(body)
    if any(kind == b"OPENSSH PRIVATE KEY" or kind.startswith(b"SSH2 ENCRYPTED") for kind in kinds):
        return "ssh-private-key", "structure"
    if any(b"PRIVATE KEY" in kind for kind in kinds):
        return "pem-private-key", "structure"
    if any(b"CERTIFICATE" in kind or kind == b"PKCS7" for kind in kinds):
        return "certificate", "structure"
    return (
        ("public-key", "structure") if kinds == [] or any(b"PUBLIC KEY" in kind for kind in kinds) else None
    )


def _front_matter(body: bytes, base: str, extension: str) -> Found:
    """Between two lines of dashes stands YAML; a text after it makes a card or a page."""
    window = body[: _WINDOW * 2]
    start = window.find(b"\n") + 1
    end = window.find(b"\n---", start - 1)
    matter = window[start : end if end >= 0 else None]
    if extension in ("yaml", "yml"):
        return _yaml(body, base, extension)
    readme = base.startswith(("readme", "model_card", "modelcard", "model-card"))
    if extension in ("md", "markdown", "", "txt") and (end >= 0 or len(window) < len(body)):
        if _CARD_KEY.search(matter) or (readme and _CARD_IN_README.search(matter)):
            return "model-card", "structure"
        if extension in ("md", "markdown"):
            return "markdown", "structure"
    if end >= 0 and body[end + 4 :].strip() and not _mostly_yaml(body[end + 4 : end + 4 + _WINDOW]):
        return (
            ("markdown", "structure") if extension not in sniff_tables.PLAIN or _mostly_yaml(matter) else None
        )
    return _yaml(body, base, extension) if _mostly_yaml(matter) else None


def _mostly_yaml(window: bytes) -> bool:
    """Nine lines of ten are keys, items or comments, and one key is there."""
    lines = window.count(b"\n") + 1
    found = len(_YAML_KEY.findall(window))
    return found * 10 >= lines * 8 and b":" in window


def _yaml(body: bytes, base: str, extension: str) -> Found:
    """YAML; a merge recipe when it names its method."""
    return ("mergekit-config" if _MERGEKIT.search(body[: _WINDOW * 4]) else "yaml"), "structure"


def _by_hash(body: bytes, base: str, extension: str) -> Found:
    """Begin with a hash: a script, a W3C log, else comments in front of what follows."""
    if body.startswith(b"#!"):
        return "source-code", "structure"
    if extension not in sniff_tables.PLAIN or body.startswith(
        (b"#Version: 1.0", b"#Software: ", b"#Fields: ")
    ):
        return None
    lines = body[:_WINDOW].split(b"\n")
    rest = b"\n".join(
        lines[next((i for i, line in enumerate(lines) if line.strip() and line[:1] != b"#"), len(lines)) :]
    )
    return _by_line(rest, base, extension) if rest else None


def _by_extension_table(body: bytes, base: str, extension: str) -> Found:
    """Separated values: the constant separator decides which, the name that it is a table at all."""
    separator = sniff_tables.separator_of(body[:_WINDOW])
    if separator is None:
        if sniff_tables.is_log(body[:_WINDOW]):
            return "log", "structure"
        return ("tsv" if extension in ("tsv", "tab") else "csv"), "extension"
    return ("tsv" if separator == b"\t" else "csv"), "structure"


def _by_extension_markdown(body: bytes, base: str, extension: str) -> Found:
    """Markdown, a card by its title, or a licence by its name."""
    if _CARD_TITLE.match(body) and base.startswith(("readme", "model")):
        return "model-card", "structure"
    return _licence(body, base) or ("markdown", "extension")


def _by_extension_yaml(body: bytes, base: str, extension: str) -> Found:
    """YAML by name; a merge recipe by its method."""
    found = _yaml(body, base, extension)
    return (
        found
        if _mostly_yaml(body[:_WINDOW]) or found == ("mergekit-config", "structure")
        else ("yaml", "extension")
    )


def _by_extension_log(body: bytes, base: str, extension: str) -> Found:
    """A log by name, surer when its lines begin like one."""
    if sniff_tables.is_bucket_listing(body[:_WINDOW]):
        return "aws-s3-ls", "structure"
    return "log", "structure" if sniff_tables.is_log(body[:_WINDOW]) else "extension"


def _by_extension_ini(body: bytes, base: str, extension: str) -> Found:
    """Settings without a section at the start."""
    window = body[:_WINDOW]
    if extension == "toml":
        return "toml", "extension"
    if extension in ("ini", "properties") or _SECTION.search(window) or _ASSIGNMENT.search(window):
        return "ini", "extension"
    return None


def _by_extension_env(body: bytes, base: str, extension: str) -> Found:
    """Names and values, a pair a line."""
    lines = sniff_tables.content_lines(body[:_WINDOW])
    return ("dotenv", "structure") if any(_DOTENV.match(line) for line in lines) else None


def _by_extension_key(body: bytes, base: str, extension: str) -> Found:
    """Keys with a preamble (``openssl x509 -text``, bag attributes)."""
    return _by_pem(body) if b"-----BEGIN " in body else None


def _fixed(format: str) -> TextCheck:
    """Give a check that believes the extension."""
    return lambda body, base, extension: (format, "extension")


_BY_FIRST: dict[int, TextCheck] = {
    0x7B: _by_brace, 0x5B: _by_bracket, 0x3C: _by_angle, 0x2D: _by_dash, 0x23: _by_hash,
}  # fmt: skip
_BY_EXTENSION: dict[str, TextCheck | None] = {
    "csv": _by_extension_table, "tsv": _by_extension_table, "tab": _by_extension_table,
    "md": _by_extension_markdown, "markdown": _by_extension_markdown, "yaml": _by_extension_yaml,
    "yml": _by_extension_yaml,
    "log": _by_extension_log, "ini": _by_extension_ini, "cfg": _by_extension_ini, "conf": _by_extension_ini,
    "properties": _by_extension_ini, "toml": _by_extension_ini, "env": _by_extension_env,
    "pem": _by_extension_key,
    "crt": _by_extension_key, "key": _by_extension_key, "cer": _by_extension_key, "asc": _by_extension_key,
    "html": _fixed("html"), "htm": _fixed("html"), "rst": _fixed("text"), "tex": _fixed("text"),
    "srt": _fixed("text"),
    "bib": _fixed("text"), "txt": None,
}  # fmt: skip


def _by_name(body: bytes, base: str, extension: str) -> Found:
    """Whole names that tell: Makefile, .env, LICENSE, README."""
    if base in languages.FILE_NAMES:
        return "source-code", "extension"
    if base.startswith(".env"):
        return _by_extension_env(body, base, extension)
    return _licence(body, base)


def _licence(body: bytes, base: str) -> Found:
    """A licence by its name, or by its first words."""
    if base.startswith(("license", "licence", "copying", "unlicense")):
        return ("licence", "structure") if _LICENCE_START.match(body) else ("licence", "extension")
    return (
        ("licence", "structure")
        if body[:1] in b"AaTtMmGgBbIiCcPpLlEe" and _LICENCE_START.match(body[:400])
        else None
    )


def _by_lines(body: bytes, base: str, extension: str) -> Found:
    """Text whose name tells nothing: listings, logs, tables, settings, code, else plain text."""
    window = body[:_WINDOW]
    if sniff_tables.is_bucket_listing(window):
        return "aws-s3-ls", "structure"
    if sniff_tables.is_log(window):
        return "log", "structure"
    if b"-----BEGIN " in window and (b"Bag Attributes" in window or window.startswith(b"Certificate:")):
        return _by_pem(body)
    separator = sniff_tables.separator_of(window, strict=True)
    if separator is not None:
        return ("tsv" if separator == b"\t" else "csv"), "structure"
    if extension in sniff_tables.PLAIN:
        lines = sniff_tables.content_lines(window)
        if len(lines) > 1 and all(map(_DOTENV_UPPER.match, lines)) and _SECRET_WORD.search(window):
            return "dotenv", "structure"
        if languages.language_from_lines(window):
            return "source-code", "structure"
        if extension != "txt" and len(lines) > 2 and _mostly_yaml(window):
            return _yaml(body, base, extension)
    return "text", "structure"
