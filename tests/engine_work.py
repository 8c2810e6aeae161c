"""Functions that tests/test_engine.py lets workers call by name."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from leakkit.errors import BadParameterError


def squared(
    number: int, settings: Any, passed_over: list[str], tell: Callable[[str], None]
) -> dict[str, Any]:
    print("noise that must not pass for an answer")
    return {"square": number * number + (settings or 0), "pid": os.getpid()}


def deadly(
    names: list[str], settings: Any, passed_over: list[str], tell: Callable[[str], None]
) -> dict[str, Any]:
    """Reads names; the process is killed over those that begin with ``deadly``."""
    read = []
    for name in names:
        tell(name)
        if name in passed_over:
            continue
        if name.startswith("deadly"):
            os.kill(os.getpid(), signal.SIGKILL)
        read.append(name)
    return {"read": read}


def dies_once(
    mark: str, settings: Any, passed_over: list[str], tell: Callable[[str], None]
) -> dict[str, Any]:
    """Killed the first time it is called."""
    tell("the only place")
    if not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return {"passed_over": passed_over}


def dies_silently(settings: Any, passed_over: list[str], tell: Callable[[str], None]) -> dict[str, Any]:
    os._exit(3)


def refuses(settings: Any, passed_over: list[str], tell: Callable[[str], None]) -> dict[str, Any]:
    raise BadParameterError("Expected one thing", "found another", "mend it")


def breaks(settings: Any, passed_over: list[str], tell: Callable[[str], None]) -> dict[str, Any]:
    raise ZeroDivisionError("secret content of a leak")
