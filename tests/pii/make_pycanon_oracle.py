"""Write what pycanon says of a small invented table; for a Python that has pycanon 1.3.6.

pycanon (Apache 2.0) pins pandas below 3, so it cannot be installed beside leakkit: its values are
kept in pycanon_oracle.json. `python tests/pii/make_pycanon_oracle.py > tests/pii/pycanon_oracle.json`.
"""

from __future__ import annotations

import json
from importlib import import_module

import numpy as np
import pandas as pd

QUASI = ["year", "area", "sex"]
SENSITIVE = ["illness", "income"]


def table(seed: int, rows: int) -> pd.DataFrame:
    """Invent a table with a text and a number as sensitive columns."""
    random = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "year": random.integers(1950, 1950 + 3 + seed, rows),
            "area": random.choice(["N", "S", "W"][: 1 + seed % 3], rows),
            "sex": random.choice(["f", "m"], rows),
            "illness": random.choice(list("abcdefgh")[: 3 + seed], rows),
            "income": random.integers(0, 40 * (seed + 1), rows) * 100,
        }
    )


def main() -> None:
    """Print the table's columns and pycanon's values for each."""
    anonymity = import_module("pycanon.anonymity")  # not among leakkit's requirements: see above

    result = []
    for seed, rows in ((0, 60), (1, 200), (2, 400), (3, 150), (4, 900)):
        frame = table(seed, rows)
        values = {
            name: {
                "l": int(anonymity.l_diversity(frame, QUASI, [name])),
                "entropy_l": int(anonymity.entropy_l_diversity(frame, QUASI, [name])),
                "t": float(anonymity.t_closeness(frame, QUASI, [name])),
            }
            for name in SENSITIVE
        }
        k = int(anonymity.k_anonymity(frame, QUASI))
        result.append({"table": frame.to_dict("list"), "k": k, "sensitive": values})
    print(json.dumps(result, separators=(",", ":")))


if __name__ == "__main__":
    main()
