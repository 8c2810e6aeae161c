"""Train the shipped tagger, or measure by cross-validation what it would score on unseen texts.

    python -m training.train_tagger            # writes leakkit/pii/tagger/model
    python -m training.train_tagger --folds 3  # measures, writes nothing but training/scores.json
    python -m training.train_tagger --pack     # only rounds the network of leakkit/pii/tagger/model

Needs NumPy, SciPy and scikit-learn, the folder of gold sets (LEAKKIT_CORPORA, default ../shared/corpora) and the
three files of `training.make_texts` (LEAKKIT_TRAINING, default build/training). One core, about ten minutes a fit; the
same input gives the same arrays on the same versions.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
from pathlib import Path

import numpy as np

from leakkit.pii.gazetteer.lookup import load
from leakkit.pii.tagger.decode import legal_moves
from leakkit.pii.tagger.second import Network, dense
from training import scoring
from training.corpora import Document, Laid, in_capitals, in_small_letters, lay, read
from training.other_names import swapped
from training.stacking import First, fit_first, fit_network, look_again, spans, together
from training.written_texts import cells, written
from training.written_texts import texts as marked_texts

HERE = Path(__file__).parent
MODEL = HERE.parent / "leakkit" / "pii" / "tagger" / "model"
TEXTS = Path(os.environ.get("LEAKKIT_TRAINING", "build/training"))
WEIGHTS = {
    "train_wnut17": 1.5,
    "train_fin5": 0.3,
    "btc_dev": 1.5,
    "wikigold_dev": 2.25,
    "generated": 0.5,
    "silver": 0.4,
    "machine": 0.5,
    "written": 2.0,
    "cells": 1.0,
    "small": 0.7,
    "capitals": 0.7,
    "swapped": 0.5,
}
LIMITS = {"generated": 9000, "machine": 2400}
COPIES = ("cells", "small", "capitals", "swapped")
GOLD = ("train_wnut17", "btc_dev", "wikigold_dev", "written")
ONLY_MEASURED = ("presidio_synth_dev", "leaks_dev")
ROLES = frozenset(
    "agent assignee assignor bank borrower borrowers buyer company employee executive guarantor holder "
    "investor landlord lender lenders licensee licensor parent seller tenant trustee".split()
)
BIAS = 1.25
FITTED = 0.995
"""Above this probability of no name the network is not fitted to a candidate; it is asked of fewer (`SURE`)."""
NETWORKS = 3
STRENGTH, ITERATIONS, INNER_ITERATIONS = 0.1, 100, 60


def texts(name: str) -> list[Document]:
    """Read a set; the contracts' roles ("Borrower"), which fin5 marks as persons, are none for us."""
    if name in ("generated", "silver", "machine"):
        with gzip.open(TEXTS / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        documents = [Document(text, [tuple(span) for span in found]) for text, found in rows]
        return documents[:: max(1, len(documents) // LIMITS[name])] if name in LIMITS else documents
    if name == "written":
        return written()
    if name == "cells":
        return cells()
    if name == "swapped":
        return [one for copy in swapped(marked_texts()) for one in copy]
    if name == "small":
        return [one for gold in GOLD for one in in_small_letters(texts(gold))]
    if name == "capitals":
        return in_capitals(written())
    documents = read(name)
    if name == "train_fin5":
        for d in documents:
            d.spans = [s for s in d.spans if d.text[s[0] : s[1]].lower() not in ROLES]
    return documents


class Trainer:
    """Fits both stages on given shares of the sets."""

    def __init__(self, names: list[str]) -> None:
        self.lists = load()
        self.sets = {name: texts(name) for name in names}
        self.laid: dict[str, Laid] = {
            name: lay(documents, self.lists) for name, documents in self.sets.items()
        }

    def share(self, name: str, folds: int) -> np.ndarray:
        """Fold of every candidate: neighbouring documents stay together, as they may be of one article.

        Copies go with the texts they were made from.
        """
        size = len(self.sets[name])
        places = [
            document.place if document.number >= 0 else number / size
            for number, document in enumerate(self.sets[name])
        ]
        return (np.array(places) * folds).astype(np.int64)[self.laid[name].document]

    def halves(self, name: str) -> np.ndarray:
        """Half of every candidate, of which the other's field sees nothing: copies go with what they were made from."""
        numbers = [
            document.number if document.number >= 0 else number
            for number, document in enumerate(self.sets[name])
        ]
        return (np.array(numbers) // 20 % 2)[self.laid[name].document]

    def fit(self, keep: dict[str, np.ndarray]) -> tuple[First, Network]:
        """Fit the field, and the network on what fields that had not seen a text say about it."""
        names = list(WEIGHTS)
        laids, weights = [self.laid[n] for n in names], [WEIGHTS[n] for n in names]
        blind = {n: np.zeros((len(self.laid[n].at), 7), np.float32) for n in names}
        for half in (0, 1):
            aside = {n: self.halves(n) == half for n in names}
            first = fit_first(
                laids, [keep[n] & ~aside[n] for n in names], weights, STRENGTH, INNER_ITERATIONS
            )
            for n in names:
                blind[n][aside[n]] = first.marginals(self.laid[n])[aside[n]]
        first = fit_first(laids, [keep[n] for n in names], weights, STRENGTH, ITERATIONS)
        values, labels, weight = [], [], []
        for n in names:
            laid = self.laid[n]
            rows = np.flatnonzero(keep[n] & (blind[n][:, 0] < FITTED))
            values.append(dense(laid.tokens, laid.seen, self.lists, laid.at, blind[n], laid.document, rows))
            labels.append(laid.labels[rows])
            weight.append(np.full(len(rows), WEIGHTS[n]))
        inputs, wanted, weighed = np.concatenate(values), np.concatenate(labels), np.concatenate(weight)
        network = together([fit_network(inputs, wanted, weighed, seed) for seed in range(NETWORKS)])
        return first, network

    def scores(self, name: str, first: First, network: Network) -> np.ndarray:
        """Scores of the second pass on a set, averaged with those of the first."""
        laid = self.laid[name]
        sure = first.marginals(laid)
        return look_again(laid, self.lists, sure, network)


def cross_validate(folds: int) -> dict[str, object]:
    """Measure on texts that were not trained on: folds of the gold sets, and sets never used."""
    trainer = Trainer([*WEIGHTS, *ONLY_MEASURED])
    emission = {n: np.zeros((len(trainer.laid[n].at), 7), np.float32) for n in (*GOLD, *ONLY_MEASURED)}
    for fold in range(folds):
        keep = {
            n: trainer.share(n, folds) != fold
            if n in (*GOLD, *COPIES)
            else np.ones(len(trainer.laid[n].at), bool)
            for n in WEIGHTS
        }
        first, network = trainer.fit(keep)
        for n in GOLD:
            emission[n][~keep[n]] = trainer.scores(n, first, network)[~keep[n]]
        if fold == 0:
            for n in ONLY_MEASURED:
                emission[n] = trainer.scores(n, first, network)
        print("fold", fold, "done", flush=True)
    legal = legal_moves(first.moves)
    np.savez(TEXTS / "blind.npz", legal=legal, **emission)
    return report(trainer, emission, legal)


def report(trainer: Trainer, emission: dict[str, np.ndarray], legal: np.ndarray) -> dict[str, object]:
    """Print and give precision, recall, F2 with intervals, by set and bias."""
    result: dict[str, object] = {}
    for name, values in emission.items():
        for bias in (1.0, 1.25, 1.5, 2.0):
            table = scoring.counts(
                trainer.sets[name], spans(trainer.laid[name], trainer.sets[name], values, legal, bias)
            )
            precision, recall, f2 = scoring.measures(table)
            low, high = scoring.interval(table)
            kinds = [[round(float(v), 3) for v in scoring.measures(table[:, k])] for k in range(3)]
            result[f"{name} {bias}"] = {
                "precision": precision,
                "recall": recall,
                "f2": f2,
                "low": low,
                "high": high,
                "kinds": kinds,
            }
            print(
                f"{name:20} {bias} P {precision:.3f} R {recall:.3f} F2 {f2:.3f} [{low:.3f}, {high:.3f}] {kinds}",
                flush=True,
            )
    return result


def train() -> None:
    """Fit on everything and write the model."""
    trainer = Trainer(list(WEIGHTS))
    first, network = trainer.fit({n: np.ones(len(trainer.laid[n].at), bool) for n in WEIGHTS})
    MODEL.mkdir(exist_ok=True)
    scale = np.maximum(np.abs(first.weights).max(0), 1e-6) / 127
    np.save(MODEL / "weights.npy", np.round(first.weights / scale).astype(np.int8))
    np.save(MODEL / "scale.npy", np.append(scale, BIAS).astype(np.float32))
    np.save(MODEL / "moves.npy", first.moves)
    save_network(network)


def save_network(network: Network) -> None:
    """Write the arrays of the network, rounded so that its sums are exact."""
    for name, values in network.packed().items():
        np.save(MODEL / f"{name}.npy", values)


def pack() -> None:
    """Round the network that ships again; one that was rounded stays as it is."""
    save_network(Network.of({name: np.load(MODEL / f"{name}.npy") for name in Network.__slots__}))


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--pack", action="store_true")
    folds, only_pack = (chosen := parser.parse_args()).folds, chosen.pack
    if only_pack:
        return pack()
    if not folds:
        return train()
    result = cross_validate(folds)
    (HERE / "scores.json").write_text(json.dumps(result, indent=1) + "\n")
    return None


if __name__ == "__main__":
    main()
