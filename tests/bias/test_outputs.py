"""Prompts and answers read out of logs of every layout, and nothing made of what is none."""

from __future__ import annotations

import json
import sqlite3

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import leakkit as lk
from leakkit.bias.text.outputs import iter_outputs, read_outputs
from leakkit.errors import BadParameterError
from leakkit.frames import OUTPUTS


def said(frame):
    return frame[["prompt", "response"]].values.tolist()


def of_records(tmp_path, *records, name="log.jsonl"):
    lines = "".join(json.dumps(record) + "\n" for record in records)
    (tmp_path / name).write_text(lines if name.endswith("jsonl") else json.dumps(list(records)))
    return OUTPUTS.validate(read_outputs(tmp_path))


LAYOUTS = {
    "prompt and response": {"prompt": "q", "response": "a"},
    "instruction and output": {"instruction": "q", "output": "a"},
    "input and output": {"input": "q", "output": "a"},
    "question and answer": {"question": "q", "answer": "a", "id": "7"},
    "prompt and completion": {"Prompt": "q", "completion": "a"},
    "messages": {"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "a"}]},
    "with a system message": {
        "messages": [
            {"role": "system", "content": "be kind"},
            {"role": "user", "content": "q"},
            {"role": "assistant", "content": "a"},
        ]
    },
    "conversations": {"conversations": [{"from": "human", "value": "q"}, {"from": "gpt", "value": "a"}]},
    "parts of content": {
        "messages": [
            {"role": "user", "content": [{"type": "text", "text": "q"}]},
            {"role": "assistant", "content": "a"},
        ]
    },
    "request and choices": {
        "request": {"model": "m", "messages": [{"role": "user", "content": "q"}]},
        "response": {"choices": [{"message": {"role": "assistant", "content": "a"}}]},
    },
    "wrapped": {"data": {"prompt": "q"}, "metadata": {"response": "a"}},
}


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
@pytest.mark.parametrize("name", ["log.jsonl", "log.json"])
def test_every_layout_gives_the_prompt_and_its_answer(tmp_path, layout, name):
    assert said(of_records(tmp_path, LAYOUTS[layout], name=name)) == [["q", "a"]]


def test_an_instruction_goes_with_its_input(tmp_path):
    found = of_records(tmp_path, {"instruction": "sum up", "input": "a text", "output": "short"})
    assert said(found) == [["sum up\n\na text", "short"]]


def test_each_exchange_of_a_chat_is_a_row(tmp_path):
    turns = [("user", "q1"), ("assistant", "a1"), ("user", "q2"), ("user", "q3"), ("assistant", "a2")]
    found = of_records(tmp_path, {"model": "m", "messages": [{"role": r, "content": c} for r, c in turns]})
    assert said(found) == [["q1", "a1"], ["q2\n\nq3", "a2"]]
    assert found[["turn", "model"]].values.tolist() == [[0, "m"], [1, "m"]]


def test_elements_of_a_list_in_one_record_are_told_apart(tmp_path):
    record = {"model": "m", "tests": [{"prompt": "q1", "response": "a1"}, {"prompt": "q2", "response": "a2"}]}
    found = of_records(tmp_path, record)
    assert said(found) == [["q1", "a1"], ["q2", "a2"]] and found["model"].tolist() == ["m", "m"]


def test_half_of_an_exchange_is_left_out(tmp_path):
    found = of_records(tmp_path, {"prompt": "q"}, {"response": "a"}, {"text": "t"}, {"a": 1})
    assert said(found) == [] and list(found.columns) == list(OUTPUTS.names)


def test_a_record_may_reach_over_batches():
    schema = pa.schema(
        [("path", pa.string()), ("row", pa.int64()), ("field", pa.string()), ("text", pa.string())]
    )
    values = [(0, "prompt", "q0"), (0, "response", "a0"), (1, "prompt", "q1"), (1, "response", "a1")]
    for size in (1, 2, 3):
        batches = [
            pa.RecordBatch.from_pylist(
                [{"path": "p", "row": r, "field": f, "text": t} for r, f, t in values[at : at + size]], schema
            )
            for at in range(0, 4, size)
        ]
        assert said(read_outputs(batches)) == [["q0", "a0"], ["q1", "a1"]]


def test_a_long_value_in_parts_is_put_together(tmp_path):
    long = "word " * 300_000
    assert said(of_records(tmp_path, {"prompt": long, "response": "a"})) == [[long, "a"]]


def test_tables_of_one_database_are_not_mixed(tmp_path):
    base = sqlite3.connect(tmp_path / "log.sqlite")
    for table in ("one", "two"):
        base.execute(f"create table {table} (prompt text, response text)")
        base.execute(f"insert into {table} values ('q {table}', 'a {table}')")
    base.commit()
    base.close()
    assert sorted(said(read_outputs(tmp_path))) == [["q one", "a one"], ["q two", "a two"]]


def test_columns_of_parquet_and_csv_are_read_row_by_row(tmp_path):
    frame = pd.DataFrame({"prompt": [f"q{n}" for n in range(9_000)], "x": 1, "response": "a"})
    frame.to_csv(tmp_path / "log.csv", index=False)
    pq.write_table(pa.Table.from_pandas(frame), tmp_path / "log.parquet", row_group_size=4_000)
    found = read_outputs(tmp_path)
    for _, part in found.groupby("path"):
        assert part["row"].tolist() == list(range(9_000)) and part["prompt"].tolist() == list(frame["prompt"])


def test_a_frame_of_any_such_columns_is_taken():
    frame = pd.DataFrame({"question": ["q", None], "answer": ["a", "b"], "engine": ["m", "m"]})
    found = OUTPUTS.validate(read_outputs(frame))
    assert said(found) == [["q", "a"]] and found["model"].tolist() == ["m"]
    pd.testing.assert_frame_equal(read_outputs(found), found)


def test_the_sample_leak_gives_its_logs():
    found = OUTPUTS.validate(read_outputs(lk.open_leak(lk.sample_leak(), hash=False)))
    sizes = found.groupby("path").size()
    assert sizes["evals/paired_prompts.jsonl"] == sizes["evals/paired_prompts_v2.jsonl"] == 800
    chats = (lk.sample_leak() / "datasets/chat/conversations.jsonl").read_text(encoding="utf-8")
    assert sizes["datasets/chat/conversations.jsonl"] == chats.count('"role": "assistant"')
    assert set(sizes.index) == {
        "datasets/chat/conversations.jsonl",
        "evals/paired_prompts.jsonl",
        "evals/paired_prompts_v2.jsonl",
    }


def test_pieces_put_together_are_the_whole():
    records = lk.open_leak(lk.sample_leak(), hash=False).records(formats=["jsonl"], batch_rows=50)
    pieces = pd.concat(list(iter_outputs(records)), ignore_index=True)
    pd.testing.assert_frame_equal(pieces, read_outputs(lk.sample_leak()))


def test_too_much_text_is_refused_before_it_fills_memory(tmp_path):
    with pytest.raises(BadParameterError, match="iter_outputs"):
        read_outputs(pd.DataFrame({"prompt": ["q" * 50], "response": ["a"]}), max_bytes=20)


@pytest.mark.parametrize("source", [pd.DataFrame({"prompt": ["q"]}), 5, None])
def test_what_holds_no_answers_is_refused(source):
    with pytest.raises(BadParameterError):
        read_outputs(source)


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pd.DataFrame({"prompt": ["a"], "response": ["b"], "row": ["x"]}), "whole numbers in the column row"),
        (
            pd.DataFrame({"prompt": ["a"], "response": ["b"], "turn": [None]}),
            "whole numbers in the column turn",
        ),
        (pd.DataFrame([["a", "b", "c"]], columns=["prompt", "prompt", "response"]), "found several"),
        ([1, 2], "found int"),
    ],
)
def test_a_frame_or_stream_of_another_form_is_a_clear_error(frame, message):
    with pytest.raises(BadParameterError, match=message):
        read_outputs(frame)


def test_cells_that_no_column_of_text_can_hold_become_text():
    frame = pd.DataFrame({"prompt": ["a\ud800", ["b"]], "response": [{"c": 1}, "d"]}, dtype=object)
    assert read_outputs(frame)["prompt"].tolist() == ["a?", "['b']"]


def test_logs_without_a_path_are_a_clear_error():
    with pytest.raises(BadParameterError, match="column path"):
        lk.compare_output_logs(pd.DataFrame({"prompt": ["a"], "response": ["b"]}))
