"""Text that remembers what was put into it: each name, address and number with its place and its owner."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from data.make_sample_leak import identifiers
from data.make_sample_leak.exhibit import Exhibit
from data.make_sample_leak.names import pick
from data.make_sample_leak.population import Person, shown_name

Span = tuple[int, int, str, str, str, bool]
"""start, end (code points), entity, value, person_id, placeholder"""

SLOT = re.compile(r"\{(\w+)\}")


def born_written(person: Person) -> str:
    """Give the date of birth as written where the person lives."""
    born = person.born
    if person.country == "US":
        return f"{born:%m/%d/%Y}"
    return f"{born:%d.%m.%Y}" if person.country in {"DE"} else f"{born:%d/%m/%Y}"


PERSONAL: dict[str, tuple[str, Callable[[Person], str]]] = {
    "name": ("PERSON", lambda p: p.name),
    "signed": ("PERSON", shown_name),
    "given": ("PERSON", lambda p: p.given),
    "family": ("PERSON", lambda p: p.family),
    "earlier_name": ("PERSON", lambda p: f"{p.given} {p.earlier_family or p.family}"),
    "email": ("EMAIL", lambda p: p.email),
    "second_email": ("EMAIL", lambda p: p.second_email or p.email),
    "phone": ("PHONE", lambda p: p.phone_home),
    "phone_abroad": ("PHONE", lambda p: p.phone_abroad),
    "born": ("DATE_OF_BIRTH", born_written),
    "street": ("STREET_ADDRESS", lambda p: p.street),
    "town": ("CITY", lambda p: p.town),
    "postcode": ("POSTCODE", lambda p: p.postcode),
    "iban": ("IBAN", lambda p: p.iban),
    "card": ("CREDIT_CARD", lambda p: " ".join(p.card[i : i + 4] for i in range(0, 16, 4))),
    "ip": ("IP_ADDRESS", lambda p: p.ip),
    "username": ("USERNAME", lambda p: p.username),
    "government_id": ("GOVERNMENT_ID", lambda p: p.government_id),
}

PLACEHOLDERS: dict[str, tuple[str, str]] = {
    "doc_email": ("EMAIL", "jane.doe@example.com"),
    "doc_card": ("CREDIT_CARD", identifiers.DOCUMENTED_CARDS[0]),
    "doc_ssn": ("US_SSN", identifiers.DOCUMENTED_SSNS[0]),
    "doc_ip": ("IP_ADDRESS", "192.0.2.1"),
    "doc_phone": ("PHONE", "555-0100"),
    "role_email": ("EMAIL", "support@fennimoor.example"),
}
"""Values that belong to nobody; all but the role mailbox are printed in manuals (`placeholder` is true)."""


def can_say(template: str, person: Person | None) -> bool:
    """Tell whether every slot of a template has a value for the person."""
    wanted = [slot for slot in SLOT.findall(template) if slot in PERSONAL]
    return not wanted or (person is not None and all(PERSONAL[slot][1](person) for slot in wanted))


def compose(
    template: str, random: np.random.Generator, person: Person | None = None, **words: str | list[str]
) -> tuple[str, list[Span]]:
    """Fill the slots of a template.

    A slot is a detail of the person (see `PERSONAL`), a placeholder value, or one of `words`
    (a list or a string of words to draw from).
    """
    text, spans, at = "", [], 0
    for slot in SLOT.finditer(template):
        text += template[at : slot.start()]
        name, at = slot.group(1), slot.end()
        if name in words:
            text += pick(random, words[name])
            continue
        placeholder = name in PLACEHOLDERS and name != "role_email"
        if name in PLACEHOLDERS:
            entity, value, owner = *PLACEHOLDERS[name], ""
        else:
            assert person is not None, f"no person for {{{name}}} in {template!r}"
            entity, value, owner = PERSONAL[name][0], PERSONAL[name][1](person), person.person_id
            entity = person.government_kind if entity == "GOVERNMENT_ID" else entity
        spans.append((len(text), len(text) + len(value), entity, value, owner, placeholder))
        text += value
    return text + template[at:], spans


def shifted(spans: list[Span], by: int) -> list[Span]:
    """Give spans moved to the right, after their text was put behind another."""
    return [(start + by, end + by, *rest) for start, end, *rest in spans]  # type: ignore[misc]


def note_spans(exhibit: Exhibit, path: str, row: int, field: str, spans: list[Span]) -> None:
    """Write spans into the truth of personal data."""
    for start, end, entity, value, person_id, placeholder in spans:
        exhibit.note(
            "pii",
            path=path,
            row=row,
            field=field,
            start=start,
            end=end,
            entity=entity,
            value=value,
            person_id=person_id,
            placeholder=placeholder,
        )


def note_lines(
    exhibit: Exhibit, path: str, text: str, values: list[tuple[str, str, str]], placeholder: bool = False
) -> None:
    """Write every place of some values (value, entity, person_id) in a text file into the truth."""
    for row, line in enumerate(text.splitlines()):
        for value, entity, owner in values:
            for hit in re.finditer(re.escape(value), line):
                note_spans(
                    exhibit, path, row, "", [(hit.start(), hit.end(), entity, value, owner, placeholder)]
                )
