"""find_pii: any input, right spans in code points, context and keys, placeholders, hostile text in linear time."""

from __future__ import annotations

import pickle
import time
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

import leakkit as lk
from leakkit.errors import BadParameterError
from leakkit.frames import FINDINGS
from leakkit.pii.find import find_batch, find_pii
from leakkit.pii.masking.case import Case
from leakkit.pii.setup import make_setup
from leakkit.pii.weighing import memory

CASE = Case(b"a salt for tests only")
MAIL = "ana@firm-of-ours.net"


def spans(texts, **options) -> list[tuple[int, str]]:
    """Give the row and what stands in each span."""
    found = find_pii(texts, names=None, case=CASE, detectors=["email"], **options)
    rows = [texts] if isinstance(texts, str) else list(texts)
    return [(r, rows[r][s:e]) for r, s, e in zip(found["row"], found["start"], found["end"], strict=True)]


def test_findings_are_a_findings_frame():
    found = find_pii([f"write to {MAIL}", "nothing here"], names=None, case=CASE)
    FINDINGS.validate(found)
    assert MAIL not in found.to_csv()


@pytest.mark.parametrize(
    "text",
    [
        f"é身👩‍👩‍👧 {MAIL}",
        f"\ud800 lone {MAIL}",
        f"\u202eright to left {MAIL}\u202c",
        f"null\x00byte {MAIL}\x00",
        f"\x1e\n{MAIL}\x1e",
    ],
)
def test_spans_count_code_points(text: str):
    assert spans([text]) == [(0, MAIL)]
    assert spans(["first", text]) == [(1, MAIL)]


def test_bytes_that_are_no_utf8_keep_their_place():
    data = b"\xff\xfe broken " + MAIL.encode()
    found = find_pii([data], names=None, case=CASE, detectors=["email"])
    text = data.decode("utf-8", "replace")
    assert [text[s:e] for s, e in zip(found["start"], found["end"], strict=True)] == [MAIL]


def test_text_list_series_and_frame_are_taken():
    assert spans(f"to {MAIL}") == [(0, MAIL)]
    series = pd.Series(["x", None, MAIL], index=[7, 8, 9], name="note")
    found = find_pii(series, names=None, case=CASE, detectors=["email"])
    assert found[["row", "field"]].values.tolist() == [[2, "note"]]
    frame = pd.DataFrame({"age": [3, 4], "mail": [MAIL, "x"], "other": ["y", MAIL]})
    found = find_pii(frame, names=None, case=CASE, detectors=["email"])
    assert found[["row", "field"]].values.tolist() == [[0, "mail"], [1, "other"]]


def test_other_input_is_refused():
    with pytest.raises(BadParameterError, match="lk.scan"):
        find_pii(17)
    with pytest.raises(BadParameterError, match="one for each"):
        find_pii(["a", "b"], fields=["x"], names=None)
    for option in ({"min_likelihood": "surely"}, {"layout": "yes"}, {"detectors": ["no_such"]}):
        with pytest.raises(BadParameterError):
            find_pii(["a"], names=None, **option)


def test_a_context_word_counts_whole_on_its_line_and_near():
    number = "536-22-1874"
    options = {"names": None, "case": CASE, "detectors": ["US_SSN"]}
    near = find_pii([f"SSN {number}"], **options)
    assert (
        near["score"].max() > find_pii([number], **options)["score"].fillna(0).max() if len(near) else False
    )
    far = find_pii([f"SSN\n{number}", f"SSN {'x ' * 60}{number}", f"classnotes {number}"], **options)
    assert not far["evidence"].str.contains("context:ssn").any()


def test_the_name_of_the_field_is_context():
    named = find_pii(["536-22-1874"], fields="customer_ssn", names=None, case=CASE, detectors=["US_SSN"])
    assert named["likelihood"].tolist() in (["likely"], ["very_likely"])
    assert "536" not in " ".join(named["evidence"])


def test_documentation_values_are_marked():
    found = find_pii(["ann@example.com", MAIL], names=None, case=CASE, detectors=["email"])
    assert found["placeholder"].tolist() == [True, False]


def test_least_likelihood_leaves_out_what_is_below():
    texts = [f"mail {MAIL}", "10.1.2.3 and 4111 1111 1111 1111"]
    every = find_pii(texts, names=None, case=CASE)
    some = find_pii(texts, names=None, case=CASE, min_likelihood="likely")
    assert 0 < len(some) <= len(every) and (some["score"] >= 0.6).all()


def test_findings_of_one_entity_do_not_overlap():
    found = find_pii(
        [f"Call +49 171 1234567 or mail {MAIL}, see https://firm-of-ours.net/?m={MAIL}"], names=None
    )
    for _, group in found.groupby("entity"):
        assert (group["start"].iloc[1:].values >= group["end"].iloc[:-1].values).all()


def test_a_number_that_is_but_a_part_of_a_surer_one_goes():
    text = "Confirma o CPF? 721 573 681 40"
    found = find_pii([text], names=None, case=CASE)
    assert [text[a:b] for a, b in zip(found["start"], found["end"], strict=True)] == ["721 573 681 40"]


def test_names_and_cells_add_to_detectors():
    text = "name;city\nGabriele Winterstein;Regensburg\nHolger Amberg;Passau\n"
    found = find_pii([text, "My name is Anna Kowalska."], case=CASE)
    held = {
        (r, text[s:e]) for r, s, e in zip(found["row"], found["start"], found["end"], strict=True) if r == 0
    }
    assert (0, "Gabriele Winterstein") in held
    assert (found.loc[found["row"] == 1, "entity"] == "PERSON").any()


def test_setup_travels_and_finds_the_same():
    import pyarrow as pa

    from leakkit.leak.records.stream import schema

    setup = make_setup(names=None, case=CASE)
    columns = [pa.array(["p"]), pa.array([4]), pa.array([""]), pa.array([MAIL], pa.large_string())]
    batch = pa.RecordBatch.from_arrays(columns, schema=schema())
    here = find_batch(batch, setup)
    assert find_batch(batch, pickle.loads(pickle.dumps(setup))).equals(here)
    assert here.schema.equals(FINDINGS.arrow_schema) and here["row"].to_pylist() == [4]


def test_nothing_in_nothing_out():
    FINDINGS.validate(find_pii([], names=None))
    assert len(find_pii(["", None], names=None)) == 0


@pytest.mark.parametrize(
    "unit", ["a" * 50, "(" * 50, "a@" * 25, "1 " * 25, "x=" * 25, "0" * 50, "\u200f" * 17, "-----BEGIN " * 5]
)
def test_time_is_linear_in_hostile_text(unit: str):
    setup = {"names": None, "case": CASE, "layout": "none"}
    find_pii(["warm up"], **setup)

    def seconds(times: int) -> float:
        begin = time.process_time()
        find_pii([unit * times], **setup)
        return time.process_time() - begin

    seconds(40)
    assert seconds(1600) < 16 * seconds(200) + 1.0


def test_a_row_with_thousands_of_values_gives_all():
    assert len(spans([" ".join([MAIL] * 3000)])) == 3000


def test_many_rows_of_a_name_are_found_in_the_whole_room():
    found = lk.find_pii([f"user {i} {MAIL}" for i in range(500)], names=None, case=CASE, detectors=["email"])
    assert found["row"].tolist() == list(range(500))
    assert found["value_key"].nunique() == 1


def test_threads_find_what_one_finds(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(memory, "MOST_HELD", 500)
    texts = [[f"row {i}: born 19{i % 90 + 10}-0{i % 9 + 1}-12, tel +49 30 {i:07d}" for i in range(n, n + 300)]
             for n in range(0, 12_000, 1_000)]  # fmt: skip
    one = [find_pii(some, names=None, case=CASE) for some in texts]
    with ThreadPoolExecutor(4) as pool:
        many = list(pool.map(lambda some: find_pii(some, names=None, case=CASE), texts))
    assert all(a.equals(b) for a, b in zip(one, many, strict=True))
