"""Whether four numbers with dots are a version of something or an address: by what stands before, behind and beside."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

import re

from leakkit.late import late

_VERSION_BEFORE = late(
    r"(?i)(?:\.so\.|[a-z})\]]-|(?<![^\s\"'=:,(<>|`])[~^]|(?:[\s,(]|(?<![\w)\]}\-/.])[\"'])[<>]|(?<!/)[a-z]/|/[\w.\-]+:|[a-z]\w*[.\-][\w.\-]*:[\w.\-]+:(?:[a-z]{2,4}:)?|\.jar:|\bv"
    r"|version(?:_?str(?:ing)?|_?num(?:ber)?|_?code|_?id)?[\\\"': =(,]{1,6}|\b(?:release|revision|build|rev|ver|firmware|release notes|image tag|docker tag|fixed in|patched in|broken since|introduced in)[\"': =]{1,4}"
    r"|\b(?:upgrad|downgrad|bump)\w{0,4}\b.{0,30}? (?:from|to) )\Z"
)
_VERSION_SIGNS, _VERSION_QUOTES = frozenset(".-/:vV\"'= (,<>~^"), "\"'= (,"
_VERSION_WORDS = (
    "version",
    "release",
    "revision",
    "build",
    "rev",
    "ver",
    "grad",
    "bump",
    "firmware",
    "tag",
    "fixed in",
    "patched in",
    "broken since",
    "introduced in",
)
"""What such a beginning ends with, and what must stand before a quote or blank."""

_VERSION_AFTER = re.compile(
    r"(?i)\.(?:jar|so|tar|whl|zip|dll|gz|deb|rpm|exe|tgz|nupkg|msi|dylib|apk|war|pom|conda|el\d)\b|@sha|[+~][a-z\d]|=py\d"
    r"|-(?:py|rc|beta|alpha|snapshot|dev|pre|post|final|ga|release|r\d|slim|alpine|jre|jdk|linux|win|x86|amd64|noarch|all|bin|src)"
)
_VERSION_BESIDE = re.compile(
    r"(?<=[\s|,;(\[{\"'=@<>])[v^~]?(?!\d\d\.\d\d\.\d\d(?!\d))\d{1,3}\.\d{1,3}\.\d{1,3}(?:[-+~]?[A-Za-z][\w.]*|-\d[\w.]*)?(?=[\s|,;)\]}\"'<>])"
    r"|[A-Za-z]\.[A-Z][a-z]\w* {1,9}\Z"
)
"""Another version of three parts, no date; or the name of a package of .NET right before."""

_ADDRESS_BEFORE = late(
    r"(?i)(?://|\b(?:ip|host|addr|port|peer|via|dst|src|inet)[ =:\"'(]{1,3}"
    r"|\b(?:root|admin|ubuntu|ec2-user|centos|debian|git|pi|deploy|user|vagrant|administrator)@"
    r"|\b(?:ping6?|nmap|traceroute|tracert|mtr|whois|telnet|dig|nslookup|arping|ssh|scp|rsync|netcat|nc|masscan) {1,2}"
    r"|\b(?:nameserver|name-server|gateway|gw|router|peers|remote|upstream|proxy_pass|neighbor|endpoint|broadcast|netmask|listen"
    r"|bind|allow|deny|addresses|hosts|servers|nodes|ips|dns|ntp|syslog|trusted|whitelist|blacklist|blocklist|banned?|lease)"
    r"[ =:\"'(\[{]{1,5}|\bX-[A-Za-z\-]{2,20}: ?)\Z"
)
_ADDRESS_AFTER = late(
    r"(?i)/\d{1,2}(?![\d.])|:\d{2,5}(?![\d.])| - |, ?(?:port|unknown)\b| port \d"
    r"|[\"'`]?[ \t,;|]{1,4}[\"'`(\[]?(?:(?:19|20|00)\d\d[-/]\d\d[-/]\d\d[T ]\d\d:|Mozilla/|(?:[0-9a-f]{2}[:-]){5}[0-9a-f])"
    r"|[ \t]{1,20}[a-z][\w\-]{0,24}(?:\.[\w\-]{1,20}){0,3}\.(?:com|net|org|local|lan|internal|intra|home|corp|io|dev|cloud|de|eu|uk|fr)\b"
)


def is_version(text: str, start: int, end: int) -> bool:
    """Tell whether four numbers with dots are a version: ``curl/16.34.36.36``, ``lib.so.22.5.25.36``."""
    return precedes_version(text, start) or follows_version(text, end)


def precedes_version(text: str, start: int | None = None) -> bool:
    """Tell whether what stands before a number, or at the end of the text, makes it a version."""
    start = len(text) if start is None else start
    tail = text[max(0, start - 40) : start]
    if tail.isascii() and (
        tail[-1:] not in _VERSION_SIGNS
        or (tail[-1:] in _VERSION_QUOTES and not any(word in tail.lower() for word in _VERSION_WORDS))
    ):
        return False
    return _VERSION_BEFORE.search(text, max(0, start - 40), start) is not None


def is_beside_version(stretch: str) -> bool:
    """Tell whether a stretch of text holds another version, of three parts."""
    return _VERSION_BESIDE.search(stretch) is not None


def precedes_address(stretch: str) -> bool:
    """Tell whether what ends a stretch of text stands before an address, not a version: ``http://``, ``root@``."""
    return _ADDRESS_BEFORE.search(stretch) is not None


def follows_address(stretch: str) -> bool:
    """Tell whether what begins a stretch of text stands after an address: a port, a mask, `` - - [``."""
    return _ADDRESS_AFTER.match(stretch) is not None


def follows_version(text: str, end: int = 0) -> bool:
    """Tell whether what stands after a number, or begins the text, makes it a version."""
    return _VERSION_AFTER.match(text, end) is not None
