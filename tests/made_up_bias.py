"""Hand-made frames of bias with counts in the head, for figures and sentences."""

from __future__ import annotations

from leakkit import frames
from leakkit.stats import wilson_interval

ROWS = [  # group, rows, predicted favourable, false positives of negatives, false negatives of positives
    ("Hill", 400, 300, (20, 200), (60, 200)),
    ("Marsh", 1000, 400, (200, 500), (150, 500)),
    ("Coast", 50, 30, (4, 25), (5, 25)),
]
MEANINGS = {
    "selection_rate": "share predicted 0",
    "false_positive_rate": "predicted 1 among rows with outcome 0",
    "false_negative_rate": "predicted 0 among rows with outcome 1",
}


def interval(k, n, name=""):
    """Rate with its ends, as columns of a frame."""
    low, high = wilson_interval(k, n)
    names = (name, f"{name}_low", f"{name}_high") if name else ("rate", "low", "high")
    return dict(zip(names, (k / n, float(low), float(high)), strict=True))


def rates():
    """Three groups, one suppressed group, one intersection grouping, and all rows."""
    rows = []
    for name, n, chosen, false_positive, false_negative in ROWS:
        cells = zip(MEANINGS, ((chosen, n), false_positive, false_negative), strict=True)
        for measure, (k, of) in cells:
            rows.append({"measure": measure, "level": "group", "grouping": "people", "group": name, "k": k, "n": of,
                         "n_effective": of, **interval(k, of)})  # fmt: skip
    for measure in MEANINGS:
        mine = [r for r in rows if r["measure"] == measure]
        k, n = (sum(r[c] for r in mine) for c in ("k", "n"))
        rows.append(
            {
                "measure": measure,
                "level": "all",
                "grouping": "",
                "group": "all",
                "k": k,
                "n": n,
                **interval(k, n),
            }
        )
        rows.append(
            {"measure": measure, "level": "group", "grouping": "people", "group": "Isle", "suppressed": True}
        )
        rows.append({"measure": measure, "level": "intersection", "grouping": "people & sex", "group": "Hill & f",
                     "k": 90, "n": 100, **interval(90, 100)})  # fmt: skip
    return frames.GROUP_RATES.from_rows(
        [{"meaning": MEANINGS[r["measure"]], "suppressed": False} | r for r in rows]
    )


def comparisons():
    """Marsh differs from Hill; Coast may not and has an open end; Isle is suppressed."""
    base = {"measure": "selection_rate", "meaning": MEANINGS["selection_rate"], "grouping": "people",
            "reference": "Hill", "n_reference": 400, "rate_reference": 0.75, "n_tests": 2,
            "suppressed": False}  # fmt: skip
    rows = [
        {"group": "Marsh", "n": 1000, "rate": 0.4, "difference": -0.35, "difference_low": -0.4,
         "difference_high": -0.3, "ratio": 0.533, "ratio_low": 0.49, "ratio_high": 0.58, "odds_ratio": 0.222,
         "odds_ratio_low": 0.17, "odds_ratio_high": 0.29, "p_value": 1e-30, "p_adjusted": 1e-30},
        {"group": "Coast", "n": 50, "rate": 0.6, "difference": -0.15, "difference_low": -0.29,
         "difference_high": 0.01, "ratio": 0.8, "ratio_low": 0.63, "ratio_high": 1.02, "odds_ratio": 0.5,
         "odds_ratio_low": 0.2, "odds_ratio_high": float("inf"), "p_value": 0.06, "p_adjusted": 0.12},
        {"group": "Isle", "suppressed": True},
    ]  # fmt: skip
    return frames.GROUP_COMPARISONS.from_rows([base | row for row in rows])


def gaps():
    """A gap that is told from chance, one that is not, and the mirror image of an error."""
    base = {"meaning": "", "grouping": "people", "n_groups": 3, "n": 1450, "largest": "Hill", "smallest": "Marsh",
            "smallest_n": 400, "p_method": "chi_square"}  # fmt: skip
    numbers = {
        "selection_rate": (0.35, 0.3, 0.4, 0.08, 1e-9),
        "false_negative_rate": (0.1, 0.0, 0.2, 0.09, 0.4),
        "true_positive_rate": (0.1, 0.0, 0.2, 0.09, 0.4),
        "mean_score": (2.0, 1.0, 3.0, 0.5, 1e-9),
    }
    names = ("gap", "gap_low", "gap_high", "gap_at_equality", "p_adjusted")
    return frames.GROUP_GAPS.from_rows(
        [base | {"measure": m} | dict(zip(names, v, strict=True)) for m, v in numbers.items()]
    )


def four_fifths():
    """One group below, one above."""
    base = {"measure": "selection_rate", "grouping": "people", "reference": "Hill", "n_reference": 400}
    names = ("group", "n", "ratio", "ratio_low", "ratio_high", "fails", "failure_at_equality")
    rows = [("Marsh", 1000, 0.533, 0.49, 0.58, True, 0.00001), ("Coast", 50, 0.8, 0.63, 1.02, False, 0.23)]
    return frames.FOUR_FIFTHS.from_rows([base | dict(zip(names, row, strict=True)) for row in rows])


def strata():
    """Two strata and a suppressed one; the pooled difference turns round."""
    base = {"measure": "base_rate", "group": "Marsh", "reference": "Hill"}
    names = ("stratum", "n", "n_reference", "difference", "difference_low", "difference_high", "suppressed")
    rows = [("A", 100, 800, 0.2, 0.12, 0.28, False), ("B", 600, 300, -0.02, -0.09, 0.04, False)]
    parts = frames.STRATA.from_rows(
        [base | dict(zip(names, row, strict=True)) for row in rows]
        + [base | {"stratum": "C", "suppressed": True}]
    )
    whole = base | {
        "n_strata": 2, "n": 1800, "crude_difference": -0.141, "crude_difference_low": -0.17,
        "crude_difference_high": -0.113, "crude_odds_ratio": 0.54, "crude_odds_ratio_low": 0.48,
        "crude_odds_ratio_high": 0.62, "difference": 0.018, "difference_low": -0.01, "difference_high": 0.046,
        "odds_ratio": 1.11, "odds_ratio_low": 0.95, "odds_ratio_high": 1.3, "p_value": 0.23,
        "p_homogeneity": 0.002, "strata_up": 1, "strata_down": 1, "simpson": True, "warning": "It turns round.",
    }  # fmt: skip
    return parts, frames.STRATIFIED.from_rows([whole])


def adjusted():
    """A difference that shrinks but stays, and one that is chance."""
    names = ("group", "n", "crude_difference", "crude_difference_low", "crude_difference_high",
             "difference", "difference_low", "difference_high", "risk_ratio", "risk_ratio_low", "risk_ratio_high",
             "p_adjusted")  # fmt: skip
    rows = [("Marsh", 339, 0.19, 0.14, 0.24, 0.084, 0.04, 0.13, 1.6, 1.2, 2.1, 0.0008),
            ("Coast", 39, 0.05, -0.04, 0.14, 0.01, -0.05, 0.08, 1.1, 0.6, 1.9, 0.5)]  # fmt: skip
    base = {"reference": "Hill", "n_reference": 2041}
    return frames.ADJUSTED.from_rows([base | dict(zip(names, row, strict=True)) for row in rows])


def calibration(scale=1.0):
    """Two groups that part in the last of four bands; one band suppressed."""
    rows = []
    for name, shares in (("Hill", (0.1, 0.3, 0.5, 0.9)), ("Marsh", (0.1, 0.3, 0.5, 0.5))):
        for band, share in enumerate(shares, 1):
            k = round(200 * share)
            row = {
                "grouping": "people",
                "group": name,
                "band": band,
                "mean_score": scale * band / 5,
                "n": 200,
                "k": k,
            }
            rows.append(row | {"suppressed": False, **interval(k, 200)})
    rows.append({"grouping": "people", "group": "Isle", "band": 1, "suppressed": True})
    return frames.CALIBRATION.from_rows(rows)


def proxies():
    """Two columns that tell the group, one that does not, one that was not tried."""
    rows = [("postcode", 0.83, 1e-9), ("priors", 0.66, 0.001), ("shoe size", 0.51, 0.6)]
    return frames.PROXIES.from_rows(
        [{"column": c, "n": 1450, "area_under_curve": a, "area_under_curve_low": a - 0.02,
          "area_under_curve_high": a + 0.02, "p_adjusted": p} for c, a, p in rows] + [{"column": "id", "n": 1450}]
    )  # fmt: skip


def words():
    """Words of two groups: told from chance, chance, only on one side, and hostile."""
    rows = []
    for word, k, other, ratio, p in (
        ("stubborn", 60, 90, 6.0, 1e-12), ("kind", 12, 260, 0.42, 1e-4), ("market", 50, 450, 1.0, 0.9),
        ("mire", 9, 0, float("inf"), 1e-7), ("peak", 0, 90, 0.0, 1e-3), ("a\\x1b[31m$x$", 30, 100, 2.7, 0.2),
    ):  # fmt: skip
        rows.append({
            "word": word, "group": "Marsh", "reference": "others", "documents": k, "n_documents": 500,
            "documents_reference": other, "n_documents_reference": 4500, "share": k / 500,
            "share_reference": other / 4500, "ratio": ratio, "ratio_low": ratio / 1.4 if other else 3.0,
            "ratio_high": ratio * 1.4 if k else 0.4, "method": "presence", "p_value": p, "p_adjusted": p,
            "n_tests": 7354,
        })  # fmt: skip
    rows.append(rows[2] | {"group": "Hill"})
    return frames.WORD_ASSOCIATIONS.from_rows(rows)


def occupations():
    """One occupation above, one below, one at its labour share; one without pronouns."""
    rows = []
    for name, labour, feminine, n, p in (
        ("nurse", 0.87, 233, 240, 1e-6), ("engineer", 0.17, 15, 300, 1e-8), ("cashier", 0.72, 52, 70, 0.8)
    ):  # fmt: skip
        found = interval(feminine, n, "share")
        rows.append({"occupation": name, "documents": n, "feminine": feminine, "masculine": n - feminine, "both": 1,
                     "share": found["share"], "low": found["share_low"], "high": found["share_high"],
                     "labour_share": labour, "excess": found["share"] - labour, "p_adjusted": p})  # fmt: skip
    rows.append({"occupation": "beekeeper", "documents": 3, "feminine": 0, "masculine": 0, "both": 3})
    return frames.OCCUPATION_PRONOUNS.from_rows(rows)


def associations():
    """One clear test, one with a warning, one without an effect."""
    base = {"targets_x": "x", "targets_y": "y", "attributes_a": "a", "attributes_b": "b", "p_method": "exact",
            "n_x": 8, "of_x": 10, "n_y": 9, "of_y": 10, "n_a": 10, "of_a": 10, "n_b": 10, "of_b": 10}  # fmt: skip
    names = ("test", "coverage", "effect_size", "effect_size_low", "effect_size_high", "p_adjusted", "null_low",
             "null_high", "warning")  # fmt: skip
    rows = [("flowers", 0.97, 1.31, 1.0, 1.6, 0.0002, -0.7, 0.72, ""),
            ("names", 0.56, 0.41, 0.1, 0.7, 0.12, -0.7, 0.72, "Low coverage."),
            ("rare", 0.1, None, None, None, None, None, None, "No word is known.")]  # fmt: skip
    return frames.EMBEDDING_ASSOCIATIONS.from_rows([base | dict(zip(names, r, strict=True)) for r in rows])


def representation():
    """Three groups of one axis, and a language."""
    rows = []
    for axis, group, k, distinct in (
        ("origin", "Marsh", 120, 90), ("origin", "Hill", 60, 60), ("origin", "Isle", 0, 0),
        ("language", "en", 900, 800),
    ):  # fmt: skip
        found = {f"per_1000_documents{c[4:]}": 1000 * v for c, v in interval(k, 1000, "rate").items()}
        rows.append({"axis": axis, "group": group, "documents": k, "n_documents": 1000, "distinct_documents": distinct,
                     **found})  # fmt: skip
    return frames.REPRESENTATION.from_rows(rows)


def labels():
    """Texts on one group are labelled more often; on the other they are not."""
    rows = []
    for group, k, n, p in (("Marsh", 52, 100, 1e-9), ("Hill", 11, 100, 0.8)):
        rows.append({"axis": "origin", "group": group, "label": "toxic", "n": n, "k": k, "n_others": 1000,
                     "k_others": 120, "rate_others": 0.12, "difference": k / n - 0.12, "difference_low": k / n - 0.2,
                     "difference_high": k / n - 0.02, "p_adjusted": p, **interval(k, n, "rate")})  # fmt: skip
    return frames.LABEL_BIAS.from_rows(rows)


def outputs():
    """Refusals that differ, a control that does not, and a mean."""
    names = ("axis", "group", "reference", "measure", "mean", "mean_reference", "difference", "difference_low",
             "difference_high", "only_group", "only_reference", "p_adjusted")  # fmt: skip
    rows = [("origin", "Marsh", "Hill", "refusal", 0.3, 0.1, 0.2, 0.09, 0.3, 20, 4, 0.001),
            ("colour", "blue", "red", "refusal", 0.1, 0.11, -0.01, -0.08, 0.06, 5, 6, 0.9),
            ("origin", "Marsh", "Hill", "words", 40.2, 52.1, -11.9, -16.0, -7.0, None, None, 0.0001)]  # fmt: skip
    return frames.OUTPUT_COMPARISONS.from_rows(
        [{"n_pairs": 80, "p_method": "none"} | dict(zip(names, r, strict=True)) for r in rows]
    )


def template_skew():
    """One group inflated by copies, one that is not, one in no document."""
    base = {"axis": "origin", "n_documents": 1000, "n_forms": 500, "from_templates": 0}
    names = ("group", "documents", "forms", "per_1000_documents", "per_1000_forms", "inflation")
    rows = [
        ("Marsh", 120, 20, 120.0, 40.0, 3.0),
        ("Hill", 60, 30, 60.0, 60.0, 1.0),
        ("Isle", 0, 0, 0.0, 0.0, None),
    ]
    return frames.TEMPLATE_SKEW.from_rows([base | dict(zip(names, row, strict=True)) for row in rows])
