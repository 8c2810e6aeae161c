"""Frames of bias in tables: rates of groups, what they differ by, and what is left at equal circumstances."""

from __future__ import annotations

from leakkit.frames.frame import Column, Frame

MEASURES = (
    "base_rate",
    "selection_rate",
    "accuracy",
    "true_positive_rate",
    "false_negative_rate",
    "false_positive_rate",
    "true_negative_rate",
    "precision",
    "negative_predictive_value",
    "mean_score",
    "area_under_curve",
)
"""Measures of a group. `base_rate`: share with the favourable outcome; `selection_rate`: share with the
favourable prediction; the others are about the positive label, see the `meaning` beside each."""
GROUP_LEVELS = ("all", "group", "intersection")


def interval_columns(name: str, what: str, unit: str) -> tuple[Column, Column, Column]:
    """Give a figure and the ends of its interval as columns."""
    return (
        Column(name, "number", f"{what}, {unit}; missing where it cannot be told or must not be shown"),
        Column(f"{name}_low", "number", f"Lower end of the interval of `{name}`"),
        Column(f"{name}_high", "number", f"Upper end of the interval of `{name}`"),
    )


P_VALUE = Column("p_value", "number", "p-value of the test of no difference, before correction")
P_ADJUSTED = Column("p_adjusted", "number", "The same after correction over everything tested in the frame")
_MEASURE = Column("measure", "category", "What is measured", MEASURES, required=True)
_MEANING = Column("meaning", "string", "The measure in words, with the labels of this table", required=True)
GROUP = Column("group", "string", "Group, or groups joined by ' & ', escaped", required=True)
REFERENCE = Column("reference", "string", "Group it is compared with, escaped", required=True)

GROUP_RATES = Frame(
    "group_rates",
    "one measure of one group",
    (
        _MEASURE,
        _MEANING,
        Column("level", "category", "All rows, a group, or an intersection", GROUP_LEVELS, required=True),
        Column("grouping", "string", "Columns that make the group, joined by ' & '; empty for all rows"),
        GROUP,
        Column("n", "integer", "Rows that the rate is a share of; missing where suppressed"),
        Column("k", "integer", "Rows among them that count; missing with weights and where suppressed"),
        Column("rate", "number", "Share, 0 to 1 (`mean_score`: units of the score)"),
        Column("low", "number", "Lower end of the interval"),
        Column("high", "number", "Upper end of the interval"),
        Column("n_effective", "number", "Kish's effective size; n without weights"),
        Column("suppressed", "boolean", "Too few rows to be shown", required=True),
    ),
    ("measure", "level", "grouping", "group"),
)

GROUP_COMPARISONS = Frame(
    "group_comparisons",
    "one measure of one group beside the reference group",
    (
        _MEASURE,
        _MEANING,
        Column("grouping", "string", "Columns that make the groups", required=True),
        GROUP,
        REFERENCE,
        Column("n", "integer", "Rows of the group"),
        Column("n_reference", "integer", "Rows of the reference"),
        Column("rate", "number", "Share in the group, 0 to 1"),
        Column("rate_reference", "number", "Share in the reference, 0 to 1"),
        *interval_columns("difference", "Rate less rate of the reference", "-1 to 1"),
        *interval_columns("ratio", "Rate over rate of the reference", "0 or more"),
        *interval_columns("odds_ratio", "Odds over odds of the reference", "0 or more"),
        P_VALUE,
        P_ADJUSTED,
        Column("n_tests", "integer", "Comparisons that the correction is over"),
        Column("suppressed", "boolean", "Too few rows to be shown", required=True),
    ),
    ("measure", "grouping", "group"),
)

GROUP_GAPS = Frame(
    "group_gaps",
    "one measure over all groups of a grouping: do they differ, and by how much at most?",
    (
        _MEASURE,
        _MEANING,
        Column("grouping", "string", "Columns that make the groups", required=True),
        Column("n_groups", "integer", "Groups compared (those shown)", required=True),
        Column("n", "integer", "Rows of all groups compared"),
        Column("largest", "string", "Group with the highest rate, escaped"),
        Column("smallest", "string", "Group with the lowest rate, escaped"),
        Column("smallest_n", "integer", "Rows of the smaller of these two"),
        *interval_columns("gap", "Highest less lowest rate", "0 to 1"),
        Column("gap_at_equality", "number", "Mean gap that groups of these sizes show when none differs"),
        Column("statistic", "number", "Chi-square statistic of no difference (Pearson)"),
        Column("degrees_of_freedom", "integer", "Degrees of freedom of the statistic"),
        Column("p_method", "category", "How the p-value was got", ("chi_square", "permutation", "none")),
        P_VALUE,
        P_ADJUSTED,
    ),
    ("grouping", "measure"),
)

FOUR_FIFTHS = Frame(
    "four_fifths",
    "the four-fifths rule for one group beside the group with the highest selection rate",
    (
        _MEASURE,
        Column("grouping", "string", "Columns that make the groups", required=True),
        GROUP,
        REFERENCE,
        Column("n", "integer", "Rows of the group"),
        Column("n_reference", "integer", "Rows of the reference"),
        *interval_columns("ratio", "Rate over the highest rate", "0 to 1"),
        Column("fails", "boolean", "The ratio is below 0.8"),
        Column(
            "failure_at_equality",
            "number",
            "Probability that groups of these sizes fail although their true rates are equal",
        ),
        P_VALUE,
    ),
    ("measure", "grouping", "group"),
)

STRATA = Frame(
    "strata",
    "one group beside the reference within one stratum",
    (
        _MEASURE,
        Column("stratum", "string", "Values of the stratifying columns, escaped", required=True),
        GROUP,
        REFERENCE,
        Column("n", "integer", "Rows of the group"),
        Column("n_reference", "integer", "Rows of the reference"),
        Column("rate", "number", "Share in the group"),
        Column("rate_reference", "number", "Share in the reference"),
        *interval_columns("difference", "Rate less rate of the reference", "-1 to 1"),
        *interval_columns("odds_ratio", "Odds over odds of the reference", "0 or more"),
        Column("suppressed", "boolean", "Too few rows to be shown", required=True),
    ),
    ("measure", "group", "stratum"),
)

STRATIFIED = Frame(
    "stratified",
    "one group beside the reference, over all strata together",
    (
        _MEASURE,
        GROUP,
        REFERENCE,
        Column("n_strata", "integer", "Strata with both groups in them", required=True),
        Column("n", "integer", "Rows in these strata"),
        *interval_columns("crude_difference", "Difference of the pooled rates", "-1 to 1"),
        *interval_columns("crude_odds_ratio", "Odds ratio of the pooled table", "0 or more"),
        *interval_columns("difference", "Mantel-Haenszel risk difference", "-1 to 1"),
        *interval_columns("odds_ratio", "Mantel-Haenszel odds ratio", "0 or more"),
        Column("p_value", "number", "Mantel-Haenszel test with continuity correction"),
        Column("p_homogeneity", "number", "Breslow-Day test (Tarone) that strata share one odds ratio"),
        Column("strata_up", "integer", "Strata in which the group's rate is above the reference's"),
        Column("strata_down", "integer", "Strata in which it is below"),
        Column(
            "simpson",
            "boolean",
            "The pooled difference points the other way than the stratified one, or only one of the two is "
            "told from chance",
            required=True,
        ),
        Column("warning", "string", "What to say about it; empty for nothing"),
    ),
    ("measure", "group"),
)

CALIBRATION = Frame(
    "calibration",
    "one band of scores of one group",
    (
        Column("grouping", "string", "Columns that make the group", required=True),
        GROUP,
        Column("band", "integer", "Band of scores, from 1", required=True),
        Column("score_low", "number", "Lowest score in the band, over all groups"),
        Column("score_high", "number", "Highest score in the band, over all groups"),
        Column("mean_score", "number", "Mean score of the group in the band"),
        Column("n", "integer", "Rows of the group in the band"),
        Column("k", "integer", "Rows with the positive outcome"),
        Column("rate", "number", "Share with the positive outcome, 0 to 1"),
        Column("low", "number", "Lower end of the interval"),
        Column("high", "number", "Upper end of the interval"),
        Column("suppressed", "boolean", "Too few rows to be shown", required=True),
    ),
    ("grouping", "group", "band"),
)

ADJUSTED = Frame(
    "adjusted",
    "one group beside the reference, other columns held equal by a regression",
    (
        GROUP,
        REFERENCE,
        Column("n", "integer", "Rows of the group in the model"),
        Column("n_reference", "integer", "Rows of the reference in the model"),
        *interval_columns("odds_ratio", "Adjusted odds ratio (logistic only)", "0 or more"),
        *interval_columns(
            "risk_ratio_at_reference", "Risk ratio in the cell of all reference values", "0 or more"
        ),
        *interval_columns("risk_ratio", "Risk ratio averaged over the rows (standardised)", "0 or more"),
        *interval_columns("difference", "Risk difference averaged over the rows (standardised)", "-1 to 1"),
        *interval_columns("crude_difference", "Difference of rates without adjustment", "-1 to 1"),
        P_VALUE,
        P_ADJUSTED,
    ),
    ("group",),
)

COEFFICIENTS = Frame(
    "coefficients",
    "one term of a regression",
    (
        Column("term", "string", "Column, and value beside its reference value, escaped", required=True),
        *interval_columns("estimate", "Coefficient", "log odds, or share in a linear model"),
        Column("standard_error", "number", "Standard error of the coefficient"),
        Column("odds_ratio", "number", "Exponential of the coefficient; logistic only"),
        Column("risk_ratio_at_reference", "number", "Risk ratio in the cell of all reference values"),
        P_VALUE,
    ),
    (),
)

PROXIES = Frame(
    "proxies",
    "one column, and how well it tells the group",
    (
        Column("column", "string", "Name of the column, escaped", required=True),
        Column("n", "integer", "Rows looked at", required=True),
        Column("n_values", "integer", "Different values of the column"),
        *interval_columns(
            "area_under_curve", "How well it ranks the group out of sample; 0.5 is chance", "0.5 to 1"
        ),
        Column("cramers_v", "number", "Cramer's V, bias-corrected, 0 to 1"),
        P_VALUE,
        P_ADJUSTED,
    ),
    ("column",),
)

DECISIONS = Frame(
    "decisions",
    "one table of decisions, and how it is to be read",
    (
        Column("path", "string", "Member it stands in, as in the artifacts frame", required=True),
        Column("topic", "string", "hiring, lending, reoffending, or a word of your own"),
        Column("outcome", "string", "Column of the outcome", required=True),
        Column("favourable", "string", "Label of the outcome that people want", required=True),
        Column("group", "string", "Column of the group", required=True),
        Column("reference", "string", "Group that others are compared with; missing for the largest"),
        Column("by", "string", "Column whose values make strata"),
        Column("held_equal", "string", "Columns to hold equal in a regression, separated by spaces"),
        Column("prediction", "string", "Column of the prediction, in the labels of the outcome"),
        Column("score", "string", "Column of a score that rises with the positive label"),
        Column("positive", "string", "Label whose errors are counted; missing for 1, or the favourable one"),
    ),
    ("topic", "path"),
)

DECISION_CANDIDATES = Frame(
    "decision_candidates",
    "one table that may hold decisions about groups of people",
    (
        Column("path", "string", "Member it stands in, escaped", required=True),
        Column("rows", "integer", "Rows looked at", required=True),
        Column("outcomes", "list", "Columns with two values, escaped", required=True),
        Column("groups", "list", "Columns that may name groups of people, escaped", required=True),
    ),
    ("path",),
)

PUBLISHED_FIGURES = Frame(
    "published_figures",
    "one published figure, and what comes out of the table that was fetched",
    (
        Column("table", "string", "Table, as in `lk.bias_tables`", required=True),
        Column("figure", "string", "The figure in words", required=True),
        Column("published", "string", "As it was printed", required=True),
        Column("found", "string", "What was worked out, rounded to as many digits", required=True),
        Column("n", "integer", "Rows behind the figure", required=True),
        Column("agrees", "boolean", "Both are the same", required=True),
        Column("citation", "string", "Where it was published", required=True),
    ),
    (),
)
