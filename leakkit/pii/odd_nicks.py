"""Nicks that stand in sentences without a word for them: words joined by low lines, of which no part is one of programs."""

# ruff: noqa: E501 - patterns read better on long lines

from __future__ import annotations

import re

from leakkit.late import late
from leakkit.pii.talk import is_talk
from leakkit.pii.validators.contact import username
from leakkit.pii.validators.nicks import is_role, nick_called, nick_speaking

_WORD = late(r"(?<![\w./\\@:#%$+=-])@?(?P<nick>[^\W\d_]\w*_\w*[^\W_])(?![\w/\\@(=\[-]|\.\w|:\S)")
_ANY = late(r"\w*_\w+")
_CODE = re.compile(
    r"\b(?:INSERT|SELECT|UPDATE|INTO|FROM|TABLE|ANNOT|docker|[Cc]ron|kubectl|npm|pip|SSID|ssid|Tab)\b|[{}=<>\\|`$]|;\S|\w\(|::|->|https?:|\w/\w+/|\S[ ]{3,}\S|, line \d|\b[0-9a-f]{8,}\b|\"\w+\":|\t|^[ ]{0,8}(?:[-*#/] ?)?\w+_\w+[ ]?[:(,]"
)
_THING = re.compile(
    r"(?i)(?:column|field|variable|function|file|table|param(?:eter)?|flag|branch|option|setting|method|class|model|dataset|key|metric|module|package|script|"
    r"job|tag|label|channel|index|schema|view|topic|queue|bucket|node|host|server|service|endpoint|event|status|type|format|map|code|token|"
    r"spalte|feld|datei|tabelle|colonne|champ|fichier|columna|campo|archivo|tabla|arquivo|tabela|kolumna|plik|tabela|kolom|bestand|"
    r"project|projekt|repo|version|build|called|named)\W{1,3}(?:\w{1,12}\W){0,2}\Z"
)
_SECRET = re.compile(
    r"(?i)pass|pw|kennwort|hasł|heslo|senha|clave|contrase|contrasenya|mdp|mot de|wachtwoord|lösen|salasana|jelsz|parol|пароль|лозинка|şifre|sandi|geslo|"
    r"κωδικ|schlüssel|\bkey|klucz|siri|tap-in|wifi|密码|密碼|口令|パス|비번|비밀번호|كلمة|סיסמ|पासवर्ड|পাসওয়ার্ড|கடவுச்|పాస్|પાસ|პაროლ|รหัส|mật khẩu|mã "
)
_CLOCK = re.compile(r"[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?[ \t]+\w+:")
"""What begins a line of a log or a chat."""
_NUMBERED = re.compile(r"(?:[A-Z][a-z]+|[a-z]{2,4})_\d{3,}|(?:[A-ZÀ-Ž][^\W_]*_)+[A-ZÀ-Ž][^\W_]*")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_LONGEST, _MOST, _FEWEST = 5_000, 3, 4
SCORE = 0.35


def odd_nicks(text: str) -> list[tuple[int, int]]:
    """Give where nicks stand in sentences that speak of no program.

    Examples
    --------
    >>> text = "Moi c'est loutre_en_ski sur l'appli, Hortense"
    >>> [text[start:end] for start, end in odd_nicks(text)]
    ['loutre_en_ski']
    >>> odd_nicks("the column heart_rate of the table is read first")
    []
    """
    if "_" not in text or len(text) > _LONGEST:
        return []
    odd = {hit[0] for hit in _ANY.finditer(text)}
    if len(odd) > _MOST or any(username(word) is False or word.isupper() for word in odd):
        return []
    found = []
    for hit in _WORD.finditer(text):
        start, end = text.rfind("\n", 0, hit.start()) + 1, text.find("\n", hit.end())
        line = text[start : end if end > 0 else len(text)]
        if line.strip(" -—~@") == hit["nick"] and not text[end:].strip() and start:
            line = text[text.rfind("\n", 0, start - 1) + 1 : start - 1]
        if len(_WORDS.findall(line.replace(hit["nick"], ""))) < _FEWEST and line.isascii():
            continue
        if _CODE.search(line) or _THING.search(text[start : hit.start("nick")][-60:]):
            continue
        if _CLOCK.match(line) and not is_talk(line):
            continue
        if _SECRET.search(text[max(0, hit.start() - 60) : hit.start()]):
            continue
        if not is_role(hit["nick"]) and _is_odd(hit["nick"]):
            found.append(hit.span("nick"))
    return found


def _is_odd(word: str) -> bool:
    """Tell whether a word may be a nick and has letters in the writing of logins."""
    return (
        len(word) <= 28
        and not _NUMBERED.fullmatch(word)
        and (not word.isascii() or (nick_called(word) is True and nick_speaking(word) is not False))
    )
