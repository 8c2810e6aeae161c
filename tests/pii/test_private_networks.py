"""Addresses of private networks among machines are no personal data; all addresses are invented."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pandas as pd
import pytest

import leakkit as lk
from leakkit.pii.nobody.telling import FEWEST_TEXTS
from leakkit.pii.private_networks import FEWEST

_DRAWN = random.Random(11)
ADDRESSES = [f"10.{_DRAWN.randrange(60, 250)}.{_DRAWN.randrange(60, 250)}.{n % 250 + 1}" for n in range(200)]
PROBE = '{} - - [22/Feb/2023:01:24:05 +0000] "GET /healthz HTTP/1.1" 200 61 "-" "kube-probe/1.27"'
BROWSER = '{} - - [22/Feb/2023:01:24:05 +0000] "GET /a HTTP/1.1" 200 61 "-" "Mozilla/5.0 (X11; Linux x86_64)"'
NAMED = '{} - mara.e [22/Feb/2023:01:24:05 +0000] "GET /a HTTP/1.1" 200 61 "-" "curl/8.1.2"'


def _addresses(tmp_path: Path, text: str, name: str = "a.log", names: str | None = None) -> pd.DataFrame:
    """Search a member; gives the addresses found in it."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = lk.scan(tmp_path, workers=1, names=names, progress=False).findings()
    return found[found["entity"].eq("IP_ADDRESS")]


def _lines(line: str, count: int = 200) -> list[str]:
    """Give lines with an address each."""
    return [line.format(address) for address in ADDRESSES[:count]]


@pytest.mark.parametrize("names", [None, "auto"])
def test_machines_of_a_cluster_are_nobody(tmp_path: Path, names: str | None) -> None:
    assert _addresses(tmp_path, "\n".join(_lines(PROBE)), names=names).empty


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "host,ip,load\n" + "".join(f"node-{n},{ip},0.5\n" for n, ip in enumerate(ADDRESSES))),
        ("a.jsonl", "".join(json.dumps({"src_ip": ip, "bytes": 9}) + "\n" for ip in ADDRESSES)),
        ("a.json", json.dumps({"nodes": [{"ip": ip, "rack": "r1"} for ip in ADDRESSES]})),
        ("a.yaml", "".join(f"- kind: Service\n  clusterIP: {ip}\n" for ip in ADDRESSES)),
    ],
)
def test_fields_that_hold_addresses_of_machines_are_nobody(tmp_path: Path, name: str, text: str) -> None:
    assert _addresses(tmp_path, text, name).empty


@pytest.mark.parametrize("line", [BROWSER, NAMED, "Accepted publickey for mara.e from {} port 51824 ssh2"])
def test_people_who_use_them_keep_theirs(tmp_path: Path, line: str) -> None:
    assert len(_addresses(tmp_path, "\n".join(_lines(line)))) == 200


def test_a_table_of_users_keeps_them(tmp_path: Path) -> None:
    rows = "".join(f"mara{n}@firm-one.net,{ip}\n" for n, ip in enumerate(ADDRESSES))
    assert len(_addresses(tmp_path, "email,last_ip\n" + rows, "a.csv")) == 200


def test_a_field_that_names_its_user_keeps_them(tmp_path: Path) -> None:
    text = "".join(json.dumps({"customer_ip": ip, "bytes": 9}) + "\n" for ip in ADDRESSES)
    assert len(_addresses(tmp_path, text, "a.jsonl")) == 200


def test_address_of_one_user_stays_wherever_it_stands(tmp_path: Path) -> None:
    lines = _lines(PROBE)
    lines[100] = NAMED.format(ADDRESSES[100])
    lines[190] = PROBE.format(ADDRESSES[100])
    found = _addresses(tmp_path, "\n".join(lines))
    assert {100, 190} <= set(found["row"]) and len(found) < 20


def test_few_addresses_stay_where_anything_tells_of_a_person(tmp_path: Path) -> None:
    lines = _lines(PROBE, FEWEST - 1)
    assert _addresses(tmp_path, "\n".join(lines)).empty
    lines[10] = "alert mara@firm-one.net"
    assert len(_addresses(tmp_path, "\n".join(lines))) == FEWEST - 2


def test_addresses_of_a_short_text_stay(tmp_path: Path) -> None:
    assert len(_addresses(tmp_path, "\n".join(_lines(PROBE, FEWEST_TEXTS - 1)))) == FEWEST_TEXTS - 1


def test_addresses_of_the_whole_network_stay(tmp_path: Path) -> None:
    lines = [PROBE.format(f"203.0.114.{n + 1}") for n in range(200)]
    assert len(_addresses(tmp_path, "\n".join(lines))) == 200


def test_who_asks_for_addresses_gets_all() -> None:
    text = "\n".join(_lines(PROBE))
    assert lk.find_pii([text], names=None).empty
    assert len(lk.find_pii([text], detectors="IP_ADDRESS", names=None)) == 200


def test_addresses_with_ports_told_by_their_column_are_machines_too(tmp_path):
    rows = [
        {
            "status": 200,
            "upstream_host": f"10.2.{n}.7:8080",
            "remote": f"10.9.{n}.3:5{n:03}",
            "route": "default",
        }
        for n in range(40)
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    for names in (None, "auto"):
        assert lk.scan(tmp_path, workers=1, names=names, progress=False).findings().empty


@pytest.mark.parametrize("names", [None, "auto"])
def test_loop_back_with_a_port_in_a_column_is_a_placeholder(names: str | None) -> None:
    fields = ["attr.remote"] * 3
    texts = ["127.0.0.1:4001", "[::1]:4002", "81.2.69.142:4003"]
    found = lk.find_pii(texts, fields=fields, names=names)
    assert found.loc[~found["placeholder"], "row"].tolist() == [2]
