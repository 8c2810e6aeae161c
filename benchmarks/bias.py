"""Measure the bias room: errors where nothing is there, coverage, power, speed; write the README's table.

``python -m benchmarks.bias`` prints it (some ten minutes on one core), ``--readme`` writes it into the README
too, ``--runs 100`` is quicker.
"""

from __future__ import annotations

import argparse
import re
import time
from pathlib import Path

import pandas as pd

from benchmarks import bias_groups, bias_identity, bias_intervals, bias_outputs, bias_words
from leakkit.bias.text.identity import count_identity_terms
from leakkit.bias.text.windows import count_windows
from leakkit.stats import bootstrap_rates, wilson_interval

README = Path(__file__).parents[1] / "README.md"
BLOCK = re.compile(r"(<!-- bias:start -->\n).*?(<!-- bias:end -->)", re.DOTALL)
NULL = "nothing there: runs with a discovery"
Rows = list[tuple[str, str, str]]


def share(found: float, runs: int) -> str:
    """Write a share of runs with its interval."""
    low, high = wilson_interval(round(found * runs), runs)
    return f"{found:.1%} of {runs:,} ({float(low):.1%} to {float(high):.1%})"


def nulls(runs: int) -> Rows:
    """Measure how often something is found where nothing is."""
    rows = []
    for groups in (2, 3, 6):
        found = bias_groups.discoveries(runs, groups, correction="bh")
        rows += [
            (f"{NULL}; tables of {groups} groups, {name}", share(rate, runs), "5 %")
            for name, rate in found.items()
        ]
    words = bias_words.error_rates(runs, 1.0)
    rows += [(f"{NULL}; {name}", share(figure["some_false"], runs), "5 %" if "ours" in name else "") for name, figure
             in words.items()]  # fmt: skip
    for ratio in (1.5, 2.0):
        for name, figure in bias_words.error_rates(runs // 10, ratio).items():
            rows.append((f"words at {ratio} times the rate; {name}: power, false discovery rate",
                         f"{figure['power']:.2f}, {figure['fdr']:.2f}", ""))  # fmt: skip
    return rows


def coverage() -> Rows:
    """Measure how often 95 % intervals hold the truth, over the grid of `benchmarks.bias_intervals`."""
    rows = bias_intervals.rates_covered() + bias_intervals.pairs_covered() + bias_intervals.gaps_covered()
    table = bias_intervals.summary(rows + bias_intervals.naive_gaps_covered())
    return [
        (f"coverage of 95 % intervals; {name}",
         f"{row['mean']:.1%} on average over {row['corners']} places, {row['worst']:.1%} at the worst",
         "" if "naive" in str(name) else "93 to 97 %")
        for name, row in table.iterrows()
    ]  # fmt: skip


def speeds(megabytes: float) -> Rows:
    """Measure the speed beside what else there is, interleaved."""
    texts = bias_words.made_up_text(megabytes)
    size = sum(map(len, texts)) / 1e6
    peers = {"Python Counter": bias_words._by_counter, "Arrow and numpy": bias_words._by_arrow}
    ways = {"ours": lambda t: count_windows(t, bias_words.TERMS), **peers}
    spent = dict.fromkeys(ways, float("inf"))
    for _ in range(3):
        for name, work in ways.items():
            spent[name] = min(spent[name], bias_words.cpu_seconds(work, texts, 1))
    beside = ", ".join(f"{spent[name] / spent['ours']:.1f} times {name}" for name in peers)
    rows = [
        (
            "words within reach of terms (`count_windows`)",
            f"{size / spent['ours']:.0f} MB/CPU s; {beside}",
            "24",
        )
    ]
    count_identity_terms(["warm up"])
    mentions = bias_identity.invented_texts(megabytes)
    ours = bias_identity.speed(bias_identity.ours, mentions)
    ratio = ours / bias_identity.speed(bias_identity.vector_regex, mentions.slice(0, len(mentions) // 5), 1)
    rows.append(("identity terms (`count_identity_terms`)",
                 f"{ours:.0f} MB/CPU s; {ratio:.0f} times pyarrow's regex a group", "140"))  # fmt: skip
    bootstrap_rates([30] * 6, [500] * 6, 10)
    start = time.process_time()
    bootstrap_rates([30, 40, 50, 60, 70, 80], [500] * 6, 10_000)
    rows.append(
        ("10,000 bootstrap tables of six groups", f"{time.process_time() - start:.3f} CPU s", "0.1 s")
    )
    table = bias_groups.seconds()
    rows.append(("`rate_groups` on 1,000,000 rows, six groups", f"{table['rate_groups']:.2f} CPU s; fairlearn, point "
                 f"metrics only, {table['fairlearn'] / table['rate_groups']:.0f} times as long", ""))  # fmt: skip
    return rows


def answers(runs: int) -> Rows:
    """Measure label bias and paired prompts where nothing is there."""
    pairs = bias_outputs.null_runs(runs)
    return [(f"{NULL}; {name}", share(rate, runs), "5 %") for name, rate in pairs.items()]


def main() -> None:
    """Measure and print; write the README when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1_000)
    parser.add_argument("--megabytes", type=float, default=50)
    parser.add_argument("--readme", action="store_true")
    options = parser.parse_args()
    rows = nulls(options.runs) + answers(options.runs) + coverage() + speeds(options.megabytes)
    frame = pd.DataFrame(rows, columns=["what", "measured", "must be"])
    text = "\n".join(["| what | measured | must be |", "| --- | --- | --- |",
                      *(f"| {a} | {b} | {c} |" for a, b, c in frame.itertuples(index=False))])  # fmt: skip
    command = f"python -m benchmarks.bias --readme --runs {options.runs} --megabytes {options.megabytes:g}"
    text += f"\n\nMeasured by `{command}`; invented data, seeds fixed. In brackets 95 % intervals.\n"
    print(text)
    if options.readme:
        README.write_text(BLOCK.sub(lambda m: m[1] + text + m[2], README.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
