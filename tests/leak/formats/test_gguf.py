"""GGUF headers of every version and byte order are walked; counts that cannot be true are refused first."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from hypothesis import given

from leakkit.errors import BadMemberError
from leakkit.leak.formats.gguf import read
from leakkit.leak.source import BytesSource
from tests.leak.formats.damaged_copies import copies_of, facts_or_none

U32, FLOAT, TEXT, ARRAY, U64 = 4, 6, 8, 9, 10


class Writer:
    """Writes GGUF headers in any version and byte order."""

    def __init__(self, version: int = 3, order: str = "<") -> None:
        self.version, self.order = version, order
        self.wide = "I" if version == 1 else "Q"

    def text(self, value: str) -> bytes:
        raw = value.encode()
        return struct.pack(self.order + self.wide, len(raw)) + raw

    def value(self, kind: int, value: Any) -> bytes:
        if kind == TEXT:
            return self.text(value)
        if kind == ARRAY:
            inner, items = value
            body = b"".join(self.value(inner, item) for item in items)
            return struct.pack(f"{self.order}I{self.wide}", inner, len(items)) + body
        return struct.pack(self.order + {U32: "I", FLOAT: "f", U64: "Q"}[kind], value)

    def file(
        self, pairs: list[tuple[str, int, Any]], tensors: list[tuple[str, list[int], int, int]], data=b""
    ) -> bytes:
        out = b"GGUF" + struct.pack(
            f"{self.order}I{self.wide}{self.wide}", self.version, len(tensors), len(pairs)
        )
        for key, kind, value in pairs:
            out += self.text(key) + struct.pack(self.order + "I", kind) + self.value(kind, value)
        for name, dimensions, kind, offset in tensors:
            out += self.text(name) + struct.pack(self.order + "I", len(dimensions))
            out += struct.pack(f"{self.order}{len(dimensions)}{self.wide}", *dimensions)
            out += struct.pack(self.order + "IQ", kind, offset)
        return out + bytes(-len(out) % 32) + data


PAIRS = [
    ("general.architecture", TEXT, "llama"),
    ("general.name", TEXT, "Invented 1B"),
    ("general.license", TEXT, "apache-2.0"),
    ("general.file_type", U32, 15),
    ("llama.block_count", U32, 2),
    ("llama.embedding_length", U32, 64),
    ("llama.attention.head_count", U32, 8),
    ("llama.attention.head_count_kv", ARRAY, (U32, [2, 2])),
    ("general.base_model.count", U32, 1),
    ("general.base_model.0.name", TEXT, "Invented Base"),
    ("general.base_model.0.repo_url", TEXT, "https://huggingface.co/invented-lab/base-1b"),
    ("tokenizer.ggml.tokens", ARRAY, (TEXT, ["<s>", "a", "b"])),
    ("tokenizer.ggml.scores", ARRAY, (FLOAT, [0.0] * 3)),
]
TENSORS = [("token_embd.weight", [256, 3], 12, 0), ("output_norm.weight", [64], 0, 448)]
DATA = bytes(3 * 144 + 16 + 256)
SMALL = Writer().file(PAIRS, TENSORS, DATA)


def read_bytes(data: bytes):
    return read(BytesSource(data, "invented.gguf"), "gguf")


@pytest.mark.parametrize(("version", "order"), [(1, "<"), (2, "<"), (3, "<"), (3, ">")])
def test_every_version_and_byte_order_says_the_same(version, order):
    facts = read_bytes(Writer(version, order).file(PAIRS, TENSORS, DATA))
    assert facts.status == "ok"
    expected = {
        "arch_family": "llama", "arch_confidence": 1.0, "x_name": "Invented 1B", "licence": "Apache-2.0",
        "quantization": "Q4_K_M", "n_layers": 2, "hidden_size": 64, "n_heads": 8, "n_kv_heads": 2,
        "vocab_size": 3, "base_model": "invented-lab/base-1b", "n_params": 256 * 3 + 64,
        "n_params_by": "header", "dtype_main": "Q4_K", "x_gguf_version": version,
    }  # fmt: skip
    assert {key: facts.values.get(key) for key in expected} == expected


def test_tensors_lie_where_the_file_has_them():
    facts = read_bytes(SMALL)
    first, second = facts.tensors
    start = len(SMALL) - len(DATA)
    assert (first.shape, first.nbytes, first.offset) == ((3, 256), 3 * 144, start)
    assert (second.dtype, second.nbytes, second.offset) == ("F32", 256, start + 448)


def test_missing_data_are_truncated_and_the_count_is_a_claim():
    facts = read_bytes(SMALL[:-1])
    assert (facts.status, facts.values["n_params_by"]) == ("truncated", "claim")


def test_what_stands_before_a_cut_is_kept():
    facts = read_bytes(SMALL[: SMALL.index(b"token_embd")])
    assert facts.status != "ok" and facts.values["arch_family"] == "llama" and "n_params" not in facts.values


def test_shared_bytes_are_corrupt_and_flagged():
    facts = read_bytes(Writer().file(PAIRS, [("a", [256], 12, 0), ("b", [256], 12, 32)], bytes(500)))
    assert (facts.status, facts.danger_rules) == ("corrupt", ["tensor-overlap"])


def test_huge_counts_are_refused_before_anything_is_read():
    facts = read_bytes(b"GGUF" + struct.pack("<IQQ", 3, 1 << 60, 1 << 60))
    assert (facts.status, facts.danger, facts.danger_rules) == ("corrupt", "yes", ["huge-counts"])


@pytest.mark.parametrize("inner", [U32, TEXT, ARRAY])
def test_an_array_longer_than_the_file_is_refused(inner):
    pair = Writer().text("a") + struct.pack("<IIQ", ARRAY, inner, 1 << 40)
    facts = read_bytes(b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + pair)
    assert facts.status == "truncated"


def test_a_key_twice_and_an_odd_alignment_are_corrupt():
    assert read_bytes(Writer().file([PAIRS[0], PAIRS[0]], [])).status == "corrupt"
    assert read_bytes(Writer().file([("general.alignment", U32, 0)], [])).status == "corrupt"


def test_rows_that_are_no_whole_blocks_are_corrupt():
    assert read_bytes(Writer().file(PAIRS, [("a", [100], 12, 0)], bytes(500))).status == "corrupt"


def test_shards_are_named():
    values = read_bytes(Writer().file([("split.count", U32, 3), ("split.no", U32, 1)], [])).values
    assert (values["x_shards"], values["x_shard"]) == (3, 1)


def test_a_text_mangled_copy_is_named_as_such():
    data = Writer().file(PAIRS, TENSORS, bytes(range(128, 256)) * 6).replace(b"<s>", b"\xe9\xe8>")
    with pytest.raises(BadMemberError, match="text-mangled"):
        read_bytes(
            data.decode("utf-8", "replace").encode().replace(b"Invented 1B", b"Invented 1B" + b"x" * 2**9)
        )


def test_a_template_that_reaches_for_attributes_is_flagged():
    pytest.importorskip("leakkit.leak.formats.templates")
    template = "{{ ''.__class__.__mro__[1].__subclasses__() }}"
    facts = read_bytes(Writer().file([("tokenizer.chat_template", TEXT, template)], []))
    assert facts.danger == "yes" and facts.values["x_chat_template"] is True


def test_legacy_files_tell_their_variant():
    llama = b"tjgg" + struct.pack("<IIIIIIII", 3, 32000, 4096, 256, 32, 32, 128, 2)
    values = read(BytesSource(llama), "ggml-legacy").values
    assert (values["x_variant"], values["vocab_size"], values["hidden_size"]) == ("ggjt", 32000, 4096)
    whisper = b"lmgg" + struct.pack("<III", 51865, 1500, 384)
    assert read(BytesSource(whisper), "ggml-legacy").values["arch_family"] == "whisper"
    with pytest.raises(BadMemberError):
        read(BytesSource(b"ggml"), "ggml-legacy")


def test_a_long_vocabulary_is_passed_over_in_few_reads():
    reads = []

    class Counted(BytesSource):
        def read_at(self, offset, length):
            reads.append(length)
            return super().read_at(offset, length)

    tokens = [f"token{number}" for number in range(50_000)]
    facts = read(Counted(Writer().file([("tokenizer.ggml.tokens", ARRAY, (TEXT, tokens))], [])), "gguf")
    assert facts.values["vocab_size"] == 50_000 and len(reads) < 30


@given(copies_of(SMALL, Writer(1).file(PAIRS[:4], TENSORS, DATA), Writer(3, ">").file(PAIRS, [], b"")))
def test_no_damage_leads_to_another_error(data):
    facts_or_none(read, data, "gguf")
    facts_or_none(read, b"tjgg" + data[4:], "ggml-legacy")
