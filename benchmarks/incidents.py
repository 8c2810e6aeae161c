"""Speed and memory of `load_vcdb` against verispy, in turns: `python -m benchmarks.incidents --peer PYTHON`.

PYTHON is an interpreter with verispy (`pip install verispy "pandas<2" "numpy<2" setuptools`). verispy reads a
folder of one JSON file an incident and fetches its schema; here it is given the schema as a file, so that the
network plays no part. Import times count for neither. The zip and the schema are those of the corpora.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from statistics import median

CORPORA = Path(os.environ.get("LEAKKIT_CORPORA") or Path(__file__).parents[2] / "shared" / "corpora")
VCDB = CORPORA / "incidents" / "vcdb"

TAIL = """
import json, pathlib, re, time
start, cpu = time.perf_counter(), time.process_time()
rows = run()
seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
peak = int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]) / 1024
print(json.dumps({"rows": rows, "seconds": seconds, "cpu": cpu, "peak_mib": peak}))
"""
PEER = """
import sys, warnings
warnings.simplefilter("ignore")
from verispy import VERIS
run = lambda: len(VERIS(json_dir=sys.argv[1], verbose=False).json_to_df(schema_path=sys.argv[2], verbose=False))
"""
OURS = """
import sys
from leakkit.frames import INCIDENTS
from leakkit.incidents.veris import load_vcdb
INCIDENTS.from_rows([])
run = lambda: len(load_vcdb(sys.argv[1]))
"""


def measured(python: str, code: str, *arguments: Path) -> dict[str, float]:
    """Run one loader in a process of its own; give rows, seconds, CPU seconds and peak MiB."""
    command = [python, "-c", code + TAIL, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def prepare(work: Path) -> tuple[Path, Path]:
    """Write the folder of single files and the schema that verispy reads."""
    folder, schema = work / "json", work / "schema.json"
    folder.mkdir()
    with zipfile.ZipFile(VCDB / "vcdb.json.zip") as archive:
        records = json.loads(archive.read(archive.namelist()[0]))
    for number, record in enumerate(records):
        (folder / f"{number:05d}.json").write_text(json.dumps(record, indent=2), "utf-8")
    schema.write_bytes(gzip.decompress((VCDB / "vcdb-merged-1.3.4.json.gz").read_bytes()))
    return folder, schema


def main() -> None:
    """Run the loaders in turns and print medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", required=True, help="interpreter that has verispy")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder, schema = prepare(Path(work))
        runs: dict[str, list[dict[str, float]]] = {
            "verispy, folder": [],
            "load_vcdb, folder": [],
            "load_vcdb, zip": [],
        }
        for _ in range(options.rounds):
            runs["verispy, folder"].append(measured(options.peer, PEER, folder, schema))
            runs["load_vcdb, folder"].append(measured(sys.executable, OURS, folder))
            runs["load_vcdb, zip"].append(measured(sys.executable, OURS, VCDB / "vcdb.json.zip"))
    peers = runs["verispy, folder"]
    for name, own in runs.items():
        middle = {key: median(run[key] for run in own) for key in own[0]}
        ratios = [peer["cpu"] / run["cpu"] for peer, run in zip(peers, own, strict=True)]
        memory = median(run["peak_mib"] / peer["peak_mib"] for peer, run in zip(peers, own, strict=True))
        print(
            f"{name:18} {middle['rows']:,.0f} rows  {middle['seconds']:.2f} s  {middle['cpu']:.2f} CPU s  "
            f"{middle['peak_mib']:.0f} MiB  {median(ratios):.1f} times the speed "
            f"({min(ratios):.1f} to {max(ratios):.1f}), {memory:.2f} of the memory"
        )


if __name__ == "__main__":
    main()
