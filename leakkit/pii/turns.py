"""Who takes turns in a chat, by nicks: lines that begin alike, with a time, brackets or a colon, and names of accounts.

One line says little, since settings and logs have keys and programs at the same place. Several say more: who speaks
comes again, others answer, what is said are sentences, and one of those who speak has a name that only accounts have.
"""

# ruff: noqa: E501 - patterns read better on long lines

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leakkit.late import late
from leakkit.pii.talk import are_points, is_measured, is_numbered, is_said, is_series, is_talk, is_thing
from leakkit.pii.validators.contact import username
from leakkit.pii.validators.nicks import is_login, is_nick, is_role, nick_called

_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[ \u202f\u00a0]?[AaPp]\.?[Mm]\.?)?"
_DAY = r"(?:\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})"
_TIME = rf"[\[(]?(?:{_DAY}(?:,? |T))?{_CLOCK}[\])]?"
_NICK = r"[^\W\d][\w.^`|~*-]{1,31}(?:#\d{4})?"
_TURN = late(
    rf"(?m)^(?:(?P<time>{_TIME})[ \t]*(?:[-–|] )?)?"
    rf"(?:@?(?P<plain>{_NICK})[ ]?(?:: |：|[ ]?\| )|<[@+~&% ]?(?P<angle>{_NICK})>[ ]|\d{{0,3}}[.)]?[ ]?\[(?P<square>{_NICK})\]:?[ ])"
    r"[ \t]*(?P<said>\S[^\n]*)"
)
"""A line of a chat: the time or none, who speaks, and what is said."""
_HEAD = late(
    rf"(?m)^@?(?P<nick>{_NICK})(?:[ \t]{{2,8}}|[ ][—–•·|-][ ](?:[A-Z][a-z]{{2,9}} (?:at )?)?|[ ])(?=\d|\[|\()"
    rf"{_TIME}[ \t]*$"
)
"""A line with who speaks and the time, before those that are said."""
_ROLE = late(rf"(?m)^[^\W\d_a-z][^\W\d_]{{2,14}} \((?P<nick>{_NICK})\)[:：]")
"""A role, who has it, and a colon: ``Agent (mara_e):``."""
_VERBS = (
    r"(?:wrote|said|writes|commented|replied|posted|schrieb|meinte|antwortete|a écrit|escribió|dijo|ha scritto|scrisse|escreveu|"
    r"disse|schreef|skrev|kirjoitti|napisał[a]?|napsala?|írta|yazdı|написала?|пишет|сказала?)"
)
_BEHIND_VERB = r"(?: ?[:：]|[ ](?:on|at|am|um|le|el|il|em|op|den|in)"
_WROTE = late(rf"(?m)^>*[ ]?@?(?P<nick>{_NICK}) {_VERBS}{_BEHIND_VERB}\b)")
"""Who is quoted or has commented."""

_RANK = late(
    rf"(?m)^[ \t]{{0,4}}(?:#?\d{{1,3}}[.):]?|[-*•])[ \t]{{1,4}}@?(?P<nick>{_NICK})[ \t]{{0,20}}(?:[—–:(|→-]|[ ])[ \t]*"
    r"(?P<said>[+-]?\d[\d.,]*(?:[ ]?(?:%|[a-zA-Z]{1,8}))?\)?)[ \t]*$"
)
"""A line of a table of points: the place, who has it, and a number."""

SIGNS = (
    r"(?:^|[\n>])[ ]?(?:[\[(]?[\dT:./, -]{4,22}(?: ?[ap]m)?[\])]?[ \t]*(?:(?:-|–|\|) )?)?(?:"
    r"@?(?:[a-z]|[^\x00-\x7f])(?:[\w.^`|~*-]|[^\x00-\x7f]){1,60}(?:#\d{4})?(?: ?: [^\n]|[ ]?：| \| [^\n])"
    r"|<[@+~&% ]?(?:[a-z]|[^\x00-\x7f])[^\n>]{1,60}> |\d{0,3}[.)]?[ ]?\[(?:[a-z]|[^\x00-\x7f])[^\n\]]{1,60}\]:? [^\n])"
    r"|(?:^|\n)@?(?:[a-z]|[^\x00-\x7f])(?:[\w.^`|~*-]|[^\x00-\x7f]){1,60}(?:#\d{4})?[ \t][^\n]{0,16}?[\[(]?\d{1,2}[:.]\d\d[^\n]{0,9}(?:\n|$)"
    r"|(?:^|\n)[ \t]{0,4}(?:#?\d{1,3}[.):]?|[-*]|\xe2\x80\xa2)[ \t]{1,4}@?[a-z][\w.^`|~*-]{1,32}[ \t]{0,20}(?:[\xe2:(|-]|[ ])[^\n]{0,6}\d"
    r"|(?:^|\n)[A-Z][a-z]{2,14} \([a-z][\w.-]{1,32}\):"
    rf"|(?:^|[\n>])[ ]?@?[a-z][\w.-]{{1,32}} {_VERBS}{_BEHIND_VERB}(?:[^\w]|$))"
)
"""What each form holds at least, without regard to case."""

_LINE_END = re.compile(r"\n")
_MACHINE = re.compile(
    r"^<?https?://|^\.{0,2}/\w|[={}\\]|\b[0-9a-f]{8,}\b|->|0x[0-9a-f]|\w/\w+/|^\W*$|^(?:true|false|null|none)$|^[\d.,:/ -]+$|^[\"'\[]"
)
_LEVEL = re.compile(r"\b(?:INFO|WARN(?:ING)?|ERROR|DEBUG|TRACE|FATAL|CRITICAL|NOTICE)\b")
_SIGN = re.compile(r"[0-9._^`|~-]|[a-z][A-Z]")
_SMALL = re.compile(r"[a-z][a-z0-9._-]{2,31}")
_LONGEST, _FEWEST = 100_000, 2
UNSURE = 0.45
"""Score of a nick that may be the name of a person."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """One line: where who speaks stands, how, under which kind of line, and what is said."""

    start: int
    end: int
    nick: str
    timed: bool
    said: str


def nicks(text: str) -> list[tuple[int, int, float]]:
    r"""Give where the nicks of those who speak stand, and how sure that is.

    Parameters
    ----------
    text : str
        A text of one or more lines.

    Returns
    -------
    list of (int, int, float)
        In order of place; the score is lower for nicks that may be names of people.

    Examples
    --------
    >>> text = "[21:04] cavalju: do you have the number?\n[21:05] joao_z40: yes, wait"
    >>> [text[start:end] for start, end, _ in nicks(text)]
    ['cavalju', 'joao_z40']
    """
    if len(text) > _LONGEST:
        return []
    lines = _lines(text)
    found = dict.fromkeys(_single(text, lines), 0.6)
    kinds: dict[str, list[_Turn]] = defaultdict(list)
    for hit in _hits(_TURN, text, lines):
        kind = next(name for name in ("plain", "angle", "square") if hit[name])
        turn = _Turn(hit.start(kind), hit.end(kind), hit[kind], bool(hit["time"]), hit["said"])
        short = turn.timed and hit["time"].count(":") == 1
        kinds[f"{kind}{turn.timed}{'Short' if short else ''}"].append(turn)
    for hit in _hits(_HEAD, text, lines):
        kinds["head"].append(
            _Turn(hit.start("nick"), hit.end("nick"), hit["nick"], True, _below(text, hit.end()))
        )
    for hit in _hits(_RANK, text, lines):
        kinds["rank"].append(_Turn(hit.start("nick"), hit.end("nick"), hit["nick"], False, hit["said"]))
    for kind, turns in kinds.items():
        if _is_chat(kind, turns):
            for turn in turns:
                if not (is_role(turn.nick) or is_numbered(turn.nick)):
                    score = 0.6 if _SIGN.search(turn.nick) or _SMALL.fullmatch(turn.nick) else UNSURE
                    found.setdefault((turn.start, turn.end), score)
    return sorted((start, end, score) for (start, end), score in found.items())


def _lines(text: str) -> list[int]:
    """Give where the lines of a text begin."""
    return [0, *(end.end() for end in _LINE_END.finditer(text))]


def _hits(form: re.Pattern[str], text: str, lines: Sequence[int]) -> Iterator[re.Match[str]]:
    """Give the matches of a form of a line, which begin where lines do and end before the next."""
    match = form.match
    return (hit for begin in lines if (hit := match(text, begin)) is not None)


def _single(text: str, lines: Sequence[int]) -> list[tuple[int, int]]:
    """Give the nicks of lines that tell them alone."""
    found = []
    for form in (_ROLE, _WROTE):
        for hit in _hits(form, text, lines):
            if is_nick(hit["nick"]) or (form is _WROTE and is_login(hit["nick"])):
                found.append(hit.span("nick"))
    return found


def _below(text: str, place: int) -> str:
    """Give the line below a place."""
    return text[place + 1 : text.find("\n", place + 1) % (len(text) + 1)]


def _is_chat(kind: str, turns: list[_Turn]) -> bool:
    """Tell whether lines of one kind are turns of people who go by nicks."""
    people = {turn.nick for turn in turns if not (is_role(turn.nick) or is_numbered(turn.nick))}
    strong = {nick for nick in people if nick_called(nick) and _SIGN.search(nick)}
    if len(turns) < _FEWEST or not people or 2 * sum(turn.nick in people for turn in turns) < len(turns):
        return False
    if kind == "rank":
        return _are_players(turns, strong)
    spoken = sum(_MACHINE.search(turn.said) is None for turn in turns)
    if 2 * spoken < len(turns) or any(_LEVEL.search(t.said) for t in turns):
        return False
    said = is_said([turn.nick for turn in turns if turn.nick in people], [turn.said for turn in turns])
    if kind == "plainFalse":
        return said and _are_answers(turns, people, strong)
    plain = {nick for nick in people if is_login(nick)}
    if kind == "head" or kind.startswith("angle"):
        return said and bool(strong or plain)
    returns = len(turns) > len({turn.nick for turn in turns}) > 1
    small = kind.endswith("Short") and any(_SMALL.fullmatch(nick) for nick in people)
    return said and (bool(strong) or (returns and len(turns) > 2 and (bool(plain) or small)))


def _are_players(turns: list[_Turn], strong: set[str]) -> bool:
    """Tell whether lines with a number each are points of players, and no measures or settings."""
    names = {turn.nick for turn in turns}
    plain = {nick for nick in names if is_login(nick)}
    said = [turn.said for turn in turns]
    return (
        bool(strong)
        and 2 * len(strong | plain) >= len(names)
        and not _is_code(turns)
        and not is_series(names)
        and not is_measured(said)
        and (are_points(said) or not all(map(is_thing, names)))
    )


def _is_code(turns: list[_Turn]) -> bool:
    """Tell whether some names are those of programs: variables, files, parts of paths."""
    return any(username(turn.nick) is False or "__" in turn.nick for turn in turns)


def _are_answers(turns: list[_Turn], people: set[str], strong: set[str]) -> bool:
    """Tell whether lines without a time are a talk, and no settings: nicks that return, and sentences."""
    words = sum(len(turn.said.split()) > 1 or not turn.said.isascii() or is_talk(turn.said) for turn in turns)
    returns = len(turns) > len({turn.nick for turn in turns}) > 1
    if not strong or not returns or len(turns) < 3:
        return False
    return 4 * words >= 3 * len(turns) if _is_code(turns) else 3 * words >= len(turns)
