"""Words with which letters are spelled on the radio or the telephone: ``Sierra Tango Alfa``, ``Anton Berta Cäsar``."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from leakkit.pii.weighing.known_names import is_full_name

if TYPE_CHECKING:
    from leakkit.pii.spans import Span
    from leakkit.pii.weighing.without_sentences import Held, Member

RADIO = frozenset(
    "alfa alpha bravo charlie delta echo foxtrot golf hotel india juliett juliet kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey whisky xray yankee zulu "
    "able baker dog easy fox george how item jig king love nan oboe peter queen roger sugar tare uncle william yoke zebra niner".split()
)
"""The alphabet of the radio, and the one before it."""
_OTHERS = (
    "anton ärger aerger berta bertha cäsar caesar charlotte dora emil friedrich gustav heinrich ida isidor julius kaufmann konrad ludwig martha nordpol nathan otto ökonom österreich paula quelle richard samuel siegfried "
    "schule eszett theodor ulrich übermut übel viktor wilhelm xanthippe xaver ypsilon zacharias zeppelin zürich albert david jakob niklaus "
    "aachen chemnitz düsseldorf essen frankfurt goslar hamburg ingelheim köln leipzig münchen offenbach potsdam quickborn rostock salzwedel tübingen umlaut unna völklingen wuppertal xanten zwickau bochum",
    "anatole berthe célestin désiré eugène émile françois gaston henri irma joseph kléber louis marcel nicolas pierre quintal raoul suzanne thérèse ursule xavier yvonne zoé adèle arthur charles eugénie gustave jules "
    "léon maria",
    "ancona bologna bari como cagliari domodossola empoli firenze genova imola jolly kursaal livorno milano napoli otranto palermo padova quarto roma savona torino taranto udine venezia verona washington xilofono york yacht zara",
    "adam bertil caesar david erik filip gustav helge ivar johan kalle ludvig martin niklas olof petter quintus rudolf sigurd tore urban viktor wilhelm xerxes yngve zäta åke ärlig östen anna bernhard cecilie edith fredrik "
    "harald karin peter quarto sofus teodor ulrik wilhelm ærlig østen årstad dobbelt",
    "antonio barcelona burgos carmen cáceres dolores david enrique españa francia gerona granada historia huelva inés italia josé kilo lorenzo llobregat lugo madrid murcia navarra oviedo parís pamplona querido queso ramón sábado "
    "sevilla tarragona toledo ulises uruguay valencia wáshington xiquena xilófono yegua zaragoza ñoño",
    "anna bernard cornelis dirk eduard edward ferdinand gerard hendrik izaak izak johan karel lodewijk maria nico otto pieter quotiënt rudolf simon teunis utrecht victor willem xantippe yvonne ijsbrand zaandam",
    "анна борис василий григорий дмитрий елена женя зинаида иван константин леонид михаил николай ольга павел роман семён татьяна ульяна фёдор харитон цапля человек шура щука твёрдый еры мягкий эхо юрий яков",
    "adam barbara celina dorota ewa edward franciszek grażyna henryk irena jadwiga karol leon łukasz maria natalia olga paweł quebec roman stanisław tadeusz urszula violetta wanda xantypa ypsylon zygmunt źrebak żaba",
    "aveiro bragança coimbra dafundo évora faro guarda horta itália josé lisboa maria nazaré ovar porto queluz rossio setúbal tavira unidade vidago xavier zulmira",
    "aarne bertta celsius daavid eemeli faarao gideon heikki iivari jussi kalle lauri matti niilo otto paavo risto sakari tyyne urho vihtori viski wiski äksä yrjö tseta åke äiti öljy",
)
_NAMES = frozenset(
    "charlie mike oscar romeo victor juliet papa sierra baker george peter roger william king".split()
)
"""Words of the radio that people are called by, too."""
_FEWEST, _SHARE = 12, 0.6
"""Words of alphabets that a member has at least, each with another letter, and what share of its names they are."""
_RUN = 3
_REACH = 60
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")


@cache
def _alphabets() -> tuple[frozenset[str], ...]:
    """Give the words of each alphabet; many are spelled with those of the radio, too."""
    return (RADIO, *(frozenset(words.split()) for words in _OTHERS))


@cache
def _all() -> frozenset[str]:
    """Give the words of all alphabets."""
    return frozenset().union(*_alphabets())


def without_spelling(spans: Sequence[Span], held: Held, own: str) -> list[Span]:
    """Leave out names that a tagger sees in lists of the words with which letters are spelled.

    Parameters
    ----------
    spans : sequence of Span
        All that was found.
    held : Held
        The members of the batch.
    own : str
        What the evidence of a tagger's names begins with.
    """
    known = _all()
    values: dict[Member, set[str]] = {}
    asked = [span for span in spans if span.evidence.startswith(own)]
    for span in asked:
        values.setdefault(held.member(span.row), set()).add(span.value)
    words = {value: _words(value) for value in set().union(*values.values())}
    spelled = {value for value, mine in words.items() if not known.isdisjoint(mine)}
    if not spelled:
        return list(spans)
    lists = {
        member for member, some in values.items() if _is_list(set().union(*(words[value] for value in some)))
    }
    gone = {id(span) for span in asked if span.value in spelled and _is_spelling(span, words, lists, held)}
    return [span for span in spans if id(span) not in gone]


def _is_spelling(span: Span, words: dict[str, frozenset[str]], lists: set[Member], held: Held) -> bool:
    """Tell whether a name is of words that spell letters, by where it stands."""
    mine = words[span.value]
    if held.member(span.row) in lists and (mine <= _all() or not is_full_name(span.value)):
        return True
    return mine <= RADIO and _is_called(held.text(span.row), span)


def _words(value: str) -> frozenset[str]:
    """Give the words of a name in lower case."""
    if value.isascii() and "-" not in value:
        return frozenset(_WORD.findall(value.lower()))
    return frozenset(word.lower().replace("x-ray", "xray") for word in _WORD.findall(value))


def _is_list(words: set[str]) -> bool:
    """Tell whether the words of the names of a member are mostly those of one or more alphabets."""
    if len(words & _all()) < _SHARE * len(words):
        return False
    return any(len({word[0] for word in words & one}) >= _FEWEST for one in _alphabets())


def _is_called(text: str, span: Span) -> bool:
    """Tell whether a name is part of some words of the radio in a row, not all of which are names of people."""
    before, after = text[max(0, span.start - _REACH) : span.start], text[span.end : span.end + _REACH]
    run = [word.lower() for word in _WORD.findall(span.value)]
    run += _leading(_WORD.findall(after))
    run += _leading(_WORD.findall(before)[::-1])
    return len(set(run)) >= _RUN and not _NAMES.issuperset(run)


def _leading(words: list[str]) -> list[str]:
    """Give the words of the radio that stand first."""
    found = []
    for word in words:
        if word.lower() not in RADIO or not word[0].isupper():
            break
        found.append(word.lower())
    return found
