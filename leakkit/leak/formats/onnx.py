"""ONNX models: weights, operators and origin, read from the outer messages without loading a weight.

https://github.com/onnx/onnx/blob/main/onnx/onnx.proto (1.20). Parameters are the elements of the
initializers of the graph, of graphs inside its nodes (If, Loop, Scan) and of functions. Tensors of
``Constant`` nodes, where exporters keep shapes and axes, are not counted, unless there is no initializer
and the floating ones hold a thousand elements or more: PaddlePaddle keeps weights there.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts, Tensor
from leakkit.leak.formats.dtypes import FLOATING
from leakkit.leak.formats.messages import looks_like_onnx as looks_like_onnx
from leakkit.leak.formats.onnx_tensors import TensorReader
from leakkit.leak.formats.protobuf import BYTES, DEPTH_LIMIT, VARINT, Field, Window, signed, walk
from leakkit.leak.formats.weights import describe_weights
from leakkit.leak.source import Source
from leakkit.leak.text import printable

_TENSORS_LIMIT = 100_000
_DOMAINS_LIMIT = 1_000
_RULES_LIMIT, _CONSTANTS_LIMIT = 20, 100_000
_FEWEST_WEIGHTS = 1_000
_ORDINARY_DOMAIN = re.compile(
    r"(ai\.onnx|com\.microsoft|com\.ms\.|org\.pytorch\.|pkg\.onnxscript|pkg\.torch).*|"
)
_CODE_OPERATORS = frozenset({"PyOp", "PyCustomOp", "PythonOp"})


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
    constants: list[Tensor] = field(default_factory=list)
    operators: Counter[tuple[str, str]] = field(default_factory=Counter)
    function_domains: set[str] = field(default_factory=set)
    opsets: dict[str, int] = field(default_factory=dict)
    wrong: str | None = None

    def __post_init__(self) -> None:
        """Make the reader of tensors."""
        self.reader = TensorReader(self.window, self.facts)

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
            _keep(model, part, model.tensors)
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
    """Note a node's operator, the graphs inside its attributes, and the tensor of a constant."""
    operator = domain = output = ""
    constants: list[Field] = []
    for part in walk(model.window, node.value, node.end):
        if part.number == 2 and not output:
            output = model.window.text(part, 500)
        elif part.number == 4:
            operator = model.window.text(part, 200)
        elif part.number == 7:
            domain = model.window.text(part, 200)
        elif part.number == 5 and part.wire == BYTES:
            for inner in walk(model.window, part.value, part.end):
                if inner.number in (6, 11):
                    model.later("graph", inner, depth + 1)
                elif inner.number in (5, 10) and len(constants) < _CONSTANTS_LIMIT:
                    constants.append(inner)
    is_kept = operator == "Constant" and len(model.constants) < _TENSORS_LIMIT
    for constant in constants:  # of any operator: a loader follows the files that they name
        _keep(model, constant, model.constants if is_kept else None, output)
    if len(model.operators) < 10_000 or (domain, operator) in model.operators:
        model.operators[domain, operator] += 1


def _sparse(model: _Model, outer: Field) -> None:
    """Keep a sparse initializer: the elements that are stored are the parameters."""
    for part in walk(model.window, outer.value, outer.end):
        if part.number in (1, 2):
            _keep(model, part, model.tensors if part.number == 1 else None)


def _keep(model: _Model, part: Field, tensors: list[Tensor] | None, name: str = "") -> None:
    """Look at one tensor and add it to a list, or note what is wrong with it."""
    if tensors is not None and len(tensors) >= _TENSORS_LIMIT:
        raise BadMemberError("the model has more tensors than are read", status="limit")
    try:
        tensor = model.reader.read(part)
    except BadMemberError as error:
        if error.status != "corrupt":
            raise
        model.wrong = model.wrong or error.reason
        return
    if tensors is not None:
        tensors.append(tensor if tensor.name or not name else tensor._replace(name=name))


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
    if model.reader.files:
        values["x_external_data"] = sorted(model.reader.files)[:20]
    if model.wrong and facts.status == "ok":
        facts.status, facts.error = "corrupt", model.wrong
    if facts.status == "ok":
        by = "claim" if model.reader.files else "header"
        describe_weights(facts, model.tensors or _weights_in_constants(model), by=by, file_name=source.name)
    else:
        facts.tensors = model.tensors


def _weights_in_constants(model: _Model) -> list[Tensor]:
    """Give the floating constants of a model without initializers, unless they are but a few scalars."""
    floating = [tensor for tensor in model.constants if tensor.dtype in FLOATING]
    return floating if sum(tensor.n_params for tensor in floating) >= _FEWEST_WEIGHTS else []


_WALKERS = {"graph": _walk_graph, "training": _walk_training, "function": _walk_function}
