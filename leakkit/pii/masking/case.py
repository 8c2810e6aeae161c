"""A case: the secret salt under which equal values get equal keys, and nobody outside the case can compare.

No raw value is kept in a frame of findings; what stays is a keyed hash. Whoever lacks the salt can neither
look a value up nor join two cases.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from leakkit.errors import BadOutputError, BadParameterError, LeakNotFoundError
from leakkit.pii.masking.keyed import as_bytes, bytes_of, digits, hashes, objects, subkeys
from leakkit.pii.masking.many_forms import normalise_array
from leakkit.pii.masking.normalise import normalise, value_class
from leakkit.pii.masking.rows import FEW, fixed_strings, in_parts
from leakkit.pii.masking.traits import CODES, LIKE_NAMES, WITH_TRAITS, traits_of

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

SALT_BYTES = 32
STATIC_VARIABLE = "LEAKKIT_STATIC"
CASE_VARIABLE = "LEAKKIT_CASE"
LEAK_VARIABLE = "LEAKKIT_LEAK"
_MOST_KEPT = 100_000
_FORMAT = "leakkit-case"
_VERSION = 2
"""Version 1 had the same salt and made other keys of it."""


class Case:
    """A salt for keys, in memory only unless it is saved.

    Parameters
    ----------
    salt : bytes, optional
        16 to 64 bytes. Left out, 32 random ones are drawn: keys of two sessions cannot be compared then.

    Notes
    -----
    A key is 128 bits of keyed hash over `leakkit.pii.masking.normalise.normalise(entity, text)`: two of
    SipHash-2-4 (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012), a keyed pseudo-random
    function made for many short values, under two subkeys of 128 bits that follow from the salt and the
    class of value by keyed BLAKE2b (RFC 7693). It is a pseudonym, not anonymous: equal values show as
    equal, how often one occurs is visible, and whoever holds the salt can test a guess. Keep the salt as
    you keep the leak.

    Examples
    --------
    >>> case = Case(salt=b"an example, never a real salt")
    >>> case.key("EMAIL", "Ann@Example.com") == case.key("EMAIL", "ann@example.com ")
    True
    >>> len(case.key("EMAIL", "ann@example.com")), case
    (32, Case(salt hidden))
    """

    def __init__(self, salt: bytes | None = None) -> None:
        salt = secrets.token_bytes(SALT_BYTES) if salt is None else salt
        if not isinstance(salt, bytes) or not 16 <= len(salt) <= 64:
            raise BadParameterError(
                "Expected a salt of 16 to 64 bytes",
                f"found {len(salt)} bytes" if isinstance(salt, bytes) else f"found {type(salt).__name__}",
                "leave it out, or use Case.from_passphrase()",
            )
        self._salt = salt
        self._known_subkeys: dict[str, tuple[str, str]] = {}
        self._words: dict[str, str] = {}
        self._traits: dict[tuple[str, str], str] = {}

    def __repr__(self) -> str:
        return "Case(salt hidden)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Case) and secrets.compare_digest(self._salt, other._salt)

    def __hash__(self) -> int:
        return hash(self._salt)

    def __reduce__(self) -> tuple[type[Case], tuple[bytes]]:
        """Travel to another process as its salt."""
        return type(self), (self._salt,)

    @classmethod
    def from_passphrase(cls, passphrase: str, name: str = "") -> Case:
        """Make a case whose salt follows from a pass phrase (scrypt, RFC 7914), so that keys come back.

        Parameters
        ----------
        passphrase : str
            At least 12 characters; whoever guesses it can test guesses of values.
        name : str
            Name of the case: one pass phrase gives different keys in different cases.
        """
        if len(passphrase) < 12:
            raise BadParameterError(
                "Expected a pass phrase of at least 12 characters", "found a shorter one", "use several words"
            )
        salt = hashlib.scrypt(
            passphrase.encode(), salt=f"{_FORMAT} {name}".encode(), n=2**15, r=8, p=1, maxmem=2**26, dklen=32
        )
        return cls(salt)

    def save(self, path: str | Path) -> None:
        """Write the salt to a new file that only its owner may read (mode 0600).

        Raises
        ------
        BadOutputError
            There is something at `path` already.
        """
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise BadOutputError(
                f"Expected no file at {Path(path).name!r}", "found one", "choose another name; cases are kept"
            ) from None
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({"format": _FORMAT, "version": _VERSION, "salt": self._salt.hex()}, file)

    @classmethod
    def load(cls, path: str | Path) -> Case:
        """Read a case that `save` wrote."""
        name = Path(path).name
        try:
            stored = json.loads(Path(path).read_text(encoding="utf-8"))
            salt, version = bytes.fromhex(stored["salt"]), stored["version"]
        except FileNotFoundError:
            raise LeakNotFoundError(
                f"Expected a case file at {name!r}", "found nothing", "make one with Case().save()"
            ) from None
        except (ValueError, KeyError, TypeError):
            raise BadParameterError(
                f"Expected a case file at {name!r}", "found something else", "name a file that save() wrote"
            ) from None
        if version != _VERSION:
            raise BadParameterError(
                f"Expected a case file of version {_VERSION} at {name!r}",
                "found another version, whose keys were made in another way and compare with none of today",
                "make a new case with Case().save() and scan again",
            )
        return cls(salt)

    def _subkeys(self, purpose: str) -> tuple[str, str]:
        """Give the subkeys of a class of value or another purpose."""
        if (found := self._known_subkeys.get(purpose)) is None:
            found = self._known_subkeys[purpose] = subkeys(self._salt, purpose)
        return found

    def _digits(self, entity: str, forms: np.ndarray) -> np.ndarray:
        """Give the keys of forms that are bytes: a matrix of ASCII codes, one key a row."""
        first, second = self._subkeys(value_class(entity))
        return digits(hashes(first, forms), hashes(second, forms))

    def key(self, entity: str, text: str) -> str:
        """Give the key of a value, 32 hexadecimal digits; equal for every writing of it."""
        return self.keys([entity], [text])[0]

    def keys(self, entities: Iterable[str], texts: Iterable[str]) -> list[str]:
        """Give the keys of many values at once; as `key`, with the work of each entity done once."""
        places: dict[str, list[int]] = {}
        forms: list[bytes] = []
        for place, (entity, text) in enumerate(zip(entities, texts, strict=True)):
            places.setdefault(entity, []).append(place)
            forms.append(as_bytes(normalise(entity, text)))
        result = [""] * len(forms)
        for entity, rows in places.items():
            codes = self._digits(entity, objects([forms[row] for row in rows])).tobytes().decode()
            for number, row in enumerate(rows):
                result[row] = codes[32 * number : 32 * number + 32]
        return result

    def key_array(self, entity: str, values: pa.Array) -> pa.Array:
        """Give the keys of an array of values of one entity, each as `key` gives it; null stays null.

        Parameters
        ----------
        entity : str
            A name in ``entities.toml``.
        values : pyarrow.Array
            Of type string or large string.

        Returns
        -------
        pyarrow.StringArray
            32 hexadecimal digits a value.
        """
        return in_parts(values, lambda full: fixed_strings(self._digits(entity, _forms(entity, full))))

    def words(self, texts: list[str]) -> list[str]:
        """Give 16 bits of the key of each word: enough to compare words of one record, too few to look one up."""
        if new := [text for text in dict.fromkeys(texts) if text not in self._words]:
            if len(self._words) >= _MOST_KEPT:
                self._words.clear()
                new = list(dict.fromkeys(texts))
            found = self.word_hashes(objects([as_bytes(text) for text in new]))
            self._words.update(zip(new, (f"{number >> 48:04x}" for number in found.tolist()), strict=True))
        return [self._words[text] for text in texts]

    def handle(self, text: str) -> str:
        """Give 64 bits of the key of a local part or user name without its signs."""
        return self.handles([text])[0]

    def handles(self, texts: Iterable[str]) -> list[str]:
        """Give the same of many."""
        forms = objects([as_bytes(text) for text in texts])
        return [f"{number:016x}" for number in self.handle_hashes(forms).tolist()]

    def word_hashes(self, texts: np.ndarray) -> np.ndarray:
        """Give the hashes of words, of which `words` shows the first 16 bits."""
        return hashes(self._subkeys("name word")[0], texts)

    def handle_hashes(self, texts: np.ndarray) -> np.ndarray:
        """Give the hashes of handles; see `handle`."""
        return hashes(self._subkeys("handle")[0], texts)

    def traits(self, entity: str, text: str) -> str:
        """Give what joining people needs to know of a value and its key cannot tell; without any of it.

        Returns
        -------
        str
            Flags with commas between them, for the step ``traits`` of a finding's evidence; often empty.
            ``role-mailbox``: an address or user name of an office or program, not of a person.
            ``one-word``: half a name; ``whole``: a whole one without a blank. ``sample-name``: a manual's or
            tester's name ("Jane Doe"). ``firm``: a
            firm's name. ``opaque``: an account's number, not a name. ``people=`` and ``pair=``: the words of
            each of several names (of a pair, perhaps one person's). ``turned``: a word, a comma and a word.
            ``forms=``: keys of a name's words as they are written in Latin letters, and of the full forms of
            short ones ("Bill"). ``script=``: letters that are not Latin. ``login``: an address that takes no mail
            and says a login (GitHub's "1234+ann@users.noreply...").
            ``digraphs=``: keys of words with an umlaut, each followed by that of the word with two
            letters in its place ("Jorg" and "Joerg" for Jörg).
            ``words=`` and ``glued=``: 16-bit keys of the words of a name, an address's local part or a
            user name, by which "Anna Lee" and "a.lee@..." of one record find each other. ``handle=``: 64
            bits of the key of a local part or user name, by which ``anna_lee84`` in a log finds
            ``anna.lee84@...`` in a table. Numbers of systems have but a handle, places and firms what
            names have where they may be one that no list knows, other entities none.
        """
        if entity not in WITH_TRAITS:
            return ""
        if (found := self._traits.get((entity, text))) is None:
            found = traits_of(entity, text, self)
            if len(self._traits) >= _MOST_KEPT:
                self._traits.clear()
            self._traits[entity, text] = found
        return found

    def trait_array(self, entity: str, values: pa.Array) -> pa.Array:
        """Give the traits of an array of values of one entity, each as `traits` gives them; null stays null."""
        import pyarrow as pa

        from leakkit.pii.masking.many_traits import code_traits, place_traits, trait_array

        if entity not in WITH_TRAITS:
            return in_parts(values, lambda full: pa.repeat(pa.scalar("", pa.string()), len(full)))
        if entity in CODES:
            return in_parts(values, lambda full: code_traits(full, self))
        if entity in LIKE_NAMES:
            return in_parts(values, lambda full: place_traits(entity, full, self))
        return in_parts(values, lambda full: trait_array(entity, full, self))


def _forms(entity: str, values: pa.Array) -> np.ndarray:
    """Give the forms that keys are made of, as an object array of bytes."""
    if len(values) < FEW:
        return objects([as_bytes(normalise(entity, text)) for text in values.to_pylist()])
    return bytes_of(normalise_array(entity, values))


def is_report_run() -> bool:
    """Tell whether this process makes a report: outputs must be equal byte for byte, nothing may be revealed."""
    return bool(os.environ.get(STATIC_VARIABLE))


def default_case() -> Case:
    """Give the case of this session: one for the whole process.

    1. Where ``LEAKKIT_CASE`` names a file that `Case.save` wrote: that one. Keys come back in every run
       and stay secret. 2. Else in a report run (``LEAKKIT_STATIC``): a salt made from the name of the
       leak, so that the same leak gives the same bytes. The price: it is no secret, and whoever holds
       such a report and can guess a value could confirm it; therefore the kit's reports show no keys.
       3. Else a random salt, gone with the process.
    """
    if path := os.environ.get(CASE_VARIABLE):
        return _loaded(path)
    if is_report_run():
        return _static(os.path.basename(os.environ.get(LEAK_VARIABLE, "").rstrip("/\\")))
    return _random()


@cache
def _random() -> Case:
    """Give this process's own case."""
    return Case()


@lru_cache(maxsize=4)
def _static(name: str) -> Case:
    """Give the case that follows from a leak's name."""
    return Case(hashlib.blake2b(f"{_FORMAT} static {name}".encode(), digest_size=SALT_BYTES).digest())


@lru_cache(maxsize=4)
def _loaded(path: str) -> Case:
    """Give the case stored in a file."""
    return Case.load(path)
