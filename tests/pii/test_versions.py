"""Four numbers with dots: an address where one can stand, a version among versions; keys of ordinary words."""

from __future__ import annotations

import pytest

from leakkit.pii.find import find_pii

ADDRESSES = [
    '23.45.12.7 - - [10/Mar/2024:09:11:17 +0000] "GET / HTTP/1.1" 200 5',
    "Accepted password for mara from 23.45.12.7 port 22 ssh2",
    "client ip 23.45.12.7",
    "http://23.45.12.7/index.html",
    "route 23.45.12.0/24 via gate",
    "ip=23.45.12.7",
    "203.119.45.7 said hello",
    "agent 115.0.2 at 203.119.45.7 from here",
]
VERSIONS = [
    "Setting up procfs-future (6.30.8.3+dfsg-2) ...",
    "Processing triggers for blade-db (30.20.17.9) ...",
    "| pathkit | 1.4.7 | 23.16.10.38 | 4.13.10-rc9 |",
    "## 6.9.11 (build 24.18.23.5)",
    '\t$(CC) -DVERSION=\\"31.28.19.9\\" -c x.c',
    "Requirement already satisfied: kit>=2.4.18 in ./site-packages (24.19.13.3)",
    "[INFO] +- org.example.kit:core:jar:21.4.23.9:compile",
    "upgraded gate from 21.4.23.9 to 21.4.24.1",
]


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address_where_one_can_stand_is_likely(text: str) -> None:
    found = find_pii([text], names=None)
    found = found[found["entity"] == "IP_ADDRESS"]
    assert len(found) == 1
    assert found["likelihood"].ge("likely").all()


@pytest.mark.parametrize("text", VERSIONS)
def test_a_version_of_four_small_numbers_is_no_address(text: str) -> None:
    assert not find_pii([text], names=None)["entity"].eq("IP_ADDRESS").any()


@pytest.mark.parametrize(
    "text",
    [
        "bowl_pin:30203614",
        "plate_expert:543412",
        "board_cell:75744674",
        "image: plate-router:9.7.11",
        "pin home | QTY 166 | LOT 760251",
        "replica_plate.cc  664  8  77  59-101",
        "plate 34 well B7 OD450 0.999",
    ],
)
def test_ordinary_words_beside_words_of_things_tell_nothing(text: str) -> None:
    assert not find_pii([text], names=None)["likelihood"].ge("likely").any()


@pytest.mark.parametrize(
    "text", ["plate: 7ABC123", "vehicle_plate=7ABC123", "the plate was 7ABC123", "cell: +1 202 555 0143"]
)
def test_ordinary_words_alone_and_beside_words_of_persons_tell(text: str) -> None:
    assert find_pii([text], names=None)["likelihood"].ge("likely").any()
