"""What joining people needs to know of a value and its key cannot tell: keys of its words, marks of no person."""

from __future__ import annotations

import re
from string import whitespace
from typing import TYPE_CHECKING

from leakkit.pii.masking.addresses import plain_address
from leakkit.pii.masking.keyed import as_bytes, objects
from leakkit.pii.masking.normalise import in_ascii_digits, name_words
from leakkit.pii.masking.writings import (
    digraph_parts,
    handle,
    is_opaque,
    is_turned,
    is_whole_in_signs,
    local_parts,
    name_parts,
    names_in,
    other_forms,
    script_of,
)
from leakkit.pii.weighing.role_mailboxes import (
    SAMPLE_NAMES,
    is_firm,
    is_role_mailbox,
    is_service_account,
    is_test_name,
)

if TYPE_CHECKING:
    from leakkit.pii.masking.case import Case

SHORTEST_HANDLE, SHORTEST_NUMBER = 5, 7
_DISTINCTIVE = re.compile(
    r"(?=[^0-9]*[0-9])(?=[^A-Za-z]*[A-Za-z])(?=(?:[^0-9]*[0-9]){3})[A-Za-z0-9_/.\-]{4,40}|[0-9]{7,20}"
)
"""A letter and three digits, or many digits."""

_TELEGRAM = re.compile(r"\Auser(?=[0-9]{7,}\Z)")
"""What exports of Telegram put before the number of who sent a message."""

CODES = ("EMPLOYEE_ID", "MEDICAL_ID", "ACCOUNT_ID")
"""Numbers by which systems know people: files differ in what they call them, so that a handle tells equal ones."""

LIKE_NAMES = ("LOCATION", "ORGANIZATION")
"""What names that no list knows are taken for."""

NO_MAIL = "@users.noreply."
"""How the hosts of addresses begin that GitHub and GitLab give, which say the login of an account and take no mail."""

_LOGIN = re.compile(rf"(?:[0-9]{{1,12}}[+\-])?[A-Za-z0-9][\w.\-]{{0,40}}{re.escape(NO_MAIL)}")

_LIKE_A_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]{2,15}(?: [^\W\d_a-z][^\W\d_]{2,15}){1,2}(?:-[^\W\d_]{3,15})?")
"""A place or firm of two or three words with capitals, as names of people have them."""

WITH_TRAITS = ("PERSON", *LIKE_NAMES, "EMAIL", "USERNAME", *CODES)


def traits_of(entity: str, text: str, case: Case) -> str:
    """Give the traits of a value; see `Case.traits`."""
    if entity in CODES:
        return traits_of_codes([text], case)[0]
    if entity in LIKE_NAMES:
        return _of_name(text, case) if may_be_named(text) else ""
    return _of_name(text, case) if entity == "PERSON" else _of_account(entity, text, case)


def may_be_named(place: str) -> bool:
    """Tell whether a place or firm may be a person's name: two or three words, the last no common one.

    Examples
    --------
    >>> [may_be_named(text) for text in ("Heulwen Bebb", "Hyde Park", "Berlin", "SOUTH")]
    [True, False, False, False]
    """
    from leakkit.pii.gazetteer.lookup import COMMON, lookup

    if _LIKE_A_NAME.fullmatch(place) is None or place.isupper():
        return False
    return not lookup([place.split()[-1]])[0] & COMMON


def traits_of_codes(texts: list[str], case: Case) -> list[str]:
    """Give the handles of codes that can be told from other numbers; nothing for the others."""
    result = [""] * len(texts)
    told = [
        place for place, text in enumerate(texts) if _DISTINCTIVE.fullmatch(in_ascii_digits(text.strip()))
    ]
    if told:
        forms = [_TELEGRAM.sub("", handle(texts[place])) for place in told]
        hashes = case.handle_hashes(objects([as_bytes(form) for form in forms]))
        for place, number in zip(told, hashes.tolist(), strict=True):
            result[place] = f"handle={number:016x}"
    return result


def _of_name(text: str, case: Case) -> str:
    """Give the traits of a name."""
    words = name_words(text)
    parts = case.words(name_parts(text))
    count = min(len(dict.fromkeys(words)), 4, len(parts))
    alone = len(words) == 1 or not any(
        sign in text.strip() for sign in (",", "/", ";", *whitespace)
    )  # "Jean-Pierre"
    flags = [] if not alone else ["whole"] if is_whole_in_signs(text) else ["one-word"]
    flags += ["sample-name"] if " ".join(sorted(words)) in SAMPLE_NAMES or is_test_name(words) else []
    flags += ["firm"] if is_firm(text) else []
    flags += ["turned"] if len(words) == 2 and is_turned(text) else []
    flags += [f"words={'.'.join(parts[:count])}"] if count else []
    flags += [f"glued={'.'.join(parts[count:])}"] if len(parts) > count else []
    if several := names_in(text):
        told = "pair" if len(several) == 2 and "," in text else "people"
        flags.append(f"{told}=" + "/".join(".".join(case.words(name)) for name in several))
    flags += [f"script={script}"] if (script := script_of(text)) else []
    flags += [f"forms={'.'.join(case.words(forms))}"] if (forms := other_forms(text)) else []
    if pairs := digraph_parts(text):
        flags.append(f"digraphs={'.'.join(case.words([word for pair in pairs for word in pair]))}")
    return ",".join(flags)


def _of_account(entity: str, text: str, case: Case) -> str:
    """Give the traits of an e-mail address or user name."""
    text = plain_address(text) if entity == "EMAIL" else text
    if (entity == "EMAIL" and is_role_mailbox(text)) or is_service_account(text.rpartition("@")[0] or text):
        return "role-mailbox"
    parts, bare = case.words(local_parts(text)), handle(text)
    flags = [f"words={'.'.join(parts)}"] if parts else []
    flags += ["opaque"] if entity == "USERNAME" and is_opaque(text) else []
    flags += ["login"] if entity == "EMAIL" and _LOGIN.match(text) else []
    flags += [f"handle={case.handle(bare)}"] if len(bare) >= SHORTEST_HANDLE else []
    return ",".join(flags)
