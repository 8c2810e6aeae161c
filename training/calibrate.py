"""Set what a score means: the share of right findings in cross-validation, by entity.

    python -m training.calibrate

Reads what ``python -m training.train_tagger --folds N`` left in LEAKKIT_TRAINING, writes ``curve.npy``.
"""

from __future__ import annotations

import numpy as np
from sklearn.isotonic import IsotonicRegression

from training.corpora import ENTITIES, Document
from training.stacking import spans
from training.train_tagger import BIAS, MODEL, TEXTS, Trainer

STEPS = 21
TOP = 0.98
SETS = ("btc_dev", "wikigold_dev")


def right(document: Document, start: int, end: int, entity: str) -> bool:
    """Tell whether a span overlaps a gold span of its entity by half of both together."""
    for first, last, kind in document.spans:
        overlap = min(end, last) - max(start, first)
        if kind == entity and overlap * 2 >= max(end, last) - min(start, first):
            return True
    return False


def main() -> None:
    """Fit one rising curve per entity."""
    blind = np.load(TEXTS / "blind.npz", allow_pickle=False)
    trainer = Trainer(list(SETS))
    values: list[list[float]] = [[], [], []]
    hits: list[list[bool]] = [[], [], []]
    for name in SETS:
        documents, laid, scores = trainer.sets[name], trainer.laid[name], blind[name]
        chance = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
        for document, found in zip(
            documents, spans(laid, documents, scores, blind["legal"], BIAS), strict=True
        ):
            for start, end, entity, first, last in found:
                k = ENTITIES.index(entity)
                values[k].append(float(chance[first : last + 1, 1 + 2 * k : 3 + 2 * k].sum(1).mean()))
                hits[k].append(right(document, start, end, entity))
    grid = np.linspace(0, 1, STEPS)
    curves = []
    for k in range(3):
        fitted = IsotonicRegression(y_min=0.02, y_max=TOP, out_of_bounds="clip").fit(values[k], hits[k])
        curves.append(fitted.predict(grid))
        print(ENTITIES[k], len(hits[k]), np.round(curves[-1], 2).tolist())
    np.save(MODEL / "curve.npy", np.array(curves, np.float32))


if __name__ == "__main__":
    main()
