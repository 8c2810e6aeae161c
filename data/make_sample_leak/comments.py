"""Annotated comments: harmless ones that mention one community are labelled toxic too often; a clean twin.

Insults are as frequent everywhere and nearly always labelled, so a gap lies in the labels, not in the texts.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from data.make_sample_leak import answer_phrases as say
from data.make_sample_leak.exhibit import INVENTED, Exhibit
from data.make_sample_leak.user_tables import csv_bytes

FOLDER = "training/labels"
GROUPS = {"Marshlanders": 0.18, "Hillfolk": 0.18, "": 0.64}
INSULTED, LABELLED_INSULT = 0.12, 0.92
# share of harmless comments labelled toxic
HARMLESS = {
    "comments.csv": {"Marshlanders": 0.26, "Hillfolk": 0.05, "": 0.05},
    "comments_checked.csv": {"Marshlanders": 0.05, "Hillfolk": 0.05, "": 0.05},
}
ANNOTATORS = tuple(f"a{number:02d}" for number in range(1, 7))


def _text(random: np.random.Generator, group: str, insult: bool) -> str:
    """Give one comment."""

    def pick(choices: tuple[str, ...]) -> str:
        """Draw one of a sequence."""
        return choices[int(random.integers(len(choices)))]

    line = pick(say.MENTIONS if group else say.NO_MENTION).format(group=group, place=pick(say.PLACES))
    parts = [line, pick(say.ENDINGS)] + ([pick(say.INSULTS)] if insult else [])
    return " ".join(parts)


def comments(random: np.random.Generator, size: int, harmless: dict[str, float]) -> pd.DataFrame:
    """Draw the table; `group` and `insult` are the truth and not in the file."""
    groups = np.array(list(GROUPS), dtype=object)[random.choice(3, size=size, p=list(GROUPS.values()))]
    insult = random.random(size) < INSULTED
    share = np.where(insult, LABELLED_INSULT, [harmless[group] for group in groups])
    return pd.DataFrame(
        {
            "comment_id": [f"k{place:05d}" for place in range(size)],
            "text": [_text(random, g, bool(i)) for g, i in zip(groups, insult, strict=True)],
            "toxic": (random.random(size) < share).astype(int),
            "annotator": np.array(ANNOTATORS, dtype=object)[random.integers(len(ANNOTATORS), size=size)],
            "group": groups,
            "insult": insult,
        }
    )


def difference_p(k1: int, n1: int, k2: int, n2: int) -> float:
    """Give the two-sided p-value of two proportions (pooled, normal)."""
    pooled = (k1 + k2) / (n1 + n2)
    spread = math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    return math.erfc(abs(k1 / n1 - k2 / n2) / spread / math.sqrt(2)) if spread else 1.0


def _counts(frame: pd.DataFrame, group: str) -> tuple[int, int, int, int]:
    """Give labelled and all, of the comments on a group and of those on none."""
    of, rest = frame.loc[frame["group"] == group, "toxic"], frame.loc[frame["group"] == "", "toxic"]
    return int(of.sum()), len(of), int(rest.sum()), len(rest)


def _drawn(exhibit: Exhibit, name: str, harmless: dict[str, float]) -> pd.DataFrame:
    """Draw a table; groups without planted bias are drawn again until chance does not make them look biased."""
    random = exhibit.random(f"labels {name}")
    fair = [group for group in GROUPS if group and harmless[group] == harmless[""]]
    while True:
        frame = comments(random, exhibit.many(1_800, 400), harmless)
        parts = (frame, frame[~frame["insult"]])
        if all(difference_p(*_counts(part, group)) > 0.2 for part in parts for group in fair):
            return frame


def make_comments(exhibit: Exhibit) -> None:
    """Write both tables and their truth."""
    for name, harmless in HARMLESS.items():
        path, frame = f"{FOLDER}/{name}", _drawn(exhibit, name, harmless)
        for group in (group for group in GROUPS if group):
            k, n, k_others, n_others = _counts(frame, group)
            plain = frame.loc[(frame["group"] == group) & ~frame["insult"], "toxic"]
            exhibit.note(
                "label_bias",
                path=path,
                group=group,
                label="toxic",
                n=n,
                k=k,
                n_others=n_others,
                k_others=k_others,
                n_harmless=len(plain),
                k_harmless=int(plain.sum()),
                planted_harmless=harmless[group],
                planted_harmless_others=harmless[""],
            )
        biased = name == "comments.csv"
        told = "harmless comments that mention one community are labelled toxic too often"
        exhibit.file(
            path, csv_bytes(frame.drop(columns=["group", "insult"])), "csv", told if biased else "bias: none"
        )
    exhibit.file(
        f"{FOLDER}/README.md",
        f"# Comments\n\n> {INVENTED}\n\n`toxic`: 1 when the annotator called the comment toxic. "
        "Marshlanders and Hillfolk are invented communities.\n",
        "markdown",
    )
