"""How fast identity terms are counted: ours, one vector regex, Python's re: `python -m benchmarks.bias_identity`.

All look for the same terms in the same text. The vector regex (pyarrow, RE2) counts the documents of each group,
one pass a group; a single pass for any group at all is there too. Python's re is timed on a tenth of the text.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

import leakkit as lk
from leakkit.bias.text.identity import count_identity_terms
from leakkit.bias.text.lexicons import load_lexicon

CRAWL = Path("datasets/web/crawl-2024-46.parquet")


def invented_texts(megabytes: float) -> pa.Array:
    """Give the pages of the sample leak again and again, each with another line that names people."""
    pages = pq.read_table(lk.sample_leak() / CRAWL, columns=["text"])["text"].to_pylist()
    terms = load_lexicon("identity")["term"].tolist()
    texts: list[str] = []
    size = 0
    while size < megabytes * 1e6:
        place = len(texts)
        named = f"In {1900 + place % 120} some wrote of {terms[place % len(terms)]} and others of boats. "
        texts.append(named + pages[place % len(pages)] if place % 2 else pages[place % len(pages)])
        size += len(texts[-1].encode())
    return pa.array(texts, pa.large_string())


def ours(texts: pa.Array) -> int:
    """Count documents and tokens of every group; give the tokens."""
    return int(count_identity_terms(texts)["tokens"].sum())


def _alternatives(group: str = "") -> str:
    """Give one pattern of all terms, or of one group's, longest first."""
    lexicon = load_lexicon("identity", sensitive=True)
    terms = lexicon.loc[lexicon["group"].eq(group) if group else slice(None), "term"].unique()
    return r"\b(?:" + "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True)) + r")\b"


def _matching(texts: pa.Array, pattern: str) -> int:
    """Count documents that match, by pyarrow."""
    return int(pc.sum(pc.match_substring_regex(texts, pattern, ignore_case=True)).as_py())


def vector_regex(texts: pa.Array) -> int:
    """Count the documents of every group by pyarrow."""
    groups = load_lexicon("identity", sensitive=True)["group"].unique()
    return sum(_matching(texts, _alternatives(group)) for group in groups)


def one_regex(texts: pa.Array) -> int:
    """Count documents with any term by pyarrow."""
    return _matching(texts, _alternatives())


def python_re(texts: pa.Array) -> int:
    """Count tokens of all terms by Python's re, not told apart by group."""
    pattern = re.compile(_alternatives(), re.IGNORECASE)
    return sum(len(pattern.findall(text)) for text in texts.to_pylist())


def speed(count: Callable[[pa.Array], int], texts: pa.Array, repeats: int = 3) -> float:
    """Give MB (of UTF-8) a CPU second of the fastest of some runs."""
    size = pc.sum(pc.binary_length(texts)).as_py() / 1e6
    best = float("inf")
    for _ in range(repeats):
        start = time.process_time()
        assert count(texts) > 0
        best = min(best, time.process_time() - start)
    return float(size / best)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=50)
    texts = invented_texts(parser.parse_args().megabytes)
    count_identity_terms(["warm up"])  # compiling 750 terms takes half a second, once
    figures = {
        "leakkit, every group": speed(ours, texts),
        "pyarrow regex, every group": speed(vector_regex, texts, 1),
        "pyarrow regex, any group": speed(one_regex, texts),
        "Python re, any group": speed(python_re, texts.slice(0, len(texts) // 10), 1),
    }
    for name, figure in figures.items():
        print(f"{name:32} {figure:7.1f} MB a CPU second ({figure / figures['leakkit, every group']:.2f})")


if __name__ == "__main__":
    main()
