"""Lines in which a tagger sees names that are none: texts of screens, kernel logs, options, merges of tokens."""

from __future__ import annotations

import re

from leakkit.pii.keys import entity_of_key
from leakkit.pii.weighing.known_names import is_word

_KEYED = re.compile(
    r"[ \t]{0,8}[\"']?(?P<key>[a-z][\w\-]{0,40}(?:\.[\w\-]{1,40}){1,8})[\"']?[ \t]?[=:][ \t]?"
)
_SCREEN = frozenset(
    "menu dialog toast button btn label title tooltip action actions error errors message messages msg prompt hint "
    "placeholder tab tabs toolbar statusbar status popup modal banner caption heading header footer nav view page "
    "screen form field column settings preferences prefs options help about confirm warning notification alert text "
    "strings i18n l10n locale ui gui cmd command commands shortcut accessibility aria".split()
)
_PEOPLE = frozenset(
    "author authors maintainer owner contact developer by name user person credits translator".split()
)
_NAMED = frozenset("PERSON USERNAME ORGANIZATION LOCATION CITY STATE COUNTRY STREET_ADDRESS".split())
_CREDITS = frozenset(
    "authors credits translator translators translated developer developers maintainer".split()
)
"""Words in the keys of texts on a screen that say who made it."""
_WORDS = re.compile(r"[a-z]+")
_STRINGS = re.compile(r"[ \t]{0,8}\"(?P<key>[^\"\n]{1,120})\" = \"|msg(?:id|str|id_plural)(?:\[\d\])? \"")
"""Lines of the text files of Apple's programs and of gettext."""

_KERNEL = re.compile(r"(?:<\d{1,2}>)?\[ {0,8}\d{1,7}\.\d{6}\](?:\[ ?[CT]\d{1,7}\])? ")
_UNIT = re.compile(
    r"systemd\[\d{1,9}\]: (?:\S+: )?(?:[A-Z][a-z]+(?:ed|ing) |Reached target |Found device )?"
    r"(?:(?!user |User )[\w./\-]+ ){0,8}\Z"
)
"""What systemd says of its units."""
_OPTION_BEFORE = re.compile(r"(?:^|\s)-{1,2}[A-Za-z]?\Z")
_OPTIONS = re.compile(r"\s-{1,2}[A-Za-z][\w\-]*")
_MERGED = re.compile(r"[Ġ▁Ċ]|(?:^|\s)##\w")
_RESOURCE = re.compile(
    r"<(?:string|item|plurals|string-array)(?=[ >])"
    r"(?:[^<>\n]{0,80} name=\"(?P<key>[A-Za-z][\w.\-]{0,80})\")?[^<>\n]{0,80}>[^<>]{0,200}\Z"
)
_REFERENCE = re.compile(
    r"[ \t]{0,8}(?:title|booktitle|journal|series|keywords|abstract|note)\s{0,12}=\s{0,4}[{\"][^\n]{0,400}\Z"
)
"""Fields of BibTeX in which words stand that begin with capitals."""
_TO_EQUALS = 32
"""Characters at the beginning of a line among which the sign of such a field stands."""
_ROFF = re.compile(r"\.(?:S[HSMB]|B[IR]?|I[BRP]?|R[BI]|T[HPI]|[PL]P|Nm|Fl|Ar|Cm|Xr|Sh|Ss|Pa|Sx) ?\"?")
"""What begins a line of the source of a manual page."""
_LOGGED = re.compile(
    r"(?i)(?<![^\W_])(?:log|fatal|error|err|warn|warning|info|debug|notice|critical|fehler|hinweis|erreur)\b"
)
"""Levels of events."""
_NEXT_WORD = re.compile(r"[^\W\d_]+")
_AROUND = 120
_FONTS = re.compile(r"(?i)\bfont(?:[_\-]?(?:family|name|face|stack))?s?[\"']?\s?[:=][^;{}\n]{0,180}\Z")
_CODE_POINTS = re.compile(r"(?:U\+)?[0-9A-F]{4,6}(?:(?:[ \-]|\.\.)[0-9A-F]{4,6}){0,9}\s{0,40};")
"""What begins the lines of files of Unicode."""


def is_screen_text(text: str, start: int, entity: str) -> bool:
    """Tell whether a tagged span is no name because of the kind of its line.

    ``en.menu.file.open=Open Recent``, ``[  1.203944] cpu2: TSC deadline adjusted``, ``gcc -Iinclude -O2``,
    ``inge Ġto`` among merges of tokens, ``.SH NAMES`` of a manual page.
    """
    first = text.rfind("\n", 0, start) + 1
    before = text[max(first, start - 200) : start]
    if _is_labelled(before) or (before.endswith("-") and _is_option(text, before, start)):
        return True
    if before.startswith(("<", "[")) and entity != "PERSON" and _KERNEL.match(before):
        return True
    if "systemd[" in before and _UNIT.search(before):
        return True
    if entity == "PERSON" and before.endswith(": ") and _is_message(text, before, start):
        return True
    if (
        before.endswith('"="')
        or _CODE_POINTS.match(text, first)
        or ("ont" in before and "font" in before.lower() and _FONTS.search(before))
    ):
        return True
    if text[first : first + 1] == "." and (macro := _ROFF.match(text, first)) and start < macro.end() + 1:
        return True
    if text.find("=", first, min(start, first + _TO_EQUALS)) >= 0 and _REFERENCE.match(text, first, start):
        return True
    return _is_merge(text, first, start)


def _is_message(text: str, before: str, start: int) -> bool:
    """Tell whether words behind a colon are a message in a line of a log: ``LOG:  client: Connection reset``."""
    word = _NEXT_WORD.match(text, start)
    return word is not None and is_word(word[0]) and _LOGGED.search(before) is not None


def _is_labelled(before: str) -> bool:
    """Say whether the key before is that of a text on a screen, by its path."""
    for sign, texts in ((">", _RESOURCE), ('"', _STRINGS)):
        if sign in before and (own := (texts.search if sign == ">" else texts.match)(before)) is not None:
            return not own["key"] or not _CREDITS.intersection(_WORDS.findall(own["key"].lower()))
    keyed = _KEYED.match(before) if "=" in before or ":" in before else None
    if keyed is None:
        return False
    parts = keyed["key"].lower().replace("_", ".").replace("-", ".").split(".")
    if _PEOPLE.intersection(parts):
        return False
    if _SCREEN.intersection(parts) and (parts[-1].isdigit() or parts[-1] in _SCREEN):
        return True
    if entity_of_key(keyed["key"]).entity in _NAMED:
        return False
    return bool(_SCREEN.intersection(parts)) or (len(parts) >= 4 and parts[-1].isdigit())


def _is_option(text: str, before: str, start: int) -> bool:
    """Say whether a span is the rest of an option of a command that has others."""
    if _OPTION_BEFORE.search(before) is None:
        return False
    line = before + text[start : text.find("\n", start) % (len(text) + 1)][:200]
    return len(_OPTIONS.findall(line)) >= 2


def _is_merge(text: str, first: int, start: int) -> bool:
    """Tell whether a span stands on a line of two tokens among others with the signs of tokens."""
    if start - first > _AROUND:
        return False
    last = text.find("\n", start) % (len(text) + 1)
    if last - first > _AROUND or len(text[first:last].split()) != 2:
        return False
    around = text[max(0, first - _AROUND) : last + _AROUND]
    return len(_MERGED.findall(around)) >= 3
