"""Evaluation results as rows: lm-evaluation-harness (old and new), lighteval, training states, event files."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.formats import tfevents
from leakkit.leak.formats.json_text import parse_object, refused
from leakkit.leak.source import Source
from leakkit.leak.text import printable

Row = dict[str, Any]

FORMATS = frozenset({"lm-eval-results", "lm-eval-samples", "trainer-state", "tfevents"})
"""Formats that give rows for the evals frame."""

HARNESS = "lm-evaluation-harness"
ROW_LIMIT = 200_000
"""Most rows one member gives."""

_SAMPLES_LIMIT = 16 * 2**20
_STEP = re.compile(r"(?:global_?step|step|checkpoint|ckpt|iter)[-_=]?(\d{1,12})(?!\d)", re.IGNORECASE)
_ARGUMENT = re.compile(r"(?:^|,)\s*(pretrained|model|engine|model_name|peft|revision)=([^,]{1,300})")
_SAMPLES_NAME = re.compile(r"samples_(.{1,200}?)(?:_\d{4}-\d\d-\d\d.*)?\.jsonl", re.IGNORECASE)
_SHOTS = re.compile(r"\|(\d{1,3})(?:\|\d)?$")
_NO_METRIC = frozenset({"alias", "sample_len", "name", "epoch", "step", "total_flos"})
_SAMPLE_METRICS = (
    "acc",
    "acc_norm",
    "acc_mutual_info",
    "exact_match",
    "em",
    "f1",
    "mc1",
    "mc2",
    "pass@1",
    "likelihood_diff",
)


def read(source: Source, format: str) -> Facts:
    """Read what an evaluation file is about; its numbers are rows (see `rows`).

    Parameters
    ----------
    source : Source
    format : str
        ``lm-eval-results`` or ``lm-eval-samples``.

    Returns
    -------
    Facts
        ``model_id`` as the file claims it, ``x_n_tasks``, ``x_n_results``, ``x_step``, ``x_harness``.
    """
    facts = Facts()
    if format == "lm-eval-samples":
        facts.values["x_task"] = _task_of_samples(source.name)
        return facts
    try:
        results = parse_object(source, facts)
    except BadMemberError as error:
        return refused(error)
    found = list(_results(results, source.name))
    facts.values |= {"x_n_tasks": len({row["task"] for row in found}), "x_n_results": len(found)}
    about = _about(results)
    if about.get("model_id"):
        facts.values["model_id"] = about["model_id"]
    facts.values["x_harness"] = about.get("harness")
    step = _step(results, source.name)
    if step is not None:
        facts.values["x_step"] = step
    return facts


def rows(source: Source, format: str, path: str = "") -> list[Row]:
    """Give the numbers of an evaluation as rows of the evals frame, ``source_path`` left out.

    Parameters
    ----------
    source : Source
    format : str
        One of `FORMATS`; any other gives no rows.
    path : str, optional
        Path of the member: folder and file names tell the training step (``checkpoint-500``,
        ``160m_step1000.json``) where the file does not.

    Returns
    -------
    list of dict
        ``model_id``, ``task``, ``metric`` (without its filter unless a filter other than ``none`` was
        used: ``exact_match,strict-match``), ``value``, ``stderr``, ``step``, ``n_shots``, ``harness``. What is
        no finite number is missing, not zero. Training states and event files give what was logged
        as task ``training``.

    Raises
    ------
    BadMemberError
        The file cannot be parsed.
    """
    path = path or source.name
    if format == "lm-eval-results":
        found = _results(parse_object(source, Facts()), path)
    elif format == "lm-eval-samples":
        found = _samples(source, path)
    elif format == "trainer-state":
        found = _training(parse_object(source, Facts()))
    elif format == "tfevents":
        found = _events(source)
    else:
        return []
    return [row for row, _ in zip(found, range(ROW_LIMIT), strict=False)]


def visit_rows(visits: Iterable[Any]) -> Iterator[Row]:
    """Give the rows of every member of a walk (objects with ``format``, ``source``, ``path``), with their path.

    A member that cannot be read gives no rows; its row in the artifacts frame says why.
    """
    for visit in visits:
        if visit.format not in FORMATS or visit.source is None:
            continue
        try:
            found = rows(visit.source, visit.format, visit.path)
        except (BadMemberError, OSError, EOFError, LookupError, TypeError, ArithmeticError):
            continue
        for row in found:
            yield row | {"source_path": visit.path}


def _number(value: Any) -> float | None:
    """Give a finite number; texts such as ``N/A`` are none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or abs(value) > 1e300:
        return None
    return float(value) if math.isfinite(value) else None


def _count(value: Any) -> int | None:
    """Give a small whole number from 0."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10_000 else None


def _mapping(value: Any) -> Mapping[str, Any]:
    """Give `value` when it is a mapping, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def _results(results: Mapping[str, Any], path: str) -> Iterator[Row]:
    """Give a row for every task and metric of a results file."""
    about, step = _about(results), _step(results, path)
    shots = _mapping(results.get("n-shot")) or _mapping(results.get("n_shot"))
    configs = _mapping(results.get("configs"))
    for task, metrics in _mapping(results.get("results")).items():
        n_shots = _count(shots.get(task))
        if n_shots is None:
            n_shots = _count(_mapping(configs.get(task)).get("num_fewshot"))
        if n_shots is None:
            n_shots = _shots_of_name(task) if _shots_of_name(task) is not None else about.get("n_shots")
        for name, value in _mapping(metrics).items():
            number = _number(value)
            if number is None or name in _NO_METRIC or "_stderr" in name:
                continue
            metric, _, kind = name.partition(",")
            yield {
                "model_id": about.get("model_id"),
                "task": printable(task, 200),
                "metric": printable(metric if kind in ("", "none") else name, 100),
                "value": number,
                "stderr": _stderr(_mapping(metrics), metric, kind),
                "step": step,
                "n_shots": n_shots,
                "harness": about.get("harness"),
            }


def _stderr(metrics: Mapping[str, Any], metric: str, kind: str) -> float | None:
    """Give the standard error that stands beside a metric."""
    return _number(metrics.get(f"{metric}_stderr,{kind}" if kind else f"{metric}_stderr"))


def _shots_of_name(task: str) -> int | None:
    """Read the number of examples from a lighteval task name (``leaderboard|arc:challenge|25``)."""
    match = _SHOTS.search(task)
    return int(match[1]) if match else None


def _about(results: Mapping[str, Any]) -> Row:
    """Say which model was evaluated, with what, with how many examples."""
    config, general = _mapping(results.get("config")), _mapping(results.get("config_general"))
    if general:
        name = general.get("model_name")
        return {"model_id": _name(name), "harness": "lighteval", "n_shots": None}
    arguments = _arguments(config.get("model_args"))
    name = (
        results.get("model_name")
        or arguments.get("pretrained")
        or arguments.get("model")
        or config.get("model_name")
    )
    known = "versions" in results or "configs" in results or "n-shot" in results or "model_args" in config
    return {
        "model_id": _name(name or arguments.get("engine") or config.get("model")),
        "harness": HARNESS if known else None,
        "n_shots": _count(config.get("num_fewshot")),
    }


def _arguments(value: Any) -> dict[str, str]:
    """Read ``model_args``: a mapping, or text such as ``pretrained=a/b,revision=step1000``."""
    if isinstance(value, Mapping):
        return {key: text for key, text in value.items() if isinstance(text, str)}
    return dict(_ARGUMENT.findall(value[:5_000])) if isinstance(value, str) else {}


def _name(value: Any) -> str | None:
    """Give a model's name fit for a column."""
    return printable(value.strip(), 200) if isinstance(value, str) and value.strip() else None


def _step(results: Mapping[str, Any], path: str) -> int | None:
    """Give the training step: from the revision, from a name in the file, from the path."""
    arguments = _arguments(_mapping(results.get("config")).get("model_args"))
    texts = (arguments.get("revision"), arguments.get("pretrained"), results.get("model_name"), path[-500:])
    for text in texts:
        found = _STEP.findall(text) if isinstance(text, str) else []
        if found:
            return int(found[-1])
    return None


def _training(state: Mapping[str, Any]) -> Iterator[Row]:
    """Give what a trainer logged, one row a number."""
    history = state.get("log_history")
    for entry in history if isinstance(history, list) else []:
        step = _mapping(entry).get("step")
        for name, value in _mapping(entry).items():
            number = _number(value)
            if number is not None and name not in _NO_METRIC:
                yield _training_row(printable(name, 100), number, step, "transformers")


def _training_row(metric: str, value: float, step: Any, harness: str) -> Row:
    """Make a row for a number logged during training."""
    whole = isinstance(step, int) and not isinstance(step, bool) and abs(step) < 2**62
    return {
        "task": "training",
        "metric": metric,
        "value": value,
        "step": step if whole else None,
        "harness": harness,
    }


def _events(source: Source) -> Iterator[Row]:
    """Give the scalars of an event file."""
    for scalar in tfevents.scalars(source):
        yield _training_row(scalar.tag[:100], scalar.value, scalar.step, "tensorboard")


def _task_of_samples(name: str) -> str:
    """Give the task a file of samples is named for."""
    base = name.rpartition("/")[2]
    match = _SAMPLES_NAME.fullmatch(base)
    return printable(match[1] if match else base, 200)


def _samples(source: Source, path: str) -> Iterator[Row]:
    """Give the mean of each metric over the samples of one task; none when the file is too long to read whole."""
    if source.size > _SAMPLES_LIMIT:
        return
    sums: dict[str, list[float]] = {}
    for line in source.read_at(0, source.size).splitlines():
        sample = _sample(line)
        named = sample.get("metrics")
        names = (
            [name for name in named if isinstance(name, str)] if isinstance(named, list) else _SAMPLE_METRICS
        )
        for name in names:
            number = _number(sample.get(name))
            if number is not None:
                sums.setdefault(name, []).append(number)
    for name, values in sorted(sums.items()):
        yield {
            "task": _task_of_samples(path),
            "metric": printable(name, 100),
            "value": sum(values) / len(values),
            "step": _step({}, path),
            "harness": HARNESS,
        }


def _sample(line: bytes) -> Mapping[str, Any]:
    """Parse one line; a broken one counts as empty."""
    try:
        return _mapping(json.loads(line))
    except (ValueError, RecursionError):
        return {}
