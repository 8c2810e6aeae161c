"""The themed notebooks run on any leak: with nothing to count, with only claims, with hostile names."""

from __future__ import annotations

import hashlib

import pytest
from bs4 import BeautifulSoup

from leakkit.report import export_report
from tests import small_notebooks


def one_text(folder):
    """Give a leak of a single text: no weights, no secret, no log, nothing dangerous."""
    path = folder / "note.txt"
    path.write_text("An invented note.\n", encoding="utf-8")
    return path


def only_claims(folder):
    """Give a leak one does not hold: a checksum list alone."""
    path = folder / "SHA256SUMS"
    lines = [f"{hashlib.sha256(bytes([n])).hexdigest()}  models/part-{n}.safetensors\n" for n in range(3)]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def hostile(folder):
    """Give a leak whose names attack whoever shows them."""
    return small_notebooks.hostile_folder(folder / "leak")


def unreadable(folder):
    """Give a leak in which every member is broken."""
    (folder / "leak").mkdir()
    (folder / "leak" / "cut.zip").write_bytes(b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + b"\x00" * 12)
    (folder / "leak" / "cut.safetensors").write_bytes((10_000).to_bytes(8, "little") + b'{"a":')
    return folder / "leak"


@pytest.mark.parametrize("make", [one_text, only_claims, hostile, unreadable], ids=lambda make: make.__name__)
def test_a_report_comes_out_whatever_the_leak_holds(make, tmp_path):
    leak = make(tmp_path)
    index = export_report(leak, tmp_path / "out")
    for page in sorted(index.parent.iterdir()):
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        assert leak.name in soup.header.get_text()
        assert not soup.find_all("script")
        assert all(len(image["alt"]) > 30 for image in soup.find_all("img"))
        assert str(tmp_path) not in soup.get_text()
        assert "nan" not in soup.get_text().split()
