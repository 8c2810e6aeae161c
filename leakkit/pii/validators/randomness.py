"""How random a text looks: entropy, changes of character class, letter pairs of words, keyboard walks."""

from __future__ import annotations

import math
import re
from collections import Counter

_PAIRS = frozenset(
    group[0] + second
    for group in (
        "abcdgilmnprst bael caehiklotu daeio eacdeflmnprstx ffio ge haeio iacdefglmnoprstvz ke laeilosty maeiop"
        " nacdegiost ocdlmnoprstuw paeilort qu radeimorst sacehiopstu taehiorsty ulmnprst vae ze"
    ).split()
    for second in group[1:]
)
"""The 146 letter pairs that make up four fifths of the pairs in words of program text and English
documentation (own count); of random letters they make up one fifth."""

_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789",
    "1234567890",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "!@#$%^&*()",
)
_STEPS = frozenset(
    pair
    for row in _ROWS
    for line in (row, row[::-1])
    for pair in (a + b for a, b in zip(line, line[1:], strict=False))
)


def entropy(text: str) -> float:
    """Give Shannon's entropy of the characters, in bits a character.

    Misleads on short texts: it cannot exceed the logarithm of their length.

    Examples
    --------
    >>> entropy("aabb")
    1.0
    """
    total = len(text)
    return -sum(n / total * math.log2(n / total) for n in Counter(text).values()) if text else 0.0


def classes(text: str) -> int:
    """Count the kinds of characters: lower case, upper case, digits, anything else.

    Examples
    --------
    >>> classes("aB3!")
    4
    """
    lower, upper = any(c.islower() for c in text), any(c.isupper() for c in text)
    digit, other = any(c.isdigit() for c in text), any(not c.isalnum() for c in text)
    return lower + upper + digit + other


def switches(text: str) -> float:
    """Give the share of neighbours of unlike class; random letters and digits have .4 to .6, names .1 to .2.

    A capital followed by a small letter, as at the head of a word, is no switch.

    Examples
    --------
    >>> switches("aB3dE"), switches("getName")
    (1.0, 0.16666666666666666)
    """
    kinds = ["l" if c.islower() else "u" if c.isupper() else "d" if c.isdigit() else "o" for c in text]
    changed = sum(a != b and not (a == "u" and b == "l") for a, b in zip(kinds, kinds[1:], strict=False))
    return changed / max(1, len(text) - 1)


def word_pairs(text: str) -> float:
    """Give the share of letter pairs that are common in words; words have .8, random letters .2.

    Examples
    --------
    >>> word_pairs("container") > 0.7 > 0.4 > word_pairs("xqkvzjwpd")
    True
    """
    pairs = [run[i : i + 2] for run in re.findall(r"[a-z]+", text.lower()) for i in range(len(run) - 1)]
    return sum(pair in _PAIRS for pair in pairs) / len(pairs) if pairs else 0.0


def walk(text: str) -> float:
    """Give the share of neighbours that repeat, or are a step along a keyboard row, the alphabet or the digits.

    Examples
    --------
    >>> walk("qwerty123456")
    0.9090909090909091
    """
    low = text.lower()
    steps = sum(a == b or a + b in _STEPS for a, b in zip(low, low[1:], strict=False))
    return steps / max(1, len(low) - 1)


def repeats(text: str) -> bool:
    """Say whether a piece of 4 to 16 characters stands twice in a row, as it does in filler.

    Examples
    --------
    >>> repeats("xEx4mpLe0Ex4mpLe0")
    True
    """
    return re.search(r"(.{4,16})\1", text) is not None


def looks_random(text: str, least: int = 16) -> bool:
    """Say whether a text looks like a random key: long enough, no words, no walk, classes mixed.

    Parameters
    ----------
    text : str
        The value alone.
    least : int
        Fewest characters.

    Examples
    --------
    >>> looks_random("8fKq2Zt7Lw0xVb3N"), looks_random("getAccessTokenUrl2")
    (True, False)
    """
    if len(text) < least or walk(text) > 0.45 or len(set(text)) < min(8, len(text) / 2):
        return False
    if re.fullmatch(r"[0-9a-f]+|[0-9A-F]+", text):
        return len(re.findall(r"[0-9]", text)) >= len(text) / 5 and re.search(r"[A-Fa-f]", text) is not None
    pairs, change = word_pairs(text), switches(text)
    digits = sum(c.isdigit() for c in text)
    if digits >= 2 and re.search(r"[A-Za-z]", text):
        return (change >= 0.3 and pairs < 0.62) or (change >= 0.16 and pairs < 0.45)
    if any(c.islower() for c in text) and any(c.isupper() for c in text):
        return change >= 0.26 and pairs < 0.5
    return len(text) >= 16 and pairs < 0.4 and entropy(text) > 3.2 and text.isalnum()
