"""Core ML model specifications (``.mlmodel``) and the weight blobs (``weight.bin``) that go with them.

https://apple.github.io/coremltools/mlmodel/ and coremltools' mlmodel/src/MILBlob/Blob/StorageFormat.hpp.
"""

from __future__ import annotations

import struct

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts, Tensor
from leakkit.leak.formats.dtypes import LARGEST_COUNT
from leakkit.leak.formats.messages import looks_like_coreml as looks_like_coreml
from leakkit.leak.formats.protobuf import BYTES, DEPTH_LIMIT, VARINT, Field, Window, walk
from leakkit.leak.formats.weights import describe_weights
from leakkit.leak.licences import from_hf_name
from leakkit.leak.source import Source
from leakkit.leak.text import printable

TYPES = {
    200: "pipeline-classifier", 201: "pipeline-regressor", 202: "pipeline", 300: "glm-regressor",
    301: "support-vector-regressor", 302: "tree-ensemble-regressor", 303: "neural-network-regressor",
    304: "bayesian-probit-regressor", 400: "glm-classifier", 401: "support-vector-classifier",
    402: "tree-ensemble-classifier", 403: "neural-network-classifier", 404: "nearest-neighbours-classifier",
    500: "neural-network", 501: "item-similarity-recommender", 502: "ml-program", 555: "custom-model",
    556: "linked-model", 560: "class-confidence-thresholding", 600: "one-hot-encoder", 601: "imputer",
    602: "feature-vectorizer", 603: "dict-vectorizer", 604: "scaler", 606: "categorical-mapping",
    607: "normalizer", 609: "array-feature-extractor", 610: "non-maximum-suppression", 900: "identity",
    2000: "text-classifier", 2001: "word-tagger", 2002: "vision-feature-print",
    2003: "sound-analysis-preprocessing", 2004: "gazetteer", 2005: "word-embedding",
    2006: "audio-feature-print", 3000: "serialized-model",
}  # fmt: skip
_PIPELINES, _NETWORKS = (200, 201, 202), (303, 403, 500)
_CUSTOM_LAYER, _CUSTOM_MODEL, _LINKED_MODEL = 500, 555, 556
_BLOB_DTYPES = {
    1: ("F16", 16), 2: ("F32", 32), 3: ("U8", 8), 4: ("I8", 8), 5: ("BF16", 16), 6: ("I16", 16),
    7: ("U16", 16), 8: ("I4", 4), 9: ("U1", 1), 10: ("U2", 2), 11: ("U4", 4), 12: ("U3", 3), 13: ("U6", 6),
    14: ("I32", 32), 15: ("U32", 32), 16: ("F8_E4M3", 8), 17: ("F8_E5M2", 8),
}  # fmt: skip
_BLOB_SENTINEL = 0xDEADBEEF
_BLOBS_LIMIT = 200_000


def read(source: Source, format: str) -> Facts:
    """Give what a Core ML file says of itself.

    Parameters
    ----------
    source : Source
        The member.
    format : str
        ``coreml`` (the specification) or ``coreml-weights`` (the blob file of an ML program).

    Returns
    -------
    Facts
        Specification version, type, author and licence; custom layers and models, which need code of
        the application, are ``review``. For a blob file one nameless `Tensor` a blob and ``n_params``.

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> facts = read(BytesSource(bytes([0x08, 5, 0x12, 0, 0xDA, 0x22, 0])), "coreml")
    >>> facts.values["x_model_type"], facts.danger
    ('custom-model', 'review')
    """
    if format == "coreml-weights":
        return _read_blobs(source)
    facts, window = Facts(danger="none_found"), Window(source)
    try:
        _walk_model(facts, window, Field(0, BYTES, 0, source.size), 0)
    except BadMemberError as error:
        if not facts.values:
            raise
        facts.status, facts.error = error.status, error.reason
    return facts


def _walk_model(facts: Facts, window: Window, outer: Field, depth: int) -> None:
    """Read one model; those inside a pipeline are models again."""
    if depth > DEPTH_LIMIT:
        raise BadMemberError("pipelines are nested too deeply", status="refused")
    for part in walk(window, outer.value, outer.end):
        if part.number == 1 and part.wire == VARINT and depth == 0:
            facts.values["x_specification"] = min(part.value, 1 << 31)
        elif part.number == 2 and depth == 0:
            _walk_description(facts, window, part)
        elif part.number in TYPES and part.wire == BYTES:
            _walk_type(facts, window, part, depth)


def _walk_type(facts: Facts, window: Window, part: Field, depth: int) -> None:
    """Note the type of a model and look into those that can need foreign code."""
    if depth == 0:
        facts.values["x_model_type"] = TYPES[part.number]
    if part.number == _CUSTOM_MODEL:
        facts.flag("review", "coreml-custom-model")
    elif part.number == _LINKED_MODEL:
        facts.flag("review", "coreml-linked-model")
    elif part.number in _PIPELINES:
        inner = [part]
        if part.number != 202:
            inner = [field for field in walk(window, part.value, part.end) if field.number == 1]
        for pipeline in inner:
            for model in walk(window, pipeline.value, pipeline.end):
                if model.number == 1 and model.wire == BYTES:
                    _walk_model(facts, window, model, depth + 1)
    elif part.number in _NETWORKS:
        _walk_network(facts, window, part)


def _walk_network(facts: Facts, window: Window, outer: Field) -> None:
    """Count layers and flag custom ones."""
    n_layers = 0
    for layer in walk(window, outer.value, outer.end):
        if layer.number == 1 and layer.wire == BYTES:
            n_layers += 1
            if any(part.number == _CUSTOM_LAYER for part in walk(window, layer.value, layer.end)):
                facts.flag("review", "coreml-custom-layer")
    facts.values["x_n_network_layers"] = n_layers


def _walk_description(facts: Facts, window: Window, outer: Field) -> None:
    """Take author, licence and short description."""
    names = {1: "x_title", 3: "x_author", 4: "x_licence_text"}
    for part in walk(window, outer.value, outer.end):
        if part.number == 100:
            for inner in walk(window, part.value, part.end):
                if inner.number in names and inner.length:
                    facts.values[names[inner.number]] = printable(window.text(inner), 200)
    licence = from_hf_name(facts.values.get("x_licence_text"))
    if licence and not licence.startswith("LicenseRef"):
        facts.values["licence"] = licence


def _read_blobs(source: Source) -> Facts:
    """Read a blob file (version 2): a count, then 64 bytes of description before each blob's data."""
    if source.size < 64:
        raise BadMemberError("the file ends before its first blob", status="truncated")
    count, version = struct.unpack_from("<II", source.head)
    if version != 2:
        raise BadMemberError("the blob file's version is not 2")
    if count > _BLOBS_LIMIT:
        raise BadMemberError("the blob file has more blobs than are read", status="limit")
    facts, tensors, position, window = Facts(), [], 64, Window(source)
    for number in range(count):
        entry = window.read_at(position, 64)
        if len(entry) < 64:
            facts.status, facts.error = "truncated", f"{count - number:,} of {count:,} blobs are missing"
            break
        tensor, position = _blob(number, entry, position, source.size)
        tensors.append(tensor)
    describe_weights(facts, tensors, by="claim" if facts.status != "ok" else "header")
    return facts


def _blob(number: int, entry: bytes, position: int, size: int) -> tuple[Tensor, int]:
    """Give one blob and where the next description stands (data are padded to 64 bytes)."""
    sentinel, kind, n_bytes, offset, padding_bits = struct.unpack_from("<IIQQQ", entry)
    if sentinel != _BLOB_SENTINEL:
        raise BadMemberError("a blob's description does not begin with its mark")
    if offset < position + 64 or offset + n_bytes > LARGEST_COUNT:
        raise BadMemberError("a blob's data stand where they cannot")
    if offset + n_bytes > size:
        raise BadMemberError("the file ends inside a blob", status="truncated")
    dtype, bits = _BLOB_DTYPES.get(kind, (f"MIL_{kind}", 8))
    n_elements = (8 * n_bytes - min(padding_bits, 7)) // bits
    following = -(-(offset + n_bytes) // 64) * 64
    return Tensor(f"blob_{number}", dtype, (n_elements,), n_bytes, offset), following
