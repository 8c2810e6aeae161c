"""JSON that stands inside a binary header, parsed with its memory, depth and names kept in bounds."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from leakkit.errors import BadMemberError

BRACKET_LIMIT = 1_000_000
"""Most objects and lists in one header; a 16 MiB header of 250,000 tensors has 750,000."""


def parse_header(
    raw: bytes, pairs_hook: Callable[[list[tuple[str, Any]]], Any] | None = None, *, lenient: bool = False
) -> Any:
    """Give the value that the JSON text `raw` holds.

    Parameters
    ----------
    raw : bytes
        At most `leakkit.leak.source.HEADER_LIMIT` bytes of UTF-8.
    pairs_hook : callable, optional
        Called with the (name, value) pairs of every object, innermost first, as in `json.loads`.
    lenient : bool
        Let NaN and Infinity pass, which Python writes and JSON does not have.

    Raises
    ------
    BadMemberError
        Not UTF-8, not JSON, nested too deeply (``refused``), or too many objects (``limit``).

    Examples
    --------
    >>> parse_header(b'{"a": [1, 2]}')
    {'a': [1, 2]}
    """
    if raw.count(b"{") + raw.count(b"[") > BRACKET_LIMIT or raw.count(b",") > 2 * BRACKET_LIMIT:
        raise BadMemberError("the JSON header holds more objects than are read", status="limit")
    constant = float if lenient else _refuse_constant
    try:
        return json.loads(raw.decode("utf-8"), object_pairs_hook=pairs_hook, parse_constant=constant)
    except RecursionError:
        raise BadMemberError("the JSON header is nested too deeply", status="refused") from None
    except UnicodeDecodeError:
        raise BadMemberError("the JSON header is not UTF-8") from None
    except BadMemberError:
        raise
    except ValueError:
        raise BadMemberError("the header is not JSON") from None


def _refuse_constant(word: str) -> None:
    """Refuse NaN and Infinity, which JSON does not have."""
    raise BadMemberError(f"the header is not JSON: it holds {word}")
