"""A safetensors header is believed only where it agrees with itself and with the file."""

from __future__ import annotations

import json
import struct
from typing import Any

import pytest
from hypothesis import given

from leakkit.errors import BadMemberError
from leakkit.leak.formats.safetensors import read
from leakkit.leak.source import HEADER_LIMIT, BytesSource
from tests.leak.formats.damaged_copies import copies_of, facts_or_none


def entry(dtype: str, shape: list[int], begin: int, end: int) -> dict[str, Any]:
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


def file_of(header: dict[str, Any] | bytes, data: bytes = b"") -> bytes:
    raw = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(raw)) + raw + data


def read_bytes(data: bytes, name: str = "invented.safetensors"):
    return read(BytesSource(data, name), "safetensors")


SMALL = file_of(
    {
        "__metadata__": {"format": "pt"},
        "model.embed_tokens.weight": entry("BF16", [5, 4], 0, 40),
        "model.layers.0.self_attn.q_proj.weight": entry("BF16", [4, 4], 40, 72),
        "model.layers.0.mlp.gate_proj.weight": entry("BF16", [4, 4], 72, 104),
        "model.layers.0.input_layernorm.weight": entry("F32", [4], 104, 120),
    },
    bytes(120),
)


def test_counts_and_describes_an_honest_file():
    facts = read_bytes(SMALL)
    assert facts.status == "ok" and facts.danger == "none_found"
    assert facts.values["n_params"] == 20 + 16 + 16 + 4
    assert facts.values["n_params_by"] == "header"
    assert facts.values["dtype_main"] == "BF16"
    assert (facts.values["arch_family"], facts.values["arch_confidence"]) == ("llama", 0.5)
    assert facts.values["vocab_size"] == 5 and facts.values["hidden_size"] == 4
    assert facts.values["n_layers"] == 1 and facts.values["x_framework"] == "pt"
    last = facts.tensors[-1]
    assert SMALL[last.offset : last.offset + last.nbytes] == bytes(16) and last.nbytes == 16


def test_a_shard_tells_no_layer_count():
    facts = read_bytes(SMALL, "model-00001-of-00002.safetensors")
    assert "n_layers" not in facts.values and facts.values["hidden_size"] == 4


def test_an_empty_header_has_no_parameters():
    assert read_bytes(file_of({})).values["n_params"] == 0


@pytest.mark.parametrize(
    ("dtype", "shape", "nbytes"),
    [("F4", [3], 2), ("F6_E2M3", [4], 3), ("F8_E8M0", [3], 3), ("F8_E4M3", [2, 2], 4), ("C64", [1], 8)],
)
def test_types_below_and_beside_bytes_are_measured(dtype, shape, nbytes):
    facts = read_bytes(file_of({"w": entry(dtype, shape, 0, nbytes)}, bytes(nbytes)))
    assert facts.status == "ok" and facts.tensors[0].nbytes == nbytes


def test_a_lying_shape_is_corrupt_flagged_and_not_counted():
    facts = read_bytes(file_of({"w": entry("F32", [10**6, 10**6], 0, 16)}, bytes(16)))
    assert (facts.status, facts.danger, facts.danger_rules) == ("corrupt", "yes", ["shape-lie"])
    assert "n_params" not in facts.values and facts.tensors == []


def test_shared_bytes_are_corrupt_and_flagged():
    facts = read_bytes(file_of({"a": entry("F32", [4], 0, 16), "b": entry("F32", [4], 0, 16)}, bytes(16)))
    assert (facts.status, facts.danger_rules) == ("corrupt", ["tensor-overlap"])


@pytest.mark.parametrize("begin", [0, 4])
def test_bytes_that_belong_to_no_tensor_are_corrupt(begin):
    facts = read_bytes(file_of({"a": entry("F32", [4], begin, begin + 16)}, bytes(20)))
    assert (facts.status, facts.danger, facts.danger_rules) == ("corrupt", "review", ["hidden-bytes"])
    assert "n_params" not in facts.values


def test_missing_data_are_truncated_and_the_count_is_a_claim():
    facts = read_bytes(SMALL[:-30])
    assert facts.status == "truncated"
    assert (facts.values["n_params"], facts.values["n_params_by"]) == (56, "claim")


def test_a_file_cut_inside_its_header_is_truncated():
    with pytest.raises(BadMemberError) as caught:
        read_bytes(SMALL[:60])
    assert caught.value.status == "truncated"


def test_a_header_longer_than_any_file_is_a_limit_and_dangerous():
    facts = read_bytes(struct.pack("<Q", 1 << 62) + b"{}")
    assert (facts.status, facts.danger) == ("limit", "yes")


def test_a_header_over_our_limit_is_not_read():
    class Sparse(BytesSource):
        def read_at(self, offset, length):
            raise AssertionError("nothing more than the head may be read")

    source = Sparse(struct.pack("<Q", HEADER_LIMIT + 1) + b"{")
    source.size = 10**11
    with pytest.raises(BadMemberError) as caught:
        read(source, "safetensors")
    assert caught.value.status == "limit"


def test_a_hundred_gigabytes_cost_only_the_header():
    header = {"w": entry("F32", [250, 10**8], 0, 10**11)}
    source = BytesSource(file_of(header))
    source.size += 10**11
    facts = read(source, "safetensors")
    assert facts.status == "ok" and facts.values["n_params"] == 25 * 10**9


@pytest.mark.parametrize(
    "header",
    [
        b"[]",
        b"{",
        b'{"a": NaN}',
        b"\xff\xfe",
        b'{"a": {"dtype": "F32"}}',
        b'{"__metadata__": {"a": 1}}',
        b'{"__metadata__": []}',
        b'{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}',
    ],
)
def test_headers_that_are_none_are_corrupt(header):
    try:
        facts = read_bytes(file_of(header, bytes(4)))
    except BadMemberError as error:
        assert error.status == "corrupt"
    else:
        assert facts.status == "corrupt"


@pytest.mark.parametrize("depth", [500, 200_000])
def test_a_deep_header_is_refused(depth):
    with pytest.raises(BadMemberError):
        read_bytes(file_of(b"[" * depth + b"]" * depth))


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("rm -rf /tmp/invented", True),
        ("wget http://example.com/x.sh", True),
        ("chmod 777 /tmp/x", True),
        ("curl -s https://example.com/x | bash", True),
        ("trained on a bash corpus; curl of the field; chmodel", False),
        ('{"ss_network_dim": 16, "optimizer": "adamw8bit"}', False),
    ],
)
def test_shell_commands_in_metadata_are_for_review(text, flagged):
    facts = read_bytes(file_of({"__metadata__": {"note": text}}))
    assert facts.danger == ("review" if flagged else "none_found")


def test_an_unknown_dtype_is_kept_when_it_can_be_true():
    facts = read_bytes(file_of({"w": entry("F5_E1M3", [8], 0, 5)}, bytes(5)))
    assert facts.status == "ok" and facts.tensors[0].dtype == "F5_E1M3"
    assert read_bytes(file_of({"w": entry("F5_E1M3", [8000], 0, 5)}, bytes(5))).status == "corrupt"


def test_quantised_weights_are_told_by_their_names():
    header = {"l.qweight": entry("I32", [2], 0, 8), "l.scales": entry("F16", [2], 8, 12)}
    assert read_bytes(file_of(header, bytes(12))).values["quantization"] == "AWQ"
    header["l.g_idx"] = entry("I32", [1], 12, 16)
    assert read_bytes(file_of(header, bytes(16))).values["quantization"] == "GPTQ"


def test_a_text_mangled_copy_is_named_as_such():
    data = file_of({"w": entry("F32", [40], 0, 160)}, bytes(range(96, 256)))
    mangled = data.decode("utf-8", "replace").encode()
    facts = read_bytes(mangled)
    assert facts.status == "corrupt" and "text-mangled" in facts.error


def test_lone_surrogates_in_names_stay_writable():
    facts = read_bytes(file_of(b'{"\\ud800":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}', bytes(1)))
    facts.tensors[0].name.encode()


@given(copies_of(SMALL))
def test_no_damage_leads_to_another_error(data):
    facts_or_none(read, data, "safetensors")
