"""How long k, l, t and uniqueness take on a million rows of six columns: `python -m benchmarks.risk`."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd

from leakkit.pii.risk.measure import reidentification_risk

ROWS = 1_000_000
QUASI = ["birth_year", "postcode", "sex", "occupation", "children"]
SENSITIVE = "diagnosis"


def table(kind: str, rows: int = ROWS) -> pd.DataFrame:
    """Invent a table: 'integers', 'mixed' (integers, categories, text as pandas reads it) or 'objects'."""
    random = np.random.default_rng(7)
    frame = pd.DataFrame(
        {
            "birth_year": random.integers(1930, 2008, rows),
            "postcode": random.zipf(1.3, rows) % 4_000,
            "sex": random.integers(0, 2, rows),
            "occupation": random.integers(0, 120, rows),
            "children": random.poisson(1.3, rows),
            "diagnosis": random.zipf(1.6, rows) % 300,
        }
    )
    if kind == "integers":
        return frame
    text = {"postcode": "KR{:04d}", "occupation": "occupation {}", "diagnosis": "D{}"}
    for name, form in text.items():
        frame[name] = frame[name].map(form.format).astype("str" if kind == "mixed" else object)
    frame["sex"] = frame["sex"].map({0: "f", 1: "m"}).astype("category" if kind == "mixed" else object)
    return frame


def seconds(kind: str, repeats: int = 3) -> float:
    """Give the CPU seconds of the fastest of some runs, from the frame to k, l, t and uniqueness."""
    frame, best = table(kind), float("inf")
    for _ in range(repeats):
        start = time.process_time()
        risk = reidentification_risk(frame, QUASI, SENSITIVE)
        assert risk.k and risk.measured[0].l_distinct and risk.uniqueness >= 0
        best = min(best, time.process_time() - start)
    return best


if __name__ == "__main__":
    for kind in ("integers", "mixed", "objects"):
        print(f"{kind:9} {ROWS:,} rows x 6 columns: {seconds(kind):.3f} CPU s")
    frame = table("mixed")
    risk = reidentification_risk(frame, QUASI, SENSITIVE, population=20 * ROWS)
    for name in ("drivers", "fewest_columns", "suggestions", "population"):
        start = time.process_time()
        getattr(risk, name)
        print(f"{name}: {time.process_time() - start:.3f} CPU s more")
