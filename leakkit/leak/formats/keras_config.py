"""Keras layer descriptions (JSON) judged for what loading them would run: Lambda layers and foreign code.

A Lambda layer carries marshalled Python byte code. A Keras 3 description names the module of every
object, which is imported on loading: https://keras.io/api/models/model_saving_apis/serialization_utils/
"""

from __future__ import annotations

from typing import Any

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.formats.header_json import parse_header
from leakkit.leak.text import printable

_KERAS_MODULES = ("keras", "keras_core", "keras_nlp", "keras_cv", "keras_hub", "keras_tuner", "tf_keras")
_ORDINARY_MODULES = frozenset({"builtins.dict", "builtins.list", "builtins.str", "builtins.tuple"})
_DANGEROUS_MODULES = frozenset(
    {
        "__builtin__", "__main__", "_posixsubprocess", "asyncio", "builtins", "code", "codeop", "commands",
        "ctypes", "distutils", "functools", "http", "importlib", "io", "marshal", "multiprocessing", "nt",
        "ntpath", "operator", "os", "pathlib", "pdb", "pickle", "pip", "platform", "popen2", "posix",
        "posixpath", "pty", "runpy", "setuptools", "shutil", "signal", "smtplib", "socket", "ssl",
        "subprocess", "sys", "tempfile", "threading", "timeit", "types", "urllib", "webbrowser", "zipimport",
    }
)  # fmt: skip
_OPERATOR_LAYERS = frozenset(
    {"TFOpLambda", "SlicingOpLambda", "ClassMethod", "InstanceProperty", "InstanceMethod"}
)
_DANGEROUS_FUNCTIONS = (
    "io.gfile", "io.read_file", "io.write_file", "load_library", "load_op_library", "numpy_function",
    "py_func", "py_function", "raw_ops.EagerPyFunc", "raw_ops.PyFunc", "raw_ops.PyFuncStateless",
    "raw_ops.ReadFile", "raw_ops.WriteFile", "saved_model.load", "compat.v1.py_func",
)  # fmt: skip
_DEPTH_LIMIT = 200
_ITEMS_LIMIT = 2_000_000
_RULES_LIMIT = 20


def judge_layer_text(facts: Facts, raw: bytes) -> Any:
    """Judge one description and flag `facts`; gives the parsed description, None when it is no JSON."""
    try:
        config = parse_header(raw, lenient=True)
    except BadMemberError as error:
        facts.flag("review", "json-depth" if error.status == "refused" else "keras-config-unreadable")
        return None
    judge_layers(facts, config)
    return config


def judge_layers(facts: Facts, config: Any) -> None:
    """Flag what loading a parsed description would run.

    Rules: ``keras-lambda`` (yes); ``keras-module:NAME`` (yes for modules that reach the system, review
    for others outside Keras); ``keras-function`` (review: a function that the loader looks up by name);
    ``keras-registered:NAME`` (review: a class that other code must register);
    ``keras-operator:NAME`` (yes: a layer that calls, by name, a TensorFlow function that reaches files or
    Python). A TFOpLambda layer that calls any other function of TensorFlow is not flagged: it can reach
    nothing else, and exporters write it for plain arithmetic.

    Examples
    --------
    >>> facts = Facts()
    >>> judge_layers(facts, {"config": {"layers": [{"class_name": "Lambda", "config": {}}]}})
    >>> facts.danger, facts.danger_rules
    ('yes', ['keras-lambda'])
    """
    pending, seen = [(config, 0)], 0
    while pending:
        item, depth = pending.pop()
        seen += 1
        if seen > _ITEMS_LIMIT or depth > _DEPTH_LIMIT:
            facts.flag("review", "json-depth" if depth > _DEPTH_LIMIT else "keras-config-length")
            return
        if isinstance(item, dict):
            _judge_object(facts, item)
            pending.extend((value, depth + 1) for value in item.values() if isinstance(value, dict | list))
        elif isinstance(item, list):
            pending.extend((value, depth + 1) for value in item if isinstance(value, dict | list))


def _judge_object(facts: Facts, item: dict[str, Any]) -> None:
    """Judge one described object by its class, module and registered name."""
    name, module, registered = item.get("class_name"), item.get("module"), item.get("registered_name")
    if name is None and module is None:
        return
    if name in ("Lambda", "__lambda__"):
        facts.flag("yes", "keras-lambda")
    elif isinstance(name, str) and name in _OPERATOR_LAYERS:
        _judge_function(facts, item.get("config"))
    if isinstance(module, str) and name is not None:
        _judge_module(facts, module, name)
    if isinstance(registered, str) and ">" in registered and len(facts.danger_rules) < _RULES_LIMIT:
        facts.flag("review", f"keras-registered:{printable(registered, 80)}")


def _judge_function(facts: Facts, config: Any) -> None:
    """Judge the TensorFlow function that an operator layer calls."""
    function = config.get("function") if isinstance(config, dict) else None
    if isinstance(function, str):
        function = function.removeprefix("tf.").removeprefix("compat.v2.")
        if any(function == name or function.startswith(name + ".") for name in _DANGEROUS_FUNCTIONS):
            facts.flag("yes", f"keras-operator:{printable(function, 60)}")


def _judge_module(facts: Facts, module: str, name: Any) -> None:
    """Judge the module that would be imported for an object."""
    root = module.split(".", 1)[0]
    if root in _KERAS_MODULES or f"{module}.{name}" in _ORDINARY_MODULES or module == "":
        return
    if root == "tensorflow" and ".keras." in f"{module}.":
        return
    if (module, name) == ("builtins", "function"):
        facts.flag("review", "keras-function")
    elif len(facts.danger_rules) < _RULES_LIMIT:
        danger = "yes" if root in _DANGEROUS_MODULES else "review"
        facts.flag(danger, f"keras-module:{printable(module, 80)}")
