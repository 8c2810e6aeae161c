"""ONNX models: weights, operators and origin, read from the outer messages without loading a weight.

https://github.com/onnx/onnx/blob/main/onnx/onnx.proto (1.20). Parameters are the elements of the
initializers of the graph, of graphs inside its nodes (If, Loop, Scan) and of functions; tensors of
``Constant`` nodes are not counted, since exporters keep shapes and axes there.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts, Tensor
from leakkit.leak.formats.dtypes import stored_bytes
from leakkit.leak.formats.messages import looks_like_onnx as looks_like_onnx
from leakkit.leak.formats.protobuf import (
    BYTES,
    DEPTH_LIMIT,
    FIXED32,
    FIXED64,
    VARINT,
    Field,
    Window,
    packed_varints,
    signed,
    walk,
)
from leakkit.leak.formats.weights import checked_shape, describe_weights
from leakkit.leak.source import Source
from leakkit.leak.text import printable

DTYPES = {
    1: "F32", 2: "U8", 3: "I8", 4: "U16", 5: "I16", 6: "I32", 7: "I64", 8: "STRING", 9: "BOOL", 10: "F16",
    11: "F64", 12: "U32", 13: "U64", 14: "C64", 15: "C128", 16: "BF16", 17: "F8_E4M3", 18: "F8_E4M3FNUZ",
    19: "F8_E5M2", 20: "F8_E5M2FNUZ", 21: "U4", 22: "I4", 23: "F4", 24: "F8_E8M0", 25: "U2", 26: "I2",
}  # fmt: skip
_TENSORS_LIMIT = 100_000
_DOMAINS_LIMIT = 1_000
_RULES_LIMIT = 20
_ORDINARY_DOMAIN = re.compile(
    r"(ai\.onnx|com\.microsoft|com\.ms\.|org\.pytorch\.|pkg\.onnxscript|pkg\.torch).*|"
)
_CODE_OPERATORS = frozenset({"PyOp", "PyCustomOp", "PythonOp"})
_ESCAPE = re.compile(r"[/\\]|[A-Za-z]:|[A-Za-z][A-Za-z0-9+.-]*://|(?:.*[/\\])?\.\.(?:[/\\]|\Z)")
_DATA_FIELDS = frozenset({4, 5, 6, 7, 10, 11})


class _Task(NamedTuple):
    """A message that is still to be walked."""

    kind: str
    start: int
    end: int
    depth: int


@dataclass
class _Model:
    """What was gathered while walking."""

    window: Window
    facts: Facts
    tasks: list[_Task] = field(default_factory=list)
    tensors: list[Tensor] = field(default_factory=list)
    operators: Counter[tuple[str, str]] = field(default_factory=Counter)
    function_domains: set[str] = field(default_factory=set)
    opsets: dict[str, int] = field(default_factory=dict)
    external: set[str] = field(default_factory=set)
    wrong: str | None = None

    def later(self, kind: str, part: Field, depth: int) -> None:
        """Put an inner message on the list of what is still to be walked."""
        if part.wire != BYTES:
            raise BadMemberError("a number stands where a message should be")
        if depth > DEPTH_LIMIT:
            raise BadMemberError("graphs are nested too deeply", status="refused")
        self.tasks.append(_Task(kind, part.value, part.end, depth))


def read(source: Source, format: str = "onnx") -> Facts:
    """Give what an ONNX file says of itself; raw data are passed over by their length.

    Parameters
    ----------
    source : Source
        The member.
    format : str
        Always ``onnx``.

    Returns
    -------
    Facts
        ``n_params`` and one `Tensor` an initializer (dense or sparse). An initializer whose shape
        disagrees with its data makes the file ``corrupt`` and is not counted. With weights in other
        files the count is a ``claim``. ``danger``: a data path that leaves the folder or an operator
        that runs Python is ``yes``, an operator of an unknown domain without a definition is ``review``.

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> initializer = bytes([0x2A, 14, 8, 2, 16, 1, 0x4A, 8]) + bytes(8)
    >>> facts = read(BytesSource(bytes([0x08, 8, 0x3A, len(initializer)]) + initializer))
    >>> facts.status, facts.values["n_params"], facts.tensors[0].dtype
    ('ok', 2, 'F32')
    """
    facts = Facts(danger="none_found")
    model = _Model(Window(source), facts)
    try:
        _walk_model(model, source.size)
        while model.tasks:
            task = model.tasks.pop()
            _WALKERS[task.kind](model, task)
    except BadMemberError as error:
        if not model.opsets and not model.operators and not model.tensors:
            raise
        facts.status, facts.error = error.status, error.reason
    _judge_operators(model)
    _finish(model, source)
    return facts


def _walk_model(model: _Model, end: int) -> None:
    """Read the outermost message."""
    names = {2: "x_producer", 3: "x_producer_version"}
    for part in walk(model.window, 0, end):
        if part.number == 1 and part.wire == VARINT:
            model.facts.values["x_ir_version"] = part.value
        elif part.number in names and part.length:
            model.facts.values[names[part.number]] = printable(model.window.text(part), 100)
        elif part.number == 7:
            model.later("graph", part, 1)
        elif part.number == 8 and len(model.opsets) < _DOMAINS_LIMIT:
            _opset(model, part)
        elif part.number == 20:
            model.later("training", part, 1)
        elif part.number == 25:
            model.later("function", part, 1)


def _opset(model: _Model, part: Field) -> None:
    """Note one operator set that the model imports."""
    domain, version = "", 0
    for inner in walk(model.window, part.value, part.end):
        if inner.number == 1:
            domain = model.window.text(inner, 200)
        elif inner.number == 2:
            version = signed(inner.value)
    model.opsets[domain] = version
    if domain in ("", "ai.onnx"):
        model.facts.values["x_opset"] = version


def _walk_graph(model: _Model, task: _Task) -> None:
    """Read a graph: nodes, dense and sparse initializers."""
    for part in walk(model.window, task.start, task.end):
        if part.number == 1:
            _node(model, part, task.depth)
        elif part.number == 5:
            _keep(model, part, None)
        elif part.number == 15:
            _sparse(model, part)
        elif part.number == 2 and task.depth == 1 and part.length:
            model.facts.values["x_graph_name"] = printable(model.window.text(part), 100)


def _walk_training(model: _Model, task: _Task) -> None:
    """Read the two graphs that a training description may hold."""
    for part in walk(model.window, task.start, task.end):
        if part.number in (1, 2):
            model.later("graph", part, task.depth + 1)


def _walk_function(model: _Model, task: _Task) -> None:
    """Read a function of the model: its nodes, and the domain it defines operators in."""
    for part in walk(model.window, task.start, task.end):
        if part.number == 7:
            _node(model, part, task.depth)
        elif part.number == 10 and len(model.function_domains) < _DOMAINS_LIMIT:
            model.function_domains.add(model.window.text(part, 200))


def _node(model: _Model, node: Field, depth: int) -> None:
    """Note a node's operator and the graphs inside its attributes."""
    operator = domain = ""
    for part in walk(model.window, node.value, node.end):
        if part.number == 4:
            operator = model.window.text(part, 200)
        elif part.number == 7:
            domain = model.window.text(part, 200)
        elif part.number == 5 and part.wire == BYTES:
            for inner in walk(model.window, part.value, part.end):
                if inner.number in (6, 11):
                    model.later("graph", inner, depth + 1)
    if len(model.operators) < 10_000 or (domain, operator) in model.operators:
        model.operators[domain, operator] += 1


def _sparse(model: _Model, outer: Field) -> None:
    """Keep a sparse initializer: the elements that are stored are the parameters."""
    for part in walk(model.window, outer.value, outer.end):
        if part.number == 1:
            _keep(model, part, "sparse")


def _keep(model: _Model, part: Field, kind: str | None) -> None:
    """Add one initializer to the list, or note what is wrong with it."""
    if part.wire != BYTES:
        raise BadMemberError("a number stands where a tensor should be")
    if len(model.tensors) >= _TENSORS_LIMIT:
        raise BadMemberError("the model has more tensors than are read", status="limit")
    try:
        model.tensors.append(_tensor(model, part))
    except BadMemberError as error:
        if error.status != "corrupt":
            raise
        model.wrong = model.wrong or error.reason


def _tensor(model: _Model, outer: Field) -> Tensor:
    """Read the header of one tensor and check its shape against the data it has."""
    name, kind, dimensions = "", 0, []
    raw: Field | None = None
    typed_bytes, n_strings, is_external, is_segment = 0, 0, False, False
    external: dict[str, str] = {}
    for part in walk(model.window, outer.value, outer.end):
        if part.number == 1:
            dimensions += [signed(number) for number in packed_varints(model.window, part)]
            if len(dimensions) > 64:
                raise BadMemberError("a tensor has more than 64 dimensions")
        elif part.number == 2:
            kind = part.value
        elif part.number == 8:
            name = model.window.text(part, 500)
        elif part.number == 9:
            raw = part
        elif part.number == 3:
            is_segment = True
        elif part.number == 13 and len(external) < 16:
            external |= _entry(model, part)
        elif part.number == 14:
            is_external = part.value == 1
        elif part.number in _DATA_FIELDS:
            typed_bytes += {BYTES: part.length, FIXED32: 4, FIXED64: 8, VARINT: 1}.get(part.wire, 0)
            n_strings += part.number == 6
    tensor = Tensor(name, DTYPES.get(kind, f"ONNX_{kind}"), checked_shape(dimensions))
    expected = stored_bytes(tensor.dtype, tensor.n_params)
    if is_external:
        _external(model, external)
        return tensor._replace(nbytes=expected)
    if raw is not None and not is_segment and expected is not None and raw.length != expected:
        _lie(model, raw.length < expected)
    if raw is None and not is_segment:
        _check_typed(model, tensor, typed_bytes, n_strings)
    if raw is None:
        return tensor._replace(nbytes=typed_bytes if expected is None else expected)
    return tensor._replace(nbytes=raw.length, offset=raw.value)


def _check_typed(model: _Model, tensor: Tensor, typed_bytes: int, n_strings: int) -> None:
    """Check the count of elements that stand in typed lists, which are packed in various ways."""
    if tensor.dtype == "STRING":
        if n_strings != tensor.n_params:
            _lie(model, n_strings < tensor.n_params)
    elif tensor.n_params > 4 * typed_bytes:
        _lie(model, True)


def _lie(model: _Model, too_little: bool) -> None:
    """Refuse a tensor whose shape and data disagree."""
    if too_little:
        model.facts.flag("yes", "shape-lie")
    raise BadMemberError("an initializer's shape disagrees with its data")


def _entry(model: _Model, part: Field) -> dict[str, str]:
    """Give a key-value entry."""
    texts = {
        inner.number: model.window.text(inner, 1000) for inner in walk(model.window, part.value, part.end)
    }
    return {texts.get(1, ""): texts.get(2, "")}


def _external(model: _Model, entry: dict[str, str]) -> None:
    """Note the file that holds a tensor, and whether its path leaves the model's folder."""
    location = entry.get("location", "")
    if _ESCAPE.match(location) or "\0" in location:
        model.facts.flag("yes", "external-data-escape")
    if len(model.external) < 1000:
        model.external.add(printable(location, 200))


def _judge_operators(model: _Model) -> None:
    """Flag operators that run Python or need code from elsewhere."""
    for operator in sorted({operator for _, operator in model.operators} & _CODE_OPERATORS):
        model.facts.flag("yes", f"python-operator:{operator}")
    domains = {domain for domain, _ in model.operators} - model.function_domains
    strange = sorted(domain for domain in domains if not _ORDINARY_DOMAIN.fullmatch(domain))
    for domain in strange[:_RULES_LIMIT]:
        model.facts.flag("review", f"custom-operator:{printable(domain, 60)}")


def _finish(model: _Model, source: Source) -> None:
    """Turn what was gathered into columns; parameters are counted only when everything held together."""
    facts, values = model.facts, model.facts.values
    values["x_n_nodes"] = sum(model.operators.values())
    if model.external:
        values["x_external_data"] = sorted(model.external)[:20]
    if model.wrong and facts.status == "ok":
        facts.status, facts.error = "corrupt", model.wrong
    if facts.status == "ok":
        by = "claim" if model.external else "header"
        describe_weights(facts, model.tensors, by=by, file_name=source.name)
    else:
        facts.tensors = model.tensors


_WALKERS = {"graph": _walk_graph, "training": _walk_training, "function": _walk_function}
