"""Model cards: licence, base model, tags from the YAML in front of a README."""

from __future__ import annotations

import re
from typing import Any

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.formats.json_text import decode_text
from leakkit.leak.formats.yaml_text import LENGTH_LIMIT, flag_refusal, front_matter, judge_yaml, load_yaml
from leakkit.leak.licences import from_hf_name
from leakkit.leak.source import Source
from leakkit.leak.text import printable

_LIST_LIMIT = 30
_PLAIN_LINE = re.compile(
    r"(?m)^(license|license_name|base_model|model_name):[ \t]*([\w./-]{1,200})[ \t]*\r?$"
)


def read_card(source: Source) -> Facts:
    """Read the front matter of a card; where its YAML is broken, the lines that are plain enough count."""
    facts = Facts()
    matter = front_matter(decode_text(source.head))
    if not matter.strip():
        return facts
    judge_yaml(matter, facts)
    try:
        values = load_yaml(matter)
    except BadMemberError as error:
        facts.error = f"front matter: {error.reason}"
        facts.status = "ok" if error.status == "corrupt" else error.status
        flag_refusal(error, facts)
        values = dict(_PLAIN_LINE.findall(matter[:LENGTH_LIMIT]))
    if isinstance(values, dict):
        card_facts(values, facts)
    return facts


def card_facts(values: dict[Any, Any], facts: Facts) -> None:
    """Put what the front matter says into `facts`; every value there is text."""
    licence = from_hf_name(values.get("license"))
    if licence is None:
        licence = from_hf_name(values.get("license_name"))
    if licence is not None:
        facts.values["licence"] = licence
    bases = _texts(values.get("base_model"))
    if bases:
        facts.values["base_model"] = ", ".join(bases[:5])
    names = _texts(values.get("model_name")) or _index_names(values.get("model-index"))
    if names:
        facts.values["model_id"] = names[0]
    for key in ("tags", "language", "datasets", "library_name", "pipeline_tag"):
        if found := _texts(values.get(key)):
            facts.values[f"x_{key}"] = found
    if any(
        key in values
        for key in ("task_categories", "dataset_info", "size_categories", "annotations_creators")
    ):
        facts.values["x_card"] = "dataset"


def _texts(value: Any) -> list[str]:
    """Give one or several short texts, escaped."""
    parts = value if isinstance(value, list) else [value]
    return [
        printable(part.strip(), 200) for part in parts[:_LIST_LIMIT] if isinstance(part, str) and part.strip()
    ]


def _index_names(index: Any) -> list[str]:
    """Give the names in a ``model-index``."""
    entries = index if isinstance(index, list) else []
    return [
        name
        for entry in entries[:_LIST_LIMIT]
        if isinstance(entry, dict)
        for name in _texts(entry.get("name"))
    ]
