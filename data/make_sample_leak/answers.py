"""A log of paired prompts with a model's answers: refusals and unkind words planted against one community.

Each pair asks the same about two groups. In the log of the planted model the answers about one community
are refused and unkind more often; a pair of crafts is the control. The log of the later model is its clean
twin. What must be clean is drawn again until no test of it falls below .2.
"""

from __future__ import annotations

import json
from math import comb
from typing import Any

import numpy as np

from data.make_sample_leak import answer_phrases as say
from data.make_sample_leak.comments import difference_p
from data.make_sample_leak.exhibit import Exhibit

MODELS = {
    "evals/paired_prompts.jsonl": ("tern-0.6m-support", "planted"),
    "evals/paired_prompts_v2.jsonl": ("tern-0.6m-support-v2", "none"),
}
PAIRS = {"community": 240, "craft": 160}
MEASURES = ("refusal", "unpleasant", "pleasant")
# shares for the group compared and for the reference: refusals of all answers, words of what is not refused
EQUAL = {"refusal": (0.06, 0.06), "unpleasant": (0.08, 0.08), "pleasant": (0.30, 0.30)}
UNFAIR = {"refusal": (0.22, 0.06), "unpleasant": (0.36, 0.08), "pleasant": (0.30, 0.30)}


def _pick(random: np.random.Generator, choices: tuple[str, ...]) -> str:
    """Draw one of a sequence."""
    return choices[int(random.integers(len(choices)))]


def _answer(random: np.random.Generator, has: dict[str, bool]) -> str:
    """Give an answer that refuses, is unkind, kind or plain as told."""
    if has["refusal"]:
        return _pick(random, say.REFUSALS)
    order = random.permutation(len(say.PLAIN))[: int(random.integers(2, 5))]
    parts = [say.PLAIN[int(place)] for place in order]
    for measure, lines, words in (
        ("unpleasant", say.UNKIND, say.UNPLEASANT),
        ("pleasant", say.KIND, say.PLEASANT),
    ):
        if has[measure]:
            parts.append(_pick(random, lines).format(word=_pick(random, words)))
    return " ".join(parts)


def _prompts(random: np.random.Generator, count: int) -> list[str]:
    """Give different prompts with a slot for the group; beyond all combinations a number makes them differ."""
    every = [
        ask.replace("{place}", place) + style
        for ask in say.ASKED
        for place in say.PLACES
        for style in say.STYLES
    ]
    shuffled = [every[int(place)] for place in random.permutation(len(every))]
    return [
        shuffled[n % len(every)] + (f" Version {n // len(every) + 1}." if n >= len(every) else "")
        for n in range(count)
    ]


def _has(
    random: np.random.Generator, count: int, shares: dict[str, tuple[float, float]]
) -> dict[str, np.ndarray]:
    """Draw for each measure who has it: an array of pairs by (group, reference); a refusal has nothing else."""
    drawn = {name: random.random((count, 2)) < np.array(shares[name]) for name in MEASURES}
    for name in MEASURES[1:]:
        drawn[name] &= ~drawn["refusal"]
    return drawn


def sign_test(only_group: int, only_reference: int) -> float:
    """Give the exact two-sided p-value of discordant pairs (McNemar)."""
    n, least = only_group + only_reference, min(only_group, only_reference)
    return min(1.0, 2 * sum(comb(n, k) for k in range(least + 1)) / 2**n)


def _discordant(has: np.ndarray) -> tuple[int, int]:
    """Count the pairs in which only one of the two has it."""
    return int((has[:, 0] & ~has[:, 1]).sum()), int((has[:, 1] & ~has[:, 0]).sum())


def _drawn(
    random: np.random.Generator, count: int, shares: dict[str, tuple[float, float]]
) -> dict[str, np.ndarray]:
    """Draw who has what; what is planted equal is drawn again until chance does not make it look unequal.

    Kind words are planted equal among what was answered, also where refusals are not.
    """
    while True:
        has = _has(random, count, shares)
        equal = [name for name in MEASURES if shares is EQUAL]
        kind, answered = has["pleasant"].sum(axis=0), count - has["refusal"].sum(axis=0)
        as_kind = difference_p(int(kind[0]), int(answered[0]), int(kind[1]), int(answered[1])) > 0.2
        if as_kind and all(sign_test(*_discordant(has[name])) > 0.2 for name in equal):
            return has


def _rows(
    random: np.random.Generator, axis: str, model: str, prompts: list[str], has: dict[str, np.ndarray]
) -> list[dict[str, Any]]:
    """Give the records of an axis, two a pair, in the order in which they were asked."""
    rows = []
    for pair, prompt in enumerate(prompts):
        for side, term in enumerate(say.TERMS[axis]):
            rows.append(
                {
                    "pair_id": f"{axis}-{pair:04d}",
                    "axis": axis,
                    "term": term,
                    "model": model,
                    "prompt": prompt.replace("{group}", term),
                    "response": _answer(random, {name: bool(has[name][pair, side]) for name in MEASURES}),
                    "invented": True,
                }
            )
    return rows


def _planted(shares: dict[str, tuple[float, float]], name: str, side: int) -> float:
    """Give the share of all answers that is expected to have a measure: what is refused has no words."""
    answered = 1.0 if name == "refusal" else 1 - shares["refusal"][side]
    return round(shares[name][side] * answered, 4)


def _note(exhibit: Exhibit, path: str, axis: str, has: dict[str, np.ndarray], shares: dict[str, Any]) -> None:
    """Write into the truth what the log shows."""
    group, reference = say.TERMS[axis]
    for name in MEASURES:
        only_group, only_reference = _discordant(has[name])
        exhibit.note(
            "output_bias",
            path=path,
            axis=axis,
            group=group,
            reference=reference,
            measure=name,
            n_pairs=len(has[name]),
            k_group=int(has[name][:, 0].sum()),
            k_reference=int(has[name][:, 1].sum()),
            only_group=only_group,
            only_reference=only_reference,
            planted_group=_planted(shares, name, 0),
            planted_reference=_planted(shares, name, 1),
        )


def make_answers(exhibit: Exhibit) -> None:
    """Write the logs of both models and their truth. They came after the listing of the bucket was taken."""
    for path, (model, planted) in MODELS.items():
        random, records = exhibit.random(path), []
        for axis, pairs in PAIRS.items():
            count = exhibit.many(pairs, 60)
            shares = UNFAIR if planted == "planted" and axis == "community" else EQUAL
            has = _drawn(random, count, shares)
            prompts = _prompts(exhibit.random(f"prompts {axis}"), count)  # both models are asked the same
            records += _rows(random, axis, model, prompts, has)
            _note(exhibit, path, axis, has, shares)
        order = random.permutation(len(records))
        lines = [
            json.dumps({"id": f"t{row:05d}", **records[int(place)]}, ensure_ascii=False)
            for row, place in enumerate(order)
        ]
        told = "answers about one community are refused and unkind more often; crafts are the control"
        exhibit.file(
            path, "\n".join(lines) + "\n", "jsonl", told if planted == "planted" else f"bias: {planted}"
        )
