"""Values that are a machine's though their key or column speaks of a person; all are invented."""

from __future__ import annotations

import pandas as pd
import pytest

import leakkit as lk
from leakkit.pii.keys import entity_of_key
from leakkit.pii.weighing.machine_cells import is_machine_value
from leakkit.pii.weighing.unlikely import is_of_machine


@pytest.mark.parametrize(
    ("entity", "value", "told"),
    [
        ("STATE", "success", True),
        ("STATE", "ON", False),
        ("COUNTRY", "NO", False),
        ("STATE", "Bavaria", False),
        ("USERNAME", "true", True),
        ("USERNAME", "45s", True),
        ("USERNAME", "net.firm.pool.Sampler", True),
        ("USERNAME", "mara.e", False),
        ("PERSON", "Maria Gonzalez", False),
        ("PERSON", "Compact Portable", True),
        ("URL", "https://registry.npmjs.org/a/-/a-1.0.0.tgz", True),
        ("URL", "https://mara.firm-one.net/about", False),
    ],
)
def test_value_tells_what_its_key_does_not(entity: str, value: str, told: bool) -> None:
    assert is_machine_value(entity, value) is told


def _found(text: str, names: str | None = None) -> pd.DataFrame:
    """Search a text."""
    return lk.find_pii([text], names=names)


def test_decimals_are_no_telephones() -> None:
    assert _found("0.0104659 -0.00085771153 -0.00452 1308.168").empty
    assert _found("Tel.0049 30 23125 012")["entity"].tolist() == ["PHONE"]


def test_names_of_functions_have_no_keys() -> None:
    assert _found("   3: 0x58b3f58e0740 - cursor::handle::h0978ec2c215319d7").empty
    assert _found("   4: 0x517f5f5574c7 - value::key::h1cc0b2d152cd493f").empty


def test_keys_of_caches_are_no_secrets() -> None:
    assert _found(f"Cache restored from key: pool-linux-{'9a78d1f0' * 8}").empty


def test_letters_of_a_protein_are_no_key_of_aws() -> None:
    assert _found("translation=A" + "KIAGHTLPNNWDEVGFQRM").empty


def test_formulas_have_no_keys() -> None:
    assert _found("name\tsmiles\nx\tO=C(N)N=O\ny\tFC(F)(F)O=O\n", "auto").empty


@pytest.mark.parametrize("name", ["handle", "twitter_handle", "user.handle", "author_handle"])
def test_handle_of_a_person_tells(name: str) -> None:
    assert entity_of_key(name).entity == "USERNAME"


@pytest.mark.parametrize("name", ["file_handle", "packet_handle", "window handle"])
def test_handle_of_a_thing_tells_nothing(name: str) -> None:
    assert entity_of_key(name).entity is None


@pytest.mark.parametrize(
    ("value", "told"), [("NetworkInterfaceTL", True), ("MacDonald", False), ("DeAndre", False)]
)
def test_names_of_classes_are_nobodys(value: str, told: bool) -> None:
    assert is_machine_value("PERSON", value) is told


@pytest.mark.parametrize(
    "value", ["var.db_password", "data.vault_secret.main[0].value", "process.env.DB_PASS"]
)
def test_references_to_secrets_are_none(value: str) -> None:
    assert is_of_machine("PASSWORD", value)
    assert not is_of_machine("PASSWORD", "variable9.X!")
