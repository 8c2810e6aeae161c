"""A case: the secret salt under which equal values get equal keys, and nobody outside the case can compare.

No raw value is kept in a frame of findings; what stays is a keyed hash. Whoever lacks the salt can neither
look a value up nor join two cases.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from leakkit.errors import BadOutputError, BadParameterError, LeakNotFoundError
from leakkit.pii.masking.normalise import (
    form_of,
    handle,
    is_opaque,
    local_parts,
    name_parts,
    name_words,
    normalise,
    value_class,
)
from leakkit.pii.weighing.role_mailboxes import SAMPLE_NAMES, is_role_mailbox

if TYPE_CHECKING:
    import pyarrow as pa

SALT_BYTES = 32
KEY_BYTES = 16
STATIC_VARIABLE = "LEAKKIT_STATIC"
CASE_VARIABLE = "LEAKKIT_CASE"
LEAK_VARIABLE = "LEAKKIT_LEAK"
SHORTEST_HANDLE = 5
_WORD_DIGITS = 4
_MOST_KEPT = 100_000
_FORMAT = "leakkit-case"


class Case:
    """A salt for keys, in memory only unless it is saved.

    Parameters
    ----------
    salt : bytes, optional
        16 to 64 bytes. Left out, 32 random ones are drawn: keys of two sessions cannot be compared then.

    Notes
    -----
    A key is BLAKE2b (RFC 7693) with the salt as key, the class of value as personalisation and 16 bytes
    of result, over `leakkit.pii.masking.normalise.normalise(entity, text)`. It is a pseudonym, not anonymous:
    equal values show as equal, how often one occurs is visible, and whoever holds the salt can test a
    guess. Keep the salt as you keep the leak.

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
        self._hashers: dict[str, hashlib.blake2b] = {}
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
            json.dump({"format": _FORMAT, "version": 1, "salt": self._salt.hex()}, file)

    @classmethod
    def load(cls, path: str | Path) -> Case:
        """Read a case that `save` wrote."""
        name = Path(path).name
        try:
            stored = json.loads(Path(path).read_text(encoding="utf-8"))
            return cls(bytes.fromhex(stored["salt"]))
        except FileNotFoundError:
            raise LeakNotFoundError(
                f"Expected a case file at {name!r}", "found nothing", "make one with Case().save()"
            ) from None
        except (ValueError, KeyError, TypeError):
            raise BadParameterError(
                f"Expected a case file at {name!r}", "found something else", "name a file that save() wrote"
            ) from None

    def _hasher(self, entity: str) -> hashlib.blake2b:
        """Give the keyed hash of an entity's class before any text was fed to it."""
        if (found := self._hashers.get(entity)) is None:
            person = hashlib.blake2b(value_class(entity).encode(), digest_size=16).digest()
            found = hashlib.blake2b(key=self._salt, digest_size=KEY_BYTES, person=person)
            self._hashers[entity] = found
        return found

    def key(self, entity: str, text: str) -> str:
        """Give the key of a value, 32 hexadecimal digits; equal for every writing of it."""
        hasher = self._hasher(entity).copy()
        hasher.update(normalise(entity, text).encode("utf-8", "surrogatepass"))
        return hasher.hexdigest()

    def keys(self, entities: Iterable[str], texts: Iterable[str]) -> list[str]:
        """Give the keys of many values at once; as `key`, with the work of each entity done once."""
        ready: dict[str, tuple[Callable[[], hashlib.blake2b], Callable[[str], str]]] = {}
        result: list[str] = []
        for entity, text in zip(entities, texts, strict=True):
            if (known := ready.get(entity)) is None:
                known = ready[entity] = (self._hasher(entity).copy, form_of(entity))
            hasher = known[0]()
            hasher.update((known[1](text) or normalise(entity, text)).encode("utf-8", "surrogatepass"))
            result.append(hasher.hexdigest())
        return result

    def key_array(self, entity: str, values: pa.Array) -> pa.Array:
        """Give an array of values of one entity as their keys, each as `key` does; null stays null."""
        import pyarrow as pa

        made = [None if text is None else self.key(entity, text) for text in values.to_pylist()]
        return pa.array(made, pa.string())

    def word(self, text: str) -> str:
        """Give 16 bits of a word's key: enough to compare two values of a record, too few to look one up."""
        if (found := self._words.get(text)) is None:
            hasher = self._hasher("name word").copy()
            hasher.update(text.encode("utf-8", "surrogatepass"))
            found = hasher.hexdigest()[:_WORD_DIGITS]
            if len(self._words) < _MOST_KEPT:
                self._words[text] = found
        return found

    def _handle(self, text: str) -> str:
        """Give 64 bits of the key of a local part or user name without its signs."""
        hasher = self._hasher("handle").copy()
        hasher.update(handle(text).encode("utf-8", "surrogatepass"))
        return hasher.hexdigest()[:16]

    def traits(self, entity: str, text: str) -> str:
        """Give what joining people needs to know of a value and its key cannot tell; without any of it.

        Returns
        -------
        str
            Flags with commas between them, for the step ``traits`` of a finding's evidence; often empty.
            ``role-mailbox``: an address of an office, not of a person. ``one-word``: half a name.
            ``sample-name``: a manual's name ("Jane Doe"). ``opaque``: an account's number, not a name.
            ``words=`` and ``glued=``: 16-bit keys of the words of a name, an address's local part or a
            user name, by which "Anna Lee" and "a.lee@..." of one record find each other. ``handle=``: 64
            bits of the key of a local part or user name, by which ``anna_lee84`` in a log finds
            ``anna.lee84@...`` in a table. Entities other than PERSON, EMAIL and USERNAME have none.
        """
        if entity not in ("PERSON", "EMAIL", "USERNAME"):
            return ""
        if (found := self._traits.get((entity, text))) is None:
            found = self._name_traits(text) if entity == "PERSON" else self._account_traits(entity, text)
            if len(self._traits) >= _MOST_KEPT:
                self._traits.clear()
            self._traits[entity, text] = found
        return found

    def trait_array(self, entity: str, values: pa.Array) -> pa.Array:
        """Give the traits of an array of values of one entity, each as `traits` does; null stays null."""
        import pyarrow as pa

        made = [None if text is None else self.traits(entity, text) for text in values.to_pylist()]
        return pa.array(made, pa.string())

    def _name_traits(self, text: str) -> str:
        """Give the traits of a name."""
        words = name_words(text)
        parts = [self.word(part) for part in name_parts(text)]
        count = min(len(dict.fromkeys(words)), 4, len(parts))
        alone = len(words) == 1 or ("," not in text and len(text.split()) == 1)  # as "Jean-Pierre"
        flags = ["one-word"] if alone else []
        flags += ["sample-name"] if " ".join(sorted(words)) in SAMPLE_NAMES else []
        flags += [f"words={'.'.join(parts[:count])}"] if count else []
        flags += [f"glued={'.'.join(parts[count:])}"] if len(parts) > count else []
        return ",".join(flags)

    def _account_traits(self, entity: str, text: str) -> str:
        """Give the traits of an e-mail address or user name."""
        if entity == "EMAIL" and is_role_mailbox(text):
            return "role-mailbox"
        parts = [self.word(part) for part in local_parts(text)]
        flags = [f"words={'.'.join(parts)}"] if parts else []
        flags += ["opaque"] if entity == "USERNAME" and is_opaque(text) else []
        flags += [f"handle={self._handle(text)}"] if len(handle(text)) >= SHORTEST_HANDLE else []
        return ",".join(flags)


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
