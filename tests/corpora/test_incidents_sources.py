"""The pinned hashes are those of the real files, and every real catalogue can be taken over."""

from __future__ import annotations

import hashlib

import pytest

from leakkit.sources import SOURCES, fetch, fetched, list_sources

FILES = {
    "vcdb": "vcdb/vcdb.json.zip",
    "aiid": "aiid",
    "atlas": "atlas/ATLAS.yaml",
    "avid": "avid/avid-2022-2025.tar.gz",
    "hibp": "hibp/breaches.json",
    "hhs": "hhs/breach_report_2023-12_2024-12.csv",
}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Keep what is taken over out of the user's folder."""
    monkeypatch.setenv("LEAKKIT_DATA", str(tmp_path))


@pytest.mark.parametrize("source", ["vcdb", "atlas"])
def test_the_pinned_hash_and_the_first_bytes_are_those_of_the_real_file(corpora, source):
    raw = (corpora / "incidents" / FILES[source]).read_bytes()
    assert hashlib.sha256(raw).hexdigest() == SOURCES[source].sha256
    assert raw.startswith(SOURCES[source].begins)


def test_every_real_catalogue_can_be_taken_over(corpora):
    for source, name in FILES.items():
        path = fetch(source, from_file=corpora / "incidents" / name, say=lambda _: None)
        assert path == fetched(source)
    listed = list_sources()
    assert listed.loc[listed["kind"] == "incidents", "fetched"].all()
