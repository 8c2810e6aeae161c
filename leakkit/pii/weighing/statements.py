"""How far a word reaches in the source of a program: not over the end of its statement, and labels speak for nothing.

In ``{phone:"Phone number"};var seed=3917660527`` the words name a field of a screen, and the number is none.
"""

from __future__ import annotations

import re

_ENDS = re.compile(
    r"\}[)\]]{0,3}(?:;|,(?=[A-Za-z_$][\w$]{0,20}[=:]))|[)\]];(?=[A-Za-z_$])|\)\}(?=[A-Za-z_$])"
    r"|[\"'`]\)(?:(?=[;?:+}\]])|(?=,[A-Za-z_$][\w$]{0,20}[(=]))"
)
"""Where an object closes and a statement, or the next name, begins; where a call of a text closes."""
_NEXT = re.compile(r";[A-Za-z_$][\w$]{0,20}(?:[.=(]|:\{)")
"""What begins the statement behind a value."""
_LABEL = re.compile(
    r"(?<![^\W_])(?P<key>[A-Za-z]{2,20})[\"']?(?:: ?|=)(?P<quote>[\"'])(?P<label>[^\"'\d:]{2,40})(?P=quote)(?=[,;}])"
)
_LABEL_CALLED = re.compile(r"(?<=[\w$])\((?P<quote>[\"'])[^\"'\d]{2,40}(?P=quote)\)(?![.\[(= ])")
"""A text that a function is asked for: ``t("Phone number")``."""
_LETTERS = re.compile(r"[a-z]+")


def meant_before(near: str) -> str:
    """Give what of the characters before a value is of its own statement, without labels that keys have.

    Examples
    --------
    >>> meant_before('phone:"Phone number"};var seed='), meant_before('{tel:"Telefon",seed:')
    ('var seed=', '{,seed:')
    """
    if '"' not in near and "'" not in near and "}" not in near:
        return near
    near = _unlabelled(near)
    return near[max((end.end() for end in _ENDS.finditer(near)), default=0) :]


def meant_after(near: str) -> str:
    """Give what of the characters after a value is of its own statement, without labels that keys have.

    Examples
    --------
    >>> meant_after('};var l={phone:"Phone number"}'), meant_after(',tel:"Telefon"}')
    ('}', ',}')
    """
    if '"' not in near and "'" not in near and "}" not in near and ";" not in near:
        return near
    near = _unlabelled(near)
    end = _ENDS.search(near)
    near = near[: end.start() + 1] if end else near
    end = _NEXT.search(near)
    return near[: end.start()] if end else near


def _unlabelled(near: str) -> str:
    """Leave out keys whose own value is nothing but their name on a screen, and texts that a function is asked for."""
    near = _LABEL_CALLED.sub("", near) if "(" in near else near
    return _LABEL.sub(_without_label, near) if ":" in near or "=" in near else near


def _without_label(found: re.Match[str]) -> str:
    """Give nothing for a key with a label, and a key with another value as it stands."""
    key, words = found["key"].lower(), _LETTERS.findall(found["label"].lower())
    same = [word for word in words if word.startswith(key[:3]) and (word in key or key in word)]
    return "" if same or "".join(words) == key else found[0]
