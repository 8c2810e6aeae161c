"""Parts of one postal address come together, and nothing else does."""

from __future__ import annotations

import pytest

from leakkit.pii.addresses import put_together, seeds
from leakkit.pii.find import find_pii
from leakkit.pii.masking.case import Case


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
        ("osoite = Fennkatu 13 A 3, 71985 Kuopio\nx", ["Fennkatu 13"], "Fennkatu 13 A 3, 71985 Kuopio"),
        ("'12 Canal Row, Athlone, N37 XK02'),", ["12 Canal Row"], "12 Canal Row, Athlone, N37 XK02"),
        ("'5 Fenn St, Paarl 7646'),", ["5 Fenn St"], "5 Fenn St, Paarl 7646"),
        ("va a C/ Fenn 21, 3.º B, 50006 Zaragoza. Si", ["C/ Fenn 21"], "C/ Fenn 21, 3.º B, 50006 Zaragoza"),
        ("Fennväg 14 lgh 1302, 903 26 Umeå", ["Fennväg 14"], None),
        (
            "к: 630099, Орёл, ул. Фенна д. 14 кв. 52\n",
            ["ул. Фенна д. 14"],
            "630099, Орёл, ул. Фенна д. 14 кв. 52",
        ),
        ('"3 Fenn Rd, Lerwick, ZE1 0LL","e', ["3 Fenn Rd"], "3 Fenn Rd, Lerwick, ZE1 0LL"),
        ("3 Fenn Rd, Hull HU5 7ZZ, 01224 531413", ["3 Fenn Rd"], "3 Fenn Rd, Hull HU5 7ZZ"),
        ("lives at 12 Mill Lane, Oldtown.", ["12 Mill Lane"], "12 Mill Lane, Oldtown"),
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
        ("met at 12 Mill Lane, Anna said hello", ["12 Mill Lane"]),
        ("Jan, ul. Fenna 14/6, tel", ["ul. Fenna 14/6"]),
        ("12 Mill Lane, 4 pieces", ["12 Mill Lane"]),
        ("12 Mill Lane 3 days ago", ["12 Mill Lane"]),
        ("12 Mill Lane\nPhone: 1", ["12 Mill Lane"]),
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


def test_hostile_capitals_end_no_address_and_take_no_time() -> None:
    for tail in ("A-" * 50_000, "A" * 100_000, "Aa " * 30_000, ", " * 50_000):
        text = f"12 Mill Lane, {tail}@"
        assert whole(text, "12 Mill Lane")[0].startswith("12 Mill Lane")
    assert whole("Copyright 1991-2020 Fenn, Thomas Lane.", "1991-2020 Fenn") == ["1991-2020 Fenn"]


def test_an_address_grows_within_its_cell_and_not_into_the_next() -> None:
    text = "INSERT INTO t VALUES (7, 'Dowd, Aoife', '12 Canal Row, Athlone, N37 XK02', 'Riaan Venter');"
    found = find_pii([text], case=Case.from_passphrase("a long pass phrase", "test"))
    assert [
        text[s:e]
        for s, e, kind in zip(found.start, found.end, found.entity, strict=True)
        if kind == "STREET_ADDRESS"
    ] == ["12 Canal Row, Athlone, N37 XK02"]
