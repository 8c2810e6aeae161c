"""Pickles are read as bytes: tricks are seen, plain values are not flagged, damage is survived."""

import contextlib
import pickle
import pickletools
import time
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.errors import BadMemberError
from leakkit.leak.facts import Facts
from leakkit.leak.formats.imports import judge, picklescan_imports
from leakkit.leak.formats.pickle_machine import Allowance
from leakkit.leak.formats.pickle_walk import walk_pickle
from leakkit.leak.formats.pickles import flag_pickle, looks_like_pickle, read
from leakkit.leak.source import HEAD_BYTES, BytesSource
from tests.leak.formats.benign_pickles import benign
from tests.leak.formats.hostile_pickles import (
    CALL,
    GADGETS,
    P2,
    P4,
    PAYLOAD,
    TRICKS,
    bytes_of,
    gadget,
    line,
    medium,
    name,
    quoted,
    short,
    stacked,
    wide,
)

BENIGN = benign()


def facts_of(data, format="pickle"):
    return read(BytesSource(data, "invented.pkl"), format)


# --- danger ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("trick", TRICKS)
def test_a_trick_does_not_hide_a_payload(trick):
    facts = facts_of(TRICKS[trick])
    assert facts.danger == "yes" and facts.danger_rules


@pytest.mark.parametrize("trick", TRICKS)
def test_a_hostile_pickle_is_recognised_as_a_pickle(trick):
    data = TRICKS[trick]
    assert looks_like_pickle(data[:HEAD_BYTES], len(data))


@pytest.mark.parametrize("entry", GADGETS)
def test_a_known_gadget_is_dangerous(entry):
    assert facts_of(gadget(entry)).danger == "yes"


@pytest.mark.parametrize("title", BENIGN)
def test_an_honest_pickle_is_not_flagged(title):
    facts = facts_of(BENIGN[title])
    assert (facts.danger, facts.danger_rules, facts.status) == ("none_found", [], "ok")


def test_more_tricks_are_seen_than_picklescan_sees_and_fewer_honest_files_are_flagged():
    ours = sum(facts_of(data).danger == "yes" for data in TRICKS.values())
    theirs = sum(any(i[2] == "yes" for i in picklescan_imports(data)) for data in TRICKS.values())
    flagged = sum(any(i[2] == "yes" for i in picklescan_imports(data)) for data in BENIGN.values())
    assert ours == len(TRICKS) > theirs > len(TRICKS) // 3
    assert flagged > 0  # a getattr that enumerations and time zones need


NOISE = [
    b"K\x010",
    b"N0",
    b"(K\x01K\x021",
    b"]0",
    b"}0",
    b"\x8c\x02os0",
    b"X\x04\0\0\0math0",
    b"C\x03abc0",
    b")0",
    b"\x88\x8900",
]
SPELLINGS = [short, medium, wide, line, quoted, lambda text: b"U" + bytes([len(text)]) + text.encode()]
CALLS = [
    lambda target: target + b"(S'true'\ntR",
    lambda target: target + short("true") + b"\x85R",
    lambda target: b"(" + target + short("true") + b"o",
    lambda target: target + short("true") + b"\x85\x81",
    lambda target: target + short("true") + b"\x85}\x92",
]


@given(st.data())
def test_any_mixture_of_noise_spelling_and_call_is_seen(draw):
    """Written without looking at one file: names in any spelling, straight or through the memo, noise between."""
    noise = st.lists(st.sampled_from(NOISE), max_size=4).map(b"".join)
    module, attribute = draw.draw(st.sampled_from(GADGETS)).split(" ")
    words = [draw.draw(st.sampled_from(SPELLINGS))(word) for word in (module, attribute)]
    if draw.draw(st.booleans()):
        target = draw.draw(noise).join([words[0], words[1], b"\x93"])
    else:
        keys = draw.draw(st.permutations([3, 200, 4, 77]))
        kept = [word + b"q" + bytes([key]) + b"0" for word, key in zip(words, keys, strict=False)]
        recalled = [b"h" + bytes([key]) for key in keys[:2]]
        target = draw.draw(noise).join([*draw.draw(st.permutations(kept)), *recalled, b"\x93"])
    if draw.draw(st.booleans()):
        target += b"q\x09" + b"0" + draw.draw(noise) + b"h\x09"
    body = draw.draw(noise) + draw.draw(st.sampled_from(CALLS))(target) + draw.draw(noise)
    wrapped = draw.draw(
        st.sampled_from([b"%s.", b"]%sa.", b"}\x8c\x01w%ss.", b"(%st.", b"%s0N.", b"%s", b"%s\xff"])
    )
    facts = facts_of(P4 + wrapped.replace(b"%s", body))
    assert facts.danger == "yes" and f"pickle-import:{module}.{attribute}" in facts.danger_rules


def test_an_unknown_class_is_for_review():
    facts = facts_of(P4 + stacked("helpful.models", "Net") + b")\x81.")
    assert (facts.danger, facts.danger_rules) == ("review", ["pickle-import:helpful.models.Net"])


def test_an_enumeration_reached_by_getattr_is_for_review_not_an_alarm():
    member = name("builtins", "getattr") + name("helpful.kinds", "Colour") + short("RED") + b"\x86R."
    assert facts_of(P4 + member).danger_rules == [
        "pickle-import:helpful.kinds.Colour",
        "pickle-import:helpful.kinds.Colour.RED",
    ]


def test_a_function_of_dill_that_nothing_calls_is_for_review():
    code = name("dill._dill", "_create_function") + b"(NN}NtR"
    assert facts_of(P4 + code + b".").danger == "review"
    assert facts_of(P4 + code + b")R.").danger == "yes"


def test_the_extension_registry_is_for_review():
    facts = facts_of(P4 + b"\x82\x07" + CALL + b".")
    assert (facts.danger, facts.danger_rules) == ("review", ["pickle-extension-registry"])


def test_rules_show_no_hidden_characters():
    facts = facts_of(P4 + stacked("os\x1b[31m\u202e", "system") + CALL + b".")
    assert facts.danger_rules == ["pickle-import:os\\x1b[31m\\u202e.system"]


def test_a_flood_of_names_gives_a_hundred_rules_and_the_right_danger():
    flood = b"".join(name("helpful", f"part{n}") + b"0" for n in range(5_000))
    facts = facts_of(P2 + flood + name("os", "system") + CALL + b".")
    assert facts.danger == "yes" and len(facts.danger_rules) == 100


def test_the_offset_of_a_pickle_behind_a_header_is_respected():
    facts = Facts()
    flag_pickle(facts, BytesSource(b"HEADER" + PAYLOAD), 6)
    assert facts.danger == "yes"


def test_arguments_are_not_echoed():
    secret = "sk-invented-0123456789"
    facts = facts_of(P4 + stacked("os", "system") + short(secret) + b"\x85R.")
    assert secret not in repr(facts)


# --- how it ended ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (pickle.dumps([1, 2])[:-1], "truncated"),
        (P4 + b"]\xff", "corrupt"),
        (P4 + b"0.", "corrupt"),
        (P4 + b"h\x05.", "corrupt"),
        (b"\x80\x63N.", "corrupt"),
        (P4 + b"NN.", "corrupt"),
    ],
)
def test_a_pickle_that_a_loader_refuses_says_so(data, status):
    facts = facts_of(data)
    assert facts.status == status and facts.error


def test_a_pickle_of_more_opcodes_than_are_read_is_for_review(monkeypatch):
    monkeypatch.setattr("leakkit.leak.formats.pickle_danger.Allowance", lambda *_: Allowance(1_000))
    facts = facts_of(pickle.dumps(list(range(5_000))))
    assert (facts.danger, facts.danger_rules, facts.status) == ("review", ["pickle-scan-limit"], "limit")


# --- arrays ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("protocol", range(6))
def test_arrays_are_described_without_being_built(protocol):
    weights = {"a": np.ones((3, 4), "float32"), "inner": {"b": [np.arange(5, dtype="int64")]}}
    tensors = facts_of(pickle.dumps(weights, protocol)).tensors
    assert [(t.name, t.dtype, t.shape, t.nbytes) for t in tensors] == [
        ("a", "F32", (3, 4), 48),
        ("inner.b.0", "I64", (5,), 40),
    ]


def test_the_place_of_an_array_is_that_of_its_bytes():
    array = np.arange(1000, dtype="float64")
    data = pickle.dumps({"w": array}, 4)
    (tensor,) = facts_of(data).tensors
    assert data[tensor.offset : tensor.offset + tensor.nbytes] == array.tobytes()


def test_an_array_whose_bytes_do_not_fit_its_shape_is_left_out():
    data = pickle.dumps(np.arange(100, dtype="float64"), 4)
    assert facts_of(data.replace(b"Kd\x85", b"Kc\x85")).tensors == []


# --- telling pickles from other things ------------------------------------------------------------


@pytest.mark.parametrize("title", [title for title in BENIGN if not title.startswith("none, protocol")])
def test_an_honest_pickle_is_recognised(title):
    data = BENIGN[title]
    assert looks_like_pickle(data[:HEAD_BYTES], len(data))


@pytest.mark.parametrize(
    "text",
    [
        b"", b"I", b"I am here.", b"(see below).", b"]", b"N.", b"NOTE.", b"cmod\n\xf8\n", b"config\nmodel\nweights\n",
        b"cat\ndog\n", b"L'etat, c'est moi.", b"Straight talk.\n", b"(1, 2)\n", b"}\n]\n.", b"Vim\n.\n", b"import os\n",
        b"\x80", b"\x80\x04", b"\x80\x02\x00\x00", b"\x80\x07N.", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"GGUF\x03",
        b"cos\nsin\ntan\n", b"cat\ndog\n.\n",
        b"S'a'\nS'b'\n", b"1234567890", b"(dp0\n", b"Final results.\nInput follows.\n.",
    ],
)  # fmt: skip
def test_other_things_are_no_pickles(text):
    assert not looks_like_pickle(text, len(text))


@given(st.text(min_size=1).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_text_is_no_pickle_unless_its_opcodes_lead_to_an_end(text):
    if looks_like_pickle(text, len(text)):
        assert walk_pickle(BytesSource(text)).ended == "stop" or b"c" in text


# --- against an independent reading ---------------------------------------------------------------


def names_by_genops(data):
    """Names that pickletools shows: a GLOBAL has them, a STACK_GLOBAL takes the last two texts or their memo."""
    found, memo, texts, last = [], {}, [], None
    for opcode, argument, _ in pickletools.genops(data):
        if opcode.name == "GLOBAL":
            found.append(tuple(argument.split(" ")))
        elif "UNICODE" in opcode.name:
            texts.append(argument)
            last = argument
        elif opcode.name == "MEMOIZE":
            memo[len(memo)] = last
        elif opcode.name in ("BINPUT", "LONG_BINPUT", "PUT"):
            memo[argument] = last
        elif opcode.name in ("BINGET", "LONG_BINGET", "GET") and isinstance(memo.get(argument), str):
            texts.append(memo[argument])
        elif opcode.name == "STACK_GLOBAL":
            found.append((texts[-2], texts[-1]))
        if "UNICODE" not in opcode.name:
            last = None
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("title", BENIGN)
def test_names_agree_with_pickletools(title):
    data = BENIGN[title]
    if title == "two in one file":
        return
    walk = walk_pickle(BytesSource(data))
    reached = {key for key in walk.imports if walk.imports[key].path.count(".") > 1 and key[1].count(".")}
    assert [key for key in walk.imports if key not in reached] == names_by_genops(data)
    assert (walk.end, walk.sound) == (len(data), True)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.binary(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.text(max_size=5), inner, max_size=5)
        | st.tuples(inner)
    ),
    max_leaves=30,
)


@given(values, st.integers(0, 5))
def test_any_plain_value_is_read_to_its_end_and_not_flagged(value, protocol):
    data = pickle.dumps(value, protocol)
    walk = walk_pickle(BytesSource(data))
    assert walk.sound and walk.end == len(data)
    assert {judge(*key) for key in walk.imports} <= {"none_found"}


# --- damage ---------------------------------------------------------------------------------------

SEEDS = [*TRICKS.values(), *(BENIGN[title] for title in BENIGN if "large" not in title)]


@given(st.sampled_from(SEEDS), st.data())
def test_damage_never_raises_anything_but_ours(seed, draw):
    data = bytearray(seed[:100_000])
    for _ in range(draw.draw(st.integers(1, 8))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    data = bytes(data[draw.draw(st.integers(0, 3)) : draw.draw(st.integers(0, len(data)))])
    try:
        facts = facts_of(data)
    except BadMemberError:
        return
    assert facts.danger in ("none_found", "review", "yes")


@given(st.binary(max_size=300))
def test_random_bytes_never_raise_anything_but_ours(data):
    looks_like_pickle(data, len(data))
    try:
        facts_of(data)
        facts_of(P4 + data)
    except BadMemberError:
        pass


FLOODS = {
    "lists": b"]" * 400_000,
    "blobs kept in the memo": b"C\x00\x940" * 200_000,
    "texts": b"\x8c\x08abcdefgh\x94" * 100_000,
    "tuples in tuples": b")" + b"\x85" * 600_000,
    "numbers": b"M\xff\xff" * 400_000,
    "scattered memo keys": b"N" + b"".join(b"r" + (n * 7).to_bytes(4, "little") for n in range(200_000)),
    "names": b"".join(b"ca%d\nb\n" % n for n in range(60_000)),
    "doubling tuples": b"N" + b"2\x86" * 200_000,
    "a line without end": b"V" + b"x" * 5_000_000,
    "a number without end": b"I" + b"9" * 5_000_000,
    "marks": b"(" * 1_000_000,
    "persistent ids": b"N" + b"Q" * 600_000,
    "pickles": b"N." * 200_000,
    "starts of pickles": b"N." + b"\x80\x04" * 500_000,
    "nested pickles": b"]" + bytes_of(b"\x80\x04]" + b"K\x01a" * 1000 + b".") * 500,
}


@pytest.mark.parametrize("title", FLOODS)
def test_a_flood_costs_bounded_time(title):
    data = FLOODS[title] if title == "pickles" else P4 + FLOODS[title]
    began = time.perf_counter()
    with contextlib.suppress(BadMemberError):
        facts_of(data)
    assert time.perf_counter() - began < 15


@pytest.mark.parametrize("title", ["lists", "blobs kept in the memo", "texts", "tuples in tuples", "numbers"])
def test_what_is_kept_of_a_flood_has_a_limit(title):
    source = BytesSource(P4 + FLOODS[title][:200_000])
    tracemalloc.start()
    walk_pickle(source, 0, Allowance(room=2**20))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 2**20


def test_a_long_constant_is_stepped_over_not_read():
    class Counting(BytesSource):
        read = 0

        def read_at(self, offset, length):
            Counting.read += length
            return super().read_at(offset, length)

    walk = walk_pickle(Counting(P4 + b"]" + bytes_of(bytes(20 * 2**20)) + b"a" + medium("end") + b"a."))
    assert walk.sound and Counting.read < 2**20
