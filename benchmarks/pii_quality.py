"""How right the search for personal data is: precision, recall and F2 by set and type, with intervals, beside peers.

``python -m benchmarks.pii_quality`` prints the tables as Markdown. Gold sets are read from LEAKKIT_CORPORA; the sets of
the second generator and the machine text are made on the spot. ``--presidio PYTHON`` runs Presidio by that interpreter.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.pii_matching import counted
from leakkit.stats import f_score, f_score_interval, paired_bootstrap, wilson_interval

ROOT = Path(__file__).parents[1]
CORPORA = Path(os.environ.get("LEAKKIT_CORPORA") or ROOT.parent / "shared" / "corpora")
GOLD = ("presidio_synth_dev", "btc_dev", "wikigold_dev", "leaks_dev", "secrets_credsweeper_dev")
SECOND = {
    "second author, names and formats we looked at": ("dev", 400),
    "second author, held back": ("held", 400),
}
Detector = Callable[[list[str]], list[list[tuple[int, int, str, float]]]]
Gold = tuple[set[str], list[dict[str, Any]]]

PRESIDIO = """
import json, sys
from presidio_analyzer import AnalyzerEngine
names = {"PHONE_NUMBER": "PHONE", "EMAIL_ADDRESS": "EMAIL", "IP_ADDRESS": "IP", "IBAN_CODE": "IBAN",
         "DATE_TIME": "DATE", "US_PASSPORT": "PASSPORT", "US_DRIVER_LICENSE": "DRIVER_LICENSE",
         "US_BANK_NUMBER": "BANK_ACCOUNT", "MAC_ADDRESS": "MAC", "UK_NHS": "NATIONAL_ID", "US_ITIN": "NATIONAL_ID",
         "MEDICAL_LICENSE": "NATIONAL_ID"}
engine = AnalyzerEngine()
for line in sys.stdin:
    found = engine.analyze(text=json.loads(line), language="en")
    print(json.dumps([[r.start, r.end, names.get(r.entity_type, r.entity_type), r.score] for r in found]), flush=True)
"""


def read_gold(path: Path) -> Gold:
    """Read a gold set: the types it marks, and its documents."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        labels = set(json.loads(next(lines))["labels"])
        return labels, [json.loads(line) for line in lines]


def gold_sets() -> Iterable[tuple[str, Gold]]:
    """Give the sets that are here: those of the corpora, and those of the second generator."""
    for name in GOLD:
        path = CORPORA / "pii" / f"{name}.jsonl.gz"
        if path.is_file():
            yield name, read_gold(path)
    sys.path.insert(0, str(ROOT / "tests" / "pii"))
    import leak_texts

    for name, (family, n) in SECOND.items():
        yield name, (set(leak_texts.LABELS), leak_texts.documents(family, n))


def presidio(python: str) -> Detector:
    """Give Presidio, run by another interpreter."""

    def detect(texts: list[str]) -> list[list[tuple[int, int, str, float]]]:
        lines = "".join(json.dumps(text) + "\n" for text in texts)
        done = subprocess.run(
            [python, "-c", PRESIDIO], input=lines, capture_output=True, text=True, check=True
        )
        return [[tuple(span) for span in json.loads(line)] for line in done.stdout.splitlines()]

    return detect


class Graded:
    """Counts of one detector on one set, by document and type."""

    def __init__(self, gold: Gold, detect: Detector) -> None:
        """Run the detector and count."""
        labels, documents = gold
        start = time.process_time()
        found = detect([d["text"] for d in documents])
        self.seconds = time.process_time() - start
        self.tallies = [counted(d, f, labels) for d, f in zip(documents, found, strict=True)]
        self.types = sorted({t for tally in self.tallies for t in tally})

    def documents(self, kind: str | None = None) -> list[list[int]]:
        """Give right, wrong and missed of each document, of one type or all."""
        chosen = [kind] if kind else self.types
        return [
            [sum(tally[t][what] for t in chosen if t in tally) for tally in self.tallies]
            for what in ("right", "wrong", "missed")
        ]

    def row(self, kind: str | None = None) -> dict[str, str]:
        """Give the figures of one type, or of all."""
        by_document = self.documents(kind)
        right, wrong, missed = (sum(column) for column in by_document)
        return {
            "true": str(right + missed),
            "precision": _rate(right, right + wrong),
            "recall": _rate(right, right + missed),
            "F2": _figure(*f_score_interval(*by_document, resamples=500)),
        }


def _rate(k: int, n: int) -> str:
    """Give a rate with its interval."""
    low, high = (float(end) for end in wilson_interval(k, n))
    return _figure(k / n, low, high) if n else "-"


def _figure(value: float, low: float, high: float) -> str:
    """Write a figure with its interval."""
    return "-" if value != value else f"{value:.2f} ({low:.2f} to {high:.2f})"


def table(rows: list[dict[str, str]]) -> str:
    """Give rows as a Markdown table."""
    heads = list(rows[0])
    lines = [heads, ["---"] * len(heads), *([row[h] for h in heads] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def measured(name: str, gold: Gold, peers: dict[str, Detector], by_type: bool) -> list[dict[str, str]]:
    """Grade the kit and its peers on one set."""
    from leakkit.pii.adapter import detect

    detect.load()
    ours = Graded(gold, detect)
    rows = [{"set": name, "tool": "leakkit", "type": "all", **ours.row()}]
    for tool, run in peers.items():
        theirs = Graded(gold, run)
        rows.append({"set": name, "tool": tool, "type": "all", **theirs.row()})
        print(f"{name}: leakkit less {tool}: {_gain(ours, theirs)}", file=sys.stderr)
    if by_type:
        rows += [{"set": name, "tool": "leakkit", "type": kind, **ours.row(kind)} for kind in ours.types]
    return rows


def _gain(ours: Graded, theirs: Graded) -> str:
    """Give the difference in F2, with documents drawn in pairs."""

    def f2(items: Any) -> float:
        return f_score(*(float(x) for x in items.sum(axis=0)))

    pairs = [list(zip(*g.documents(), strict=True)) for g in (ours, theirs)]
    return _figure(*paired_bootstrap(*pairs, statistic=f2, resamples=500)[:3])


def false_alarms(size: int = 100_000) -> list[dict[str, str]]:
    """Count findings in machine text with nobody in it, by kind."""
    from leakkit.pii.find import find_pii

    sys.path.insert(0, str(ROOT / "tests" / "pii" / "negatives"))
    import machine_text

    rows = []
    for kind in machine_text.KINDS:
        found = find_pii([machine_text.text_of(kind, size, seed=1)])
        real = found[~found["placeholder"].fillna(False)]
        megabytes = size / 1e6
        rows.append(
            {
                "kind": kind.replace("_", " "),
                "findings a MB": f"{len(real) / megabytes:.0f}",
                "likely and above a MB": f"{real['likelihood'].ge('likely').sum() / megabytes:.0f}",
            }
        )
    return rows


SAID = {
    "presidio_synth_dev": "sentences from templates (Presidio); never trained on, errors of half of it looked at",
    "btc_dev": "tweets (BTC); **the shipped tagger was trained on them**: its card has cross-validation",
    "wikigold_dev": "articles (wikigold); **the shipped tagger was trained on them**: its card has cross-validation",
    "leaks_dev": "leak-like files; we developed against them",
    "secrets_credsweeper_dev": "secrets in source and settings (CredSweeper's own expectation); half looked at",
    "second author, names and formats we looked at": "leak-like files of a second generator; looked at",
    "second author, held back": "the same generator, other names, keys, countries; scored often while rules changed",
}
"""What each set is, and whether its figure can be trusted."""

README = ROOT / "README.md"
BLOCK = re.compile(r"(<!-- pii:start -->\n).*?(<!-- pii:end -->)", re.DOTALL)


def write_readme(rows: list[dict[str, str]]) -> None:
    """Write the figures of all types, and below the fold those of each type, into the README."""
    said = [row | {"set": SAID.get(row["set"], row["set"])} for row in rows]
    whole = [
        {k: v for k, v in row.items() if k not in ("tool", "type")} for row in said if row["type"] == "all"
    ]
    each = [
        {k: v for k, v in row.items() if k != "tool"}
        for row in rows
        if row["type"] != "all" and row["set"] in ("presidio_synth_dev", "second author, held back")
    ]
    fold = f"<details>\n<summary>Each type, on two of the sets</summary>\n\n{table(each)}\n\n</details>"
    text = f"{table(whole)}\n\n{fold}\n\nMeasured by `python -m benchmarks.pii_quality --readme`.\n"
    README.write_text(BLOCK.sub(lambda m: m[1] + text + m[2], README.read_text("utf-8")), "utf-8")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--presidio", metavar="PYTHON", help="interpreter that has presidio_analyzer")
    parser.add_argument("--by-type", action="store_true", help="a row for each type")
    parser.add_argument("--no-alarms", action="store_true", help="leave the machine text out")
    parser.add_argument("--readme", action="store_true", help="write the figures into the README")
    options = parser.parse_args()
    peers = {"Presidio": presidio(options.presidio)} if options.presidio else {}
    by_type = options.by_type or options.readme
    rows = [row for name, gold in gold_sets() for row in measured(name, gold, peers, by_type)]
    print(table(rows))
    if options.readme:
        write_readme(rows)
        return
    if not options.no_alarms:
        print("\n" + table(false_alarms()))


if __name__ == "__main__":
    main()
