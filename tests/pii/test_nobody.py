"""What machines and things have is no personal data where nothing tells of a person; all values are invented."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pandas as pd
import pytest

import leakkit as lk
from leakkit.pii.nobody.numbers import is_weak

_DRAWN = random.Random(23)


def _number(digits: int) -> str:
    return str(_DRAWN.randrange(10 ** (digits - 1), 10**digits))


def _card() -> str:
    return "3c:ec:ef:" + ":".join(f"{_DRAWN.randrange(256):02x}" for _ in range(3))


def _address() -> str:
    return f"10.{_DRAWN.randrange(60, 250)}.{_DRAWN.randrange(60, 250)}.{_DRAWN.randrange(1, 255)}"


def _found(tmp_path: Path, text: str, name: str = "a.log") -> pd.DataFrame:
    """Search a member without names."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    return lk.scan(tmp_path, workers=1, names=None, progress=False).findings()


def _entities(tmp_path: Path, text: str, name: str = "a.log") -> set[str]:
    """Give the entities that are found in a member."""
    return set(_found(tmp_path, text, name)["entity"])


def _track(head: str, step: float, count: int = 60) -> str:
    points = (
        f'<trkpt lat="{59.1 + n * 0.01:.6f}" lon="{10.2 + n * 0.02:.6f}"><ele>{n * step:.1f}</ele></trkpt>\n'
        for n in range(count)
    )
    return f'<?xml version="1.0"?>\n<gpx version="1.1">{head}<trk><trkseg>\n{"".join(points)}</trkseg></trk></gpx>\n'


@pytest.mark.parametrize(
    "line",
    [
        "13:05:02.1 {card} > {card}, ethertype IPv4, length 878: {ip}.4011 > {ip}.53: A? lease.serving",
        "{ip}  ether  {card}  C  eth2",
        'node_network_info{{address="{card}",device="eth0",instance="{ip}:9100"}} 1',
        "    mac_address: {card}",
        "gpu-a025:98845:22084 [1] NET/IB : Got completion from peer {ip}<37681> with error 12",
        "13:05:11 IP6 fe80::be39:442b:fec1:2cb > ff02::1: ICMP6, router advertisement, length 64",
    ],
)
def test_addresses_in_a_rack_are_nobody(tmp_path: Path, line: str) -> None:
    text = "".join(line.format(card=_card(), ip=_address()) + "\n" for _ in range(30))
    assert not _entities(tmp_path, text)


@pytest.mark.parametrize(
    "line",
    [
        "ap-3 hostapd: wlan0: STA {card} IEEE 802.11: associated (aid 3)",
        "2024-03-11T02:10,{card},lobby-2,rssi -61",
        "probe request from {card} for ssid FRITZ!Box",
        "dhcpd[9]: DHCPACK on {ip} to {card} (laptop) via eth1",
        "reception  Maras iPhone  {card}",
    ],
)
def test_cards_of_visitors_stay(tmp_path: Path, line: str) -> None:
    text = "".join(line.format(card=_card(), ip=_address()) + "\n" for _ in range(60))
    assert _found(tmp_path, text)["entity"].eq("MAC_ADDRESS").sum() >= 58


def test_one_card_of_a_visitor_stays_among_those_of_racks(tmp_path: Path) -> None:
    lines = [f"{_card()} dev swp{n} vlan 7" for n in range(100)]
    lines[50] = f"ap-3 STA {_card()} associated"
    found = _found(tmp_path, "\n".join(lines))
    assert found["row"].tolist() == [50]


@pytest.mark.parametrize("text", ["ff02::1:ff00:17", "fe00::0", "33:33:ff:12:34:5a", "01:00:5e:7f:ff:fa"])
def test_addresses_of_all_machines_are_none(text: str) -> None:
    assert lk.find_pii([f"from address {text} mac"], names=None).empty


@pytest.mark.parametrize(
    "head",
    [
        "<metadata><name>Weather balloon 7</name></metadata>",
        "<metadata><name>RS41 radiosonde S4120387</name></metadata>",
    ],
)
def test_tracks_of_balloons_are_nobody(tmp_path: Path, head: str) -> None:
    assert not _entities(tmp_path, _track(head, 110.0), "flight.gpx")


@pytest.mark.parametrize(
    "head",
    [
        "<metadata><name>Morning run</name></metadata>",
        "<metadata><name>2024-03-11</name></metadata>",
        "<metadata><name>Run in stormy weather</name></metadata>",
    ],
)
def test_tracks_of_people_stay(tmp_path: Path, head: str) -> None:
    assert _entities(tmp_path, _track(head, 0.5), "track.gpx") == {"COORDINATES"}


def test_places_of_earthquakes_are_nobody_and_of_trips_somebody(tmp_path: Path) -> None:
    rows = "".join(f"{n},{47 + n / 977:.5f},{8 + n / 555:.5f},4.{n % 10}\n" for n in range(60))
    assert not _entities(tmp_path, "event,latitude,longitude,magnitude\n" + rows, "a.csv")
    assert "COORDINATES" in _entities(tmp_path, "trip,latitude,longitude,km\n" + rows, "a.csv")


def test_numbers_of_texts_are_no_documents(tmp_path: Path) -> None:
    rows = [{"doc_id": _number(8), "nid": _number(11), "vec": [_DRAWN.gauss(0, 1)] * 4} for _ in range(60)]
    assert not _entities(tmp_path, "".join(json.dumps(row) + "\n" for row in rows), "a.jsonl")


def test_documents_of_persons_stay(tmp_path: Path) -> None:
    rows = [
        {"doc_id": _number(8), "full_name": "Mara Ekholm", "mail": "mara@ekholm-one.net"} for _ in range(60)
    ]
    found = _found(tmp_path, "".join(json.dumps(row) + "\n" for row in rows), "a.jsonl")
    assert found["entity"].eq("NATIONAL_ID").sum() == 60


def test_documents_that_pass_their_check_stay(tmp_path: Path) -> None:
    rows = [{"nid": _pesel(n)} for n in range(60)]
    assert len(_found(tmp_path, "".join(json.dumps(row) + "\n" for row in rows), "a.jsonl")) == 60


def _pesel(number: int) -> str:
    """Give a Polish number of an invented person."""
    digits = f"{50 + number % 49}{1 + number % 12:02}{1 + number % 28:02}{1000 + number * 37:04}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, (1, 3, 7, 9) * 3, strict=False))
    return digits + str(-total % 10)


@pytest.mark.parametrize(
    ("name", "weak"), [("a.doc_id", True), ("nin", True), ("national_id", False), ("dni", False)]
)
def test_short_keys_are_known(name: str, weak: bool) -> None:
    assert is_weak(name) == weak


SERVICES = ["chrony", "prometheus", "kube-scheduler", "systemd-network", "node_exporter", "ceph"]


@pytest.mark.parametrize("service", SERVICES)
def test_accounts_of_systems_are_nobody(tmp_path: Path, service: str) -> None:
    text = "".join(f"systemd[1]: Started Session {n} of user {service}.\n" for n in range(30))
    assert not _entities(tmp_path, text)


def test_accounts_of_people_and_those_with_a_password_stay(tmp_path: Path) -> None:
    assert _entities(tmp_path, "systemd[1]: Started Session 7 of user mara_e.\n") == {"USERNAME"}
    found = _entities(tmp_path, "username: prometheus password: Ex4mple!pass9\n", "b.txt")
    assert "USERNAME" in found


def test_accounts_inside_containers_are_nobody(tmp_path: Path) -> None:
    service = "  s{0}:\n    image: reg/s{0}\n    user: ledger{0}\n    logging:\n      driver: json-file\n"
    assert not _entities(
        tmp_path, "services:\n" + "".join(service.format(n) for n in range(9)), "compose.yml"
    )
    worker = "  s{0}:\n    image: reg/s{0}\n    command: ssh mara.e@10.66.77.{0}\n"
    text = "services:\n" + "".join(worker.format(n + 70) for n in range(9))
    assert "USERNAME" in _entities(tmp_path, text, "compose.yml")


def _calls(url: str, agent: str) -> str:
    entries = [
        {"request": {"url": url.format(n), "headers": [{"name": "User-Agent", "value": agent}]}}
        for n in range(20)
    ]
    return json.dumps({"log": {"creator": {"name": "hubctl"}, "entries": entries}})


@pytest.mark.parametrize(
    "url", ["https://hub-one.io/v2/a/manifests/{}", "http://node-4.fabric.lan:2375/v1.43/tasks/{}"]
)
def test_calls_of_programs_are_nobody(tmp_path: Path, url: str) -> None:
    assert not _entities(tmp_path, _calls(url, "Docker-Client/24.0.7"), "a.har.json")


def test_pages_and_what_a_browser_calls_stay(tmp_path: Path) -> None:
    url = "https://clinic-one.net/v1/visits/{}"
    assert _entities(tmp_path, _calls(url, "Mozilla/5.0 (X11; Linux x86_64)"), "a.har.json") == {"URL"}
    pages = "website\n" + "".join(f"https://mara{n}-ekholm.net/me\n" for n in range(20))
    assert "URL" in _entities(tmp_path, pages, "b.csv")


def test_who_asks_for_them_gets_all() -> None:
    text = "\n".join(f"{_card()} dev swp{n} vlan 7" for n in range(30))
    assert len(lk.find_pii([text], detectors="MAC_ADDRESS", names=None)) == 30


def test_counts_of_personal_data_are_none(tmp_path: Path) -> None:
    rows = "".join(f"{_number(8)},{_number(5)},{_number(8)}\n" for _ in range(60))
    assert not _entities(tmp_path, "phone_count_30d,zip_density,ssn_max\n" + rows, "a.csv")
    assert "PHONE" in _entities(tmp_path, "phone_number,zip_code,ssn\n" + rows, "b.csv")


def test_units_are_no_postcodes(tmp_path: Path) -> None:
    assert not _entities(tmp_path, "".join(f"HIP {_number(4)} HD {_number(6)} Altair\n" for _ in range(40)))
    pairs = [f"{one}{other}" for one in "BCDEGH" for other in "JKLNPR"]
    assert "POSTCODE" in _entities(
        tmp_path, "".join(f"{_number(4)} {pair} Delft\n" for pair in pairs), "b.log"
    )


def test_sessions_of_services_do_not_tell_of_a_person(tmp_path: Path) -> None:
    cron = "CRON[812]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)"
    lines = [cron, "chronyd[81]: Selected source {}"] * 10
    assert not _entities(tmp_path, "\n".join(lines).replace("{}", _address()))
    lines[4] = "systemd[1]: Started Session 9 of user mara_e."
    assert "IP_ADDRESS" in _entities(tmp_path, "\n".join(lines).replace("{}", _address()), "b.log")
