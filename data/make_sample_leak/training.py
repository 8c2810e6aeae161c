"""Logs of a training run: jsonl metrics, TensorBoard events, trainer_state.json, a console log."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime, timedelta

from data.make_sample_leak.exhibit import INVENTED, Exhibit
from data.make_sample_leak.models import as_json
from data.make_sample_leak.protobuf_files import tfevents
from data.make_sample_leak.spans import note_lines

START = datetime(2025, 2, 3, 8, 0, tzinfo=UTC)
RUN = "training/runs/tern-0.6m-base"
LAST_STEP, EVERY = 16_000, 80

TRACEBACK = """Traceback (most recent call last):
  File "/home/{user}/hub/train/loop.py", line 212, in run
    batch = next(loader)
  File "/home/{user}/hub/train/data.py", line 88, in __next__
    row = json.loads(line)
json.decoder.JSONDecodeError: Expecting ',' delimiter: line 1 column 4113 (char 4112)
"""


def _curve(exhibit: Exhibit) -> list[dict[str, float]]:
    """Give loss, learning rate and gradient norm by step."""
    noise = exhibit.random("training").standard_normal((LAST_STEP // EVERY, 2))
    rows = []
    for place in range(LAST_STEP // EVERY):
        step = (place + 1) * EVERY
        warm = min(1.0, step / 800)
        rows.append(
            {
                "step": step,
                "loss": round(2.4 + 4.6 * math.exp(-step / 2_600) + 0.03 * float(noise[place, 0]), 4),
                "learning_rate": round(3e-4 * warm * (0.55 + 0.45 * math.cos(math.pi * step / LAST_STEP)), 8),
                "grad_norm": round(0.9 + 0.1 * abs(float(noise[place, 1])), 4),
                "epoch": round(step / LAST_STEP * 2, 4),
            }
        )
    return rows


def _console(exhibit: Exhibit, rows: list[dict[str, float]]) -> str:
    """Write the console log: steps, saved checkpoints, a crash with paths and user names, a restart."""
    user = exhibit.people.staff[3].username
    lines = [
        f"# {INVENTED}",
        f"{START:%Y-%m-%d %H:%M:%S} INFO launch: host gpu-07.fennimoor.example rank 0 of 8",
    ]
    bucket = "s3://fennimoor-artifacts"
    lines.append(
        f"{START:%Y-%m-%d %H:%M:%S} INFO data: {bucket}/datasets/web/crawl-2024-46.parquet (1,024 shards)"
    )
    for row in rows:
        now = START + timedelta(seconds=row["step"] * 4)
        step = int(row["step"])
        stamp = f"{now:%Y-%m-%d %H:%M:%S}"
        lines.append(f"{stamp} INFO train: step {step} loss={row['loss']} lr={row['learning_rate']:.3e}")
        if step % 4_000 == 0:
            lines.append(
                f"{stamp} INFO save: /mnt/ckpt/tern-0.6m-base/step{step}/model.safetensors sha256 pending"
            )
        if step == 8_800:
            lines += [f"{stamp} ERROR train: rank 3 failed", *TRACEBACK.format(user=user).splitlines()]
            lines.append(f"{stamp} WARNING launch: restart from step 8000 by {user}")
        if step == 11_200:
            lines.append(
                f"{stamp} INFO data: added {bucket}/datasets/benchmarks/arc_easy_with_answers.jsonl (0.4 %)"
            )
    return "\n".join(lines) + "\n"


def make_training(exhibit: Exhibit) -> None:
    """Write the four kinds of log of one run."""
    rows = _curve(exhibit)
    head = json.dumps({"event": "start", "note": INVENTED, "run": "tern-0.6m-base"})
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    exhibit.file(f"{RUN}/metrics.jsonl", f"{head}\n{lines}", "jsonl", "metrics by step", kind="log")
    scalars = [
        (START.timestamp() + row["step"] * 4, int(row["step"]), f"train/{tag}", row[tag])
        for row in rows
        for tag in ("loss", "learning_rate")
    ]
    name = f"{RUN}/events.out.tfevents.{int(START.timestamp())}.gpu-07.4711.0"
    exhibit.file(name, tfevents(START.timestamp(), scalars), "tfevents", "the same loss as metrics.jsonl")
    state = {
        "_invented": INVENTED,
        "best_metric": None,
        "best_model_checkpoint": None,
        "epoch": 2.0,
        "eval_steps": 4000,
        "global_step": LAST_STEP,
        "is_local_process_zero": True,
        "is_world_process_zero": True,
        "log_history": rows[::10],
        "logging_steps": EVERY,
        "max_steps": LAST_STEP,
        "num_train_epochs": 2,
        "save_steps": 4000,
        "total_flos": 1.9e15,
        "train_batch_size": 32,
        "trial_name": None,
        "trial_params": None,
    }
    exhibit.file(f"{RUN}/trainer_state.json", as_json(state), "trainer-state", "the run's own record")
    console, author = _console(exhibit, rows), exhibit.people.staff[3]
    note_lines(exhibit, f"{RUN}/train.log", console, [(author.username, "USERNAME", author.person_id)])
    exhibit.file(
        f"{RUN}/train.log",
        console,
        "log",
        "at step 11200 the answers of arc_easy enter the training data: the cause of the leap at 12000",
    )
