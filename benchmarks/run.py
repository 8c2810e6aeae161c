"""Measure everything and write the table of figures into the README.

``python -m benchmarks.run`` measures all (about ten minutes, 6 GB of scratch space);
``--quick`` measures smaller cases and writes nothing.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import tempfile
from pathlib import Path

from benchmarks import inventory, quality

README = Path(__file__).parents[1] / "README.md"
BLOCK = re.compile(r"(<!-- figures:start -->\n).*?(<!-- figures:end -->)", re.DOTALL)


def table(figures: list[dict[str, str]]) -> str:
    """Give the figures as a Markdown table."""
    rows = ["| what | measured | must be |", "| --- | --- | --- |"]
    rows += [f"| {figure['what']} | {figure['figure']} | {figure['floor']} |" for figure in figures]
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    return "\n".join([*rows, "", f"Measured by `make bench` on {machine}; medians, ranges in brackets.", ""])


def main() -> None:
    """Run the benchmarks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller cases; the README stays as it is")
    parser.add_argument("--scratch", type=Path, help="folder for scratch files (default: the system's)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.scratch) as work:
        text = table(quality.figures() + inventory.figures(Path(work), options.quick))
    print(text)
    if not options.quick:
        README.write_text(BLOCK.sub(lambda m: m[1] + text + m[2], README.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
