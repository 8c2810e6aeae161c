"""How often the range of people holds the true number on invented leaks: `python -m benchmarks.people --seeds 20`.

Each leak is made with another seed, scanned with everything on, and compared with its table of people.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import pandas as pd

from data.make_sample_leak.build import build, people_frame, write
from leakkit.pii.people.join import count_people
from leakkit.pii.scanning.scan import scan


def measure(seed: int, scale: float, names: str | None) -> dict[str, float]:
    """Make, scan and count one leak."""
    with tempfile.TemporaryDirectory() as folder:
        exhibit = build(seed, scale)
        true = len(people_frame(exhibit))
        write(exhibit, Path(folder) / "leak", Path(folder))
        found = scan(Path(folder) / "leak", workers=1, names=names, progress=False)
        estimate = count_people(found.findings())
    return {
        "seed": seed,
        "true": true,
        "lower": estimate.lower,
        "best": estimate.best,
        "upper": estimate.upper,
        "held": estimate.lower <= true <= estimate.upper,
        "width": (estimate.upper - estimate.lower) / true,
    }


def main() -> None:
    """Measure some seeds and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=500)
    parser.add_argument("--scale", type=float, default=0.1)
    parser.add_argument("--no-names", action="store_true", help="structured detectors alone")
    wanted = parser.parse_args()
    names = None if wanted.no_names else "auto"
    seeds = range(wanted.first, wanted.first + wanted.seeds)
    table = pd.DataFrame([measure(seed, wanted.scale, names) for seed in seeds])
    print(table.to_string(index=False, float_format="{:.3f}".format))
    error = table["best"] / table["true"] - 1
    print(f"held {int(table['held'].sum())} of {len(table)}, widest {table['width'].max():.3f}, ", end="")
    print(f"error of best {error.mean():+.3f} (sd {error.std():.3f})")


if __name__ == "__main__":
    main()
