"""Torch files: every pickle in them is read, tensors are counted once, missing storages are told."""

import pickle
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.errors import BadMemberError
from leakkit.leak.formats.torch import read
from leakkit.leak.sniff.first_look import sniff
from leakkit.leak.source import BytesSource
from tests.leak.formats.benign_pickles import LAYER, P2, STATE, medium, name, storage, tensor
from tests.leak.formats.hostile_pickles import P4, PAYLOAD, bytes_of
from tests.leak.formats.torch_files import FLOATS, LONGS, torch_chain, torch_zip, with_wide_end

FLOAT = name("torch", "FloatStorage")


def facts_of(data, format="torch-zip"):
    return read(BytesSource(data, "invented.pt"), format)


def checkpoint(*entries):
    """Give a pickled dictionary of (name, pickled tensor) pairs."""
    return P2 + b"}(" + b"".join(medium(key) + value for key, value in entries) + b"u."


BOTH = [
    (torch_zip(), "torch-zip"),
    (torch_chain(), "torch-pickle"),
    (with_wide_end(torch_zip()), "torch-zip"),
]


# --- tensors --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("data", "format"), BOTH)
def test_tied_tensors_are_listed_twice_and_counted_once(data, format):
    facts = facts_of(data, format)
    assert [(t.name, t.dtype, t.shape) for t in facts.tensors] == [
        ("fc.weight", "F32", (4, 3)),
        ("fc.count", "I64", (1, 2)),
        ("tied.weight", "F32", (4, 3)),
    ]
    assert (facts.values["n_params"], facts.values["n_params_by"]) == (14, "header")
    assert (facts.danger, facts.status) == ("none_found", "ok")


@pytest.mark.parametrize(("data", "format"), BOTH)
def test_the_place_of_a_tensor_is_that_of_its_bytes(data, format):
    facts = facts_of(data, format)
    weight, count, _ = facts.tensors
    assert data[weight.offset : weight.offset + weight.nbytes] == FLOATS
    assert data[count.offset : count.offset + count.nbytes] == LONGS


@pytest.mark.parametrize(("data", "format"), BOTH)
def test_the_format_is_told_by_bytes(data, format):
    assert sniff(BytesSource(data, "x")) == (format, "magic")


def test_a_large_archive_with_both_end_records_is_told_by_its_directory():
    large = torch_zip(storages={"0": FLOATS, "1": LONGS, "2": bytes(200_000)})
    assert sniff(BytesSource(with_wide_end(large), "x"))[0] == "torch-zip"


def test_a_packed_archive_gives_tensors_without_a_place():
    facts = facts_of(torch_zip(method=zipfile.ZIP_DEFLATED))
    assert facts.values["n_params"] == 14 and {t.offset for t in facts.tensors} == {None}


def test_a_pickled_layer_gives_the_names_of_a_state_dictionary():
    facts = facts_of(torch_zip(LAYER))
    assert [t.name for t in facts.tensors] == ["weight"] and facts.danger == "none_found"


def test_the_state_of_an_optimiser_is_listed_and_not_counted():
    weight, moment = tensor(FLOAT, "0", 4, 3), tensor(FLOAT, "2", 4, 3)
    data = checkpoint(("model.weight", weight), ("optimizer.state.0.exp_avg", moment))
    facts = facts_of(torch_zip(data, {"0": FLOATS, "2": FLOATS}))
    assert len(facts.tensors) == 2 and facts.values["n_params"] == 12


def test_an_expanded_tensor_counts_what_is_stored():
    start, shape = b"K\x00", b"J\x00\xe1\xf5\x05K\x01\x86"
    steps = b"K\x00K\x01\x86"
    inner = storage(FLOAT, "0", 12) + start + shape + steps + b"\x89}"
    data = checkpoint(("w", name("torch._utils", "_rebuild_tensor_v2") + b"(" + inner + b"tR"))
    facts = facts_of(torch_zip(data))
    assert facts.tensors[0].shape == (100_000_000, 1) and facts.values["n_params"] == 1


@pytest.mark.parametrize(
    ("storages", "status"),
    [({"1": LONGS}, "corrupt"), ({"0": FLOATS[:8], "1": LONGS}, "truncated")],
)
def test_a_storage_that_is_missing_or_short_is_told_and_the_count_is_a_claim(storages, status):
    facts = facts_of(torch_zip(storages=storages))
    assert (facts.status, facts.values["n_params_by"]) == (status, "claim") and facts.error


def test_a_tensor_beyond_its_storage_is_corrupt():
    inner = storage(FLOAT, "0", 3) + b"K\x00K\x04K\x03\x86K\x03K\x01\x86\x89}"
    data = checkpoint(("w", name("torch._utils", "_rebuild_tensor_v2") + b"(" + inner + b"tR"))
    assert facts_of(torch_zip(data)).status == "corrupt"


def test_an_old_file_cut_before_its_storages_is_truncated():
    facts = facts_of(torch_chain()[:-20], "torch-pickle")
    assert (facts.status, facts.values["n_params"], facts.values["n_params_by"]) == ("truncated", 14, "claim")


def test_an_old_file_cut_inside_its_pickles_is_truncated():
    assert facts_of(torch_chain()[:120], "torch-pickle").status == "truncated"


def test_an_archive_without_its_directory_is_still_read():
    data = torch_zip()
    facts = facts_of(data[: data.index(b"PK\1\2")])
    assert (facts.status, facts.values["n_params"]) == ("truncated", 14)


# --- danger ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        torch_zip(PAYLOAD),
        torch_zip(PAYLOAD, method=zipfile.ZIP_DEFLATED),
        torch_zip(others=[("archive/data.pkl", PAYLOAD)]),
        torch_zip(others=[("archive/extra.pkl", PAYLOAD)]),
        torch_zip(others=[("archive/notes.txt", PAYLOAD)]),
        torch_zip(others=[("archive/data/9", PAYLOAD)]),
        torch_zip(others=[("archive/data.pkl/", PAYLOAD)]),
        torch_zip(PAYLOAD) + torch_zip(),
        torch_zip(PAYLOAD)[:200],
        torch_zip(STATE + PAYLOAD),
        torch_chain(PAYLOAD),
        torch_chain() + PAYLOAD,
        pickle.dumps(0x1950A86A20F9469CFC6C, 2) + PAYLOAD,
        torch_zip(P4 + name("torch.storage", "_load_from_bytes") + bytes_of(torch_zip(PAYLOAD)) + b"\x85R."),
    ],
)
def test_a_payload_is_found_wherever_it_lies_in_a_torch_file(data):
    format = "torch-zip" if data[:2] == b"PK" else "torch-pickle"
    facts = facts_of(data, format)
    assert facts.danger == "yes" and any("os.system" in rule for rule in facts.danger_rules)


@pytest.mark.parametrize("flag", [0x1, 0x20, 0x40])
def test_altered_flags_hide_nothing(flag):
    data = bytearray(torch_zip(PAYLOAD))
    data[6] |= flag
    data[data.index(b"PK\1\2") + 8] |= flag
    facts = facts_of(bytes(data))
    assert "pickle-import:os.system" in facts.danger_rules and "archive-bad-flags" in facts.danger_rules


def test_two_members_of_one_name_and_a_climbing_name_are_flagged():
    facts = facts_of(torch_zip(others=[("archive/data.pkl", STATE), ("archive/../../x", b"")]))
    assert facts.danger_rules == ["archive-duplicate-name:archive/data.pkl", "archive-path-escape"]


def test_a_pickle_held_as_a_harmless_torch_file_is_for_review_only():
    nested = P4 + name("torch.storage", "_load_from_bytes") + bytes_of(torch_chain()) + b"\x85R."
    facts = facts_of(torch_zip(nested))
    assert facts.danger_rules == ["pickle-import:torch.storage._load_from_bytes"] and facts.danger == "review"


def test_a_pickle_that_cannot_be_unpacked_is_for_review():
    data = bytearray(torch_zip(method=zipfile.ZIP_DEFLATED))
    data[8], data[data.index(b"PK\1\2") + 10] = 9, 9
    facts = facts_of(bytes(data))
    assert facts.danger_rules == ["pickle-not-read:archive/data.pkl"] and facts.status == "refused"


# --- TorchScript ----------------------------------------------------------------------------------

MODULE = (
    P2 + name("__torch__.helpful", "Net") + b")\x81}(" + medium("weight") + tensor(FLOAT, "0", 4, 3) + b"ub."
)


def script(code, data=MODULE):
    others = [("archive/code/__torch__/helpful.py", code), ("archive/constants.pkl", P2 + b").")]
    return torch_zip(data, {"0": FLOATS}, others)


def test_a_plain_script_has_no_dangerous_import():
    facts = facts_of(script(b"def forward(self, x):\n  return torch.relu(ops.prim.data(x))\n"), "torchscript")
    assert (facts.danger, facts.format, facts.values["n_params"]) == ("none_found", "torchscript", 12)
    assert [t.name for t in facts.tensors] == ["weight"]


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        (b"torch.save(x, 'a')", "torchscript-op:aten.save"),
        (b"_0 = torch.from_file('a')", "torchscript-op:aten.from_file"),
        (b"ops.helpful.run(x)", "torchscript-op:helpful.run"),
        (b"ops.image.read_file('a')", "torchscript-op:image.read_file"),
        (b"__torch__.torch.classes.helpful.Shell()", "torchscript-class:helpful.Shell"),
    ],
)
def test_operators_beyond_arithmetic_are_for_review(code, rule):
    facts = facts_of(script(b"def forward(self, x):\n  " + code + b"\n"), "torchscript")
    assert (facts.danger, facts.danger_rules) == ("review", [rule])


def test_names_of_a_script_are_not_trusted_without_its_code():
    assert facts_of(torch_zip(MODULE, {"0": FLOATS})).danger == "review"


def test_a_payload_in_a_script_is_found():
    assert facts_of(script(b"", PAYLOAD), "torchscript").danger == "yes"


# --- damage ---------------------------------------------------------------------------------------

SEEDS = [
    torch_zip(),
    with_wide_end(torch_zip()),
    torch_zip(method=zipfile.ZIP_DEFLATED),
    torch_chain(),
    script(b"torch.save(x)"),
]


@given(st.sampled_from(SEEDS), st.data())
def test_damage_never_raises_anything_but_ours(seed, draw):
    data = bytearray(seed)
    for _ in range(draw.draw(st.integers(1, 8))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    data = bytes(data[: draw.draw(st.integers(0, len(data)))] if draw.draw(st.booleans()) else data)
    for format in ("torch-zip", "torch-pickle"):
        try:
            facts = facts_of(data, format)
        except BadMemberError:
            continue
        assert facts.values.get("n_params", 0) < 2**62


def test_a_bomb_in_an_archive_meets_the_budget():
    bomb = torch_zip(P4 + b"]" + bytes_of(bytes(30 * 2**20)) + b"a.", method=zipfile.ZIP_DEFLATED)
    facts = facts_of(bomb)
    assert facts.status == "limit" and "pickle-not-read:archive/data.pkl" in facts.danger_rules


def test_a_chain_whose_list_of_storages_lies_is_bounded():
    keys = pickle.dumps([str(n) for n in range(20_000)], 2)
    data = torch_chain()[: -len(FLOATS) - len(LONGS) - 16]
    data = data[: data.rindex(b"\x80\x02")] + keys + struct.pack("<q", 2**60)
    assert facts_of(data, "torch-pickle").status == "truncated"
