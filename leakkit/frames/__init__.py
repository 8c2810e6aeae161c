"""The kit's frames: every column with its dtype, allowed values and meaning; the only place that names one.

A `Frame` gives an empty or filled pandas frame with the right dtypes, the matching Arrow schema for
streams of batches, a pandera check that lists every failing row, and a description for readers.
Missing means unknown, never zero: all dtypes are nullable.
"""

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
    "AI_LEAKS",
    "ARTIFACTS",
    "COLUMN_TYPES",
    "DANGERS",
    "EVALS",
    "FAMILIES",
    "FINDINGS",
    "FRAMES",
    "HARM_REFERENCE_POINTS",
    "INCIDENTS",
    "INCIDENT_ENUMS",
    "INCIDENT_LINKS",
    "INCIDENT_LOSSES",
    "KINDS",
    "LEGAL_DUTIES",
    "LIKELIHOODS",
    "MODELS",
    "PEOPLE",
    "SENSITIVITIES",
    "STATUSES",
    "TABLES",
    "TENSORS",
    "VERIS_VARIETIES",
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
    )
}
"""Every frame of the kit by name."""
