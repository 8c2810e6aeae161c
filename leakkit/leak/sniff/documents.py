"""Text documents and settings with a structure of their own: markup, keys, front matter, YAML, INI, licences."""

from __future__ import annotations

import re

from leakkit.leak import languages
from leakkit.leak.names import formats_by_name
from leakkit.leak.sniff import tables as sniff_tables

Found = tuple[str, str] | None

WINDOW = 4096
"""How many bytes of a text are looked at."""

_NO_MARKUP = frozenset({"md", "markdown", "rst", "tex"})
_OPEN_PARTS = (b"PUBLIC KEY", b"PUBLIC KEY BLOCK", b" PARAMETERS")
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
_MLFLOW = re.compile(rb"(?m)^flavors:[ \t]*\r?$")
_MLFLOW_KEY = re.compile(rb"(?m)^[ \t]+(?:loader_module|python_function|mlflow_version):|^mlflow_version:")
_DVC = re.compile(rb"(?m)^outs:[ \t]*\r?\n[ \t]*- (?:md5|etag|checksum|hash|size|path): ?\S")
_TAG = re.compile(rb"<([A-Za-z_][\w:.-]{0,100})")
_BUSY_TAG = re.compile(rb"<[\w:.-]{1,100}(?:\s+[\w:.-]{1,100}\s*=|\s*/?>\s*<|\s*/>)")
_ROOT = re.compile(rb"<(PMML|net)[\s>]")
_SECTION = re.compile(rb"\[\[?[^\[\]\n\"']{1,200}\]?\][ \t]*(?:[#;].{0,200})?\r?(?:\n|\Z)")
_TOML_VALUE = re.compile(
    rb"(?m)^[\w.\"-]+[ \t]*=[ \t]*(?:[\"'\[{]|true\b|false\b|[-+]?\d[\d_.eE:TZ-]*[ \t]*\r?$)"
)
_ASSIGNMENT = re.compile(rb"(?m)^[\w.-]{1,100}[ \t]*[=:]")
_DOTENV = re.compile(rb"(?:export[ \t]+)?[A-Za-z_][A-Za-z0-9_.]{0,100}[ \t]*=")
_LICENCE_START = re.compile(
    rb"\s{0,80}(?:apache license|(?:the )?mit license|"
    rb"gnu (?:lesser |affero |library )?general public license|"
    rb"mozilla public license|bsd \d-clause|isc license|this is free and unencumbered|boost software license|"
    rb"creative commons |attribution 4\.0|permission is hereby granted|llama \d(?:\.\d)? community license|"
    rb"gemma terms of use|bigscience |eclipse public license|"
    rb"copyright \(c\) \d{4}.{0,200}\s+permission is hereby)",
    re.IGNORECASE | re.DOTALL,
)


def by_angle(body: bytes, base: str, extension: str) -> Found:
    """Begin with an angle bracket: bucket listing, HTML, XML, PHP; a log line of syslog begins so too."""
    window = body[:WINDOW]
    listing = _LISTING.search(window)
    if listing is not None:
        return ("azure-xml" if listing[1] == b"EnumerationResults" else "s3-xml"), "structure"
    if window.startswith(b"<?php"):
        return "source-code", "structure"
    if extension in _NO_MARKUP or extension in languages.EXTENSIONS:
        return None
    if window[:5].lower() == b"<?xml":
        return ("html" if b"<html" in window[:1024] else _xml_kind(window)), "structure"
    if _HTML.match(window) or (window.startswith(b"<!--") and b"<html" in window.lower()):
        return "html", "structure"
    if not _XML.match(window) or b">" not in window:
        return None
    if extension in ("html", "htm"):
        return "html", "extension"
    if formats_by_name(base)[:1] != ("xml",) and not _is_markup(body):
        return None
    return _xml_kind(window), "structure"


def _is_markup(body: bytes) -> bool:
    """Tell a first tag that is closed, has attributes or holds another tag: words in angle brackets are none."""
    name = _TAG.match(body)
    return name is None or b"</" + name[1] + b">" in body or _BUSY_TAG.match(body) is not None


def _xml_kind(window: bytes) -> str:
    """Models in PMML and OpenVINO's intermediate representation, by their root."""
    root = _ROOT.search(window[:2048])
    if root is None:
        return "xml"
    if root[1] == b"PMML":
        return "pmml"
    return "openvino-ir" if b"<layers>" in window and b"version=" in window else "xml"


def by_dash(body: bytes, base: str, extension: str) -> Found:
    """Begin with a dash: PEM, front matter, YAML."""
    if body.startswith((b"-----BEGIN ", b"---- BEGIN SSH2")):
        return by_pem(body)
    if _FRONT_MATTER.match(body):
        return _front_matter(body, base, extension)
    return None


def by_pem(body: bytes) -> Found:
    """A private key anywhere in the head wins over certificates and public keys beside it."""
    kinds = _PEM.findall(body)
    if any(kind == b"OPENSSH PRIVATE KEY" or kind.startswith(b"SSH2 ENCRYPTED") for kind in kinds):
        return "ssh-private-key", "structure"
    if any(b"PRIVATE KEY" in kind for kind in kinds):
        return "pem-private-key", "structure"
    if any(b"CERTIFICATE" in kind or kind in (b"PKCS7", b"X509 CRL") for kind in kinds):
        return "certificate", "structure"
    return (
        ("public-key", "structure")
        if kinds == [] or any(kind.endswith(_OPEN_PARTS) for kind in kinds)
        else None
    )


def _front_matter(body: bytes, base: str, extension: str) -> Found:
    """Between two lines of dashes stands YAML; a text after it makes a card or a page."""
    window = body[: WINDOW * 2]
    start = window.find(b"\n") + 1
    end = window.find(b"\n---", start - 1)
    matter = window[start : end if end >= 0 else None]
    if extension in ("yaml", "yml"):
        return yaml_kind(body, base, extension)
    readme = base.startswith(("readme", "model_card", "modelcard", "model-card"))
    if extension in ("md", "markdown", "", "txt") and (end >= 0 or len(window) < len(body)):
        if _CARD_KEY.search(matter) or (readme and _CARD_IN_README.search(matter)):
            return "model-card", "structure"
        if extension in ("md", "markdown"):
            return "markdown", "structure"
    if end >= 0 and body[end + 4 :].strip() and not is_mostly_yaml(body[end + 4 : end + 4 + WINDOW]):
        return (
            ("markdown", "structure")
            if extension not in sniff_tables.PLAIN or is_mostly_yaml(matter)
            else None
        )
    return yaml_kind(body, base, extension) if is_mostly_yaml(matter) else None


def is_mostly_yaml(window: bytes) -> bool:
    """Nine lines of ten are keys, items or comments, and one key is there."""
    lines = window.count(b"\n") + 1
    found = len(_YAML_KEY.findall(window))
    return found * 10 >= lines * 8 and b":" in window


def yaml_kind(body: bytes, base: str, extension: str) -> Found:
    """YAML; a merge recipe when it names its method, MLflow's when it lists flavours, DVC's when it has outs."""
    window = body[: WINDOW * 4]
    if _MERGEKIT.search(window):
        return "mergekit-config", "structure"
    if b"flavors:" in window and _MLFLOW.search(window) and _MLFLOW_KEY.search(window):
        return "mlflow-model", "structure"
    return ("dvc-pointer" if b"outs:" in window and _DVC.search(window) else "yaml"), "structure"


def by_section(body: bytes, base: str, extension: str) -> Found:
    """Tell TOML from INI by quoted and typed values; the extension decides when both would do."""
    if not _SECTION.match(body) or extension in ("md", "txt", "rst"):
        return None
    if extension in ("toml", "ini"):
        return extension, "structure"
    window = body[:WINDOW]
    typed, all_values = len(_TOML_VALUE.findall(window)), len(_ASSIGNMENT.findall(window))
    return ("toml" if typed and typed * 10 >= all_values * 9 else "ini"), "structure"


def markdown_kind(body: bytes, base: str, extension: str) -> Found:
    """Markdown, a card by its title, or a licence by its name."""
    if _CARD_TITLE.match(body) and base.startswith(("readme", "model")):
        return "model-card", "structure"
    return licence_kind(body, base) or ("markdown", "extension")


def yaml_by_name(body: bytes, base: str, extension: str) -> Found:
    """YAML by name; a merge recipe by its method."""
    found = yaml_kind(body, base, extension)
    return found if is_mostly_yaml(body[:WINDOW]) or found != ("yaml", "structure") else ("yaml", "extension")


def settings_by_name(body: bytes, base: str, extension: str) -> Found:
    """Settings without a section at the start."""
    window = body[:WINDOW]
    if extension == "toml":
        return "toml", "extension"
    if extension in ("ini", "properties") or _SECTION.search(window) or _ASSIGNMENT.search(window):
        return "ini", "extension"
    return None


def dotenv_by_name(body: bytes, base: str, extension: str) -> Found:
    """Names and values, a pair a line."""
    lines = sniff_tables.content_lines(body[:WINDOW])
    return ("dotenv", "structure") if any(_DOTENV.match(line) for line in lines) else None


def key_by_name(body: bytes, base: str, extension: str) -> Found:
    """Keys with a preamble (``openssl x509 -text``, bag attributes)."""
    return by_pem(body) if b"-----BEGIN " in body else None


def licence_kind(body: bytes, base: str) -> Found:
    """A licence by its name, or by its first words."""
    if base.startswith(("license", "licence", "copying", "unlicense")):
        return ("licence", "structure") if _LICENCE_START.match(body) else ("licence", "extension")
    return (
        ("licence", "structure")
        if body[:1] in b"AaTtMmGgBbIiCcPpLlEe" and _LICENCE_START.match(body[:400])
        else None
    )
