"""Running partitions: in one process or in several, of which any may die."""

from __future__ import annotations

import os
import sys

import pytest

from leakkit.engine import Outcome, Task, run
from leakkit.errors import BadParameterError, LeakkitError

WORK = "tests.engine_work"
needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by signals")


def outcomes(tasks: list[Task], name: str, workers: int, settings: object = None) -> list[Outcome]:
    found = list(run(tasks, f"{WORK}:{name}", workers, settings=settings))
    return sorted(found, key=lambda outcome: outcome.task.id)


@pytest.mark.parametrize("workers", [1, 2])
def test_every_task_has_one_outcome_whatever_the_number_of_workers(workers: int) -> None:
    tasks = [Task(f"{number:02}", {"number": number}) for number in range(12)]
    found = outcomes(tasks, "squared", workers, settings=1)
    assert [outcome.result["square"] for outcome in found] == [n * n + 1 for n in range(12)]


def test_a_single_task_dies_in_a_process_of_its_own_unless_one_worker_is_asked_for() -> None:
    [beside] = outcomes([Task("0", {"number": 1})], "squared", 2)
    [default] = run([Task("0", {"number": 1})], f"{WORK}:squared")
    [here] = outcomes([Task("0", {"number": 1})], "squared", 1)
    assert here.result["pid"] == os.getpid()
    assert os.getpid() not in {beside.result["pid"], default.result["pid"]}


def test_several_workers_are_several_processes() -> None:
    found = outcomes([Task(str(n), {"number": n}) for n in range(8)], "squared", 2)
    assert 1 <= len({outcome.result["pid"] for outcome in found}) <= 2
    assert not {outcome.result["pid"] for outcome in found} & {os.getpid()}


@needs_signals
def test_a_worker_that_is_killed_once_costs_a_second_try(tmp_path) -> None:
    tasks = [Task(str(n), {"mark": str(tmp_path / str(n))}) for n in range(3)]
    assert [outcome.result for outcome in outcomes(tasks, "dies_once", 2)] == [{"passed_over": []}] * 3


@needs_signals
def test_a_place_that_kills_twice_is_passed_over_and_the_rest_is_read() -> None:
    tasks = [Task("0", {"names": ["a", "deadly 1", "b", "deadly 2", "c"]}), Task("1", {"names": ["d"]})]
    first, second = outcomes(tasks, "deadly", 2)
    assert first.result == {"read": ["a", "b", "c"]}
    assert first.task.passed_over == ["deadly 1", "deadly 2"]
    assert second.result == {"read": ["d"]}


def test_a_task_that_dies_at_no_known_place_is_lost_alone() -> None:
    lost, kept = outcomes([Task("0", {}), Task("1", {})], "dies_silently", 2)
    assert lost.result is None and kept.result is None
    assert lost.error == "the process that read it died twice (exit code 3)"


def test_an_error_of_our_own_ends_the_run_with_its_three_parts() -> None:
    with pytest.raises(LeakkitError, match="Expected one thing; found another. What to do: mend it."):
        outcomes([Task("0", {}), Task("1", {})], "refuses", 2)


def test_another_error_names_its_type_and_none_of_its_words() -> None:
    found = outcomes([Task("0", {}), Task("1", {})], "breaks", 2)
    assert all(outcome.error.startswith("ZeroDivisionError") for outcome in found)
    assert not any("secret" in outcome.error for outcome in found)


def test_stopping_early_ends_all_processes() -> None:
    found = run([Task(str(n), {"number": n}) for n in range(50)], f"{WORK}:squared", 2)
    pid = next(found).result["pid"]
    found.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.parametrize("workers", [0, -1, True, 1.5, "2"])
def test_a_number_of_workers_that_makes_no_sense_is_refused(workers: object) -> None:
    with pytest.raises(BadParameterError):
        list(run([Task("0", {})], f"{WORK}:squared", workers))


def test_a_client_is_refused_until_there_is_one() -> None:
    with pytest.raises(BadParameterError, match="Expected no client"):
        list(run([], f"{WORK}:squared", client=object()))
