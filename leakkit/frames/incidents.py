"""Frames of what happened elsewhere: incidents, their classifications, links, what a reader could not place, AI leaks.

The words are those of VERIS 1.4.1 where VERIS has one.
"""

from __future__ import annotations

from dataclasses import replace

from leakkit.frames.frame import Column, Frame

SOURCES = ("vcdb", "aiid", "atlas", "avid", "hibp", "hhs", "ai_leak")
RECORD_TYPES = ("incident", "exercise", "vulnerability_report", "evaluation", "advisory")
SECURITY_INCIDENT = ("Confirmed", "Suspected", "False positive", "Near miss", "Unknown")
REVIEW_STATUSES = (
    "Finalized",
    "Validated",
    "First pass",
    "Needs review",
    "In-progress",
    "Ineligible",
    "unknown",
)
EMPLOYEE_COUNTS = (
    "1 to 10",
    "11 to 100",
    "101 to 1000",
    "1001 to 10000",
    "10001 to 25000",
    "25001 to 50000",
    "50001 to 100000",
    "Over 100000",
    "Small",
    "Large",
    "Unknown",
)
PRECISIONS = ("day", "month", "year", "unknown")
DATE_BASES = ("occurred", "disclosed", "added", "submitted")
DISCLOSURES = ("Yes", "Potentially", "No", "Unknown")
TOTAL_BASES = ("reported", "unique_accounts", "individuals", "estimated", "unknown")
DISCOVERY_METHODS = ("internal", "external", "partner", "other", "unknown")
SAMPLE_FLAGS = ("random", "phidbr", "priority", "webskimmer", "unknown")
CONFIDENCES = ("low", "medium", "high")
LOSS_REASONS = ("no_place", "not_in_schema", "malformed", "ambiguous", "duplicate", "left_out")

_UID = Column(
    "incident_uid",
    "string",
    "Source and id, 'vcdb:ABC'; '#n' where one id has several contents",
    required=True,
)
_SOURCE = Column("source", "category", "Catalogue it comes from", SOURCES, required=True)

INCIDENTS = Frame(
    "incidents",
    "one record of one catalogue",
    (
        replace(_UID, unique=True),
        _SOURCE,
        Column("source_id", "string", "Id in the catalogue; VCDB's in capitals", required=True),
        Column("source_version", "string", "Date of the snapshot or version of its schema"),
        Column("source_sha256", "string", "Hash of the file it was read from"),
        Column("source_licence", "string", "Licence of the catalogue, SPDX where it has one"),
        Column("record_type", "category", "What the record is about", RECORD_TYPES),
        Column("security_incident", "category", "VERIS: was security breached", SECURITY_INCIDENT),
        Column("review_status", "category", "How far the catalogue has checked it", REVIEW_STATUSES),
        Column("title", "string", "Title as plain text, escaped"),
        Column("summary", "string", "Summary as plain text, escaped"),
        Column("victim", "string", "Organisation harmed, as the catalogue writes it"),
        Column("victim_domain", "string", "Its internet domain"),
        Column("victim_country", "list", "Countries, ISO 3166-1 alpha-2"),
        Column("victim_industry", "string", "NAICS code, two to six digits"),
        Column("victim_employee_count", "category", "Size of the victim in VERIS bands", EMPLOYEE_COUNTS),
        Column("deployer", "list", "Alleged deployer of an AI system"),
        Column("developer", "list", "Alleged developer of an AI system"),
        Column("harmed_party", "list", "Parties alleged to be harmed"),
        Column("incident_date", "date", "First day it may have been"),
        Column("incident_date_end", "date", "Last day it may have been"),
        Column("incident_date_precision", "category", "What the catalogue knows of the date", PRECISIONS),
        Column("date_basis", "category", "What the date is the date of", DATE_BASES),
        Column("added_date", "time", "When the catalogue took it up; never the incident's date"),
        Column("modified_date", "time", "When the catalogue last changed it"),
        Column("actor", "list", "external, internal, partner, unknown"),
        Column("actor_motive", "list", "Motives of the actor, VERIS"),
        Column("action", "list", "malware, hacking, social, misuse, physical, error, environmental, unknown"),
        Column("action_variety", "list", "As 'hacking.Prompt injection'"),
        Column("action_vector", "list", "As 'hacking.Web application'"),
        Column("asset_variety", "list", "Kinds of asset, as 'S - Database'"),
        Column("attribute", "list", "confidentiality, integrity, availability"),
        Column("data_disclosure", "category", "VERIS; missing where not recorded", DISCLOSURES),
        Column("data_variety", "list", "VERIS: Personal, Medical, Credentials, ..."),
        Column("data_classes_raw", "list", "The catalogue's own words for the data"),
        Column(
            "data_total",
            "integer",
            "Records; 0 only where the source says zero, missing where it says nothing",
            minimum=0,
        ),
        Column("data_total_basis", "category", "What `data_total` counts", TOTAL_BASES),
        Column("impact_amount", "number", "Cost in `impact_currency`; never add over currencies", minimum=0),
        Column("impact_currency", "string", "Currency, ISO 4217"),
        Column("discovery_method", "category", "Who found it", DISCOVERY_METHODS),
        Column("is_ai_system", "boolean", "An AI system was involved; missing where nobody says"),
        Column("ai_lifecycle", "list", "Stages of the AI life cycle (AVID, MIT)"),
        Column("artifact_type", "list", "What of an AI system was exposed"),
        Column("exposure_vector", "string", "How it was exposed"),
        Column("reference", "list", "Addresses of reports"),
        Column("sample_flag", "category", "How the record came into the catalogue", SAMPLE_FLAGS),
    ),
    ("source", "source_id", "incident_uid"),
)

INCIDENT_ENUMS = Frame(
    "incident_enums",
    "one term of one taxonomy that a catalogue gives an incident",
    (
        _UID,
        _SOURCE,
        Column(
            "taxonomy",
            "string",
            "veris, csetv0, csetv1, gmf, mit, avid.sep, atlas.technique, ...",
            required=True,
        ),
        Column("taxonomy_version", "string", "Its version, where known"),
        Column("annotator", "string", "Who classified; missing for the catalogue's published verdict"),
        Column("field", "string", "Place in the taxonomy, dots between levels", required=True),
        Column("value", "string", "The term, escaped", required=True),
    ),
    ("source", "incident_uid", "taxonomy", "annotator", "field", "value"),
)

INCIDENT_LINKS = Frame(
    "incident_links",
    "two records that seem to be of the same incident",
    (
        Column("uid_a", "string", "The one that sorts first", required=True),
        Column("uid_b", "string", "The one that sorts last", required=True),
        Column("score", "number", "0 to 1; the kit's own weighing, no probability", required=True),
        Column("name_score", "number", "Likeness of the names, 0 to 1"),
        Column("text_score", "number", "Likeness of the words of title and summary, 0 to 1"),
        Column(
            "days_apart",
            "integer",
            "Days between the intervals of their dates; 0 where they overlap",
            minimum=0,
        ),
        Column("same_domain", "boolean", "The same internet domain; missing where one has none"),
        Column(
            "method", "string", "What spoke for the link: name, domain, date, text, reference", required=True
        ),
        Column("decision", "category", "What to do with it", ("accept", "review", "reject"), required=True),
        Column("title_a", "string", "Title of the one"),
        Column("title_b", "string", "Title of the other"),
    ),
    ("uid_a", "uid_b"),
)

INCIDENT_LOSSES = Frame(
    "incident_losses",
    "values of a source that the joined frames do not hold, by place and reason",
    (
        _SOURCE,
        Column("file", "string", "Name of the file", required=True),
        Column("record", "string", "Id of the record; missing where the row speaks of many"),
        Column("field", "string", "Place of the value in the record", required=True),
        Column("value", "string", "The value, escaped and cut; missing where the row speaks of many"),
        Column("n_values", "integer", "How many values", required=True, minimum=1),
        Column("reason", "category", "Why they are not in the frames", LOSS_REASONS, required=True),
    ),
    ("source", "file", "reason", "field", "record", "value"),
)

AI_LEAKS = Frame(
    "ai_leaks",
    "one leak of an AI lab, hub, vendor or application, curated for leakkit",
    (
        Column("incident_id", "string", "Id of the row, in words", required=True, unique=True),
        Column("title", "string", "What happened, in one line", required=True),
        Column("organisation", "string", "Who lost it"),
        Column("sector", "string", "Kind of organisation"),
        Column("date_occurred", "date", "First day it may have happened"),
        Column("date_occurred_end", "date", "Last day it may have happened"),
        Column("date_disclosed", "date", "First day it may have become public"),
        Column("date_disclosed_end", "date", "Last day it may have become public"),
        Column("date_precision", "category", "Precision of the dates", PRECISIONS),
        Column("exposure_vector", "string", "How it came to be exposed"),
        Column("artifact_types", "list", "What was exposed"),
        Column("records_exposed", "integer", "Records; missing where unknown", minimum=0),
        Column("bytes_exposed", "integer", "Bytes; missing where unknown", minimum=0),
        Column("people_affected", "integer", "People; missing where unknown", minimum=0),
        Column("pii", "category", "Personal data in it", ("yes", "no", "unknown")),
        Column("sensitive_categories", "list", "Special categories of data"),
        Column("country", "list", "Countries, ISO 3166-1 alpha-2"),
        Column("regulator_action", "string", "What a regulator did"),
        Column("fine_amount", "number", "Fine in `fine_currency`", minimum=0),
        Column("fine_currency", "string", "Currency, ISO 4217"),
        Column("discovered_by", "string", "Who found it"),
        Column("status", "string", "How well established"),
        Column("source_title", "string", "Sources by name"),
        Column("source_url", "string", "Address of the first source"),
        Column("source_url_2", "string", "Address of the second"),
        Column("notes", "string", "What to know before using the row"),
        Column("confidence", "category", "Confidence of the row", CONFIDENCES, required=True, ordered=True),
    ),
    ("date_disclosed", "incident_id"),
)
