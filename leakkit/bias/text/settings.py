"""Settings of the measures of text, checked: whole numbers in their range, and keywords that there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from inspect import Parameter, signature
from numbers import Integral
from typing import Any

from leakkit.errors import BadParameterError
from leakkit.leak.text import printable


def check_whole(least: int = 1, **settings: Any) -> None:
    """Refuse settings that are no whole numbers of `least` or more; None stands for nothing said.

    Examples
    --------
    >>> check_whole(window=5, most_words=None)
    >>> check_whole(0, seed=0)
    """
    for name, value in settings.items():
        whole = isinstance(value, Integral) and not isinstance(value, bool)
        if value is not None and not (whole and value >= least):
            raise BadParameterError(
                f"Expected {name} to be a whole number of {least} or more",
                f"found {printable(repr(value), 40)}",
                f"correct {name}",
            )


def check_keywords(given: Iterable[str], function: Callable[..., Any]) -> None:
    """Refuse keywords that a function does not take, before they are passed on to it.

    Examples
    --------
    >>> check_keywords(["window"], lambda texts, *, window=5: None)
    """
    known = [p.name for p in signature(function).parameters.values() if p.kind is Parameter.KEYWORD_ONLY]
    if unknown := [name for name in given if name not in known]:
        raise BadParameterError(
            f"Expected keywords among {', '.join(known)}",
            f"found {', '.join(printable(name, 40) for name in unknown)}",
            "check the spelling",
        )
