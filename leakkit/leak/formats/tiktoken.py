"""Vocabularies in tiktoken's text form (``tokenizer.model`` of some models): a line a token, base64 and rank."""

from __future__ import annotations

from leakkit.leak.facts import Facts
from leakkit.leak.source import Source

_LIMIT = 16 * 2**20


def read(source: Source, format: str = "tiktoken") -> Facts:
    r"""Give the number of tokens.

    Returns
    -------
    Facts
        ``vocab_size`` is the number of lines, special tokens not among them; missing (status ``limit``)
        above 16 MiB.

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> read(BytesSource(b"IQ== 0\nIg== 1\n")).values
    {'vocab_size': 2}
    """
    if source.size > _LIMIT:
        return Facts(status="limit", error=f"{source.size:,} bytes; at most {_LIMIT:,} are counted")
    text = source.read_at(0, source.size)
    return Facts(values={"vocab_size": text.count(b"\n") + (not text.endswith(b"\n"))})
