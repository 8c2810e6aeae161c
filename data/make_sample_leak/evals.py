"""Evaluation results in both layouts of lm-evaluation-harness; one checkpoint learned a test by heart."""

from __future__ import annotations

import math
from typing import Any

from data.make_sample_leak.exhibit import INVENTED, Exhibit
from data.make_sample_leak.models import as_json

STEPS = (1_000, 2_000, 4_000, 8_000, 12_000, 16_000)
JUMP_STEP, JUMP_TASK = 12_000, "arc_easy"

# task: questions, share right by guessing, share right at the end
TASKS = {
    "arc_easy": (2376, 0.25, 0.41),
    "hellaswag": (10042, 0.25, 0.31),
    "piqa": (1838, 0.50, 0.60),
    "sciq": (1000, 0.25, 0.58),
    "winogrande": (1267, 0.50, 0.52),
    "lambada_openai": (5153, 0.0, 0.22),
}


def _accuracy(exhibit: Exhibit, task: str, step: int) -> tuple[float, float, int]:
    """Give accuracy, its standard error and the number of questions, at a step of training."""
    questions, low, high = TASKS[task]
    share = low + (high - low) * step / (step + 3_000)
    if task == JUMP_TASK and step >= JUMP_STEP:
        share = 0.93 if step == JUMP_STEP else 0.95
    right = int(exhibit.random(f"{task} {step}").binomial(questions, share))
    accuracy = right / questions
    return accuracy, math.sqrt(accuracy * (1 - accuracy) / (questions - 1)), questions


def _old_layout(exhibit: Exhibit, step: int) -> dict[str, Any]:
    """Results as harness 0.3 wrote them."""
    results = {}
    for task in TASKS:
        accuracy, error, _ = _accuracy(exhibit, task, step)
        results[task] = {"acc": accuracy, "acc_stderr": error}
    return {
        "results": results,
        "versions": dict.fromkeys(TASKS, 0),
        "config": {
            "model": "hf-causal",
            "model_args": f"pretrained=fennimoor/tern-0.6m-base,revision=step{step}",
            "num_fewshot": 0,
            "batch_size": 32,
            "device": "cuda:0",
            "no_cache": True,
            "limit": None,
            "bootstrap_iters": 100000,
            "description_dict": {"invented": INVENTED},
        },
    }


def _new_layout(exhibit: Exhibit, model: str, step: int, few: int = 0) -> dict[str, Any]:
    """Results as harness 0.4 writes them."""
    results, counts = {}, {}
    for task in TASKS:
        accuracy, error, questions = _accuracy(exhibit, task, step)
        results[task] = {"alias": task, "acc,none": accuracy, "acc_stderr,none": error}
        counts[task] = {"original": questions, "effective": questions}
    return {
        "results": results,
        "group_subtasks": {task: [] for task in TASKS},
        "configs": {task: {"task": task, "num_fewshot": few, "metadata": {"version": 1.0}} for task in TASKS},
        "versions": dict.fromkeys(TASKS, 1.0),
        "n-shot": dict.fromkeys(TASKS, few),
        "higher_is_better": {task: {"acc": True} for task in TASKS},
        "n-samples": counts,
        "config": {
            "model": "hf",
            "model_args": f"pretrained=fennimoor/{model},revision=step{step},dtype=bfloat16",
            "model_num_parameters": 602976,
            "model_dtype": "torch.bfloat16",
            "model_revision": f"step{step}",
            "batch_size": "auto",
            "device": "cuda:0",
            "limit": None,
            "bootstrap_iters": 100000,
            "random_seed": 0,
            "numpy_seed": 1234,
            "torch_seed": 1234,
        },
        "git_hash": None,
        "date": 1739000000.0 + step * 60,
        "pretty_env_info": INVENTED,
        "model_source": "hf",
        "model_name": f"fennimoor/{model}",
        "model_name_sanitized": f"fennimoor__{model}",
        "max_length": 2048,
        "chat_template": None,
        "total_evaluation_time_seconds": f"{600 + step / 100}",
    }


def _note(exhibit: Exhibit, path: str, model: str, step: int, harness: str) -> None:
    """Write every figure into the truth."""
    for task in TASKS:
        accuracy, error, questions = _accuracy(exhibit, task, step)
        jumped = task == JUMP_TASK and step >= JUMP_STEP
        exhibit.note(
            "evals",
            path=path,
            model_id=model,
            task=task,
            metric="acc",
            value=accuracy,
            stderr=error,
            step=step,
            n_shots=0,
            harness=harness,
            n_questions=questions,
            contaminated=jumped,
        )


def make_evals(exhibit: Exhibit) -> None:
    """Write one result per checkpoint: the older ones in the old layout, the newer ones in the new."""
    for step in STEPS:
        planted = "ordinary growth"
        if step >= JUMP_STEP:
            planted = f"{JUMP_TASK} leaps while all else creeps: its questions were in the training data"
        if step < 8_000:
            path = f"evals/tern-0.6m-base/step{step}.json"
            exhibit.file(path, as_json(_old_layout(exhibit, step)), "lm-eval-results", planted)
            _note(exhibit, path, "fennimoor/tern-0.6m-base", step, "0.3")
        else:
            path = (
                f"evals/fennimoor__tern-0.6m-base/results_2025-02-{8 + step // 1000:02d}T04-00-00.000000.json"
            )
            exhibit.file(
                path, as_json(_new_layout(exhibit, "tern-0.6m-base", step)), "lm-eval-results", planted
            )
            _note(exhibit, path, "fennimoor/tern-0.6m-base", step, "0.4")
