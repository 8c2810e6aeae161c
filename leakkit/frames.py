"""The kit's frames: every column with its dtype, allowed values and meaning; the only place that names one.

A `Frame` gives an empty or filled pandas frame with the right dtypes, the matching Arrow schema for
streams of batches, a pandera check that lists every failing row, and a description for readers.
Missing means unknown, never zero: all dtypes are nullable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from leakkit.errors import BadFrameError

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pandera
    import pyarrow as pa

KINDS = (
    "weights",
    "config",
    "tokenizer",
    "evaluation",
    "log",
    "dataset",
    "secret",
    "source_code",
    "document",
    "archive",
    "other",
)
STATUSES = ("ok", "corrupt", "truncated", "refused", "limit")
DANGERS = ("yes", "review", "none_found")
SENSITIVITIES = ("unknown", "low", "moderate", "high", "critical")
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
VERIS_VARIETIES = (
    "API key",
    "Bank",
    "Classified",
    "Copyrighted",
    "Credentials",
    "Digital certificate",
    "Internal",
    "Medical",
    "Multi-factor credential",
    "Payment",
    "Personal",
    "Sensitive Personal",
    "Secrets",
    "Session key",
    "Source code",
    "System",
    "Virtual currency",
    "Other",
    "Unknown",
)
"""Varieties of data whose confidentiality can be lost, VERIS 1.4.1 ``attribute.confidentiality.data.variety``."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `kind` is string, integer, number, boolean, time, category or list (of strings)."""

    name: str
    kind: str
    meaning: str
    allowed: tuple[str, ...] = ()
    required: bool = False

    def dtype(self) -> Any:
        """Give the pandas dtype."""
        import pandas as pd
        import pyarrow as pa

        if self.kind == "category":
            return pd.CategoricalDtype(
                list(self.allowed), ordered=self.allowed in (SENSITIVITIES, LIKELIHOODS)
            )
        return {
            "string": pd.StringDtype(),
            "integer": pd.Int64Dtype(),
            "number": pd.Float64Dtype(),
            "boolean": pd.BooleanDtype(),
            "time": pd.DatetimeTZDtype("us", "UTC"),
            "list": pd.ArrowDtype(pa.list_(pa.string())),
        }[self.kind]

    def series(self, values: pa.ChunkedArray) -> pd.Series:
        """Give the Arrow column as a pandas series; values outside the allowed ones become missing."""
        import pandas as pd

        if self.kind != "category":
            return pd.Series(values.to_pandas(types_mapper=_nullable), dtype=self.dtype())
        encoded = values.combine_chunks().dictionary_encode()
        known = {name: code for code, name in enumerate(self.allowed)}
        codes = [known.get(name, -1) for name in encoded.dictionary.to_pylist()]
        indices = encoded.indices.to_pandas().fillna(-1).astype(int)
        return pd.Series(
            pd.Categorical.from_codes([codes[i] if i >= 0 else -1 for i in indices], dtype=self.dtype())
        )

    def arrow_type(self) -> Any:
        """Give the Arrow type of the column in a stream of batches."""
        import pyarrow as pa

        return {
            "string": pa.string(),
            "category": pa.string(),
            "integer": pa.int64(),
            "number": pa.float64(),
            "boolean": pa.bool_(),
            "time": pa.timestamp("us", tz="UTC"),
            "list": pa.list_(pa.string()),
        }[self.kind]


@dataclass(frozen=True)
class Frame:
    """A kind of frame: what a row is, what its columns are, by which columns it is sorted."""

    name: str
    row: str
    columns: tuple[Column, ...]
    sort_by: tuple[str, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def arrow_schema(self) -> pa.Schema:
        """Arrow schema of the batches this frame is streamed in."""
        import pyarrow as pa

        return pa.schema([(column.name, column.arrow_type()) for column in self.columns])

    def batch(self, rows: Sequence[Mapping[str, Any]]) -> pa.RecordBatch:
        """Pack `rows` (dictionaries; absent keys become missing) into one Arrow batch."""
        import pyarrow as pa

        arrays = [
            pa.array([row.get(column.name) for row in rows], type=column.arrow_type())
            for column in self.columns
        ]
        return pa.RecordBatch.from_arrays(arrays, schema=self.arrow_schema)

    def from_batches(self, batches: Iterable[pa.RecordBatch]) -> pd.DataFrame:
        """Build the sorted pandas frame from Arrow batches."""
        import pandas as pd
        import pyarrow as pa

        table = pa.Table.from_batches(list(batches), schema=self.arrow_schema)
        frame = pd.DataFrame({c.name: c.series(table.column(c.name)) for c in self.columns})
        return frame.sort_values(list(self.sort_by), kind="stable", ignore_index=True)

    def from_rows(self, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
        """Build the sorted pandas frame from dictionaries; absent keys become missing."""
        return self.from_batches([self.batch(list(rows))])

    def schema(self) -> pandera.DataFrameSchema:
        """Give the pandera schema: dtypes, allowed values, which columns must be filled."""
        import pandera.pandas as pandera

        return pandera.DataFrameSchema(
            {c.name: pandera.Column(c.dtype(), nullable=not c.required) for c in self.columns},
            strict=False,
            name=self.name,
        )

    def validate(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Give `frame` back when it is one of this kind, else list what is wrong, row by row.

        Raises
        ------
        BadFrameError
            Names the missing columns, or the column, the check and up to ten failing rows.
        """
        missing = [name for name in self.names if name not in frame.columns]
        if missing:
            raise BadFrameError(
                f"Expected the columns of the {self.name} frame",
                f"found no {', '.join(missing)}",
                f"see leakkit.frames.{self.name.upper()}.describe() for what each column holds",
            )
        import pandera.errors

        try:
            return self.schema().validate(frame, lazy=True)
        except pandera.errors.SchemaErrors as error:
            cases = error.failure_cases
            places = "; ".join(
                f"column {c}, check {k}" + ("" if i is None or i != i else f", row {i}")
                for c, k, i in zip(
                    cases["column"][:10], cases["check"][:10], cases["index"][:10], strict=True
                )
            )
            raise BadFrameError(
                f"Expected a frame of the kind {self.name}",
                f"found {len(cases)} failures ({places})",
                "mend these rows",
            ) from None

    def describe(self) -> pd.DataFrame:
        """Give a frame with one row a column: column, kind, allowed, meaning (all strings).

        Examples
        --------
        >>> import leakkit as lk
        >>> lk.frames.TENSORS.describe()["column"].tolist()[:3]
        ['model_id', 'path', 'name']
        """
        import pandas as pd

        return pd.DataFrame(
            {
                "column": list(self.names),
                "kind": [c.kind for c in self.columns],
                "allowed": [", ".join(c.allowed) for c in self.columns],
                "meaning": [c.meaning for c in self.columns],
            },
            dtype=pd.StringDtype(),
        )


def _nullable(arrow_type: Any) -> Any:
    """Map an Arrow type to the nullable pandas dtype, so that no integer becomes a float on the way."""
    import pandas as pd
    import pyarrow as pa

    return {
        pa.string(): pd.StringDtype(),
        pa.int64(): pd.Int64Dtype(),
        pa.float64(): pd.Float64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
    }.get(arrow_type, pd.ArrowDtype(arrow_type) if pa.types.is_list(arrow_type) else None)


_PATH = Column(
    "path", "string", "Path inside the leak, '/' between folders; '!/' enters an archive", required=True
)
_SOURCE = Column("source_path", "string", "Path of the member inside the leak that says so", required=True)

ARTIFACTS = Frame(
    "artifacts",
    "one member of a leak: a file, an archive's member, or an object that a listing only claims",
    (
        _PATH,
        Column("container", "string", "Path of the archive or listing that holds or names the member"),
        Column("size", "integer", "Bytes, unpacked; for absent members as claimed"),
        Column("compressed_size", "integer", "Bytes it takes inside its archive"),
        Column("mtime", "time", "Last change (UTC) as the file system, archive or listing tells; untrusted"),
        Column("sha256", "string", "SHA-256, hexadecimal"),
        Column("blake3", "string", "BLAKE3, hexadecimal; only when asked for"),
        Column("etag", "string", "Entity tag a bucket gave; with '-N' it is no MD5"),
        Column(
            "hash_source",
            "category",
            "Where sha256 comes from",
            ("computed", "pointer", "manifest", "listing"),
        ),
        Column("present", "boolean", "False where a pointer or listing only claims the bytes", required=True),
        Column("format", "string", "What the bytes are", required=True),
        Column(
            "format_by",
            "category",
            "How the format was told",
            ("magic", "structure", "extension"),
            required=True,
        ),
        Column(
            "ext_mismatch",
            "boolean",
            "True where name and bytes disagree; missing where the name says nothing",
        ),
        Column("kind", "category", "What it is for", KINDS, required=True),
        Column("model_id", "string", "Model it belongs to, as the leak names it, else its folder"),
        Column("arch_family", "string", "Architecture family of the model graph (llama, bert, gpt2, ...)"),
        Column("arch_confidence", "number", "0 to 1; 1 where a header or config says so"),
        Column("n_params", "integer", "Parameters of the model it holds or describes; do not add rows up"),
        Column(
            "n_params_by", "category", "Where n_params comes from", ("header", "index", "formula", "claim")
        ),
        Column("dtype_main", "string", "Dtype that holds most of the bytes (F32, BF16, Q8_0, ...)"),
        Column("quantization", "string", "Quantisation scheme as header or config tells"),
        Column("n_layers", "integer", "Transformer blocks"),
        Column("hidden_size", "integer", "Width of the residual stream"),
        Column("n_heads", "integer", "Attention heads"),
        Column("n_kv_heads", "integer", "Key and value heads"),
        Column("vocab_size", "integer", "Tokens in the vocabulary"),
        Column("base_model", "string", "Model it says it was made from"),
        Column("licence", "string", "SPDX identifier, or LicenseRef-..., as the member says"),
        Column("danger", "category", "Could it run, escape or exhaust; 'none_found' is no promise", DANGERS),
        Column("danger_rules", "list", "Why, in short names; empty where nothing was found"),
        Column("veris_variety", "category", "VERIS 1.4.1 data variety, by kind of member", VERIS_VARIETIES),
        Column("sensitivity", "category", "leakkit's own order, by kind of member and name", SENSITIVITIES),
        Column("status", "category", "How reading it went", STATUSES, required=True),
        Column("error", "string", "One sentence where status is not ok, or a note"),
    ),
    ("path",),
)

TENSORS = Frame(
    "tensors",
    "one tensor named in a weights header",
    (
        Column("model_id", "string", "Model the tensor belongs to"),
        _PATH,
        Column("name", "string", "Tensor name, escaped", required=True),
        Column("shape", "string", "Dimensions, e.g. '4096x11008'; empty for a scalar"),
        Column("dtype", "string", "Element or block type"),
        Column("n_params", "integer", "Number of elements"),
        Column("bytes", "integer", "Bytes it is stored in"),
        Column("sha256", "string", "SHA-256 of the stored bytes; only when asked for"),
    ),
    ("path", "name"),
)

MODELS = Frame(
    "models",
    "one model: shards, config, index and card of one folder together",
    (
        Column("model_id", "string", "As the leak names it, else its folder", required=True),
        Column("folder", "string", "Where its files stand in the leak"),
        Column("n_files", "integer", "Members that belong to it", required=True),
        Column("size", "integer", "Bytes of weights held"),
        Column("size_claimed", "integer", "Bytes of weights only claimed by pointers or listings"),
        Column("formats", "list", "Formats of its weights"),
        Column("arch_family", "string", "Architecture family"),
        Column("n_params", "integer", "Parameters, each counted once"),
        Column(
            "n_params_by", "category", "Where n_params comes from", ("header", "index", "formula", "claim")
        ),
        Column("dtype_main", "string", "Dtype that holds most of the bytes"),
        Column("quantization", "string", "Quantisation scheme"),
        Column("n_layers", "integer", "Transformer blocks"),
        Column("hidden_size", "integer", "Width of the residual stream"),
        Column("vocab_size", "integer", "Tokens in the vocabulary"),
        Column("base_model", "string", "Model it says it was made from"),
        Column("licence", "string", "SPDX identifier as card or licence file says"),
        Column("danger", "category", "Strongest danger among its files", DANGERS),
    ),
    ("model_id", "folder"),
)

EVALS = Frame(
    "evals",
    "one metric of one task of one evaluated model",
    (
        Column("model_id", "string", "Model evaluated, as the results say"),
        Column("task", "string", "Task or benchmark", required=True),
        Column("metric", "string", "Metric name without its filter", required=True),
        Column("value", "number", "Value as written"),
        Column("stderr", "number", "Standard error as written"),
        Column("step", "integer", "Training step, from the results or the file name"),
        Column("n_shots", "integer", "Examples in the prompt"),
        Column("harness", "string", "What wrote the results"),
        _SOURCE,
    ),
    ("source_path", "task", "metric"),
)

TABLES = Frame(
    "tables",
    "one column of one table in the leak",
    (
        _PATH,
        Column("table", "string", "Table name; the member's name where a file is one table"),
        Column("column", "string", "Column name, escaped", required=True),
        Column("position", "integer", "0 for the first column"),
        Column("dtype", "string", "Logical type as the header says or the sample shows"),
        Column("n_rows", "integer", "Rows of the table"),
        Column("rows_by", "category", "How rows were counted", ("header", "counted", "estimated")),
        Column("nulls", "integer", "Missing values where the header tells"),
    ),
    ("path", "table", "position"),
)

ACCESS = Frame(
    "access",
    "one request in an access log",
    (
        Column("time", "time", "When it was asked (UTC)"),
        Column("client", "string", "Address that asked; personal data, shown masked"),
        Column("principal", "string", "Who the log says it was; missing where nobody was named"),
        Column("method", "string", "GET, LIST, PUT, ..."),
        Column("path", "string", "What was asked for, escaped"),
        Column("status", "integer", "HTTP status code"),
        Column("bytes", "integer", "Bytes sent back"),
        Column("authenticated", "boolean", "Missing where the log cannot tell"),
        Column("user_agent", "string", "As sent by the client, escaped"),
        _SOURCE,
        Column("row", "integer", "Line in the log, 0 for the first", required=True),
    ),
    ("source_path", "row"),
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
        Column("likelihood", "category", "How sure, in five levels", LIKELIHOODS, required=True),
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

FRAMES = {
    frame.name: frame
    for frame in (ARTIFACTS, TENSORS, MODELS, EVALS, TABLES, ACCESS, FINDINGS, PEOPLE, COLUMN_TYPES)
}
"""Every frame of the kit by name."""
