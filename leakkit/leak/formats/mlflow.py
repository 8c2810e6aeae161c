"""MLflow's ``MLmodel`` files: which loader a model directory names, and that loading it runs code.

https://mlflow.org/docs/latest/ml/model/#mlmodel-file
"""

from __future__ import annotations

import re
from typing import Any

from leakkit.leak.facts import Facts
from leakkit.leak.formats.json_text import decode_text
from leakkit.leak.formats.yaml_text import judge_yaml, load_yaml
from leakkit.leak.source import Source
from leakkit.leak.text import printable

_LIMIT = 64 * 1024
_MODULE = re.compile(r"[A-Za-z_][\w.]{0,100}\Z")
_FLAVORS_LIMIT = 20


def read(source: Source, format: str = "mlflow-model") -> Facts:
    """Give the flavours of a model and what loading it would import.

    Returns
    -------
    Facts
        ``x_flavors``; ``danger`` is ``review`` for the generic Python flavour, whose loader imports the
        module named in the file and, with ``code``, puts a folder of the leak on the import path.
    """
    text = decode_text(source.read_at(0, min(source.size, _LIMIT)))
    facts = Facts(danger="none_found")
    judge_yaml(text, facts)
    content = load_yaml(text)
    flavors = content.get("flavors") if isinstance(content, dict) else None
    if not isinstance(flavors, dict):
        return facts
    facts.values["x_flavors"] = ",".join(sorted(printable(name, 40) for name in flavors)[:_FLAVORS_LIMIT])
    function = flavors.get("python_function")
    if isinstance(function, dict):
        _judge_function(facts, function)
    return facts


def _judge_function(facts: Facts, function: dict[str, Any]) -> None:
    """Flag the module that is imported, and code that comes with the model."""
    module = function.get("loader_module")
    named = module if isinstance(module, str) and _MODULE.match(module) else "unnamed"
    facts.flag("review", f"mlflow-loader:{named}")
    if function.get("code"):
        facts.flag("review", "mlflow-code-path")
