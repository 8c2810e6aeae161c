"""Traits of many names, addresses and logins at once where they are usual; the others one by one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.masking.keyed import bytes_of, digits, first_digits, objects
from leakkit.pii.masking.nicknames import NICKNAMES
from leakkit.pii.masking.normalise import ANY_TITLES
from leakkit.pii.masking.rows import (
    BLANK,
    DIGIT,
    HIGH,
    LETTER,
    OTHER_BLANK,
    Rows,
    fixed_strings,
    replaced,
    running,
    together,
)
from leakkit.pii.masking.traits import NO_MAIL, SHORTEST_HANDLE, SHORTEST_NUMBER, traits_of_codes
from leakkit.pii.masking.words import Latin, Words, are_in, bare_words, latin_of
from leakkit.pii.masking.writings import WITH_DIGRAPHS
from leakkit.pii.weighing.role_mailboxes import (
    AND_WORDS,
    FIRM_BEGINS,
    FIRM_WORDS,
    MACHINE_HOST,
    ROLE_LOCALS,
    SAMPLE_NAMES,
    SERVICE_LAST,
    SERVICE_MARKS,
    SERVICE_WHOLE,
    TEST_WORDS,
)

if TYPE_CHECKING:
    import pyarrow as pa

    from leakkit.pii.masking.case import Case

_MOST_WORDS = 4
_GLUED, _GLUED_OF_THREE = 6, 4
_FEW = 32
_TOLD_BY_WORD = ANY_TITLES | FIRM_BEGINS | FIRM_WORDS | TEST_WORDS | AND_WORDS | frozenset(NICKNAMES)
_OF_ROLES = ROLE_LOCALS | SERVICE_WHOLE
_NOT_IN_LOCAL = b"<>\"' :"
_BETWEEN_NAMES = np.isin(np.arange(256), list(b";/|+&"))
_WORD, _HANDLE = "\0" * 4, "\0" * 16
"""Where the digits of a key go."""


def trait_array(entity: str, values: pa.Array, case: Case) -> pa.Array:
    """Give the traits of an array without nulls; see `Case.traits`."""

    def way(rows: Rows) -> tuple[Any, np.ndarray]:
        return _of_names(rows, case) if entity == "PERSON" else _of_accounts(entity, rows, case)

    return together(values, way, lambda text: case.traits(entity, text), _FEW)


def place_traits(entity: str, values: pa.Array, case: Case) -> pa.Array:
    """Give the traits of an array of places or firms without nulls; few have any."""
    import pyarrow as pa

    told = values.dictionary_encode()
    made = pa.array([case.traits(entity, text) for text in told.dictionary.to_pylist()], pa.string())
    return made.take(told.indices)


def code_traits(values: pa.Array, case: Case) -> pa.Array:
    """Give the traits of an array of numbers of systems without nulls; short numbers have none."""
    import pyarrow as pa

    rows = Rows.of_array(values)
    plain = (rows.lengths < SHORTEST_NUMBER) & ~rows.rows_with(~rows.of(DIGIT))
    made = pa.repeat(pa.scalar("", pa.string()), len(values))
    others = np.flatnonzero(~plain)
    if not len(others):
        return made
    texts = traits_of_codes(values.take(pa.array(others)).to_pylist(), case)
    return replaced(made, others, pa.array(texts, pa.string()))


def _of_names(rows: Rows, case: Case) -> tuple[Any, np.ndarray]:
    """Give the traits of names."""
    words, odd = bare_words(rows)
    odd = (
        odd
        | words.rows_of_any(_TOLD_BY_WORD)
        | rows.any_of(OTHER_BLANK)
        | rows.rows_with(_BETWEEN_NAMES.take(rows.data))
        | (rows.byte(rows.ends - 1) == 46)
        | (rows.byte(rows.starts) == 32)
        | (rows.byte(rows.ends - 1) == 32)
    )
    first, turned_wrong = _family_names_first(words)
    odd |= (first > 1) & (words.counts - first > 1)
    odd |= turned_wrong | (words.counts == 0) | (words.counts > _MOST_WORDS)
    hashed = words.hashed(case)
    places = _table(words, (words.number - first[words.row]) % words.counts[words.row])
    odd |= _has_twins(hashed, places, words.counts) | _is_sample(words, hashed, case)
    most = _GLUED + _GLUED_OF_THREE
    codes, glued = _codes(hashed, places), np.zeros((rows.count, 4 * most), np.uint8)
    two = np.flatnonzero((words.counts > 1) & ~odd)
    if len(two):
        glued[two, : 4 * _GLUED] = _glued(
            words.array, places[two, 0], places[two, words.counts[two] - 1], case
        )
    three = np.flatnonzero((words.counts > 2) & ~odd)
    if len(three):
        ends = [places[three, words.counts[three] - back] for back in (2, 1)]
        glued[three, 4 * _GLUED :] = _glued_of_three(words.array, places[three, 0], ends, case)
    alone = ~rows.any_of(BLANK) & ~rows.rows_with(rows.data == 44) | (words.counts == 1)
    odd |= _has_digraphs(rows)
    turned = (first == 1) & (words.counts == 2)
    made = _Made(np.where(odd, -1, 4 * words.counts + 2 * turned + alone))
    for kind, chosen in made.groups():
        count = kind // 4
        flags = ["one-word"] * (kind % 2) + ["turned"] * (kind % 4 // 2)
        flags.append(f"words={'.'.join([_WORD] * count)}")
        shown = [codes[chosen, : 4 * count]]
        if count > 1:
            wide = most if count > 2 else _GLUED
            flags.append(f"glued={'.'.join([_WORD] * wide)}")
            shown.append(glued[chosen, : 4 * wide])
        made.add(chosen, flags, shown)
    return made.array(), odd


def _family_names_first(words: Words) -> tuple[np.ndarray, np.ndarray]:
    """Count the words before a comma, and tell where commas are of no use."""
    rows = words.rows
    commas = rows.data == 44
    count = np.zeros(rows.count, np.int64)
    if not commas.any():
        return count, np.zeros(rows.count, bool)
    place = rows.last(commas)
    before = words.begins < place[words.row]
    count = np.bincount(words.row[before], minlength=rows.count)
    wrong = (place >= 0) & ((rows.counts(commas) != 1) | (count == 0) | (count == words.counts))
    return count, wrong


def _has_digraphs(rows: Rows) -> np.ndarray:
    """Tell which rows have a letter that may be written as two."""
    if rows.is_ascii:
        return np.zeros(rows.count, bool)
    second = np.isin(np.arange(256), [letter.encode()[1] for letter in WITH_DIGRAPHS]).take(rows.data)
    second[1:] &= rows.data[:-1] == WITH_DIGRAPHS.encode()[0]
    second[:1] = False
    return rows.rows_with(second)


def _table(words: Words, numbers: np.ndarray) -> np.ndarray:
    """Give the places of the first words of each row as a table; of missing ones any place."""
    made = np.zeros((words.rows.count, _MOST_WORDS), np.int64)
    fit = np.flatnonzero(numbers < _MOST_WORDS)
    made[words.row[fit], numbers[fit]] = fit
    return made


def _has_twins(hashed: np.ndarray, places: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Tell which rows have a word twice."""
    keys = np.append(hashed, np.uint64(0))[places].T
    pairs = [(i, j) for j in range(1, _MOST_WORDS) for i in range(j)]
    return reduce(np.logical_or, ((keys[i] == keys[j]) & (counts > j) for i, j in pairs))


def _codes(hashed: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Give the shown digits of the words of each row side by side."""
    codes = first_digits(np.append(hashed, np.uint64(0))).view(np.uint32).ravel()  # four digits as one number
    return codes.take(places, mode="wrap").view(np.uint8)


def _is_sample(words: Words, hashed: np.ndarray, case: Case) -> np.ndarray:
    """Tell which rows may have just the words of a manual's name."""
    sums = np.zeros(words.rows.count, np.uint64)
    filled = words.counts > 0
    if len(hashed):
        sums[filled] = np.add.reduceat(hashed, words.firsts[filled])
    samples = [name.replace("-", " ").split() for name in SAMPLE_NAMES]
    hashes = case.word_hashes(objects([word.encode() for sample in samples for word in sample]))
    counts = np.array([len(sample) for sample in samples])
    return np.isin(sums, np.add.reduceat(hashes, running(counts)[:-1]))


def _glued(words: Any, first: np.ndarray, last: np.ndarray, case: Case) -> np.ndarray:
    """Give the shown digits of what addresses glue of two words, in the order of `name_parts`."""
    import pyarrow as pa
    import pyarrow.compute as pc

    a, b = words.take(pa.array(first)), words.take(pa.array(last))
    a_1, b_1 = (pc.utf8_slice_codeunits(word, 0, 1) for word in (a, b))
    pairs = ((a, b), (b, a), (a_1, b), (b_1, a), (a, b_1), (b, a_1))
    return _shown([pc.binary_join_element_wise(one, two, "") for one, two in pairs], case)


def _glued_of_three(words: Any, first: np.ndarray, ends: list[np.ndarray], case: Case) -> np.ndarray:
    """Give the shown digits of what addresses glue with the last two words of a name."""
    import pyarrow as pa
    import pyarrow.compute as pc

    a, p, b = (words.take(pa.array(places)) for places in (first, *ends))
    both, a_1 = pc.binary_join_element_wise(p, b, ""), pc.utf8_slice_codeunits(a, 0, 1)
    made = [both] + [pc.binary_join_element_wise(*pair, "") for pair in ((a_1, both), (a, both), (both, a))]
    return _shown(made, case)


def _shown(glued: list[Any], case: Case) -> np.ndarray:
    """Give the shown digits of several texts for each row, side by side."""
    import pyarrow as pa

    codes = first_digits(case.word_hashes(bytes_of(pa.concat_arrays(glued))))
    return codes.reshape(len(glued), -1, 4).transpose(1, 0, 2).reshape(len(glued[0]), 4 * len(glued))


class _Made:
    """Texts made group by group; rows of one group, told by a number, have the same flags."""

    def __init__(self, kinds: np.ndarray) -> None:
        self._kinds = kinds
        self._rows: list[np.ndarray] = [np.zeros(0, np.int64)]
        self._texts: list[Any] = []

    def groups(self) -> Iterator[tuple[int, np.ndarray]]:
        """Give each number that is not negative and its rows."""
        for kind in np.flatnonzero(np.bincount(self._kinds + 1)[1:]).tolist():
            yield kind, np.flatnonzero(self._kinds == kind)

    def add(self, rows: np.ndarray, flags: list[str], shown: list[np.ndarray]) -> None:
        """Add the flags of some rows, digits in place of NUL."""
        form = np.frombuffer(",".join(flags).encode(), np.uint8)
        codes = np.empty((len(rows), len(form)), np.uint8)
        codes[:] = form
        ends = np.flatnonzero(np.diff(form == 0, append=False)) + 1
        parts, at = iter(shown), 0
        part = next(parts, codes[:, :0])
        for begin, stop in ends.reshape(-1, 2).tolist():
            if at == part.shape[1]:
                part, at = next(parts), 0
            width = stop - begin  # whole words of four bytes are copied faster than bytes
            codes[:, begin:stop].view(np.uint32)[:] = part[:, at : at + width].view(np.uint32)
            at += width
        self._rows.append(rows)
        self._texts.append(fixed_strings(codes))

    def array(self) -> Any:
        """Give the texts by row; an empty one where none was added."""
        import pyarrow as pa

        order, rows = np.zeros(len(self._kinds), np.int64), np.concatenate(self._rows)
        order[rows] = np.arange(1, len(rows) + 1)
        return pa.concat_arrays([pa.array([""]), *self._texts]).take(pa.array(order))


def _of_accounts(entity: str, rows: Rows, case: Case) -> tuple[Any, np.ndarray]:
    """Give the traits of e-mail addresses or user names."""
    at, plus = rows.last_of(64), rows.first(rows.data == 43) if rows.has(b"+") else rows.ends
    if entity == "EMAIL":
        odd = latin_of(rows).odd | (at <= rows.starts) | _of_machines(rows) | _numbered(rows, plus)
    else:
        odd = rows.any_of(HIGH) | (rows.lengths == 0) | (at >= 0) | (plus < rows.ends)
    ends = np.minimum(np.where(odd, rows.starts, at if entity == "EMAIL" else rows.ends), plus)
    local = Latin(rows.cut(rows.starts, ends)).bare()
    runs, bare = Words(local, local.of(LETTER)), local.kept(local.of(DIGIT | LETTER))
    opaque = np.zeros(rows.count, bool)
    odd |= _may_be_role(rows, runs, bare)
    if entity != "EMAIL":
        opaque = _are_opaque(local, runs)
    words = runs.longer_than(1)
    odd |= words.counts > _MOST_WORDS
    hashed, places = words.hashed(case), _table(words, words.number)
    odd |= _has_twins(hashed, places, words.counts)
    codes, handles = _codes(hashed, places), digits(case.handle_hashes(bytes_of(bare.array())))
    handled = bare.lengths >= SHORTEST_HANDLE
    made = _Made(np.where(odd, -1, 4 * words.counts + 2 * opaque + handled))
    for kind, chosen in made.groups():
        count = kind // 4
        flags = [f"words={'.'.join([_WORD] * count)}"] * (count > 0) + ["opaque"] * (kind // 2 % 2)
        flags += [f"handle={_HANDLE}"] * (kind % 2)
        made.add(chosen, flags, [codes[chosen, : 4 * count], *[handles[chosen]] * (kind % 2)])
    return made.array(), odd


def _numbered(rows: Rows, plus: np.ndarray) -> np.ndarray:
    """Tell in which addresses a plus stands behind a digit, and the first sign is one."""
    tagged = plus < rows.ends
    if not tagged.any():
        return tagged
    first, last = rows.data[np.where(tagged, rows.starts, 0)], rows.data[np.where(tagged, plus - 1, 0)]
    told: np.ndarray = tagged & _is_digit(first) & _is_digit(last)
    return told


def _is_digit(codes: np.ndarray) -> np.ndarray:
    """Tell which bytes are digits."""
    return (codes >= 48) & (codes <= 57)


def _may_be_role(rows: Rows, runs: Words, bare: Rows) -> np.ndarray:
    """Tell which addresses may be an office's: the first word or all letters are those of a role.

    Where there is but one word, with no digit before it, that word is all letters.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    odd = np.zeros(rows.count, bool)
    several = np.flatnonzero((runs.counts != 1) | (bare.byte(bare.starts) < 58))
    if len(several):
        letters = pc.ascii_rtrim(bare.array().take(pa.array(several)), "0123456789")
        odd[several] = are_in(letters, _OF_ROLES)
    if rows.has(_NOT_IN_LOCAL):
        odd |= rows.rows_with(np.isin(rows.data, list(_NOT_IN_LOCAL)))
    told = runs.are_in(_OF_ROLES) & (runs.number == 0)
    odd[runs.row[told | runs.are_in(SERVICE_MARKS | SERVICE_LAST)]] = True
    return odd


def _of_machines(rows: Rows) -> np.ndarray:
    """Tell which addresses are of hosts that services alone have, or that take no mail."""
    import pyarrow.compute as pc

    hosts = (MACHINE_HOST, NO_MAIL)
    if not rows.has(tuple(host.encode() for host in hosts)):
        return np.zeros(rows.count, bool)
    texts = rows.array()
    return np.asarray(pc.or_(*(pc.match_substring(texts, host) for host in hosts)))


def _are_opaque(local: Rows, runs: Words) -> np.ndarray:
    """Tell which user names are but a number or a random string; see `writings.is_opaque`."""
    longest = np.zeros(local.count, np.int64)
    some = runs.counts > 0
    if some.any():
        longest[some] = np.maximum.reduceat(runs.lengths, runs.firsts[some])
    many = local.counts(local.of(DIGIT)) * 2 >= local.lengths
    return (longest < 2) | ((local.lengths >= 8) & (longest <= 3) & many)
