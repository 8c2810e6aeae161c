"""What the source code inside a TorchScript archive could do beyond arithmetic."""

from __future__ import annotations

import re

from leakkit.leak.facts import Facts
from leakkit.leak.formats.pickle_danger import flag
from leakkit.leak.source import Source

CODE_LIMIT = 8 * 2**20
_CHUNK = 2**20
_OVERLAP = 200

# Operators of torch and its own packages; others come from libraries that the loader must have.
_KNOWN = frozenset(
    "aten prim quantized _quantized prepacked torchvision torchaudio onednn mkldnn mkl sparse "
    "inductor fbgemm _caffe2 mkldnn_prepacked xnnpack metal_prepack vulkan_prepack cudnn inplace_ao "
    "static_runtime".split()
)
_FILES = frozenset(
    "aten.save aten.load aten.from_file image.read_file image.write_file aten.set_data".split()
)
_CALL = re.compile(
    rb"\b(?:ops\.(\w{1,80})\.(\w{1,80})|torch\.(save|load|from_file)\b"
    rb"|torch\.classes\.(\w{1,80})\.(\w{1,80}))"
)


def flag_code(facts: Facts, source: Source) -> None:
    """Flag operators in one source file that reach files or come from outside torch.

    TorchScript is no Python: the file is compiled to operators, it cannot import. What is left are
    ``aten::save`` and ``aten::from_file``, which write and read files, and operators or classes that a
    library adds. All of them are ``review``.

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> facts = Facts()
    >>> flag_code(facts, BytesSource(b"_0 = torch.save(x, 'out.pt')"))
    >>> facts.danger, facts.danger_rules
    ('review', ['torchscript-op:aten.save'])
    """
    start = 0
    while start < min(source.size, CODE_LIMIT):
        piece = source.read_at(start, _CHUNK + _OVERLAP)
        if not piece:
            return
        for match in _CALL.finditer(piece):
            _flag_call(facts, [(part or b"").decode() for part in match.groups()])
        start += _CHUNK
    if source.size > CODE_LIMIT:
        flag(facts, "review", "torchscript-code:not-read")


def _flag_call(facts: Facts, parts: list[str]) -> None:
    """Flag one operator or class unless torch itself brings it and it is harmless."""
    space, name, function, library, cls = parts
    if function:
        space, name = "aten", function
    if library and library not in _KNOWN:
        flag(facts, "review", f"torchscript-class:{library}.{cls}")
    elif space and (space not in _KNOWN or f"{space}.{name}" in _FILES):
        flag(facts, "review", f"torchscript-op:{space}.{name}")
