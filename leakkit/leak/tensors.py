"""The tensors frame: what the headers of weights files name, and hashes of what they point at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from leakkit.errors import BadMemberError
from leakkit.leak.digest import BUFFER, Digest
from leakkit.leak.facts import Tensor
from leakkit.leak.folders import folder_of, model_name
from leakkit.leak.formats import READERS, read_facts
from leakkit.leak.kinds import describe
from leakkit.leak.source import Source
from leakkit.leak.text import printable
from leakkit.leak.walk import Visit


def tensor_rows(visits: Iterable[Visit], hash: bool) -> Iterator[dict[str, Any]]:
    """Give one row for every tensor of every readable weights member."""
    for visit in visits:
        if visit.source is None or visit.format not in READERS:
            continue
        if describe(visit.format, visit.path, {})[0] != "weights":
            continue
        facts = read_facts(visit.source, visit.format)
        model_id = facts.values.get("model_id") or model_name(folder_of(visit.path), visit.path)
        for tensor in facts.tensors:
            yield {
                "model_id": model_id,
                "path": visit.path,
                "name": printable(tensor.name, 300),
                "shape": "x".join(str(length) for length in tensor.shape),
                "dtype": tensor.dtype,
                "n_params": tensor.n_params if tensor.n_params < 2**63 else None,
                "bytes": tensor.nbytes,
                "sha256": hash_tensor(visit.source, tensor) if hash else None,
            }


def hash_tensor(source: Source, tensor: Tensor) -> str | None:
    """Give the SHA-256 of a tensor's stored bytes, None where the header does not tell where they are."""
    if tensor.offset is None or tensor.nbytes is None:
        return None
    digest = Digest(("sha256",))
    position, end = tensor.offset, tensor.offset + tensor.nbytes
    try:
        while position < end:
            part = source.read_at(position, min(BUFFER, end - position))
            if not part:
                return None
            digest.update(part)
            position += len(part)
    except BadMemberError:
        return None
    return digest.result()["sha256"]
