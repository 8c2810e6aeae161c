"""The command line of the generator: a seed and a scale in, a leak and its truth out."""

from __future__ import annotations

import argparse
from pathlib import Path

from data.make_sample_leak.build import build, write


def main() -> None:
    """Read the arguments, make the leak, write it."""
    parser = argparse.ArgumentParser(prog="python -m data.make_sample_leak", description=__doc__)
    parser.add_argument(
        "--seed", type=int, default=20260, help="another seed gives other people and other weights"
    )
    parser.add_argument(
        "--scale", type=float, default=1.0, help="1 gives about 2,000 users; 0.1 a tenth of the rows"
    )
    parser.add_argument(
        "--out", type=Path, default=Path("data/sample_leak"), help="folder of the leak; replaced"
    )
    parser.add_argument(
        "--truth", type=Path, help="folder of the truth (default: the folder that holds --out)"
    )
    given = parser.parse_args()
    exhibit = build(given.seed, given.scale)
    write(exhibit, given.out, given.truth or given.out.parent)
    print(f"{len(exhibit.files)} files, {sum(map(len, exhibit.files.values())):,} bytes in {given.out}")


if __name__ == "__main__":
    main()
