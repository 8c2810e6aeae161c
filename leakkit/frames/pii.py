"""Frames of whose data is in it: findings, people, verdicts on columns."""

from __future__ import annotations

from leakkit.frames.frame import Column, Frame

LIKELIHOODS = ("very_unlikely", "unlikely", "possible", "likely", "very_likely")
FAMILIES = (
    "identity",
    "contact",
    "government_id",
    "financial",
    "credential",
    "network",
    "health",
    "location",
    "demographic",
)
FINDINGS = Frame(
    "findings",
    "one span of personal data or a secret",
    (
        Column("path", "string", "Member it stands in, escaped; missing where bare texts were searched"),
        Column(
            "row",
            "integer",
            "Record of the member (line, table row, message) or text of the input, from 0",
            required=True,
        ),
        Column("field", "string", "Column, key or header; empty for a bare text or line"),
        Column("start", "integer", "First character of the span (code points, from 0)", required=True),
        Column("end", "integer", "First character after it", required=True),
        Column("entity", "string", "What it is; a name in entities.toml", required=True),
        Column("family", "category", "Family of the entity", FAMILIES, required=True),
        Column(
            "likelihood", "category", "How sure, in five levels", LIKELIHOODS, required=True, ordered=True
        ),
        Column(
            "score", "number", "The figure behind the likelihood, 0 to 1; not a probability", required=True
        ),
        Column("validated", "boolean", "Checksum or issued range holds; missing where there is none"),
        Column("evidence", "string", "Steps that led to the score; lk.explain() spells them out"),
        Column("placeholder", "boolean", "A documentation or test value: found, marked, not counted"),
        Column("masked", "string", "The value with what identifies blotted out"),
        Column("value_key", "string", "Keyed hash of the normalised value; comparable within one case only"),
        Column("detector", "string", "Id of the detector or name of the back end", required=True),
        Column("country", "string", "ISO 3166-1 alpha-2 where the value belongs to one country"),
    ),
    ("path", "row", "field", "start", "end", "entity"),
)

PEOPLE = Frame(
    "people",
    "one distinct person, as far as the data can tell",
    (
        Column("person_key", "string", "Keyed hash; comparable within one case only", required=True),
        Column("n_findings", "integer", "Findings that belong to the person", required=True),
        Column("n_records", "integer", "Records they stand in", required=True),
        Column("n_paths", "integer", "Members they stand in", required=True),
        Column("entities", "list", "Kinds of data lost, sorted"),
        Column("families", "list", "Families of data lost, sorted"),
        Column("strongest", "string", "Entity that identifies most strongly"),
        Column("quasi_identifiers", "list", "Entities that narrow down in combination, sorted"),
        Column("masked", "string", "The person's name or strongest value, masked"),
        Column(
            "certainty",
            "category",
            "How sure that it is one person, and not several or a part",
            ("low", "medium", "high"),
        ),
    ),
    ("person_key",),
)

COLUMN_TYPES = Frame(
    "column_types",
    "one column of a table and what it holds",
    (
        Column("path", "string", "Member the table stands in; missing for a frame in memory"),
        Column("column", "string", "Name of the column, escaped", required=True),
        Column("position", "integer", "Place of the column, from 0", required=True),
        Column("entity", "string", "What it holds; missing for no personal data"),
        Column("family", "category", "Family of the entity", FAMILIES),
        Column("share", "number", "Share of the sampled non-empty values that are of the entity"),
        Column("n_sampled", "integer", "Non-empty values looked at", required=True),
        Column("n_rows", "integer", "Rows of the table, where known"),
        Column("confidence", "number", "How sure of the verdict, 0 to 1", required=True),
        Column("evidence", "string", "What spoke for the verdict: values, name, neighbours"),
        Column("example_masked", "string", "One value, masked"),
    ),
    ("path", "position"),
)
