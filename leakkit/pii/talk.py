"""Whether lines behind names are said by people: words of talk, and names that programs, machines and things have."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from leakkit.late import late
from leakkit.pii.validators.contact import username
from leakkit.pii.weighing.system_accounts import SYSTEM_ACCOUNTS

_WORDS = (
    "i i'm im i'll i've ive i'd you you're u ur your yours me my mine myself lol lmao rofl haha hehe hahaha hey hi hello yo yes yeah yep yup nope ok okay k thanks thx ty cheers pls plz sorry gonna wanna gotta "
    "dunno anyone someone everyone guys bro bruh dude mate wtf omg brb gg afk imo idk btw cool nice congrats sure maybe tomorrow tonight yesterday who why "
    "ich du mir mich dir dich wir uns ihr euch mein meine deine dein ja nein nee nö danke bitte hallo moin hab habe hast bin bist kannst klar genau "
    "je j'ai j'en j'y tu t'as t'es toi moi mon ma ton ta oui non merci salut bonjour coucou c'est mdr ptdr quoi "
    "mi mí ti tú sí gracias hola jaja jajaja vale oye porfa qué quién soy tengo tienes estoy estás "
    "io ciao grazie sì ho hai sono boh dai mio tuo eu você vc vcs meu minha teu oi olá obrigado obrigada kk kkk kkkk sim não nao valeu blz tá "
    "ik jij jou mij hoi bedankt ben heb hebt bent ty mnie tak nie dzięki dzieki hej cześć czesc mam masz jestem jesteś siema já jo ahoj díky mám máš jsem čau "
    "jag mig dig tack nej jeg meg hei takk mä sä minä joo kiitos sen bana sana evet hayır hayir tamam selam merhaba én te igen nem köszi szia "
    "da nu mersi aku kamu saya gak ga tidak makasih halo ako ikaw ko po opo salamat ma mina sina jah ei aitäh tere es tu paldies aš tau ačiū labas"
)
_TALK = late(
    rf"(?i)(?<![\w'’/.\-])(?:{'|'.join(sorted(set(_WORDS.split()), key=len, reverse=True))})(?![\w/=(]|[.\-]\w)|\?(?:\s|\Z)|!!|[:;]-?[)(DP](?!\w)|\bxD\b"
    r"|[\u0370-\u03ff\u0400-\u1fff\u3040-\uffef\U0001f300-\U0001faff]"
)
"""Who speaks and is spoken to, greetings, yes and no, questions, faces, and scripts in which programs seldom write."""
PROGRAMS = SYSTEM_ACCOUNTS | frozenset(
    "postgres postgresql pg mysql mariadb mongo redis nginx kafka rabbit sqlite oracle mssql cassandra influx neo solr celery gunicorn uvicorn webpack vite "
    "rollup babel eslint tsc jest pytest tox npm yarn pnpm pip conda cargo gradle maven mvn bazel cmake make gcc clang llvm ninja docker podman compose "
    "kube k8s helm argo terraform ansible puppet vagrant jenkins gitlab github travis circleci sonar grpc http https tcp udp ssh tls smtp imap ldap dns dhcp "
    "ens enp eno eth wlan wlp bond vlan br veth tun tap sda sdb sdc nvme dm md tty usb pci gpu cpu tpu npu cuda nccl mpi ram rom ssd hdd "
    "bert gpt roberta llama resnet vgg yolo lstm gru mlp cnn rnn svm knn xgboost lightgbm sgd quicksort mergesort heapsort bubblesort "
    "kotlin scala rustc javac swiftc compiler linker flask django rails tomcat apache hadoop spark flink airflow daemon proxy gateway router firewall backup cron runner".split()
)
"""Programs, devices, protocols and models."""
_THINGS = PROGRAMS | frozenset(
    "sort bench unit sensor temp humidity pressure motor valve pump relay channel lane rack shelf slot zone room hall floor gate dock bay stage phase step level boss "
    "npc layer block pod node rank shard worker tool judge switch watch loop lo adam xl t5".split()
)
"""Words for things that are numbered, besides."""
_PARTS = re.compile(r"[\W_\d]+|(?<=[a-z])(?=[A-Z])")
_TAIL = re.compile(r"[._\-]?(?:[vV]?\d{1,4}|(?<=[._\-])[A-Za-z])\Z")
_CITED = re.compile(r"[A-Z][a-z]+[_\-]?(?:(?:19|20)\d\d|\d\d)[a-z]?")
_FILE = re.compile(
    r"\w\.(?:c|cc|cpp|h|hpp|py|js|jsx|ts|tsx|go|rs|rb|java|kt|php|sh|sql|css|html?|json|ya?ml|toml|md|txt|log|conf)\Z"
)
_MEASURED = re.compile(
    r"(?i)[\d.,]+ ?(?:[munµ]?s|sec|min|h|hrs?|[kmgtp]i?b(?:ps|it|/s)?|b(?:ytes?|ps)?|[kmg]?bits?/?s?|[kmg]?hz|[kmg]?flops|[kmcµ]?m|mm|[kmµ]?g|l|ml|k?w|k?wh|m?v|m?a|°?[cf]|°|rpm|fps|px|ppm|db|%|eur|usd|gbp|[€$£])\)?"
)
_DECIMAL = re.compile(r"[+-]?\d+[.,](?:\d{1,2}|\d{4,})\b")
_POINTS = re.compile(
    r"(?i)\(?[+-]?[\d.,]+ ?(?:p|pts?|points?|punkte?|puntos|punti|pontos|punten|poäng|poeng|pkt|xp|exp|kills?|wins?|frags?|elo|lvl|rep|karma|posts?|msgs?|coins?|gold|stars?|votes?|streak)\.?\)?"
)
_SHARE = 4
"""One line of so many is talk where people talk."""


def is_talk(said: str) -> bool:
    """Tell whether a line has a word or a sign of those who talk with one another.

    Examples
    --------
    >>> is_talk("do you have it"), is_talk("listening on port 50051"), is_talk("ich komme"), is_talk("又来了")
    (True, False, True, True)
    """
    return _TALK.search(said) is not None


def is_said(nicks: Sequence[str], said: Sequence[str]) -> bool:
    """Tell whether lines are said by people: some of them are talk, or most of the names are of no program or thing.

    Examples
    --------
    >>> is_said(["nginx_proxy", "api_gateway"], ["listening on all interfaces", "connected to upstream"])
    False
    >>> is_said(["dark_raven", "moonfox99"], ["anyone up for a raid", "wait for me"])
    True
    """
    names = set(nicks)
    if _SHARE * sum(map(is_talk, said)) >= len(said):
        return not _are_of_one_kind(names)
    return not is_series(names) and 2 * sum(map(is_thing, names)) < len(names)


def _are_of_one_kind(nicks: set[str]) -> bool:
    """Tell whether two names or more are plain words joined to the same first one: ``intent_yes``, ``intent_no``."""
    from leakkit.pii.gazetteer.lookup import is_given_name

    firsts = {nick.partition("_")[0] for nick in nicks}
    if len(firsts) != 1 or len(nicks) < 2 or is_given_name(next(iter(firsts))):
        return False
    return all("_" in nick and is_thing(nick) for nick in nicks)


@lru_cache(1024)
def is_thing(nick: str) -> bool:
    """Tell whether a name may be that of a program, a file or a thing: all its words are words of a language or of programs.

    Examples
    --------
    >>> [is_thing(nick) for nick in ("postgres_1", "room_b2", "main.c", "joao_z40", "cavalju")]
    [True, True, True, False, False]
    """
    from leakkit.pii.columns.words import name_flags
    from leakkit.pii.gazetteer.lookup import COMMON

    if username(nick) is False or _FILE.search(nick) or _CITED.fullmatch(nick):
        return True
    parts = [part.lower() for part in _PARTS.split(nick) if len(part) > 1]
    known = [
        part in _THINGS or bool(flags & COMMON) for part, flags in zip(parts, name_flags(parts), strict=True)
    ]
    return all(known) or any(part in _THINGS for part in parts)


def is_numbered(nick: str) -> bool:
    """Tell whether a name is a word for a program or a thing with a number: ``tool_2``.

    Examples
    --------
    >>> is_numbered("tool_2"), is_numbered("gpu0"), is_numbered("lena_2")
    (True, True, False)
    """
    stem = _TAIL.sub("", nick).lower()
    return stem in _THINGS and stem != nick.lower()


def is_series(nicks: set[str]) -> bool:
    """Tell whether names are one word with different numbers or letters at its end, as things have them.

    Examples
    --------
    >>> is_series({"gpu0", "gpu1"}), is_series({"mike77", "lena.r"})
    (True, False)
    """
    stems = [_TAIL.sub("", nick).casefold() for nick in nicks]
    return len(set(stems)) < len(stems)


def is_measured(said: Sequence[str]) -> bool:
    """Tell whether most numbers of a list have a unit or decimals, as measures have and points have not.

    Examples
    --------
    >>> is_measured(["12 ms", "15 ms"]), is_measured(["0.91", "0.88"]), is_measured(["2310 pts", "2.120"])
    (True, True, False)
    """
    return 2 * sum(
        _MEASURED.fullmatch(one) is not None or _DECIMAL.match(one) is not None for one in said
    ) >= len(said)


def are_points(said: Sequence[str]) -> bool:
    """Tell whether the numbers of a list are called points, or what else players win.

    Examples
    --------
    >>> are_points(["2310 pts", "1820 pts"]), are_points(["941", "989"])
    (True, False)
    """
    return all(_POINTS.fullmatch(one) for one in said)
