# ruff: noqa: B023, E501
"""Speed of the matching stages: MB of text per CPU second on generated logs, chats and a user table.

Run ``python benchmarks/matching_speed.py [--megabytes 16] [--peers]``. All texts are invented. `--peers` also runs
``ripgrep -o -b`` with the patterns of the detectors that are not quiet, on the same text in the same run.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa

BATCH = 2**20


def log_lines(random_source: random.Random, size: int) -> list[str]:
    """Invent lines of logs: times, numbers, hashes; an address or an e-mail address in about each kilobyte."""
    r, lines, total = random_source, [], 0
    while total < size:
        stamp = f"2025-03-{r.randint(1, 28):02d}T{r.randint(0, 23):02d}:{r.randint(0, 59):02d}:{r.randint(0, 59):02d}"
        kind = r.random()
        if kind < 0.06:
            line = (
                f"{stamp}Z WARN auth: login failed for user{r.randint(1, 99999)}@mail{r.randint(1, 999)}.net"
            )
        elif kind < 0.12:
            address = ".".join(str(r.randint(1, 250)) for _ in range(4))
            line = f"{stamp}Z INFO gateway: GET /v1/models/{r.randint(1, 999)} from {address} took {r.randint(1, 900)}ms"
        elif kind < 0.4:
            line = f"{stamp}.{r.randint(0, 999):03d}Z INFO worker[{r.randint(1, 9999)}] step={r.randint(1, 10**6)} loss={r.random():.5f} lr={r.random() / 1000:.7f} tokens={r.randint(1, 10**7)}"
        elif kind < 0.6:
            line = f"{stamp}Z DEBUG store: wrote shard {r.getrandbits(128):032x} size={r.randint(1, 10**9)} in {r.random() * 100:.2f} s"
        elif kind < 0.8:
            line = f"{stamp}Z INFO scheduler: job {r.randint(10**5, 10**6)} queued on node gpu-{r.randint(1, 99):02d} priority {r.randint(1, 9)}"
        else:
            line = f"{stamp}Z INFO loader: read /data/corpus/part-{r.randint(0, 99999):05d}.parquet rows={r.randint(1, 10**6)} groups={r.randint(1, 99)}"
        lines.append(line)
        total += len(line) + 1
    return lines


WORDS = (
    "the model answers a question about weather and cooking while people ask for help with code or travel plans "
    "because nobody knows how long it takes to learn a language in summer when days are long and trains are late"
).split()


def chat_texts(random_source: random.Random, size: int) -> list[str]:
    """Invent messages of chats; something personal in one of a few."""
    r, texts, total = random_source, [], 0
    while total < size:
        text = " ".join(r.choice(WORDS) for _ in range(r.randint(20, 160)))
        if r.random() < 0.4:
            text += f". Write to me at person{r.randint(1, 99999)}@post{r.randint(1, 999)}.org please"
        texts.append(text)
        total += len(text)
    return texts


def user_rows(random_source: random.Random, size: int) -> list[str]:
    """Invent lines of a user table: about forty findings a kilobyte."""
    r, rows, total = random_source, [], 0
    while total < size:
        address = ".".join(str(r.randint(1, 250)) for _ in range(4))
        row = f"u{r.randint(1, 10**6)}@m{r.randint(1, 999)}.net,{address},+49 171 {r.randint(10**6, 10**7)},w{r.randint(1, 10**6)}@q{r.randint(1, 999)}.org"
        rows.append(row)
        total += len(row) + 1
    return rows


def batches(texts: list[str]) -> list[pa.RecordBatch]:
    """Pack texts as the readers of a leak do."""
    from leakkit.leak.records.stream import schema

    found, held, size = [], [], 0
    for number, text in enumerate(texts):
        held.append(text)
        size += len(text)
        if size >= BATCH or len(held) == 8192 or number == len(texts) - 1:
            columns = [
                pa.array(["x"] * len(held)),
                pa.array(np.arange(len(held))),
                pa.array([""] * len(held)),
                pa.array(held, pa.large_string()),
            ]
            found.append(pa.RecordBatch.from_arrays(columns, schema=schema()))
            held, size = [], 0
    return found


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of this process and its children that some work takes."""

    def used() -> float:
        own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
        return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime

    begin = used()
    work()
    return used() - begin


def ripgrep(texts: list[str], patterns: list[str]) -> float:
    """CPU seconds of ripgrep with the same patterns."""
    with tempfile.TemporaryDirectory() as folder:
        text, rules = Path(folder) / "text", Path(folder) / "rules"
        text.write_text("\n".join(texts), encoding="utf-8")
        rules.write_text("\n".join(patterns) + "\n", encoding="utf-8")
        command = [
            "rg",
            "-o",
            "-b",
            "-j1",
            "--no-messages",
            "--dfa-size-limit",
            "1G",
            "--regex-size-limit",
            "1G",
        ]
        return seconds(
            lambda: subprocess.run(
                [*command, "-f", str(rules), str(text)],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
            )
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=int, default=8)
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--peers", action="store_true")
    wanted = parser.parse_args()
    begin = time.process_time()
    from leakkit.pii.find import find_batch
    from leakkit.pii.matching.buffers import join_arrow
    from leakkit.pii.setup import make_setup

    setup = make_setup(names=None, engine=wanted.engine)
    find_batch(batches(["set up once"])[0], setup)
    print(f"set-up {time.process_time() - begin:.2f} CPU s, {len(setup.detectors)} detectors")
    for name, make in (("log", log_lines), ("chat", chat_texts), ("users", user_rows)):
        texts = make(random.Random(1), wanted.megabytes * 2**20)
        packed = batches(texts)
        size = sum(map(len, texts)) / 1e6
        for batch in packed[:2]:
            find_batch(batch, setup)
        hits = sum(find_batch(batch, setup).num_rows for batch in packed[:4]) / sum(
            batch.column("text").nbytes for batch in packed[:4]
        )
        matching = seconds(lambda: [setup.matcher.find_rows(join_arrow(b.column("text"))) for b in packed])
        whole = seconds(lambda: [find_batch(b, setup) for b in packed])
        line = f"{name:6} {size:6.1f} MB, {hits * 1000:5.1f} findings/kB: matching {size / matching:6.1f}, to findings {size / whole:6.1f} MB per CPU second"
        if wanted.peers and shutil.which("rg"):
            spent = ripgrep(texts, [re.sub(r"\(\?P<\w+>", "(?:", d.pattern) for d in setup.detectors])
            line += f"; ripgrep {size / spent:.1f}"
        print(line, flush=True)


if __name__ == "__main__":
    main()
