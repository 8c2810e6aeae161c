"""TensorFlow SavedModel and frozen graphs: operators, constants, Keras layers; nothing is built or run.

The other TensorFlow formats are in `tf_checkpoint` and `tflite`; `read` sends each to its module.
Operators that touch files or run Python are those modelscan names (ReadFile, WriteFile) and the
PyFunc family; https://github.com/protectai/modelscan/blob/main/docs/model_serialization_attacks.md
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts, Tensor
from leakkit.leak.formats.keras_config import judge_layer_text
from leakkit.leak.formats.messages import looks_like_graphdef as looks_like_graphdef
from leakkit.leak.formats.messages import looks_like_savedmodel as looks_like_savedmodel
from leakkit.leak.formats.protobuf import BYTES, Field, Window, walk
from leakkit.leak.formats.tf_tensors import read_constant
from leakkit.leak.formats.weights import describe_weights
from leakkit.leak.source import Source
from leakkit.leak.text import printable

CODE_OPERATORS = frozenset({"ReadFile", "WriteFile", "PyFunc", "PyFuncStateless", "EagerPyFunc"})
"""Operators that read or write any file, or call back into Python."""

_METADATA_LIMIT = 2**20
_TENSORS_LIMIT = 100_000


@dataclass
class _Graph:
    """What was gathered while walking."""

    window: Window
    facts: Facts
    operators: Counter[str] = field(default_factory=Counter)
    tensors: list[Tensor] = field(default_factory=list)
    wrong: str | None = None
    began: bool = False


def read(source: Source, format: str) -> Facts:
    """Give what a TensorFlow file says of itself.

    Parameters
    ----------
    source : Source
        The member.
    format : str
        ``tf-savedmodel``, ``tf-graphdef``, ``tf-checkpoint-index``, ``tf-checkpoint-data`` or ``tflite``.

    Returns
    -------
    Facts
        For a frozen graph ``n_params`` counts the elements of its constants. A SavedModel keeps its
        weights in ``variables/``: its own count stays missing. ``danger`` is ``yes`` for operators that
        reach files or Python and for Keras Lambda layers.

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> node = bytes([0x0A, 1]) + b"r" + bytes([0x12, 8]) + b"ReadFile"
    >>> graph = bytes([0x0A, len(node)]) + node
    >>> facts = read(BytesSource(graph), "tf-graphdef")
    >>> facts.danger, facts.danger_rules
    ('yes', ['tf-operator:ReadFile'])
    """
    if format == "tflite":
        from leakkit.leak.formats.tflite import read as read_tflite

        return read_tflite(source, format)
    if format == "tf-checkpoint-index":
        from leakkit.leak.formats.tf_checkpoint import read as read_index

        return read_index(source, format)
    if format == "tf-checkpoint-data":
        return Facts()
    return _read_graph(source, format)


def _read_graph(source: Source, format: str) -> Facts:
    """Read a SavedModel or a frozen graph; what stood before an error stays."""
    graph = _Graph(Window(source), Facts(danger="none_found"))
    facts = graph.facts
    try:
        if format == "tf-savedmodel":
            _walk_saved_model(graph, source.size)
        else:
            _walk_graph(graph, 0, source.size)
    except BadMemberError as error:
        if not graph.began:
            raise
        facts.status, facts.error = error.status, error.reason
    _judge(graph)
    if graph.wrong and facts.status == "ok":
        facts.status, facts.error = "corrupt", graph.wrong
    if format == "tf-graphdef" and facts.status == "ok":
        describe_weights(facts, graph.tensors, file_name=source.name)
    return facts


def _judge(graph: _Graph) -> None:
    """Flag operators by name and note how many there are."""
    for operator in sorted(CODE_OPERATORS & graph.operators.keys()):
        graph.facts.flag("yes", f"tf-operator:{operator}")
    graph.facts.values["x_n_nodes"] = sum(graph.operators.values())


def _walk_saved_model(graph: _Graph, end: int) -> None:
    """Read ``saved_model.pb``, or the ``keras_metadata.pb`` that may lie beside it."""
    window = graph.window
    for outer in walk(window, 0, end):
        if outer.wire != BYTES:
            continue
        if outer.number == 1:
            _walk_keras_node(graph, outer)
            continue
        for part in walk(window, outer.value, outer.end):
            if part.number == 1:
                _walk_meta_info(graph, part)
            elif part.number == 2:
                _walk_graph(graph, part.value, part.end)
            elif part.number == 7:
                _walk_objects(graph, part)


def _walk_meta_info(graph: _Graph, outer: Field) -> None:
    """Note the TensorFlow version and the tags."""
    tags: list[str] = []
    for part in walk(graph.window, outer.value, outer.end):
        if part.number == 5:
            graph.facts.values["x_tensorflow_version"] = printable(graph.window.text(part), 40)
        elif part.number == 4 and len(tags) < 20:
            tags.append(printable(graph.window.text(part), 40))
    if tags:
        graph.facts.values["x_tags"] = sorted(tags)


def _walk_graph(graph: _Graph, start: int, end: int) -> None:
    """Read a GraphDef: its nodes and those of the functions in its library."""
    window = graph.window
    for part in walk(window, start, end):
        if part.number == 1:
            _node(graph, part)
        elif part.number == 2:
            for function in walk(window, part.value, part.end):
                if function.number == 1:
                    for inner in walk(window, function.value, function.end):
                        if inner.number == 3:
                            _node(graph, inner)


def _node(graph: _Graph, outer: Field) -> None:
    """Note a node's operator, keep the numbers of a constant, and see where a print goes."""
    if outer.wire != BYTES:
        raise BadMemberError("a number stands where a node should be")
    window, name, operator = graph.window, "", ""
    for part in walk(window, outer.value, outer.end):
        if part.number == 1:
            name = window.text(part, 500)
        elif part.number == 2:
            operator = window.text(part, 200)
        elif part.number == 5 and operator in ("Const", "PrintV2", ""):
            _attribute(graph, name, operator, part)
    graph.began = True
    if len(graph.operators) < 10_000 or operator in graph.operators:
        graph.operators[operator] += 1


def _attribute(graph: _Graph, name: str, operator: str, outer: Field) -> None:
    """Read the one attribute of a constant or a print that matters here."""
    window, key, value = graph.window, "", None
    for part in walk(window, outer.value, outer.end):
        if part.number == 1:
            key = window.text(part, 200)
        elif part.number == 2:
            value = part
    if value is None or value.wire != BYTES or key not in ("value", "output_stream"):
        return
    for part in walk(window, value.value, value.end):
        if operator == "Const" and key == "value" and part.number == 8 and part.wire == BYTES:
            _constant(graph, name, part)
        elif key == "output_stream" and part.number == 2 and window.text(part, 16).startswith("file:"):
            graph.facts.flag("yes", "tf-operator:PrintV2-to-file")


def _constant(graph: _Graph, name: str, part: Field) -> None:
    """Keep a constant, or note what is wrong with it."""
    if len(graph.tensors) >= _TENSORS_LIMIT:
        raise BadMemberError("the graph has more constants than are read", status="limit")
    try:
        tensor = read_constant(graph.window, graph.facts, name, part)
    except BadMemberError as error:
        if error.status != "corrupt":
            raise
        graph.wrong = graph.wrong or error.reason
        return
    if tensor is not None:
        graph.tensors.append(tensor)


def _walk_objects(graph: _Graph, outer: Field) -> None:
    """Look for Keras layers among the saved objects; their description is JSON text."""
    for node in walk(graph.window, outer.value, outer.end):
        if node.number == 1 and node.wire == BYTES:
            for part in walk(graph.window, node.value, node.end):
                if part.number == 4 and part.wire == BYTES:
                    _walk_keras_node(graph, part, identifier_field=1, metadata_field=3)


def _walk_keras_node(graph: _Graph, outer: Field, identifier_field: int = 4, metadata_field: int = 5) -> None:
    """Judge one Keras layer by the JSON text that describes it."""
    identifier, metadata = "", None
    for part in walk(graph.window, outer.value, outer.end):
        if part.wire == BYTES and part.number == identifier_field:
            identifier = graph.window.text(part, 100)
        elif part.wire == BYTES and part.number == metadata_field:
            metadata = part
    if not identifier.startswith("_tf_keras") or metadata is None or not metadata.length:
        return
    graph.began = True
    if metadata.length > _METADATA_LIMIT:
        graph.facts.flag("review", "keras-config-length")
        return
    judge_layer_text(graph.facts, graph.window.read_at(metadata.value, metadata.length))
