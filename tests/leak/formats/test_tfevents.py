"""Event files are walked record by record; every file here is built in the test."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.leak.formats.tfevents import read, scalars
from leakkit.leak.sniff.structure import masked_crc32c
from leakkit.leak.source import BytesSource


def record(body: bytes) -> bytes:
    """Frame one event."""
    length = struct.pack("<Q", len(body))
    return length + struct.pack("<I", masked_crc32c(length)) + body + struct.pack("<I", masked_crc32c(body))


def varint(number: int) -> bytes:
    """Encode a number of up to 64 bits."""
    number &= 2**64 - 1
    parts = []
    while number > 127:
        parts.append(number & 127 | 128)
        number >>= 7
    return bytes([*parts, number])


def field(number: int, body: bytes) -> bytes:
    """Encode a field that holds bytes."""
    return varint(number << 3 | 2) + varint(len(body)) + body


def event(step: int, tag: str, value: bytes) -> bytes:
    """Give an event with one summary value; `value` is its encoded field."""
    summary = field(1, field(1, tag.encode()) + value)
    return b"\x09" + struct.pack("<d", 1.5) + b"\x10" + varint(step) + field(5, summary)


def simple(number: float) -> bytes:
    """Give the field of TensorFlow 1 scalars."""
    return b"\x15" + struct.pack("<f", number)


def tensor(number: float, *, packed: bool) -> bytes:
    """Give the field of TensorFlow 2 scalars."""
    content = struct.pack("<f", number)
    return field(8, b"\x08\x01\x12\x00" + field(5 if packed else 4, content))


VERSION = record(b"\x09" + bytes(8) + field(3, b"brain.Event:2"))
RUN = VERSION + b"".join(
    record(event(step, tag, value))
    for step in (0, 10, 20)
    for tag, value in (
        ("loss", simple(2.0 - step / 20)),
        ("lr", tensor(0.5, packed=True)),
        ("acc", tensor(0.25, packed=False)),
    )
)


def test_counts_tags_and_steps_are_read() -> None:
    facts = read(BytesSource(RUN, "x"), "tfevents")
    assert facts.status == "ok"
    assert facts.values == {
        "x_n_events": 10, "x_n_scalars": 9, "x_tags": ["acc", "loss", "lr"], "x_first_step": 0, "x_last_step": 20,
    }  # fmt: skip


def test_scalars_of_both_generations_are_read() -> None:
    found = list(scalars(BytesSource(RUN, "x")))
    assert [(scalar.step, scalar.value) for scalar in found if scalar.tag == "loss"] == [
        (0, 2.0),
        (10, 1.5),
        (20, 1.0),
    ]
    assert {scalar.value for scalar in found if scalar.tag == "lr"} == {0.5}
    assert {scalar.value for scalar in found if scalar.tag == "acc"} == {0.25}


def test_values_that_are_no_numbers_are_left_out() -> None:
    data = (
        VERSION
        + record(event(1, "loss", simple(float("nan"))))
        + record(event(2, "text", field(8, b"\x08\x07")))
    )
    assert list(scalars(BytesSource(data, "x"))) == []
    assert read(BytesSource(data, "x"), "tfevents").values["x_tags"] == ["loss", "text"]


def test_a_negative_step_stays_negative() -> None:
    data = VERSION + record(event(-1, "loss", simple(1.0)))
    assert next(scalars(BytesSource(data, "x"))).step == -1


@pytest.mark.parametrize("lost", [1, 5, 20])
def test_a_cut_last_record_is_truncated_and_the_rest_counted(lost: int) -> None:
    facts = read(BytesSource(RUN[:-lost], "x"), "tfevents")
    assert (facts.status, facts.values["x_n_events"]) == ("truncated", 9)


def test_a_wrong_checksum_is_corrupt() -> None:
    place = len(VERSION) + 30
    for damaged in (
        RUN[:place] + b"\xff" + RUN[place + 1 :],
        RUN[: len(VERSION)] + b"\x07" + RUN[len(VERSION) + 1 :],
    ):
        facts = read(BytesSource(damaged, "x"), "tfevents")
        assert facts.status == "corrupt"
        assert facts.values["x_n_events"] == 1


def test_a_lying_length_costs_nothing() -> None:
    length = struct.pack("<Q", 2**62)
    data = VERSION + length + struct.pack("<I", masked_crc32c(length)) + bytes(50)
    assert read(BytesSource(data, "x"), "tfevents").status == "truncated"


def test_large_records_are_skipped_and_counted() -> None:
    body = field(4, bytes(300_000))
    length = struct.pack("<Q", len(body))
    big = length + struct.pack("<I", masked_crc32c(length)) + body + bytes(4)
    facts = read(BytesSource(VERSION + big + record(event(3, "loss", simple(1.0))), "x"), "tfevents")
    assert (facts.status, facts.values["x_n_events"], facts.values["x_n_scalars"]) == ("ok", 3, 1)


@given(st.binary(max_size=80))
def test_any_event_body_is_survived(body: bytes) -> None:
    facts = read(BytesSource(VERSION + record(body) + record(event(1, "a", simple(1.0))), "x"), "tfevents")
    assert facts.status in {"ok", "corrupt"}


@given(st.integers(0, len(RUN)), st.binary(max_size=8))
def test_any_damage_is_survived(place: int, noise: bytes) -> None:
    facts = read(BytesSource(RUN[:place] + noise + RUN[place + len(noise) :], "x"), "tfevents")
    assert facts.status in {"ok", "corrupt", "truncated"}
