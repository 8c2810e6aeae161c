"""Leaks of many kinds and countries: tables by odd signs, chats, forms with dots, commands, passwords in prose."""

# ruff: noqa: E501 - texts of leaks read better on long lines

from __future__ import annotations

import pytest

from leakkit.pii.adapter import detect
from leakkit.pii.chats import senders
from leakkit.pii.columns.company import in_company

FOUND = [
    (
        "kontakt^via^bldg^comune^pin^nation\nAna Example^Via Roma^79^Torino^10121^Italia\n"
        "Jon Berg^Via Po^8^Torino^10124^Italia\n",
        [("10121", "LOCATION"), ("10124", "LOCATION"), ("79", "LOCATION")],
    ),
    (
        "kortholder~kortnr~klient\nLinnea Nyberg~4111111111111111~46.60.41.7\nIda Berg~5500005555555559~109.15.27.139\n",
        [("46.60.41.7", "IP"), ("109.15.27.139", "IP")],
    ),
    (
        "SEAT  NAME                 NAT   DOC NO        BORN\n23A   EXAMPLE/SARA         PT    NY851621      11-Mar-1948\n"
        "21D   SAMPLE/JANE          IN    K5571559      27-Dec-1974\n",
        [("EXAMPLE/SARA", "PERSON"), ("NY851621", "PASSPORT"), ("K5571559", "PASSPORT")],
    ),
    (
        "| Asset | Assigned to | NIC |\n|:--|:--|--:|\n| WS-1 | jberg63 | `7c3e.6a6d.1028` |\n"
        "| WS-2 | Example, Mara | `2850-7f3b-dabb` |\n| WS-3 | mlopez | `2850-7f3b-dabc` |\n",
        [
            ("jberg63", "USERNAME"),
            ("Example, Mara", "PERSON"),
            ("2850-7f3b-dabb", "MAC"),
            ("mlopez", "USERNAME"),
        ],
    ),
    (
        "SURNAME ........ EXAMPLE\nGIVEN NAMES .... LAWRENCE\nDRIVING LIC. ... 02518758AJFC\n",
        [("LAWRENCE", "PERSON"), ("02518758AJFC", "DRIVER_LICENSE")],
    ),
    (
        "Sara Example  15:12\nwelcome aboard\n\nBerg, Jon  01:08\nThanks.\n",
        [("Sara Example", "PERSON"), ("Berg, Jon", "PERSON")],
    ),
    ('<Data Name="IpAddress">81.112.176.118</Data>', [("81.112.176.118", "IP")]),
    ("ssh root@45.33.12.9 and ping 23.20.11.5", [("45.33.12.9", "IP"), ("23.20.11.5", "IP")]),
    ("45.33.12.9  gw1.example.net gw1", [("45.33.12.9", "IP")]),
    ("  Tel 604-531-1622 · sin 688 636 760", [("688 636 760", "NATIONAL_ID")]),
    ("user mara_e pass !Violin.Willow1", [("!Violin.Willow1", "SECRET")]),
]
KEPT_OUT = [
    ("<Fornamn>x</Fornamn><Cpe mac='x'/>", "Fornamn"),
    ('{"@timestamp":"2026-02-27T20:30:30Z","m":"x"}', "@timestamp"),
    ("Chrome 63.0.12.9 on release 2.1.3.4; driver 31.0.15.1", "31.0.15.1"),
    ("libfoo ~1.2.3.4", "1.2.3.4"),
]


@pytest.mark.parametrize(("text", "wanted"), FOUND, ids=range(len(FOUND)))
def test_values_are_found_as_what_they_are(text, wanted):
    found = [(text[start:end], kind) for start, end, kind, _ in detect([text])[0]]
    assert [one for one in wanted if one not in found] == []


@pytest.mark.parametrize(("text", "value"), KEPT_OUT, ids=[value for _, value in KEPT_OUT])
def test_names_of_machines_are_left_alone(text, value):
    assert value not in [text[start:end] for start, end, _, _ in detect([text])[0]]


def test_senders_are_told_in_exports_and_not_in_logs():
    texts = (
        "[12/03/2024, 09:11:02] Mara Example: hello",
        "Mara Example, [12.03.24 09:11]\nhello",
        "09:11:02 From Mara Example to Everyone: hello",
        "[2024-03-12 09:11:02] Error: no",
        "Status  09:11\n[09:11] Warning: low",
    )
    told = [[text[start:end] for start, end in senders(text)] for text in texts]
    assert told == [["Mara Example"], ["Mara Example"], ["Mara Example"], [], []]


def test_a_name_means_what_the_columns_beside_it_say():
    assert in_company(["Driver", "Permit", "Chassis no", "Depot"])[1:] == [
        "driving licence",
        "Chassis no",
        "city",
    ]
    assert in_company(["name", "permit no", "cell", "address"]) == ["name", "permit no", "cell", "address"]
    assert in_company(["card", "pin"]) == ["card", "pin"]
