"""Evaluation results become rows: both layouts of the harness, samples, training logs, event files."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit import frames
from leakkit.errors import BadMemberError
from leakkit.leak.formats.evaluations import FORMATS, read, rows, visit_rows
from leakkit.leak.source import BytesSource

OLD = {
    "results": {"piqa": {"acc": 0.6, "acc_stderr": 0.01, "acc_norm": 0.7}, "wsc": {"acc": 0.5}},
    "versions": {"piqa": 0, "wsc": 0},
    "config": {"model": "hf-causal", "model_args": "pretrained=lab/tiny,revision=step1000", "num_fewshot": 0},
}
NEW = {
    "results": {
        "arc": {"alias": "arc", "acc,none": 0.5, "acc_stderr,none": 0.02, "acc_norm,none": 0.25,
        "acc_norm_stderr,none": "N/A"},
        "gsm8k": {
            "exact_match,strict-match": 0.1, "exact_match_stderr,strict-match": 0.03,
            "exact_match,flexible-extract": 0.2,
        },
    },
    "n-shot": {"arc": 25, "gsm8k": 5},
    "configs": {},
    "config": {"model": "hf", "model_args": {"pretrained": "lab/big"}},
    "model_name": "lab/big",
}  # fmt: skip


def source_of(value: Any, name: str = "results.json") -> BytesSource:
    """Give a member that holds `value` as JSON."""
    return BytesSource(json.dumps(value).encode(), name)


def by_metric(found: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    """Index rows by task and metric."""
    return {(row["task"], row["metric"]): row for row in found}


def test_the_old_layout_gives_a_row_a_metric() -> None:
    found = by_metric(rows(source_of(OLD), "lm-eval-results"))
    assert set(found) == {("piqa", "acc"), ("piqa", "acc_norm"), ("wsc", "acc")}
    assert found["piqa", "acc"] == {
        "model_id": "lab/tiny", "task": "piqa", "metric": "acc", "value": 0.6, "stderr": 0.01, "step": 1000,
        "n_shots": 0, "harness": "lm-evaluation-harness",
    }  # fmt: skip
    assert found["wsc", "acc"]["stderr"] is None


def test_the_new_layout_splits_metric_and_filter() -> None:
    found = by_metric(rows(source_of(NEW), "lm-eval-results"))
    assert found["arc", "acc"]["stderr"] == 0.02
    assert found["arc", "acc_norm"]["stderr"] is None
    assert found["arc", "acc"]["n_shots"] == 25
    assert found["arc", "acc"]["step"] is None
    assert found["gsm8k", "exact_match,strict-match"]["stderr"] == 0.03
    assert found["gsm8k", "exact_match,flexible-extract"]["value"] == 0.2
    assert {row["model_id"] for row in found.values()} == {"lab/big"}


def test_lighteval_results_are_read() -> None:
    value = {
        "config_general": {"model_name": "lab/big"},
        "results": {"leaderboard|arc:challenge|25": {"acc": 0.5, "acc_stderr": 0.1}},
    }
    (row,) = rows(source_of(value), "lm-eval-results")
    assert (row["harness"], row["model_id"], row["n_shots"], row["stderr"]) == (
        "lighteval",
        "lab/big",
        25,
        0.1,
    )


@pytest.mark.parametrize(
    ("path", "step"),
    [
        ("evals/160m_step1000.json", 1000), ("run/checkpoint-500/results.json", 500), ("x/global_step143000/a.json",
            143000),
        ("iter_0002000/r.json", 2000), ("steps/results.json", None), ("results_2026.json", None),
        ("checkpoint-1/checkpoint-2/r.json", 2),
    ],
)  # fmt: skip
def test_the_step_comes_from_the_path_when_the_file_has_none(path: str, step: int | None) -> None:
    value = {"results": {"a": {"acc": 1.0}}, "versions": {}}
    assert rows(source_of(value), "lm-eval-results", path)[0]["step"] == step


def test_what_is_no_number_gives_no_row() -> None:
    value = {
        "results": {
            "a": {"acc": "N/A", "f1": None, "x": True, "y": float("nan"), "z": 10**400, "ok": 1},
            "b": 5,
        }
    }
    assert [row["metric"] for row in rows(source_of(value), "lm-eval-results")] == ["ok"]


def test_facts_say_what_was_evaluated() -> None:
    facts = read(source_of(OLD, "x.json"), "lm-eval-results")
    assert facts.values["model_id"] == "lab/tiny"
    assert (facts.values["x_n_tasks"], facts.values["x_n_results"], facts.values["x_step"]) == (2, 3, 1000)


def test_samples_give_their_mean() -> None:
    lines = [{"doc_id": i, "resps": [], "acc": i % 2, "metrics": ["acc"], "f1": 1.0} for i in range(4)]
    data = "\n".join(map(json.dumps, lines)).encode() + b"\n{broken\n"
    (row,) = rows(BytesSource(data, "samples_gsm8k_2026-05-01T10-00-00.jsonl"), "lm-eval-samples")
    assert (row["task"], row["metric"], row["value"]) == ("gsm8k", "acc", 0.5)


def test_training_logs_are_rows_by_step() -> None:
    state = {"log_history": [{"loss": 2.0, "step": 10, "epoch": 0.1}, {"eval_loss": 1.5, "step": 20}, 5]}
    found = rows(source_of(state), "trainer-state")
    assert [(row["metric"], row["value"], row["step"]) for row in found] == [
        ("loss", 2.0, 10),
        ("eval_loss", 1.5, 20),
    ]
    assert {row["task"] for row in found} == {"training"}


def test_rows_fit_the_frame() -> None:
    visits = [
        SimpleNamespace(format="lm-eval-results", source=source_of(OLD), path="a/old.json"),
        SimpleNamespace(format="lm-eval-results", source=source_of(NEW), path="a/new.json"),
        SimpleNamespace(format="lm-eval-results", source=BytesSource(b"{broken", "x"), path="a/broken.json"),
        SimpleNamespace(format="lm-eval-results", source=None, path="absent"),
        SimpleNamespace(format="csv", source=source_of(OLD), path="a.csv"),
    ]
    frame = frames.EVALS.from_rows(list(visit_rows(visits)))
    frames.EVALS.validate(frame)
    assert len(frame) == 7
    assert set(frame["source_path"]) == {"a/old.json", "a/new.json"}


def test_deep_results_are_refused_and_flagged() -> None:
    facts = read(BytesSource(b'{"results":' + b"[" * 9000, "x"), "lm-eval-results")
    assert (facts.status, facts.danger) == ("refused", "yes")


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6), lambda inner: (
    st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([
        "results", "config", "model_args", "versions", "n-shot", "configs", "a,none", "acc", "acc_stderr",
        "log_history",
        "step", "model_name", "num_fewshot", "config_general",
    ]), inner, max_size=5)
), max_leaves=15), st.sampled_from(sorted(FORMATS)))  # fmt: skip
def test_any_json_gives_rows_that_fit_or_a_reason(value: Any, format: str) -> None:
    try:
        found = rows(source_of({"results": value, "log_history": value}), format)
    except BadMemberError:
        return
    frames.EVALS.batch([row | {"source_path": "x"} for row in found])
