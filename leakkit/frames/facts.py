"""Frames of the bundled tables of facts: legal duties after a leak, and published figures to set harm beside."""

from __future__ import annotations

from leakkit.frames.frame import Column, Frame
from leakkit.frames.incidents import CONFIDENCES

DUTY_KINDS = (
    "notify_authority",
    "notify_people",
    "notify_market",
    "notify_customer",
    "record_keeping",
    "model_provider_duty",
    "fine_ceiling",
)
DEADLINE_UNITS = ("hours", "calendar_days", "business_days", "months", "years")
FINE_RULES = (
    "higher_of",
    "lower_of_for_SME",
    "fixed",
    "turnover_only",
    "turnover_capped_at_fixed",
    "either",
)
DUTY_STATUSES = ("in_force", "enacted_future", "proposed", "superseded", "repealed")

_SOURCE_TITLE = Column("source_title", "string", "Sources by name")
_SOURCE_URL = Column("source_url", "string", "Address of the source")
_NOTES = Column("notes", "string", "What to know before using the row")
_CONFIDENCE = Column(
    "confidence", "category", "Confidence of the row", CONFIDENCES, required=True, ordered=True
)

LEGAL_DUTIES = Frame(
    "legal_duties",
    "one duty, or one ceiling of fines, of one instrument of law; no legal advice",
    (
        Column("duty_id", "string", "Id of the row, in words", required=True),
        Column("jurisdiction", "string", "ISO 3166 code: EU, GB, US, US-CA", required=True),
        Column("instrument", "string", "The law or rule", required=True),
        Column("article", "string", "Where in the instrument"),
        Column("duty", "category", "What has to be done, or fine_ceiling", DUTY_KINDS, required=True),
        Column("trigger", "string", "What sets the duty off", required=True),
        Column(
            "deadline_hours",
            "integer",
            "Hours; only where the rule counts hours or calendar days, else missing",
        ),
        Column("deadline_value", "integer", "The number of the rule as written; missing where it has none"),
        Column("deadline_unit", "category", "Unit of `deadline_value`", DEADLINE_UNITS),
        Column("threshold", "string", "From which size or kind on, as the rule has it"),
        Column("fine_fixed_amount", "number", "Amount in `fine_currency`"),
        Column("fine_currency", "string", "Currency, ISO 4217"),
        Column("fine_turnover_percent", "number", "Per cent of the turnover that the text names"),
        Column("fine_rule", "category", "How amount and share go together", FINE_RULES),
        Column("in_force_from", "date", "Day from which the row applies; missing where not looked up"),
        Column("status", "category", "Law or not, on the day of compiling", DUTY_STATUSES, required=True),
        _SOURCE_TITLE,
        _SOURCE_URL,
        _NOTES,
        _CONFIDENCE,
    ),
    ("jurisdiction", "duty_id"),
)

HARM_REFERENCE_POINTS = Frame(
    "harm_reference_points",
    "one published figure on the cost of breaches or on memorised training data",
    (
        Column("topic", "string", "breach_cost, breach_share or memorisation", required=True),
        Column("measure", "string", "What was measured", required=True),
        Column("value", "string", "The figure as published; may be words"),
        Column("number", "number", "The same as a number; missing where it is not one number"),
        Column("unit", "string", "Unit of the figure"),
        Column("population_or_model", "string", "Who or what was measured"),
        Column("year", "integer", "Year of publication"),
        _SOURCE_TITLE,
        _SOURCE_URL,
        Column("licence_note", "string", "What may be done with the figure"),
        _NOTES,
        _CONFIDENCE,
    ),
    ("topic", "year", "measure", "population_or_model"),
)
