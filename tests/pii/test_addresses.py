"""Parts of one postal address come together, and nothing else does."""

from __future__ import annotations

import pytest

from leakkit.pii.addresses import put_together, seeds


def whole(text: str, *parts: str) -> list[str]:
    """Put the named parts of a text together."""
    spans = sorted((text.index(part), text.index(part) + len(part)) for part in parts)
    return [text[a:b] for a, b in put_together(text, spans)]


@pytest.mark.parametrize(
    ("text", "parts", "address"),
    [
        (
            "sent to 12 Mill Lane\nOldtown, OH 44321 today",
            ["12 Mill Lane"],
            "12 Mill Lane\nOldtown, OH 44321",
        ),
        ("at 7 Rue Haute, 75011 Paris.", ["7 Rue Haute", "Paris"], "7 Rue Haute, 75011 Paris"),
        ("12 Low St Suite 4\nQuarl\n, QX\n Norway 61682", ["12 Low St", "Norway"], None),
        ("Hauptweg 3, 10999 Berlin, Germany", ["Hauptweg 3", "Germany"], "Hauptweg 3, 10999 Berlin, Germany"),
        ("to 940 Fennweg 3 Apt. 12 now", ["Fennweg 3"], "940 Fennweg 3 Apt. 12"),
    ],
)
def test_the_parts_of_an_address_come_together(text: str, parts: list[str], address: str | None) -> None:
    assert whole(text, *parts) == [address or text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("From Ulm to Bonn, 12 people went", ["Ulm", "Bonn"]),
        ("12 Mill Lane. She moved to Ulm", ["12 Mill Lane", "Ulm"]),
        ("in Ulm, 2019 was dry", ["Ulm"]),
    ],
)
def test_places_that_are_no_address_stay_as_they_are(text: str, parts: list[str]) -> None:
    assert whole(text, *parts) == parts


def test_whole_addresses_are_told_by_their_form_alone() -> None:
    text = "meet at the corner of Fenn Road and Quarl Street or write to Unit 1234 Box 5678\nDPO AE 12345"
    assert [text[a:b] for a, b in seeds(text)] == [
        "the corner of Fenn Road and Quarl Street",
        "Unit 1234 Box 5678\nDPO AE 12345",
    ]
    assert not seeds("step 12 of the unit test failed; 3 apt packages")
