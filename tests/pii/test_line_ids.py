"""Numbers of people in records written down the page."""

from pathlib import Path

import pytest

import leakkit as lk
from leakkit.pii.people.join import people
from leakkit.pii.record_ids import ENTITY

NAMES = ["Wanda Quist", "Arne Falk", "Mia Brandt", "Ole Vinter", "Ida Storm"]


def found(folder: Path, **members: str):
    """Search a leak of some members."""
    for name, text in members.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return lk.scan(folder, workers=1, names=None, progress=False).findings()


def consents(mark: str) -> str:
    """Write records down the page."""
    return "".join(
        f"- speaker: {mark}{n}401\n  full_name: {name}\n  mail: m{n}q@post.example.net\n  take: {n}\n"
        for n, name in enumerate(NAMES)
    )


def test_a_code_on_a_line_of_its_own_joins_files(tmp_path):
    table = "client,name,phone\n" + "".join(
        f"spk{n}401,{name.upper()},+4670174060{n}\n" for n, name in enumerate(NAMES)
    )
    frame = found(tmp_path, consents_yaml=consents("spk"), speakers_csv=table)
    codes = frame[frame["entity"] == ENTITY]
    assert codes.groupby("path").size().to_dict() == {"consents.yaml": 5, "speakers.csv": 5}
    assert set(codes.loc[codes["path"] == "consents.yaml", "value_key"]) == set(
        codes.loc[codes["path"] == "speakers.csv", "value_key"]
    )
    line = codes[codes["path"] == "consents.yaml"].iloc[0]
    assert "- speaker: spk0401"[line["start"] : line["end"]] == "spk0401"
    assert len(people(frame)) == 5


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("one_yaml", "user: spk0401\nmail: wanda@post.example.net\n"),  # comes once
        ("few_yaml", "".join(f"take: {n}\nmail: m{n}q@post.example.net\n" for n in range(9))),  # of nobody
        ("far_yaml", "mail: wanda@post.example.net\n" + "x: 1\n" * 20 + "speaker: spk0401\n" * 5),
        ("a_log", consents("spk")),
    ],
)
def test_other_lines_hold_no_numbers_of_people(tmp_path, name, text):
    frame = found(tmp_path, **{name: text})
    assert ENTITY not in set(frame["entity"])
