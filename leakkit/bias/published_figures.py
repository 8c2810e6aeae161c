"""Figures that others published on tables of decisions, and how each is worked out from its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    Measured = dict[str, tuple[float, int]]

_BLACK, _WHITE = "African-American", "Caucasian"
_HELD = ("sex", "age_cat", "priors_count", "c_charge_degree", "two_year_recid")
_REFERENCES = {"sex": "Male", "age_cat": "25 - 45", "c_charge_degree": "F"}
_FILTERED = ("days_b_screening_arrest", "is_recid", "race", *_HELD)
_PROPUBLICA = (
    "J. Larson, S. Mattu, L. Kirchner and J. Angwin, How We Analyzed the COMPAS Recidivism Algorithm, "
    "ProPublica (2016)"
)


@dataclass(frozen=True)
class Published:
    """Figures of one table: in words as they are printed, and what works them out."""

    table: str
    figures: Mapping[str, str]
    measure: Callable[[pd.DataFrame], Measured]
    """Gives value and rows behind it, by the same words; what cannot be told is left out."""
    needs: tuple[str, ...]
    citation: str
    rows: int = 0
    """Rows the table must have, where a part of it may be missing."""


def _compas_errors(table: pd.DataFrame) -> Measured:
    """Rate errors of the risk score on all rows."""
    from leakkit.bias.tables.groups import rate_groups

    high = table["score_text"].ne("Low").astype("Int64")
    found = rate_groups(
        table.assign(high=high), "two_year_recid", "race", prediction="high", favourable=0
    ).rates
    measured: Measured = {}
    for group in (_BLACK, _WHITE):
        for measure, words, times in (
            ("false_positive_rate", f"False positive rate, {group}, %", 100),
            ("false_negative_rate", f"False negative rate, {group}, %", 100),
            ("precision", f"Precision, {group}", 1),
        ):
            measured |= _rate(found, measure, group, words, times)
    return measured


def propublica_filter(table: pd.DataFrame, score: str = "score_text") -> pd.DataFrame:
    """Keep the rows of ProPublica's regressions; ``high`` says that the score is not low."""
    import pandas as pd

    days = pd.to_numeric(table["days_b_screening_arrest"], errors="coerce")
    kept = days.between(-30, 30) & table["is_recid"].ne(-1)
    kept &= table["c_charge_degree"].ne("O") & table[score].ne("N/A")
    rows = table[kept.fillna(False)]
    return rows.assign(high=rows[score].ne("Low").astype("Int64"))


def _compas_regression(score: str) -> Callable[[pd.DataFrame], Measured]:
    """Give what holds other columns equal, as ProPublica did."""

    def measure(table: pd.DataFrame) -> Measured:
        from leakkit.bias.tables.adjustment import adjust_rates

        found = adjust_rates(
            propublica_filter(table, score),
            "high",
            "race",
            list(_HELD),
            favourable=0,
            reference=_WHITE,
            references=_REFERENCES,
        )
        ratio = _cell(found.groups, "risk_ratio_at_reference", group=_BLACK)
        return {"Rows in the regression": (found.n, found.n)} | _known(
            f"Risk ratio of a score that is not low, {_BLACK} beside {_WHITE}", ratio, found.n
        )

    return measure


def _resume(table: pd.DataFrame) -> Measured:
    """Compare call-backs by the name on the application."""
    from leakkit.bias.tables.groups import rate_groups

    found = rate_groups(table, "call", "ethnicity", favourable="yes", reference="afam")
    measured = _rate(found.rates, "base_rate", "cauc", "Called back, white names, %", 100)
    measured |= _rate(found.rates, "base_rate", "afam", "Called back, black names, %", 100)
    for column, words in (("ratio", ""), ("ratio_low", ", lower end"), ("ratio_high", ", upper end")):
        ratio = _cell(found.comparisons, column, measure="base_rate", group="cauc")
        measured |= _known(f"Ratio of call-backs{words}", ratio, found.n)
    return measured


def _boston(table: pd.DataFrame) -> Measured:
    """Rate denials of loans, and hold payments beside income equal."""
    from leakkit.bias.tables.adjustment import adjust_rates

    model = adjust_rates(
        table, "deny", "afam", "pirat", favourable="no", positive="yes", model="linear", reference="no"
    )
    measured: Measured = {}
    for group, words in (("yes", "black applicants"), ("no", "white applicants")):
        measured |= _denied(table, group, f"Denied, {words}, %")
    for term, words in (("pirat", "payments to income"), ("afam: yes (beside no)", "black")):
        estimate = _cell(model.coefficients, "estimate", term=term)
        measured |= _known(f"Linear probability model of denial, {words}", estimate, model.n)
    return measured


def _denied(table: pd.DataFrame, group: str, words: str) -> Measured:
    """Give the share that was denied."""
    from leakkit.bias.tables.groups import rate_groups

    found = rate_groups(table, "deny", "afam", favourable="no")
    shares = _rate(found.rates, "base_rate", group, words, 100)
    return {name: (100 - share, n) for name, (share, n) in shares.items()}


def _berkeley(table: pd.DataFrame) -> Measured:
    """Compare admissions pooled and within departments."""
    from leakkit.bias.tables.groups import rate_groups
    from leakkit.bias.tables.stratify import stratify_rates

    options: dict[str, Any] = {"favourable": "Admitted", "counts": "Freq", "reference": "Male"}
    pooled = rate_groups(table, "Admit", "Gender", **options)
    stratified = stratify_rates(table, "Admit", "Gender", "Dept", **options)[1]
    measured = _rate(pooled.rates, "base_rate", "Female", "Admitted, women, %", 100)
    measured |= _rate(pooled.rates, "base_rate", "Male", "Admitted, men, %", 100)
    for column, words in (
        ("odds_ratio", "Odds ratio within departments, women beside men"),
        ("p_value", "Its p-value"),
    ):
        value = _cell(stratified, column, group="Female", reference="Male")
        measured |= _known(words, value, int(_cell(stratified, "n", group="Female", reference="Male") or 0))
    return measured


def _adult(table: pd.DataFrame) -> Measured:
    """Compare high incomes of women and men."""
    from leakkit.bias.tables.groups import rate_groups

    found = rate_groups(table, "income", "sex", favourable=">50K", reference="Male")
    measured = _rate(found.rates, "base_rate", "Female", "Income above 50,000 dollars, women, %", 100)
    measured |= _rate(found.rates, "base_rate", "Male", "Income above 50,000 dollars, men, %", 100)
    for column, words in (("ratio", "Impact ratio"), ("difference", "Difference")):
        value = _cell(found.comparisons, column, measure="base_rate", group="Female")
        measured |= _known(f"{words}, women beside men", value, found.n)
    return measured


def _german(table: pd.DataFrame) -> Measured:
    """Compare good credits by age."""
    from leakkit.bias.tables.groups import rate_groups

    found = rate_groups(table, "credit", "age_group", favourable="good")
    gap = _cell(found.gaps, "gap", measure="base_rate")
    return _known("Gap of good credits, over 25 beside the younger", gap, found.n)


def _cell(frame: pd.DataFrame, column: str, **where: str) -> float | None:
    """Give one figure of the one row that is so; none where there is no such row, or it is missing."""
    rows = frame
    for name, value in where.items():
        rows = rows[rows[name].eq(value)]
    found = rows[column].dropna()
    return float(found.iloc[0]) if len(found) == 1 else None


def _known(words: str, value: float | None, n: int) -> Measured:
    """Give a figure that could be told, or nothing."""
    return {} if value is None else {words: (value, n)}


def _rate(rates: pd.DataFrame, measure: str, group: str, words: str, times: float) -> Measured:
    """Give one rate and its rows."""
    here = {"measure": measure, "level": "group", "group": group}
    rate, n = _cell(rates, "rate", **here), _cell(rates, "n", **here)
    return {} if rate is None or n is None else {words: (times * rate, int(n))}


PUBLISHED = (
    Published(
        "compas",
        {
            f"False positive rate, {_BLACK}, %": "44.85",
            f"False positive rate, {_WHITE}, %": "23.45",
            f"False negative rate, {_BLACK}, %": "27.99",
            f"False negative rate, {_WHITE}, %": "47.72",
            f"Precision, {_BLACK}": "0.630",
            f"Precision, {_WHITE}": "0.591",
        },
        _compas_errors,
        ("two_year_recid", "race", "score_text"),
        _PROPUBLICA,
    ),
    Published(
        "compas",
        {
            "Rows in the regression": "6172",
            f"Risk ratio of a score that is not low, {_BLACK} beside {_WHITE}": "1.4528",
        },
        _compas_regression("score_text"),
        ("score_text", *_FILTERED),
        _PROPUBLICA,
    ),
    Published(
        "compas_violent",
        {
            "Rows in the regression": "4020",
            f"Risk ratio of a score that is not low, {_BLACK} beside {_WHITE}": "1.7739",
        },
        _compas_regression("v_score_text"),
        ("v_score_text", *_FILTERED),
        _PROPUBLICA,
    ),
    Published(
        "resume",
        {
            "Called back, white names, %": "9.65",
            "Called back, black names, %": "6.45",
            "Ratio of call-backs": "1.50",
            "Ratio of call-backs, lower end": "1.23",
            "Ratio of call-backs, upper end": "1.82",
        },
        _resume,
        ("call", "ethnicity"),
        "M. Bertrand and S. Mullainathan, American Economic Review 94 (2004) 991-1013",
    ),
    Published(
        "hmda",
        {
            "Denied, black applicants, %": "28.3",
            "Denied, white applicants, %": "9.3",
            "Linear probability model of denial, payments to income": "0.559",
            "Linear probability model of denial, black": "0.177",
        },
        _boston,
        ("deny", "afam", "pirat"),
        "J. H. Stock and M. W. Watson, Introduction to Econometrics, chapter 11",
    ),
    Published(
        "ucb",
        {
            "Admitted, women, %": "30.4",
            "Admitted, men, %": "44.5",
            "Odds ratio within departments, women beside men": "1.105",
            "Its p-value": "0.23",
        },
        _berkeley,
        ("Admit", "Gender", "Dept", "Freq"),
        "P. J. Bickel, E. A. Hammel and J. W. O'Connell, Science 187 (1975) 398-404; the odds ratio and p-value: "
        "example of mantelhaen.test in R",
    ),
    Published(
        "adult",
        {
            "Income above 50,000 dollars, women, %": "10.9",
            "Income above 50,000 dollars, men, %": "30.4",
            "Impact ratio, women beside men": "0.360",
            "Difference, women beside men": "-0.195",
        },
        _adult,
        ("income", "sex"),
        "commonly given for both splits of Adult (B. Becker and R. Kohavi, UCI Machine Learning Repository, 1996)",
        rows=48_842,
    ),
    Published(
        "german",
        {"Gap of good credits, over 25 beside the younger": "0.149"},
        _german,
        ("credit", "age_group"),
        "commonly given for German credit (H. Hofmann, UCI Machine Learning Repository, 1994), all rows",
    ),
)
"""What was published, table by table."""
