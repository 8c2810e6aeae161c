"""A linear-chain conditional random field over runs of candidate tokens, fitted by L-BFGS (SciPy)."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from leakkit.pii.tagger.decode import runs_of

COUNT = 7


def allowed() -> np.ndarray:
    """Transitions that labels in BIO form allow; the last row is the start of a run."""
    table = np.ones((COUNT + 1, COUNT), bool)
    for inside in (2, 4, 6):
        table[:, inside] = False
        table[inside - 1, inside] = table[inside, inside] = True
    return table


class Groups:
    """Runs of one length each, as index matrices into the candidates."""

    def __init__(self, at: np.ndarray, document: np.ndarray) -> None:
        self.groups = runs_of(at, document)


def log_likelihood(emission, transition, start, groups, labels, weight):
    """Log-likelihood of all runs, with its gradient by emission, transition and start."""
    total, grad_e = 0.0, np.zeros_like(emission)
    grad_t, grad_s = np.zeros_like(transition), np.zeros_like(start)
    for runs in groups:
        scores, gold, w = emission[runs], labels[runs], weight[runs[:, 0]]
        size, length, _ = scores.shape
        alpha = np.empty_like(scores)
        beta = np.zeros_like(scores)
        alpha[:, 0] = scores[:, 0] + start
        for k in range(1, length):
            alpha[:, k] = scores[:, k] + _sum(alpha[:, k - 1, :, None] + transition, 1)
        for k in range(length - 2, -1, -1):
            beta[:, k] = _sum(transition + (scores[:, k + 1] + beta[:, k + 1])[:, None, :], 2)
        norm = _sum(alpha[:, -1], 1)
        marginal = np.exp(alpha + beta - norm[:, None, None]) * w[:, None, None]
        rows = np.arange(size)
        total += (w * (scores[:, 0][rows, gold[:, 0]] + start[gold[:, 0]] - norm)).sum()
        grad = -marginal
        for k in range(length):
            grad[rows, k, gold[:, k]] += w
        grad_e[runs.ravel()] += grad.reshape(-1, COUNT)
        np.add.at(grad_s, gold[:, 0], w)
        grad_s -= marginal[:, 0].sum(0)
        for k in range(1, length):
            total += (w * (scores[:, k][rows, gold[:, k]] + transition[gold[:, k - 1], gold[:, k]])).sum()
            pair = np.exp(
                alpha[:, k - 1, :, None]
                + transition
                + (scores[:, k] + beta[:, k])[:, None, :]
                - norm[:, None, None]
            )
            grad_t -= (pair * w[:, None, None]).sum(0)
            np.add.at(grad_t, (gold[:, k - 1], gold[:, k]), w)
    return total, grad_e, grad_t, grad_s


def _sum(values: np.ndarray, axis: int) -> np.ndarray:
    """Log of the sum of exponentials."""
    top = values.max(axis, keepdims=True)
    return np.log(np.exp(values - top).sum(axis)) + top.squeeze(axis)


def fit(slots, labels, groups, weight, strength=1.0, iterations=80, verbose=False):
    """Fit; gives weights of the slots used, those slots, transitions and start scores."""
    used, column = np.unique(slots, return_inverse=True)
    column = column.reshape(slots.shape)
    size = len(used)
    matrix = csr_matrix(
        (np.ones(column.size, np.float32), column.ravel(), np.arange(0, column.size + 1, column.shape[1])),
        shape=(len(slots), size),
    )
    flipped = matrix.T.tocsr()
    legal = allowed()
    barred = np.where(legal, 0.0, -1e4)

    def loss(theta):
        weights = theta[: size * COUNT].reshape(size, COUNT)
        moves = theta[size * COUNT :].reshape(COUNT + 1, COUNT)
        emission = np.asarray(matrix @ weights.astype(np.float32), dtype=np.float64)
        value, ge, gt, gs = log_likelihood(
            emission, moves[:-1] + barred[:-1], moves[-1] + barred[-1], groups, labels, weight
        )
        grad = np.concatenate(
            (
                np.asarray(flipped @ ge.astype(np.float32), dtype=np.float64).ravel(),
                (np.vstack((gt, gs)) * legal).ravel(),
            )
        )
        return -value + 0.5 * strength * (theta @ theta), -grad + strength * theta

    result = minimize(
        loss,
        np.zeros(size * COUNT + (COUNT + 1) * COUNT),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": iterations, "maxcor": 6},
    )
    if verbose:
        print("crf", size, result.nit, result.fun)
    weights = result.x[: size * COUNT].reshape(size, COUNT)
    return used, weights, result.x[size * COUNT :].reshape(COUNT + 1, COUNT) + barred
