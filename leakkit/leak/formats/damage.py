"""Signs that a binary file was damaged on its way, so that the reason in its row is the true one."""

from __future__ import annotations

_REPLACEMENT = "\ufffd".encode()


def is_text_mangled(head: bytes) -> bool:
    r"""Tell whether a binary went through a text-mode copy: each byte over 7F became EF BF BD.

    Such a copy is valid UTF-8 from end to end and holds U+FFFD where bytes were lost; they cannot be
    brought back. Judged on the first bytes of the file.

    Examples
    --------
    >>> is_text_mangled("GGUF\x03\ufffd\ufffd\x00".encode())
    True
    >>> is_text_mangled(b"GGUF\x03\xa5\xb1\x00")
    False
    """
    if _REPLACEMENT not in head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(head) - 3 and error.reason == "unexpected end of data"
    return True
