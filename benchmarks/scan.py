"""Speed and memory of the scan: file to findings, one core, structured detectors; against ripgrep and Presidio.

``python -m benchmarks.scan`` prints the figures. Presidio stands in an environment of its own: name its
Python in ``LEAKKIT_PEERS``, or its row is left out. Ripgrep is left out where there is no ``rg``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.scan_texts import KINDS, text_of

Figure = dict[str, Any]

README = Path(__file__).parents[1] / "README.md"
BLOCK = re.compile(r"(<!-- scan:start -->\n).*?(<!-- scan:end -->)", re.DOTALL)
NAMED = {"log": 10, "web.jsonl": 1.5}
"""Kinds that are measured with names looked for, too, and the speed they must have."""

FLOORS = {"log": 100, "chat.jsonl": 80, "web.jsonl": 80, "users.csv": 25}
SIZE = 64 * 2**20
PRESIDIO_SIZE = 60_000
RG_RATIO, PRESIDIO_RATIO, MEMORY = 1.5, 400, 350

CHILD = """
import json, pathlib, re, sys, time
began = time.process_time()
from leakkit.leak.open import open_leak
from leakkit.pii.masking.case import Case
from leakkit.pii.scanning.scan import scan
case = Case(b"an invented salt for benchmarks")
def run(place):
    start = time.process_time()
    found = scan(place, workers=1, names=None if sys.argv[3] == "0" else "auto", case=case, progress=False)
    return time.process_time() - start, found.n_findings
run(sys.argv[1])
setup = time.process_time() - began
seconds, findings = run(sys.argv[2])
peak = int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]) / 1024
print(json.dumps({"setup": setup, "seconds": seconds, "findings": findings, "peak_mib": peak}))
"""

PRESIDIO = """
import json, sys, time
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine
class Nothing(NlpEngine):
    engine_name = "nothing"
    is_available = True
    def load(self): pass
    def is_loaded(self): return True
    def process_text(self, text, language): return NlpArtifacts([], [], [], [], self, language)
    def process_batch(self, texts, language, **kwargs):
        return [(text, self.process_text(text, language)) for text in texts]
    def is_stopword(self, word, language): return False
    def is_punct(self, word, language): return False
    def get_supported_entities(self): return []
    def get_supported_languages(self): return ["en"]
registry = RecognizerRegistry(supported_languages=["en"])
registry.load_predefined_recognizers(languages=["en"], nlp_engine=Nothing())
registry.recognizers = [r for r in registry.recognizers if "spacy" not in type(r).__name__.lower()]
engine = AnalyzerEngine(registry=registry, nlp_engine=Nothing(), supported_languages=["en"])
lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
engine.analyze("warm up", "en")
start = time.process_time()
found = sum(len(engine.analyze(line, "en")) for line in lines)
print(json.dumps({"seconds": time.process_time() - start, "findings": found}))
"""


def ours(place: Path, small: Path, names: bool = False) -> Figure:
    """Scan one file in a process of its own, after one of a few lines; CPU seconds, findings, peak MiB."""
    command = [sys.executable, "-c", CHILD, str(small), str(place), str(int(names))]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=_one_thread())
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def _one_thread() -> dict[str, str]:
    """Give an environment in which nothing uses a second core unasked."""
    return os.environ | dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "ARROW_NUM_THREADS"), "1")


def ripgrep_patterns(work: Path) -> Path:
    """Write the patterns of the detectors that ripgrep understands, one a line."""
    from leakkit.pii.detector import selected

    path = work / "patterns.txt"
    kept = []
    for detector in selected():
        pattern = detector.pattern.replace("(?P<value>", "(?:")  # many patterns together need different names
        done = subprocess.run(
            ["rg", "--no-unicode", "-q", "-e", pattern, os.devnull], capture_output=True, check=False
        )
        if done.returncode < 2 and "\n" not in pattern:
            kept.append(pattern)
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return path


def ripgrep(place: Path, patterns: Path) -> float:
    """Search a file for all patterns; CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    limits = ["--regex-size-limit", "4G", "--dfa-size-limit", "1G"]
    command = ["rg", "-j1", "--no-unicode", "-a", "-o", "-b", *limits, "-f", str(patterns), str(place)]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode > 1:
        raise RuntimeError(f"ripgrep refuses the patterns: {done.stderr[-300:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def presidio(place: Path) -> float:
    """Search a file line by line with Presidio's patterns; CPU seconds without start-up."""
    command = [os.environ["LEAKKIT_PEERS"], "-c", PRESIDIO, str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=_one_thread())
    return float(json.loads(done.stdout)["seconds"])


def measured(kind: str, work: Path, size: int, rounds: int, names: bool) -> Figure:
    """Measure one kind of file, each tool in turn."""
    folder = work / f"{kind} {names}"
    folder.mkdir()
    data = text_of(kind, size)
    place, small, sample = folder / kind, work / f"small.{kind}", work / f"sample.{kind}"
    place.write_bytes(data)
    small.write_bytes(text_of(kind, 4_000, seed=2))
    sample.write_bytes(text_of(kind, PRESIDIO_SIZE, seed=3))
    has_peer, has_rg = bool(os.environ.get("LEAKKIT_PEERS")), bool(shutil.which("rg"))
    patterns = ripgrep_patterns(work) if has_rg and not names else None
    speeds, to_rg, to_presidio, setups, peaks = [], [], [], [], []
    for _ in range(rounds):
        run = ours(folder, small, names)
        speed = len(data) / 1e6 / run["seconds"]
        speeds.append(speed)
        setups.append(run["setup"])
        peaks.append(run["peak_mib"])
        if patterns is not None:
            to_rg.append(speed / (len(data) / 1e6 / ripgrep(place, patterns)))
        if has_peer:
            to_presidio.append(speed / (sample.stat().st_size / 1e6 / presidio(sample)))
    return {
        "kind": kind + (" with names" if names else ""),
        "MB per CPU second": round(median(speeds), 1),
        "floor": NAMED.get(kind) if names else FLOORS[kind],
        "times ripgrep": round(median(to_rg), 2) if to_rg else None,
        "times Presidio": round(median(to_presidio)) if to_presidio else None,
        "set-up s": round(median(setups), 2),
        "peak MiB": round(max(peaks)),
        "findings per MB": round(run["findings"] / len(data) * 1e6),
    }


def planning(work: Path, size: int) -> Figure:
    """Measure how fast a large file is cut into slices."""
    from leakkit.leak.open import open_leak
    from leakkit.pii.scanning.partitions import plan

    folder = work / "planned"
    folder.mkdir()
    for kind in ("log", "users.csv"):
        (folder / kind).write_bytes(text_of(kind, size))
    start = time.process_time()
    planned = plan(open_leak(folder, hash=False), "benchmark")
    seconds = time.process_time() - start
    total = sum(path.stat().st_size for path in folder.iterdir())
    return {"partitions": len(planned.partitions), "planned, MB per CPU second": round(total / 1e6 / seconds)}


def write_readme(figures: list[Figure], size: int, rounds: int) -> None:
    """Write the figures into the README."""
    columns = [name for name in figures[0] if name != "kind"]
    rows = ["| text | " + " | ".join(columns) + " |", "| --- |" + " --- |" * len(columns)]
    for figure in figures:
        cells = ["" if figure[name] is None else f"{figure[name]:,}" for name in columns]
        rows.append(f"| {figure['kind']} | " + " | ".join(cells) + " |")
    how = (
        f"Measured by `python -m benchmarks.scan --readme --size {size}`: file to findings, one core, as many bytes of "
        f"invented text a kind, medians of {rounds}. Ripgrep searches the same file for the same patterns; Presidio's "
        "patterns search a sample of it. The pages hold few names: articles and news full of them take several times "
        "as long."
    )
    text = "\n".join([*rows, "", how, ""])
    README.write_text(BLOCK.sub(lambda m: m[1] + text + m[2], README.read_text("utf-8")), "utf-8")


def main() -> None:
    """Run the benchmarks and print the figures, one a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help="bytes of each file")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--names", action="store_true", help="look for names, too")
    parser.add_argument("--kinds", nargs="*", default=list(KINDS), choices=list(KINDS))
    parser.add_argument(
        "--readme", action="store_true", help="measure with and without names; write the README"
    )
    options = parser.parse_args()
    cases = [(kind, options.names) for kind in options.kinds]
    if options.readme:
        cases = [(kind, False) for kind in KINDS] + [(kind, True) for kind in NAMED]
    figures = []
    with tempfile.TemporaryDirectory() as work:
        print(json.dumps(planning(Path(work), options.size)), flush=True)
        for kind, names in cases:
            size = min(options.size, SIZE // 4) if names else options.size
            figures.append(measured(kind, Path(work), size, options.rounds, names))
            print(json.dumps(figures[-1]), flush=True)
    if options.readme:
        write_readme(figures, options.size, options.rounds)


if __name__ == "__main__":
    main()
