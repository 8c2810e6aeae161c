"""What can go wrong, in the user's words: one base class and a few one-sentence exceptions.

Every message has three parts: what was expected, what was found, what to do next. Nothing found in
a leak is echoed in clear text: names are escaped, values are never shown.
"""

from __future__ import annotations


class LeakkitError(Exception):
    """Base of everything leakkit raises on purpose.

    Parameters
    ----------
    expected, found, todo : str
        The three parts of the message. Each is one sentence without its full stop.

    Examples
    --------
    >>> print(LeakkitError("Expected a folder", "found nothing at 'x'", "check the spelling"))
    Expected a folder; found nothing at 'x'. What to do: check the spelling.
    """

    def __init__(self, expected: str, found: str = "", todo: str = "") -> None:
        self.expected, self.found, self.todo = expected, found, todo
        message = f"{expected}; {found}." if found else f"{expected}."
        super().__init__(f"{message} What to do: {todo}." if todo else message)

    def __reduce__(self) -> tuple[type, tuple[str, str, str]]:
        """Keep the three parts when the error crosses a process border."""
        return type(self), (self.expected, self.found, self.todo)


class LeakNotFoundError(LeakkitError, FileNotFoundError):
    """Nothing stands at the path or URL that was given."""


class LeakUnreadableError(LeakkitError, OSError):
    """The leak exists, but may not or cannot be read."""


class NotALeakError(LeakkitError, ValueError):
    """What was given holds nothing that can be inventoried."""


class BadOutputError(LeakkitError, ValueError):
    """The place or kind of file asked for cannot be written."""


class BadParameterError(LeakkitError, ValueError):
    """An argument has a value that the function cannot work with."""


class BadFrameError(LeakkitError, ValueError):
    """A frame lacks columns or holds values outside what the kit's frames allow."""


class MissingExtraError(LeakkitError, ImportError):
    """A feature needs an optional package that is not installed."""


class FetchError(LeakkitError, OSError):
    """A catalogue could not be downloaded, or came other than it should be."""


class NotebookFailedError(LeakkitError, RuntimeError):
    """A notebook stopped with an error while a report was made."""


class BadMemberError(LeakkitError, ValueError):
    """One member of a leak cannot be read as what it claims to be; becomes a row, never the end of a run.

    Parameters
    ----------
    reason : str
        One sentence that names what is wrong, without any content of the member.
    status : {'corrupt', 'truncated', 'refused', 'limit'}
        The value of the ``status`` column of the member's row.
    """

    def __init__(self, reason: str, status: str = "corrupt") -> None:
        self.reason, self.status = reason, status
        super().__init__(reason)

    def __reduce__(self) -> tuple[type, tuple[str, str]]:  # type: ignore[override]
        """Keep reason and status when the error crosses a process border."""
        return type(self), (self.reason, self.status)
