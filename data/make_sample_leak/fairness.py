"""Tables of decisions: hiring, lending and re-offending, each with a planted bias and a clean twin.

The truth holds the parameters of the drawing and, apart from them, what the table really shows. A clean
twin is drawn again until no headline test falls below .2, so that the lesson holds for every seed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from data.make_sample_leak.exhibit import Exhibit
from data.make_sample_leak.user_tables import csv_bytes

FOLDER = "datasets/decisions"


def _choose(
    random: np.random.Generator, values: Sequence[str], shares: Sequence[float], size: int
) -> np.ndarray:
    """Draw words with given shares."""
    return np.array(values, dtype=object)[random.choice(len(values), size=size, p=shares)]


def _happens(random: np.random.Generator, log_odds: np.ndarray) -> np.ndarray:
    """Draw 0 or 1 with the probability that belongs to the log-odds."""
    return (random.random(len(log_odds)) < 1 / (1 + np.exp(-log_odds))).astype(int)


def hiring(random: np.random.Generator, size: int, penalty: float) -> pd.DataFrame:
    """Applications and call-backs. `penalty`: log-odds taken from women at equal merit."""
    gender = _choose(random, ("man", "woman", "not stated"), (0.53, 0.43, 0.04), size)
    years = random.integers(0, 21, size)
    skill = np.clip(random.normal(60, 14, size).round(), 5, 100).astype(int)
    degree = _choose(random, ("none", "bachelor", "master"), (0.25, 0.5, 0.25), size)
    merit = -3.9 + 0.06 * years + 0.035 * skill + 0.4 * (degree == "bachelor") + 0.7 * (degree == "master")
    called = _happens(random, merit - penalty * (gender == "woman"))
    hired = called * (random.random(size) < 0.35)
    return pd.DataFrame(
        {
            "application_id": [f"A{place:05d}" for place in range(size)],
            "gender": gender,
            "age_band": _choose(random, ("18-29", "30-44", "45-59", "60+"), (0.3, 0.4, 0.25, 0.05), size),
            "years_experience": years,
            "skill_score": skill,
            "degree": degree,
            "called_back": called,
            "hired": hired,
        }
    )


def lending(random: np.random.Generator, size: int, penalty: float, sorted_by_branch: bool) -> pd.DataFrame:
    """Loan applications. `sorted_by_branch`: communities apply at branches of different strictness."""
    community = _choose(random, ("Hillfolk", "Marshlanders"), (0.6, 0.4), size)
    marsh = community == "Marshlanders"
    branches = np.array(["Harbour", "Market", "Station", "Quarry"], dtype=object)
    towards = np.array([0.55, 0.25, 0.12, 0.08]) if sorted_by_branch else np.full(4, 0.25)
    away = towards[::-1]
    place = np.where(marsh, random.choice(4, size, p=away), random.choice(4, size, p=towards))
    strictness = np.array([1.9, 0.9, -0.4, -1.5]) if sorted_by_branch else np.array([0.9, 0.7, 0.5, 0.3])
    income = np.clip(random.normal(41, 11, size), 12, 120).round(1)
    debt = np.clip(random.normal(0.34, 0.11, size), 0, 1).round(3)
    log_odds = strictness[place] + 0.03 * (income - 41) - 3.0 * (debt - 0.34) - penalty * marsh
    return pd.DataFrame(
        {
            "loan_id": [f"L{number:05d}" for number in range(size)],
            "community": community,
            "branch": branches[place],
            "income_thousand": income,
            "debt_to_income": debt,
            "amount": (random.integers(2, 60, size) * 1000),
            "approved": _happens(random, log_odds),
        }
    )


def reoffending(random: np.random.Generator, size: int, shift: float) -> pd.DataFrame:
    """Risk scores and what happened in two years. `shift`: points added to the scores of one community."""
    community = _choose(random, ("Hillfolk", "Marshlanders", "Islanders"), (0.52, 0.47, 0.01), size)
    priors = np.minimum(random.poisson(2.2, size), 20)
    age = random.integers(18, 70, size)
    log_odds = -0.9 + 0.28 * priors - 0.02 * (age - 35)
    score = (
        4.6 + 1.25 * (log_odds + 0.3) + random.normal(0, 1.4, size) + shift * (community == "Marshlanders")
    )
    decile = np.clip(np.rint(score), 1, 10).astype(int)
    return pd.DataFrame(
        {
            "case_id": [f"R{number:05d}" for number in range(size)],
            "community": community,
            "age": age,
            "prior_count": priors,
            "charge": _choose(random, ("misdemeanour", "felony"), (0.6, 0.4), size),
            "risk_decile": decile,
            "predicted_high": (decile >= 6).astype(int),
            "reoffended_two_years": _happens(random, log_odds),
        }
    )


# path: (what draws it, rows, arguments, planted, finding, tempting wrong figure)
def _plan() -> dict[str, tuple[str, int, dict[str, float | bool], str, str, str]]:
    """Give the seven tables."""
    return {
        "hiring_harbour_office.csv": (
            "hiring",
            3_200,
            {"penalty": 0.9},
            "direct",
            "women are called back less than men at equal experience, skill and degree",
            "the largest gap over gender x age cells, which small cells drive",
        ),
        "hiring_hill_office.csv": (
            "hiring",
            3_200,
            {"penalty": 0.0},
            "none",
            "no difference by gender beyond chance",
            "a four-fifths failure in a small cell",
        ),
        "lending_2024_q1.csv": (
            "lending",
            3_000,
            {"penalty": 0.75, "sorted_by_branch": False},
            "direct",
            "Marshlanders are approved less, overall and in every branch, at equal income and debt",
            "income explains it: income is the same in both communities",
        ),
        "lending_2024_q2.csv": (
            "lending",
            3_000,
            {"penalty": 0.0, "sorted_by_branch": False},
            "none",
            "no difference by community beyond chance",
            "the largest gap of eight branch cells, without correction",
        ),
        "lending_2024_q3.csv": (
            "lending",
            3_600,
            {"penalty": -0.5, "sorted_by_branch": True},
            "simpson",
            "overall Marshlanders are approved far less, in each branch more: they apply at strict branches",
            "the pooled difference",
        ),
        "reoffending_v1.csv": (
            "reoffending",
            3_600,
            {"shift": 1.2},
            "score_shift",
            "equal re-offending, but Marshlanders who do not re-offend are labelled high risk more often",
            "overall accuracy by community, and the worst group of 1 % (Islanders)",
        ),
        "reoffending_v2.csv": (
            "reoffending",
            3_600,
            {"shift": 0.0},
            "none",
            "error rates do not differ between the two large communities",
            "the rate of the Islanders, a few dozen people",
        ),
    }


MEASURED = {
    "hiring": ("gender", "man", "woman", {"called_back": None}, "degree"),
    "lending": ("community", "Hillfolk", "Marshlanders", {"approved": None}, "branch"),
    "reoffending": (
        "community",
        "Hillfolk",
        "Marshlanders",
        {
            "reoffended_two_years": None,
            "predicted_high": None,
            "false_positive": ("reoffended_two_years", 0),
            "false_negative": ("reoffended_two_years", 1),
        },
        "charge",
    ),
}


def _note_rates(exhibit: Exhibit, path: str, kind: str, frame: pd.DataFrame) -> None:
    """Write into the truth what the table shows: k of n by group, overall and by stratum."""
    group, _, _, measures, stratum = MEASURED[kind]
    for measure, condition in measures.items():
        rows = frame if condition is None else frame[frame[condition[0]] == condition[1]]
        outcome = (
            rows[measure] if measure in rows else (rows["predicted_high"] == (measure == "false_positive"))
        )
        parts = [("", rows.index == rows.index)]
        parts += [(f"{stratum}={value}", rows[stratum] == value) for value in sorted(rows[stratum].unique())]
        for name, inside in parts:
            for value in sorted(rows[group].unique()):
                these = outcome[inside & (rows[group] == value)]
                exhibit.note(
                    "bias_rates",
                    path=path,
                    measure=measure,
                    stratum=name,
                    group=value,
                    n=len(these),
                    k=int(these.sum()),
                    rate=float(these.mean()) if len(these) else None,
                )


def chance(frame: pd.DataFrame, outcome: str, group: str) -> float:
    """Give the smallest p-value of two-proportion tests between any two groups of at least 100."""
    table = frame.groupby(group)[outcome].agg(["size", "sum"])
    table, smallest = table[table["size"] >= 100], 1.0
    for (n1, k1), (n2, k2) in combinations(table.to_numpy(), 2):
        pooled = (k1 + k2) / (n1 + n2)
        spread = math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
        smallest = min(smallest, math.erfc(abs(k1 / n1 - k2 / n2) / spread / math.sqrt(2)))
    return smallest


def _looks_clean(frame: pd.DataFrame, kind: str) -> bool:
    """Tell whether no headline test would call a clean table biased by accident."""
    group, _, _, measures, _ = MEASURED[kind]
    tests = []
    for measure, condition in measures.items():
        rows = frame if condition is None else frame[frame[condition[0]] == condition[1]]
        tests.append(chance(rows, measure if measure in frame else "predicted_high", group))
    return min(tests) > 0.2


def _drawn(
    exhibit: Exhibit, name: str, kind: str, size: int, planted: str, arguments: dict[str, float | bool]
) -> pd.DataFrame:
    """Draw a table; a clean twin is drawn again until chance alone does not make it look biased."""
    draw = {"hiring": hiring, "lending": lending, "reoffending": reoffending}[kind]
    random = exhibit.random(name)
    while True:
        frame = draw(random, size, **arguments)  # type: ignore[operator]
        if planted != "none" or _looks_clean(frame, kind):
            return frame


def make_fairness(exhibit: Exhibit) -> None:
    """Write the seven tables and their truth."""
    for name, (kind, size, arguments, planted, finding, wrong) in _plan().items():
        frame = _drawn(exhibit, name, kind, exhibit.many(size, 400), planted, arguments)
        path = f"{FOLDER}/{name}"
        group, reference, compared, measures, stratum = MEASURED[kind]
        exhibit.note(
            "bias_tables",
            path=path,
            family=kind,
            planted=planted,
            outcome=next(iter(measures)),
            group=group,
            reference=reference,
            compared=compared,
            stratum=stratum,
            favourable=0 if kind == "reoffending" else 1,
            parameters="; ".join(f"{key}={value}" for key, value in arguments.items()),
            finding=finding,
            tempting_wrong=wrong,
            rows=len(frame),
        )
        _note_rates(exhibit, path, kind, frame)
        exhibit.file(path, csv_bytes(frame), "csv", f"planted bias: {planted}")
    exhibit.file(
        f"{FOLDER}/README.md",
        "# Decisions\n\n> INVENTED: no such person applied anywhere. Hillfolk, Marshlanders and Islanders "
        "are invented communities.\n\n`called_back`, `approved`: 1 is favourable. `predicted_high`, "
        "`reoffended_two_years`: 1 is unfavourable.\n",
        "markdown",
    )
