"""What a member is, told by its first bytes; the name only breaks ties.

The first two to eight bytes choose a check from a table; what has no magic bytes is told by structure
(length fields that fit, checksums, protocol-buffer fields, text that parses). Nothing is unpacked, and
at most the head, a zip's directory and a few tar headers are read.
"""

from __future__ import annotations

from leakkit.leak.names import contradicts, extension_says, guess_by_name, split_name
from leakkit.leak.sniff import magic as sniff_magic
from leakkit.leak.sniff import structure as sniff_structure
from leakkit.leak.sniff import text as sniff_text
from leakkit.leak.source import Source

__all__ = ["contradicts", "extension_says", "guess_by_name", "sniff"]

_WINDOW = 1024
_TEXT_BYTES = bytes(c for c in range(256) if c >= 0x20 and c != 0x7F) + b"\t\n\v\f\r\x1b\b"


def sniff(source: Source) -> tuple[str, str]:
    r"""Give a member's format and how it was told.

    Parameters
    ----------
    source : Source
        Its head, size and name are used; its tail only for zip, TensorFlow indexes and tar members.

    Returns
    -------
    format : str
        One of the names in `leakkit.leak.kinds.KINDS_BY_FORMAT`; ``unknown`` when nothing fits,
        ``empty`` for no bytes. A damaged or truncated file keeps the format its beginning speaks of;
        its reader says what is wrong.
    format_by : {'magic', 'structure', 'extension'}
        ``extension`` means that the bytes fit, but would fit other formats too.

    Notes
    -----
    Never raises for what a member holds. What misleads: text without structure is told by its name,
    files made to be two formats at once get the one a usual loader would take first.

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> sniff(BytesSource(b"GGUF\x03\0\0\0", "model.bin"))
    ('gguf', 'magic')
    >>> sniff(BytesSource(b"step,loss\n1,2.5\n2,2.4\n", "train.csv"))
    ('csv', 'structure')
    """
    head = source.head
    if not head:
        return ("empty", "structure") if source.size == 0 else ("unknown", "structure")
    found = sniff_magic.by_magic(source, head)
    if found is not None:
        return found
    base, extension = split_name(source.name)
    if not head[:_WINDOW].translate(None, _TEXT_BYTES):
        found = sniff_text.by_text(source, head, base, extension)
    else:
        found = sniff_structure.by_structure(source, head, extension)
        if found is None and (text := sniff_text.from_utf16(head)):
            found = sniff_text.by_text(source, text, base, extension)
    if found is not None:
        return found
    guess = guess_by_name(source.name)
    if guess in sniff_structure.WITHOUT_MAGIC:
        return guess, "extension"
    return "unknown", "structure"
