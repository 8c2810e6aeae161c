"""Two stages: the random field, and the small network that looks again; fitted without seeing its own answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.neural_network import MLPClassifier

from leakkit.pii.gazetteer.lookup import Gazetteer
from leakkit.pii.tagger.decode import best_path, marginals, runs_of, spans_of, trimmed
from leakkit.pii.tagger.second import FINE, STEP, SURE, Network, dense, largest, mixed_scores
from leakkit.pii.tagger.slots import BITS
from training import crf
from training.corpora import ENTITIES, Document, Laid

MOST = 0.98
"""Share of what is exact that the sums of a hidden unit may come to."""


@dataclass
class First:
    """A fitted random field."""

    weights: np.ndarray
    moves: np.ndarray

    def marginals(self, laid: Laid) -> np.ndarray:
        """Probability of every label at every candidate."""
        emission = np.zeros((len(laid.at), crf.COUNT), np.float32)
        for begin in range(0, len(laid.at), 20000):
            emission[begin : begin + 20000] = self.weights[laid.slots[begin : begin + 20000]].sum(1)
        return marginals(emission, self.moves, runs_of(laid.at, laid.document))


def fit_first(
    laids: list[Laid], masks: list[np.ndarray], weights: list[float], strength: float, iterations: int
) -> First:
    """Fit the random field on the masked candidates of several sets."""
    slots = np.concatenate([x.slots[m] for x, m in zip(laids, masks, strict=True)])
    labels = np.concatenate([x.labels[m] for x, m in zip(laids, masks, strict=True)])
    at = np.concatenate([x.at[m] + n * 10**9 for n, (x, m) in enumerate(zip(laids, masks, strict=True))])
    document = np.concatenate(
        [x.document[m] + n * 10**7 for n, (x, m) in enumerate(zip(laids, masks, strict=True))]
    )
    weight = np.concatenate([np.full(int(m.sum()), w) for m, w in zip(masks, weights, strict=True)])
    used, values, moves = crf.fit(slots, labels, runs_of(at, document), weight, strength, iterations)
    full = np.zeros((1 << BITS, crf.COUNT), np.float32)
    full[used] = values
    return First(full, np.maximum(moves, -1e4).astype(np.float32))


def fit_network(
    values: np.ndarray, labels: np.ndarray, weight: np.ndarray, seed: int, hidden: int = 64, rounds: int = 12
) -> Network:
    """Fit the network."""
    model = MLPClassifier(
        (hidden,),
        alpha=1e-3,
        batch_size=256,
        learning_rate_init=1e-3,
        max_iter=rounds,
        random_state=seed,
        tol=0,
        n_iter_no_change=rounds,
    )
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(values, labels, sample_weight=weight)
    assert list(model.classes_) == list(range(crf.COUNT))
    return Network(
        *(
            np.asarray(a, np.float32)
            for a in (model.coefs_[0], model.intercepts_[0], model.coefs_[1], model.intercepts_[1])
        )
    )


def together(networks: list[Network]) -> Network:
    """One wide network that gives the mean of several networks' scores (before they are normed)."""
    return within_reach(
        Network(
            np.concatenate([n.hidden for n in networks], axis=1),
            np.concatenate([n.hidden_bias for n in networks]),
            np.concatenate([n.output for n in networks]) / len(networks),
            np.mean([n.output_bias for n in networks], axis=0),
        )
    )


def within_reach(network: Network) -> Network:
    """Give the same network with hidden units whose sums stay exact: what a unit loses, its output weights get."""
    sums = np.abs(np.asarray(network.hidden, np.float64)) * largest()[:, None]
    inner = (sums.sum(0) + np.abs(network.hidden_bias)) * float(FINE * STEP) / 2**24
    less = (np.minimum(1, MOST / inner)).astype(np.float32)
    return Network(
        network.hidden * less, network.hidden_bias * less, network.output / less[:, None], network.output_bias
    )


def look_again(laid: Laid, lists: Gazetteer, first: np.ndarray, network: Network) -> np.ndarray:
    """Final scores of every candidate, as the tagger gives them."""
    out = np.log(np.maximum(first, np.float32(1e-4)))
    rows = np.flatnonzero(first[:, 0] < SURE)
    for begin in range(0, len(rows), 20000):
        some = rows[begin : begin + 20000]
        values = dense(laid.tokens, laid.seen, lists, laid.at, first, laid.document, some)
        out[some] = mixed_scores(first[some], network.scores(values))
    return out


def spans(
    laid: Laid, documents: list[Document], emission: np.ndarray, moves: np.ndarray, bias: float
) -> list[list[tuple]]:
    """Decode to spans of each document, with the first and last candidate beside."""
    scores = emission.copy()
    scores[:, 0] -= bias
    found = trimmed(
        spans_of(best_path(scores, moves, runs_of(laid.at, laid.document)), laid.at), laid.tokens, laid.at
    )
    begins = np.cumsum([3] + [len(d.text) + 3 for d in documents])
    out: list[list[tuple]] = [[] for _ in documents]
    for first, last, kind in found:
        d = laid.document[first]
        out[d].append(
            (
                int(laid.tokens.start[laid.at[first]] - begins[d]),
                int(laid.tokens.end[laid.at[last]] - begins[d]),
                ENTITIES[kind],
                int(first),
                int(last),
            )
        )
    return out
