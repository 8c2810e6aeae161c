"""Links on the real catalogues: AVID's own references to AIID and ATLAS are the truth, and are not read."""

from __future__ import annotations

import re
import time

import pandas as pd
import pytest

from leakkit.incidents.aiid import read_aiid
from leakkit.incidents.atlas import read_atlas
from leakkit.incidents.avid import read_avid
from leakkit.incidents.hhs import read_hhs
from leakkit.incidents.hibp import read_hibp
from leakkit.incidents.links import link_incidents, links_to_review

READERS = {"aiid": read_aiid, "atlas": read_atlas, "avid": read_avid, "hhs": read_hhs, "hibp": read_hibp}
FILES = {"hhs": "hhs/breach_report_2023-12_2024-12.csv", "hibp": "hibp/breaches.json"}
FILES |= {"aiid": "aiid", "atlas": "atlas/ATLAS.yaml", "avid": "avid/avid-2022-2025.tar.gz"}


@pytest.fixture(scope="module")
def frames(corpora):
    """Give the incidents frame of each catalogue."""
    folder = corpora / "incidents"
    return {name: read(folder / FILES[name]).frames()["incidents"] for name, read in READERS.items()}


@pytest.fixture(scope="module")
def ai_incidents(frames):
    """Give the three catalogues of AI incidents in one frame."""
    return pd.concat([frames["aiid"], frames["atlas"], frames["avid"]], ignore_index=True)


def given_by_avid(avid):
    """Give the pairs that AVID's references name."""
    found = set()
    for uid, addresses in zip(avid["incident_uid"], avid["reference"], strict=True):
        for address in (
            addresses if isinstance(addresses, (list, tuple)) or hasattr(addresses, "__len__") else []
        ):
            if m := re.search(r"incidentdatabase\.ai/cite/(\d+)", address):
                found.add((f"aiid:{m[1]}", uid))
            if m := re.search(r"AML\.CS\d+", address):
                found.add((f"atlas:{m[0]}", uid))
    return found


def accepted(links):
    """Give the accepted pairs that concern AVID."""
    rows = links[links["decision"].eq("accept") & links["uid_b"].str.startswith("avid:")]
    return set(zip(rows["uid_a"], rows["uid_b"], strict=True))


def test_references_of_avid_are_found_without_reading_them(frames, ai_incidents):
    truth = given_by_avid(frames["avid"])
    assert len(truth) == 35
    blind = ai_incidents.assign(reference=None, source_id="0")
    found = accepted(link_incidents(blind))
    assert found == accepted(link_incidents(ai_incidents))
    assert len(found & truth) / len(truth) >= 0.95
    assert len(found & truth) / len(found) >= 0.95


def test_the_order_of_records_changes_nothing(ai_incidents):
    turned = ai_incidents.iloc[::-1].reset_index(drop=True)
    assert link_incidents(turned).equals(link_incidents(ai_incidents))


def test_hospitals_that_share_a_name_years_apart_are_not_linked(frames):
    both = pd.concat([frames["hibp"][frames["hibp"]["incident_date"].lt("2021")], frames["hhs"]])
    assert link_incidents(both)["decision"].ne("accept").all()


def test_ten_thousand_records_against_a_thousand_take_seconds(frames):
    many = pd.concat(
        [frames["hhs"].assign(incident_uid=frames["hhs"]["incident_uid"] + f"-{n}") for n in range(12)]
    )
    start = time.perf_counter()
    links = link_incidents(pd.concat([many, frames["aiid"]], ignore_index=True))
    assert time.perf_counter() - start < 30
    assert links_to_review(links)["score"].is_monotonic_decreasing
