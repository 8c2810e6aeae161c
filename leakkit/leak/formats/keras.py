"""Keras models and other HDF5 files: layers judged, weights counted, nothing built.

An HDF5 file (``.h5``) keeps the layer description in the attribute ``model_config``; the Keras 3 archive
(``.keras``) in ``config.json``, with weights in ``model.weights.h5`` beside it.
"""

from __future__ import annotations

from typing import Any

from leakkit.errors import BadMemberError
from leakkit.leak.archives.unpack import RewindingReader
from leakkit.leak.budget import Budget, Meter
from leakkit.leak.facts import Facts, Tensor
from leakkit.leak.formats.hdf5_tree import Tree, read_tree
from leakkit.leak.formats.header_json import parse_header
from leakkit.leak.formats.keras_config import judge_layer_text
from leakkit.leak.formats.numpy_dtypes import numpy_type
from leakkit.leak.formats.weights import checked_shape, describe_weights
from leakkit.leak.source import HEADER_LIMIT, BytesSource, FileSource, Source
from leakkit.leak.text import printable

_OPTIMIZER_GROUPS = ("optimizer_weights/", "optimizer/", "model_weights/optimizer/")
_KERAS_ATTRIBUTES = frozenset({"model_config", "keras_version", "layer_names", "training_config"})
_LARGEST_RATIO = 1_100  # deflate, the usual filter, packs no better than 1,032 to 1
_PACKED_LIMIT = 64 * 2**20  # Keras stores its weights unpacked
_CODE_MEMBERS = (".py", ".pyc", ".so", ".pkl", ".pickle")


def read(source: Source, format: str) -> Facts:
    """Give what an HDF5 file or a Keras archive says of itself.

    Parameters
    ----------
    source : Source
        The member.
    format : str
        ``hdf5``, ``hdf5-keras`` or ``keras-zip``.

    Returns
    -------
    Facts
        ``n_params`` counts the elements of numeric datasets, without the optimiser's; it is a ``claim``
        where a dataset was never written, and missing where part of the tree could not be read.
        ``format`` becomes ``hdf5-keras`` when Keras wrote the file. ``danger`` follows
        `leakkit.leak.formats.keras_config`; a link to another file is ``yes``.

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> read(BytesSource(b"no such thing"), "hdf5")
    Traceback (most recent call last):
    ...
    leakkit.errors.BadMemberError: the file has no HDF5 signature.
    """
    if format == "keras-zip":
        return _read_archive(source)
    facts = Facts(danger="none_found")
    _read_hdf5(facts, source)
    return facts


def _read_hdf5(facts: Facts, source: Source) -> None:
    """Read one HDF5 file into `facts`."""
    tree = read_tree(source)
    for rule in sorted(tree.escapes):
        facts.flag("yes", rule)
    _read_attributes(facts, tree)
    tensors, is_claim = _tensors(facts, tree, source.size)
    if tree.file_end > source.size and facts.status == "ok":
        facts.status, facts.error = "truncated", "the file ends before its own header says"
    if tree.unread:
        facts.values["x_n_unread"] = len(tree.unread)
        facts.tensors = tensors
        if tree.is_broken and facts.status == "ok":
            facts.status, facts.error = "corrupt", f"{len(tree.unread):,} objects in the file cannot be read"
        if any(path.endswith("@") for path in tree.unread):
            facts.flag("review", "keras-config-unreadable")
    elif facts.status != "corrupt":
        by = "claim" if is_claim or facts.status != "ok" else "header"
        describe_weights(facts, tensors, by=by, file_name=source.name)
    else:
        facts.tensors = tensors


def _read_attributes(facts: Facts, tree: Tree) -> None:
    """Take version and backend, and judge the layer description."""
    if _KERAS_ATTRIBUTES & tree.attributes.keys():
        facts.format = "hdf5-keras"
    for name, column in (("keras_version", "x_keras_version"), ("backend", "x_backend")):
        text = _text(tree.attributes.get(name))
        if text:
            facts.values.setdefault(column, printable(text.decode("utf-8", "replace"), 40))
    for name in ("model_config", "training_config"):
        raw = _text(tree.attributes.get(name))
        if raw:
            config = judge_layer_text(facts, raw)
            if name == "model_config":
                _name_model(facts, config)


def _text(value: Any) -> bytes | None:
    """Give an attribute's text as bytes."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace")
    return bytes(value) if isinstance(value, bytes) else None


def _name_model(facts: Facts, config: Any) -> None:
    """Take class, name and layer count of the model from its description."""
    if not isinstance(config, dict):
        return
    inner = config.get("config")
    name = inner.get("name") if isinstance(inner, dict) else None
    layers = inner.get("layers") if isinstance(inner, dict) else inner
    if isinstance(config.get("class_name"), str):
        facts.values.setdefault("x_model_class", printable(config["class_name"], 60))
    if isinstance(name, str):
        facts.values.setdefault("x_name", printable(name, 100))
    if isinstance(layers, list):
        facts.values.setdefault("x_n_keras_layers", len(layers))


def _tensors(facts: Facts, tree: Tree, size: int) -> tuple[list[Tensor], bool]:
    """Give datasets as tensors, and whether some of their data were never written."""
    tensors, is_claim = [], False
    for dataset in tree.datasets:
        if dataset.path.startswith(_OPTIMIZER_GROUPS):
            continue
        try:
            kind = numpy_type(dataset.dtype)
        except BadMemberError:
            kind = numpy_type("|V0")
        tensor = Tensor(dataset.path, kind.word, checked_shape(dataset.shape), dataset.stored, dataset.offset)
        needed = tensor.n_params * kind.size
        if dataset.stored is None:
            is_claim = is_claim or needed > size * _LARGEST_RATIO
        elif dataset.stored == 0 and needed:
            is_claim = True
        elif dataset.stored != needed and kind.word not in ("OBJECT", "VOID"):
            facts.status, facts.error = "corrupt", "a dataset's shape disagrees with its storage"
            if dataset.stored < needed:
                facts.flag("yes", "shape-lie")
            continue
        elif dataset.offset is not None and dataset.offset + dataset.stored > size:
            facts.status, facts.error, is_claim = "truncated", "the file ends before a dataset does", True
        tensors.append(tensor)
    return tensors, is_claim


def _read_archive(source: Source) -> Facts:
    """Read a Keras 3 archive: description, metadata, weights."""
    from leakkit.leak.archives.zipped import iter_zip

    facts, found = Facts(danger="none_found"), set()
    try:
        for entry in iter_zip(source.stream(), Meter(Budget(members=10_000))):
            name = entry.name
            if entry.escapes:
                facts.flag("yes", "archive-path-escape")
            if entry.open is None or name in found or len(name) > 300:
                continue
            found.add(name)
            if name == "config.json":
                _name_model(facts, judge_layer_text(facts, _whole(entry)))
            elif name == "metadata.json":
                _read_metadata(facts, _whole(entry))
            elif name == "model.weights.h5":
                _read_weights(facts, entry)
            elif name.endswith(_CODE_MEMBERS):
                facts.flag("review", "keras-archive-code")
    except BadMemberError as error:
        facts.status, facts.error = error.status, error.reason
    facts.format = None
    if "config.json" not in found and facts.status == "ok":
        facts.status, facts.error = "corrupt", "the archive has no config.json"
    return facts


def _read_weights(facts: Facts, entry: Any) -> None:
    """Read the HDF5 file in an archive: in place when it is stored, from memory when it is packed and small."""
    with entry.open() as file:
        if not isinstance(file, RewindingReader):
            _read_hdf5(facts, FileSource(file, entry.name, entry.size))
        elif entry.size is not None and entry.size <= _PACKED_LIMIT:
            _read_hdf5(facts, BytesSource(file.read(_PACKED_LIMIT), entry.name))
        else:
            raise BadMemberError(
                "the weights are packed and too large to be unpacked for a look", status="limit"
            )


def _whole(entry: Any) -> bytes:
    """Give a small member of the archive whole."""
    with entry.open() as file:
        data: bytes = file.read(HEADER_LIMIT + 1)
    if len(data) > HEADER_LIMIT:
        raise BadMemberError("the model's description is longer than is read", status="limit")
    return data


def _read_metadata(facts: Facts, raw: bytes) -> None:
    """Take the Keras version."""
    metadata = parse_header(raw, lenient=True)
    version = metadata.get("keras_version") if isinstance(metadata, dict) else None
    if isinstance(version, str):
        facts.values["x_keras_version"] = printable(version, 40)
