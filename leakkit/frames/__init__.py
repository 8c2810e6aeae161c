"""The kit's frames: every column with its dtype, allowed values and meaning; the only place that names one.

A `Frame` gives an empty or filled pandas frame with the right dtypes, the matching Arrow schema for
streams of batches, a pandera check that lists every failing row, and a description for readers.
Missing means unknown, never zero: all dtypes are nullable.
"""

from leakkit.frames.bias_tables import (
    ADJUSTED,
    CALIBRATION,
    COEFFICIENTS,
    FOUR_FIFTHS,
    GROUP_COMPARISONS,
    GROUP_GAPS,
    GROUP_RATES,
    PROXIES,
    STRATA,
    STRATIFIED,
)
from leakkit.frames.bias_text import (
    EMBEDDING_ASSOCIATIONS,
    LABEL_BIAS,
    LEXICON,
    OCCUPATION_PRONOUNS,
    OUTPUT_COMPARISONS,
    REPRESENTATION,
    WORD_ASSOCIATIONS,
    WORD_WINDOWS,
)
from leakkit.frames.facts import HARM_REFERENCE_POINTS, LEGAL_DUTIES
from leakkit.frames.frame import Column, Frame
from leakkit.frames.incidents import AI_LEAKS, INCIDENT_ENUMS, INCIDENT_LINKS, INCIDENT_LOSSES, INCIDENTS
from leakkit.frames.leak import (
    ACCESS,
    ARTIFACTS,
    DANGERS,
    EVALS,
    KINDS,
    MODELS,
    SENSITIVITIES,
    STATUSES,
    TABLES,
    TENSORS,
    VERIS_VARIETIES,
)
from leakkit.frames.pii import COLUMN_TYPES, FAMILIES, FINDINGS, LIKELIHOODS, PEOPLE

__all__ = [
    "ACCESS",
    "ADJUSTED",
    "AI_LEAKS",
    "ARTIFACTS",
    "CALIBRATION",
    "COEFFICIENTS",
    "COLUMN_TYPES",
    "DANGERS",
    "EMBEDDING_ASSOCIATIONS",
    "EVALS",
    "FAMILIES",
    "FINDINGS",
    "FOUR_FIFTHS",
    "FRAMES",
    "GROUP_COMPARISONS",
    "GROUP_GAPS",
    "GROUP_RATES",
    "HARM_REFERENCE_POINTS",
    "INCIDENTS",
    "INCIDENT_ENUMS",
    "INCIDENT_LINKS",
    "INCIDENT_LOSSES",
    "KINDS",
    "LABEL_BIAS",
    "LEGAL_DUTIES",
    "LEXICON",
    "LIKELIHOODS",
    "MODELS",
    "OCCUPATION_PRONOUNS",
    "OUTPUT_COMPARISONS",
    "PEOPLE",
    "PROXIES",
    "REPRESENTATION",
    "SENSITIVITIES",
    "STATUSES",
    "STRATA",
    "STRATIFIED",
    "TABLES",
    "TENSORS",
    "VERIS_VARIETIES",
    "WORD_ASSOCIATIONS",
    "WORD_WINDOWS",
    "Column",
    "Frame",
]

FRAMES = {
    frame.name: frame
    for frame in (
        ARTIFACTS,
        TENSORS,
        MODELS,
        EVALS,
        TABLES,
        ACCESS,
        FINDINGS,
        PEOPLE,
        COLUMN_TYPES,
        INCIDENTS,
        INCIDENT_ENUMS,
        INCIDENT_LINKS,
        INCIDENT_LOSSES,
        AI_LEAKS,
        LEGAL_DUTIES,
        HARM_REFERENCE_POINTS,
        GROUP_RATES,
        GROUP_COMPARISONS,
        GROUP_GAPS,
        FOUR_FIFTHS,
        STRATA,
        STRATIFIED,
        CALIBRATION,
        ADJUSTED,
        COEFFICIENTS,
        PROXIES,
        WORD_ASSOCIATIONS,
        WORD_WINDOWS,
        OCCUPATION_PRONOUNS,
        EMBEDDING_ASSOCIATIONS,
        REPRESENTATION,
        LABEL_BIAS,
        OUTPUT_COMPARISONS,
        LEXICON,
    )
}
"""Every frame of the kit by name."""
