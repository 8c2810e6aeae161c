"""Formats and facts of the real files, reader by reader, against their truth table."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from leakkit.leak.facts import Facts
from leakkit.leak.formats import read_facts
from leakkit.leak.formats.evaluations import rows
from leakkit.leak.kinds import KINDS_BY_FORMAT
from leakkit.leak.sniff.first_look import contradicts, sniff
from leakkit.leak.source import BytesSource, FileSource

ARGUED = {
    "gguf/mangled-ggml-vocab-bert-bge.gguf": "a text-mangled GGUF stays a GGUF; its status says corrupt",
    "hf/TPC_NAS_Natural_Language_Model/bert-base-uncased/LICENSE": "the text of the Apache licence, not JSON",
    "hf/granite-3b-code-instruct-128k/tokenizer_config.json": "its like (jinja2__...) is hf-tokenizer-config",
}
"""Files whose row in the table we do not follow, and why."""

REVIEWED = {
    "hf/3PRYMMAL-PHI3-3B-SLERP/config.json": "auto_map names code that a loader fetches and runs when it is trusted",
}
"""Files the table calls not dangerous and we call worth a review."""


def truth_of(corpora: Path) -> list[dict[str, str]]:
    """Give the rows of the table."""
    with open(corpora / "artifacts" / "truth.csv", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def opened(corpora: Path) -> dict[str, tuple[dict[str, str], str, str, Facts]]:
    """Give truth, format, way and facts of every file by path."""

    def each() -> Iterator[tuple[str, tuple[dict[str, str], str, str, Facts]]]:
        for row in truth_of(corpora):
            with open(corpora / "artifacts" / row["path"], "rb") as file:
                source = FileSource(file, row["path"])
                format, by = sniff(source)
                yield row["path"], (row, format, by, read_facts(source, format))

    return dict(each())


def test_every_format_is_the_true_one_or_argued(opened: dict) -> None:
    wrong = {
        path
        for path, (row, format, _, facts) in opened.items()
        if (facts.format or format) != row["true_format"]
    }
    assert wrong == set(ARGUED)
    assert len(opened) == 113


def test_the_argued_ones_are_what_the_argument_says(opened: dict) -> None:
    found = {path: (opened[path][1], opened[path][3].status) for path in ARGUED}
    assert [found[path] for path in ARGUED] == [
        ("gguf", "corrupt"),
        ("licence", "ok"),
        ("hf-tokenizer-config", "ok"),
    ]


def test_bytes_alone_tell_all_but_those_without_marks(corpora: Path) -> None:
    wrong = {}
    for row in truth_of(corpora):
        data = (corpora / "artifacts" / row["path"]).read_bytes()
        format = sniff(BytesSource(data, ""))[0]
        if format != row["true_format"] and row["path"] not in ARGUED:
            wrong[row["path"]] = format
    assert (
        wrong
        == {
            "hostile/st_huge_header.safetensors": "unknown",  # a lying length and no tensor entries: the name decides
            "wheels/basic_pitch/nmp/variables/variables.data-00000-of-00001": "unknown",  # bare numbers
        }
    )


def test_only_files_under_a_false_name_contradict_theirs(opened: dict) -> None:
    contradicted = {
        path for path, (_, format, _, facts) in opened.items() if contradicts(path, facts.format or format)
    }
    assert contradicted == set()


def test_no_harmless_text_is_flagged_and_every_trap_in_text_is(opened: dict) -> None:
    texts = {
        path: value
        for path, value in opened.items()
        if KINDS_BY_FORMAT[value[1]].kind not in ("weights", "archive", "other")
    }
    flagged = {
        path: facts.danger for path, (_, _, _, facts) in texts.items() if facts.danger in ("yes", "review")
    }
    dangerous = {path for path, (row, *_) in texts.items() if row["dangerous"] == "yes"}
    assert {path for path, danger in flagged.items() if danger == "yes"} >= {
        "hostile/deep.json",
        "modelaudit/jinja2__tokenizer_config.json",
    }
    assert {path for path, danger in flagged.items() if danger == "yes"} <= dangerous
    assert {path for path, danger in flagged.items() if danger == "review"} - dangerous <= set(REVIEWED) | {
        "pickles/picklescan_object_array.npy"
    }


def test_formulas_and_indexes_give_the_true_parameter_counts(opened: dict) -> None:
    counted = {
        path: (int(row["n_parameters"]), facts.values.get("n_params"))
        for path, (row, format, _, facts) in opened.items()
        if format == "hf-config" and row["n_parameters"]
    }
    assert len(counted) == 4
    assert all(true == found for true, found in counted.values()), counted


def test_real_evaluations_give_their_rows(corpora: Path) -> None:
    folder = corpora / "artifacts" / "evals" / "pythia-160m"
    steps = set()
    for path in sorted(folder.glob("*.json")):
        found = rows(BytesSource(path.read_bytes(), path.name), "lm-eval-results", path.name)
        assert len(found) == 172
        assert {row["model_id"] for row in found} == {"EleutherAI/pythia-v1.1-160m"}
        (step,) = {row["step"] for row in found}
        assert step == int(path.stem.rpartition("step")[2])
        steps.add(step)
    assert len(steps) == 27


def test_real_event_files_give_their_scalars(corpora: Path) -> None:
    for path in sorted((corpora / "artifacts" / "logs" / "tensorboard").iterdir()):
        found = rows(BytesSource(path.read_bytes(), path.name), "tfevents")
        assert [row["step"] for row in found] == list(range(0, 500, 5))
        assert {row["metric"] for row in found} == {"strict/foo"}
