"""Frames of what lies in a leak: members, tensors, models, evaluations, tables, requests."""

from __future__ import annotations

from leakkit.frames.frame import Column, Frame

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
        Column(
            "sensitivity",
            "category",
            "leakkit's own order, by kind of member and name",
            SENSITIVITIES,
            ordered=True,
        ),
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
