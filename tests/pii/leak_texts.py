"""Leak-like texts with gold spans by a second author, so that rules tuned to one author's files show it.

``python tests/pii/leak_texts.py dev 400 OUT.jsonl.gz`` writes a set in the form of the other gold sets. Everything is
invented: names are combined from word lists, numbers are drawn until their check digits hold. The families `dev` and
`held` draw from disjoint halves of all lists, and some kinds of file stand in one of them only.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import leak_logs
import leak_prose
import leak_settings
import leak_tables
from leak_lists import Builder, Lists

LABELS = (
    "PERSON LOCATION ORGANIZATION EMAIL PHONE CREDIT_CARD IBAN US_SSN IP MAC URL DATE PASSPORT DRIVER_LICENSE "
    "NATIONAL_ID BANK_ACCOUNT CRYPTO SECRET USERNAME VEHICLE"
).split()
"""Types marked everywhere. DATE is a date of birth; other dates in prose are WHEN, which no evaluation counts."""

PARTS = (leak_tables, leak_logs, leak_settings, leak_prose)
KINDS = {
    "dev": tuple(kind for part in PARTS for kind in (*part.BOTH, *getattr(part, "DEV_ONLY", ()))),
    "held": tuple(kind for part in PARTS for kind in (*part.BOTH, *getattr(part, "HELD_ONLY", ()))),
}


def documents(family: str, n: int, seed: int = 0) -> list[dict[str, Any]]:
    """Make n documents of a family, kinds in turn; the same seed gives the same bytes."""
    lists = Lists(family)
    kinds = KINDS[family]
    made = []
    for i in range(n):
        rng = random.Random(f"{family}-{seed}-{i}")
        kind = kinds[i % len(kinds)]
        b = Builder()
        kind(b, rng, lists)
        made.append({"id": f"{family}{seed}-{kind.__name__}-{i}", "text": "".join(b.parts), "spans": b.spans})
    return made


def write(path: Path, family: str, n: int, seed: int = 0) -> None:
    """Write a gold set."""
    with gzip.GzipFile(path, "wb", mtime=0) as out:
        out.write((json.dumps({"meta": True, "name": f"second_{family}", "labels": LABELS}) + "\n").encode())
        for document in documents(family, n, seed):
            out.write((json.dumps(document, ensure_ascii=False) + "\n").encode())


if __name__ == "__main__":
    write(Path(sys.argv[3]), sys.argv[1], int(sys.argv[2]), int(sys.argv[4]) if len(sys.argv) > 4 else 0)
