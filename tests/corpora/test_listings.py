"""Listings and pointers of the real files: entries, totals, traps."""

from __future__ import annotations

import csv

import pytest

from leakkit.leak.listings.listing import LISTING_FORMATS, read, read_listing
from leakkit.leak.source import BytesSource


@pytest.fixture(scope="module")
def artifacts(corpora):
    return corpora / "artifacts"


@pytest.fixture(scope="module")
def truth(artifacts):
    with (artifacts / "truth.csv").open(newline="") as file:
        return [row for row in csv.DictReader(file) if row["true_format"] in LISTING_FORMATS]


def source_of(artifacts, path: str) -> BytesSource:
    return BytesSource((artifacts / path).read_bytes(), path.rpartition("/")[2])


def test_every_listing_is_read_and_only_the_bomb_is_refused(artifacts, truth):
    assert len(truth) >= 11
    for row in truth:
        found = read(source_of(artifacts, row["path"]), row["true_format"])
        dangerous = row["dangerous"] == "yes"
        assert (found.status, found.danger == "yes") == (("refused", True) if dangerous else ("ok", False)), (
            row["path"]
        )
        assert found.values["x_n_unreadable"] == 0, row["path"]
        assert dangerous or found.values["x_n_listed"] > 0, row["path"]


def test_bomb_is_named(artifacts):
    found = read(source_of(artifacts, "hostile/laughs_listing.xml"), "s3-xml")
    assert found.danger_rules == ["xml-entity-expansion"]


def test_s3_listing_keeps_escaped_keys_and_says_that_it_goes_on(artifacts):
    source = source_of(artifacts, "listings/s3_list_v2.xml")
    entries = list(read_listing(source, "s3-xml"))
    assert [entry.path for entry in entries] == [
        "ckpt/model-00001-of-00002.safetensors",
        "eval/internal & draft/results.json",
        "data/train%2B1.parquet",
    ]
    assert [entry.md5 is None for entry in entries] == [True, False, False]
    assert read(source, "s3-xml").values["x_truncated_listing"] is True


def test_google_listing_has_size_and_md5(artifacts):
    [entry] = read_listing(source_of(artifacts, "listings/gcs_objects.json"), "gcs-json")
    assert (entry.path, entry.size, entry.md5) == (
        "ckpt/optimizer.pt",
        1039254,
        "27a6bf43963dd1e613f7578b5e5354c1",
    )


def test_text_listing_keeps_double_spaces_and_marks_rounding(artifacts):
    source = source_of(artifacts, "listings/aws_s3_ls.txt")
    entries = list(read_listing(source, "aws-s3-ls"))
    assert [entry.path for entry in entries] == [
        "ckpt/model-00001-of-00002.safetensors",
        "eval/internal  draft/results.json",
        "ckpt/model-00002-of-00002.safetensors",
    ]
    assert [entry.note for entry in entries] == [None, None, "size rounded"]
    assert read(source, "aws-s3-ls").values["x_claimed_objects"] == 3


def test_pointer_hash_equals_the_one_in_the_download_note(artifacts):
    folder = "hf/WizardLM-2-8x22B"
    note = source_of(artifacts, f"{folder}/huggingface-metadata.txt")
    published = {entry.path: entry.sha256 for entry in read_listing(note, "text-manifest")}
    pointers = sorted((artifacts / folder).glob("model-*.safetensors"))
    assert len(pointers) == 4
    for pointer in pointers:
        [entry] = read_listing(source_of(artifacts, f"{folder}/{pointer.name}"), "git-lfs-pointer")
        assert published[pointer.name] == entry.sha256
