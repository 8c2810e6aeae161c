"""Checks of many values at once: 0 cannot tell, 1 passed, 2 failed; as the validators of the same names say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from leakkit.pii.validators import get
from leakkit.pii.weighing.memory import remembered
from leakkit.pii.whole.documented import PLAIN_IPV4
from leakkit.pii.whole.texts import bytes_of, matched
from leakkit.pii.whole.values import Values

if TYPE_CHECKING:
    import pyarrow as pa

Check = Callable[[Values], np.ndarray]
_ANSWERS = {None: 0, True: 1, False: 2}
_SPACES = r"\s\x0b\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
_NO_LOCAL = rf'^[.@]|\.@|(?:[{_SPACES}\x00-\x1f"(),:;<>@\[\\\]|{{}}]|\.\.).*@'
_MOST_HOSTS = 4_096
_LONGEST_LOCAL, _INNER = 64, "\x02"
"""Most characters before an ``@``, and what stands in forms for bytes that begin no character."""

_SMALL_IPV4 = r"^0\.|^(?:(?:[1-5]?\d|6[0-3])\.){3}(?:[1-5]?\d|6[0-3])$|^(?:[12]?\d\.){3}"
_NO_HOST = r"^(?:0\.0\.0\.0|255\.255\.255\.255)$"
_DAYS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_ISO = r"^\d{4}[^0-9A-Za-z]\d{2}[^0-9A-Za-z]\d{2}$"
_DAY_FIRST = r"^\d{2}[^0-9A-Za-z]\d{2}[^0-9A-Za-z]\d{4}$"


def _asked(name: str, values: Sequence[str]) -> np.ndarray:
    """Ask the validator of each value."""
    check = get(name)
    return np.array([_ANSWERS[check(value)] for value in values], np.int8)


def _email(values: Values) -> np.ndarray:
    """Check local parts by their form, and each different host."""
    hosts, codes = values.hosts
    answers = np.array([_of_host(host) for host in hosts], np.int8)[codes]
    answers[values.matched(_NO_LOCAL) | values.by_form(_is_long)] = 2
    return answers


@remembered(_MOST_HOSTS)
def _of_host(host: str) -> int:
    """Ask the validator of an address at a host."""
    return _ANSWERS[get("email")(f"a@{host}")]


def _is_long(form: str) -> bool:
    """Tell whether values of a form have too many characters before the last ``@``."""
    return len(form) > _LONGEST_LOCAL and form.replace(_INNER, "").rfind("@") > _LONGEST_LOCAL


def _ipv4(values: Values) -> np.ndarray:
    """Check addresses of four numbers."""
    texts = values.texts
    answers = np.where(matched(texts, _SMALL_IPV4), 0, 1).astype(np.int8)
    answers[~matched(texts, PLAIN_IPV4) | matched(texts, _NO_HOST)] = 2
    return answers


def _birth_date(values: Values) -> np.ndarray:
    """Check dates of two common forms as numbers, ask of the others."""
    answers = np.full(len(values), -1, np.int8)
    for pattern, places in ((_ISO, (0, 5, 8)), (_DAY_FIRST, (6, 0, 3))):
        fit = np.flatnonzero(values.matched(pattern) & values.are_ascii())
        if len(fit):
            answers[fit] = _dated(values.take(fit), places)
    left = np.flatnonzero(answers < 0)
    if len(left):
        answers[left] = _asked("birth_date", values.take(left).to_pylist())
    return answers


def _dated(values: pa.Array, places: tuple[int, int, int]) -> np.ndarray:
    """Check dates of ten characters of which year and two other numbers begin at `places`; -1 where unclear."""
    signs = np.frombuffer(bytes_of(values)[0], np.uint8).reshape(-1, 10).astype(np.int64) - 48
    year, one, other = places
    years = signs[:, year : year + 4] @ np.array([1000, 100, 10, 1])
    first, second = (signs[:, place : place + 2] @ np.array([10, 1]) for place in (one, other))
    leap = (years % 4 == 0) & ((years % 100 != 0) | (years % 400 == 0))
    real = np.zeros(len(years), bool)
    for month, day in ((first, second), (second, first)):
        days = _DAYS[np.where(month <= 12, month, 0)]
        real |= (day >= 1) & (day <= days) & ~((month == 2) & (day == 29) & ~leap)
    answers = np.where(real & (years >= 1890) & (years <= 2035), 1, 2).astype(np.int8)
    answers[(years < 100) | (first > 31) | (second > 31)] = -1
    return answers


CHECKS: dict[str, Check] = {"email": _email, "ipv4": _ipv4, "birth_date": _birth_date}
"""Checks by the name of the validator."""
