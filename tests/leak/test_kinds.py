"""Kind, VERIS variety and sensitivity follow from format and name by stated tables."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit import frames
from leakkit.leak.formats import READERS
from leakkit.leak.kinds import _PEOPLE, KINDS_BY_FORMAT, describe


def test_every_format_has_a_kind_variety_and_sensitivity_the_frame_allows() -> None:
    for format, (kind, variety, sensitivity) in KINDS_BY_FORMAT.items():
        assert kind in frames.KINDS, format
        assert variety in frames.VERIS_VARIETIES, format
        assert sensitivity in frames.SENSITIVITIES, format
    assert set(_PEOPLE.values()) <= set(frames.VERIS_VARIETIES)


def test_varieties_are_spelled_as_veris_spells_them(corpora: Path) -> None:
    with gzip.open(corpora / "incidents" / "veris" / "verisc-labels.json.gz") as file:
        labels = json.load(file)["attribute"]["confidentiality"]["data"]["variety"]
    assert {kind.veris_variety for kind in KINDS_BY_FORMAT.values()} | set(_PEOPLE.values()) <= set(labels)


def test_every_format_with_a_reader_has_a_kind() -> None:
    assert set(READERS) <= set(KINDS_BY_FORMAT)


def test_credentials_are_critical_and_unread_things_unknown() -> None:
    assert describe("pem-private-key", "tls.key") == ("secret", "Credentials", "critical")
    assert describe("service-account-json", "key.json") == ("secret", "API key", "critical")
    assert describe("zip", "a.zip") == ("archive", "Unknown", "unknown")
    assert describe("unknown", "a.bin") == ("other", "Unknown", "unknown")
    assert describe("a format of tomorrow", "a") == ("other", "Unknown", "unknown")


@pytest.mark.parametrize(
    ("name", "variety", "sensitivity"),
    [
        ("crm/users.csv", "Personal", "high"),
        ("export/tickets/2026-05.csv", "Personal", "high"),
        ("data/patients_2025.csv", "Medical", "high"),
        ("users/someone/measurements/loss.csv", "Internal", "moderate"),
        ("data/superusersguide.csv", "Internal", "moderate"),
    ],
)
def test_tables_named_for_people_are_personal(name: str, variety: str, sensitivity: str) -> None:
    assert describe("csv", name) == ("dataset", variety, sensitivity)


def test_a_pointer_takes_the_kind_of_what_it_points_to() -> None:
    assert describe("git-lfs-pointer", "m.safetensors") == ("weights", "Secrets", "low")
    assert describe("git-lfs-pointer", "train.parquet") == ("dataset", "Internal", "low")
    assert describe("git-lfs-pointer", "what.ever") == ("other", "Unknown", "low")


def test_names_move_ambiguous_formats_only() -> None:
    assert describe("jsonl", "train_log.jsonl")[0] == "log"
    assert describe("json", "vocab.json")[0] == "tokenizer"
    assert describe("json", "settings.json")[0] == "config"
    assert describe("ini", ".pypirc") == ("secret", "Credentials", "critical")
    assert describe("unknown", "client.p12") == ("secret", "Credentials", "critical")
    assert describe("safetensors", "users/log.safetensors") == ("weights", "Secrets", "high")
    assert describe("licence", "users/LICENSE") == ("document", "Other", "low")


def test_what_a_reader_found_wins() -> None:
    assert describe("pickle", "m.pkl", {"kind": "weights"}) == ("weights", "Unknown", "unknown")
    assert describe("csv", "a.csv", {"sensitivity": "high", "kind": None}) == ("dataset", "Internal", "high")


@given(st.sampled_from(sorted(KINDS_BY_FORMAT)), st.text(max_size=40))
def test_any_name_gets_allowed_values(format: str, name: str) -> None:
    kind, variety, sensitivity = describe(format, name)
    assert kind in frames.KINDS
    assert variety in frames.VERIS_VARIETIES
    assert sensitivity in frames.SENSITIVITIES
