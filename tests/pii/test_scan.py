"""A whole leak searched: the same findings whatever way it is cut, however many processes, however often broken off."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import sys
import tarfile
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leakkit import cli
from leakkit.errors import BadOutputError, BadParameterError
from leakkit.frames import FINDINGS
from leakkit.leak.open import open_leak
from leakkit.leak.records.slices import WHOLE, cut, iter_slice
from leakkit.leak.source import BytesSource
from leakkit.pii.find import find_batch
from leakkit.pii.masking.case import Case
from leakkit.pii.scanning import partitions
from leakkit.pii.scanning.part import ScanSettings, scan_partition
from leakkit.pii.scanning.scan import scan
from leakkit.pii.setup import make_setup
from tests.pii.scan_detectors import DEADLY, QUICK

CASE = Case(b"an invented salt for tests")
SETUP = make_setup(QUICK, names=None, case=CASE)
posix = pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by signals")


def searched(leak: Path | str, out: Path | None = None, workers: int = 1, **options):
    chosen = {"detectors": QUICK, "names": None, "case": CASE, "progress": False} | options
    return scan(leak, out, workers, **chosen)


def plainly(leak: Path | str, setup=SETUP) -> pd.DataFrame:
    """Search all records of a leak in one go: what every scan must equal."""
    found = [find_batch(batch, setup) for batch in open_leak(leak, hash=False).records()]
    return FINDINGS.from_batches(batch for table in found for batch in table.to_batches())


def parts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("part-*.parquet"))}


def mail(rng: random.Random) -> str:
    return f"{rng.choice(['ann', 'bob', 'eve'])}{rng.randrange(10**4)}@example.org"


def words(rng: random.Random, count: int) -> str:
    return " ".join(rng.choice(("model", "loss", "step", "card", "über", "a,b", "x")) for _ in range(count))


def noise(rng: random.Random) -> str:
    return f"{words(rng, 6)} {mail(rng) if rng.random() < 0.2 else rng.random()}"


@pytest.fixture
def leak(tmp_path: Path) -> Path:
    """A leak of every way to be cut: lines, lines of JSON, rows, row groups, an archive, many small files."""
    rng = random.Random(7)
    root = tmp_path / "leak"
    (root / "many").mkdir(parents=True)
    for number in range(40):
        (root / "many" / f"note{number:02}.txt").write_text(noise(rng) + "\n", encoding="utf-8")
    (root / "app.log").write_text("".join(noise(rng) + "\r\n" for _ in range(900)), encoding="utf-8")
    lines = [json.dumps({"id": n, "text": noise(rng), "to": mail(rng)}) for n in range(600)]
    lines[17] = '{"broken": "kim@example.org'
    (root / "chat.jsonl").write_text("\n".join(lines), encoding="utf-8")
    cells = [f'{n},"{noise(rng)}",{mail(rng)}' for n in range(600)]
    cells[100] = "a ragged row of max@example.org"
    (root / "users.csv").write_text("id,note,mail\n" + "\n".join(cells) + "\n", encoding="utf-8")
    texts = pa.table({"text": [noise(rng) for _ in range(3_000)], "n": [n * 10**12 for n in range(3_000)]})
    pq.write_table(texts, root / "texts.parquet", row_group_size=250)
    with tarfile.open(root / "pack.tar.gz", "w:gz") as pack:
        for number in range(3):
            data = "".join(noise(rng) + "\n" for _ in range(50)).encode()
            info = tarfile.TarInfo(f"inner{number}.txt")
            info.size = len(data)
            pack.addfile(info, io.BytesIO(data))
    (root / "weights.bin").write_bytes(bytes(range(256)) * 50)
    (root / "broken.gz").write_bytes(gzip.compress(b"gone@example.org\n" * 99)[:-30])
    return root


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut leaks into partitions of 8 kB."""
    monkeypatch.setattr(partitions, "TARGET", 8_000)


def test_a_scan_gives_what_searching_all_records_gives(leak: Path) -> None:
    expected = plainly(leak)
    assert len(expected) > 800
    pd.testing.assert_frame_equal(searched(leak).findings(), expected)


def test_findings_keep_their_rows_however_the_leak_is_cut(leak: Path, small_parts: None) -> None:
    found = searched(leak)
    kinds = {piece[-1][0] for piece in _pieces(found.path)}
    assert kinds == {"whole", "lines", "json", "table", "groups"}
    pd.testing.assert_frame_equal(found.findings(), plainly(leak))


def _pieces(folder: Path) -> list[list[object]]:
    manifest = json.loads((folder / "manifest.json").read_text())
    return [piece for partition in manifest["partitions"] for piece in partition["pieces"]]


def test_the_bytes_do_not_depend_on_the_number_of_processes(
    leak: Path, tmp_path: Path, small_parts: None
) -> None:
    one = searched(leak, tmp_path / "one", workers=1)
    three = searched(leak, tmp_path / "three", workers=3)
    assert len(parts(one.path)) > 20
    assert parts(one.path) == parts(three.path)
    assert (one.path / "manifest.json").read_bytes() == (three.path / "manifest.json").read_bytes()


def test_the_sample_leak_gives_what_searching_all_its_records_gives(sample_leak: Path) -> None:
    setup = make_setup(["EMAIL", "IBAN", "CREDIT_CARD", "credential"], names=None, case=CASE)
    found = searched(sample_leak, detectors=["EMAIL", "IBAN", "CREDIT_CARD", "credential"])
    pd.testing.assert_frame_equal(found.findings(), plainly(sample_leak, setup))
    assert "uploads/letter.pdf" in set(found.findings(entity="EMAIL")["path"])
    assert {"path", "status", "reason"} == set(found.skipped().columns)
    assert "uploads/interrupted.zip" in set(found.skipped()["path"])


def test_what_is_done_is_not_done_again_and_half_written_parts_are_swept(
    leak: Path, tmp_path: Path, small_parts: None
) -> None:
    out = tmp_path / "out"
    whole = searched(leak, out)
    expected = parts(out)
    gone = sorted(expected)[3]
    (out / gone).unlink()
    half = out / f"{gone}.tmp-123"
    half.write_bytes(b"PAR1")
    times = {path.name: path.stat().st_mtime_ns for path in out.glob("part-*.parquet")}
    again = searched(leak, out)
    assert not half.exists()
    assert parts(out) == expected
    assert {n: (out / n).stat().st_mtime_ns for n in times} == times
    pd.testing.assert_frame_equal(again.findings(), whole.findings())


def test_only_what_changed_in_the_leak_is_searched_again(
    leak: Path, tmp_path: Path, small_parts: None
) -> None:
    out = tmp_path / "out"
    searched(leak, out)
    before = set(parts(out))
    (leak / "many" / "note05.txt").write_text("new@example.org\n")
    found = searched(leak, out)
    assert 0 < len(set(parts(out)) - before) <= 2
    pd.testing.assert_frame_equal(found.findings(), plainly(leak))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"case": Case(b"another invented salt")}, "another case, whose keys cannot be compared"),
        ({"case": None}, "another case"),
        ({"detectors": QUICK[:1]}, "one with others"),
        ({"min_likelihood": "likely"}, "one with others"),
    ],
)
def test_a_folder_of_another_scan_is_refused(leak: Path, tmp_path: Path, options, words) -> None:
    searched(leak, tmp_path / "out")
    before = parts(tmp_path / "out")
    with pytest.raises(BadOutputError, match=words):
        searched(leak, tmp_path / "out", **options)
    assert parts(tmp_path / "out") == before


def test_the_scan_of_another_leak_is_never_overwritten(leak: Path, tmp_path: Path) -> None:
    searched(leak, tmp_path / "out")
    other = tmp_path / "elsewhere" / "leak"
    other.mkdir(parents=True)
    (other / "a.txt").write_text("sue@example.org\n")
    with pytest.raises(BadOutputError, match="nothing in common"):
        searched(other, tmp_path / "out")
    with pytest.raises(BadOutputError, match="another leak's"):
        searched(leak / "many", tmp_path / "out")


def test_findings_are_never_written_into_the_leak(leak: Path) -> None:
    with pytest.raises(BadOutputError, match="outside the leak"):
        searched(leak, leak / "findings")
    assert not (leak / "findings").exists()


@posix
def test_a_member_over_which_processes_die_costs_one_row(leak: Path, small_parts: None) -> None:
    (leak / "many" / "note07.txt").write_text("deadly@example.org\n")
    found = searched(leak, workers=2, detectors=[DEADLY])
    assert found.is_complete
    skipped = found.skipped().set_index("path")["reason"]
    assert skipped["many/note07.txt"] == "the process that read it died twice"
    expected = plainly(leak, make_setup(QUICK[:1], names=None, case=CASE))
    expected = expected[expected["path"].ne("many/note07.txt")]
    kept = found.findings()
    assert (
        kept[["path", "row", "start"]].values.tolist() == expected[["path", "row", "start"]].values.tolist()
    )


def test_no_raw_value_is_in_the_folder(leak: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    canary = "canary7341@example.org"
    (leak / "many" / "note03.txt").write_text(canary + "\n")
    found = searched(leak, out)
    assert len(found.findings(path="many/note03.txt")) == 1
    held = b"".join(path.read_bytes() for path in out.iterdir())
    for batch in found.batches():
        held += "\n".join(map(str, batch.to_pylist())).encode()
    assert b"canary7341" not in held and CASE._salt not in held and CASE._salt.hex().encode() not in held


def test_hostile_names_are_opened_again_and_told_apart(tmp_path: Path) -> None:
    leak = tmp_path / "leak"
    leak.mkdir()
    try:
        for name in ("a\x1bb.txt", "a\\x1bb.txt", "new\nline.txt"):
            (leak / name).write_text(f"mail{name[1] == chr(27):d}@example.org\n")
        with open(os.path.join(os.fsencode(leak), b"\xff.txt"), "wb") as file:
            file.write(b"odd@example.org\n")
    except OSError:
        pytest.skip("this file system knows no such names")
    found = searched(leak)
    pd.testing.assert_frame_equal(found.findings(), plainly(leak))
    assert found.n_findings == 4 and found.findings()["value_key"].nunique() == 3


def test_a_file_that_became_a_link_is_not_followed(tmp_path: Path) -> None:
    leak = tmp_path / "leak"
    (leak / "in").mkdir(parents=True)
    (leak / "in" / "a.txt").write_text("ann@example.org\n")
    opened = open_leak(leak, hash=False)
    planned = partitions.plan(opened, "x")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.txt").write_text("outside@example.org\n")
    (leak / "in" / "a.txt").unlink()
    (leak / "in").rmdir()
    (leak / "in").symlink_to(tmp_path / "outside")
    part = tmp_path / "part.parquet"
    result = scan_partition(planned.partitions[0].to_json(), str(part), ScanSettings(opened, SETUP))
    assert result["n_findings"] == 0
    assert result["skipped"] == [
        ("in/a.txt", "refused", "a folder above it has become a link; links are not followed")
    ]


def test_a_partition_is_one_call_that_any_process_can_make(leak: Path, tmp_path: Path) -> None:
    opened = open_leak(leak, hash=False)
    part = tmp_path / "part.parquet"
    [partition] = partitions.plan(opened, "x").partitions
    result = scan_partition(
        json.loads(json.dumps(partition.to_json())), str(part), ScanSettings(opened, SETUP)
    )
    assert pq.read_table(part).num_rows == result["n_findings"] == len(plainly(leak))
    assert list(tmp_path.glob("part*")) == [part]


def test_a_single_file_and_a_url_can_be_scanned(leak: Path) -> None:
    pd.testing.assert_frame_equal(searched(leak / "users.csv").findings(), plainly(leak / "users.csv"))
    import fsspec

    system = fsspec.filesystem("memory")
    for path in ("app.log", "chat.jsonl", "pack.tar.gz"):
        with system.open(f"/scanned/{path}", "wb") as file:
            file.write((leak / path).read_bytes())
    try:
        found = searched("memory://scanned").findings()
        pd.testing.assert_frame_equal(found, plainly("memory://scanned"))
        assert len(found) > 100
    finally:
        system.rm("/scanned", recursive=True)


def test_a_fault_of_ours_costs_a_part_and_is_called_one(leak: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import leakkit.pii.find as find

    sound, calls = find.find_coded, []

    def broken(batch: pa.RecordBatch, setup: object) -> pa.Table:
        calls.append(batch)
        if "users.csv" in batch.column("path").to_pylist():
            raise ValueError("secret@example.org")
        return sound(batch, setup)

    whole = searched(leak).n_findings
    of_users = len(searched(leak).findings(path="users.csv"))
    monkeypatch.setattr(find, "find_coded", broken)
    found = searched(leak)
    notes = [reason for reason in found.skipped()["reason"] if "leakkit failed (ValueError)" in reason]
    assert len(notes) == 1 and "secret" not in notes[0]
    assert found.n_findings == whole - of_users and 0 < of_users < whole and len(calls) > 1


def test_small_members_are_searched_together_and_one_that_kills_is_found(tmp_path: Path) -> None:
    from leakkit.pii.scanning.part import TOGETHER

    leak = tmp_path / "leak"
    leak.mkdir()
    for number in range(12):
        (leak / f"note{number:02}.txt").write_text(f"write to person{number}@mail{number}.example.org\n")
    opened = open_leak(leak, hash=False)
    [partition] = partitions.plan(opened, "x").partitions
    wanted = ScanSettings(opened, SETUP)
    told: list[str] = []
    scan_partition(partition.to_json(), str(tmp_path / "a"), wanted, tell=told.append)
    assert told.count(TOGETHER) == 1
    alone: list[str] = []
    scan_partition(
        partition.to_json(), str(tmp_path / "b"), wanted, passed_over=[TOGETHER], tell=alone.append
    )
    assert alone == [f"note{number:02}.txt" for number in range(12)]
    one, other = (pq.read_table(tmp_path / name) for name in "ab")
    assert one.equals(other) and one.column("path").to_pylist() == alone


def test_what_was_not_read_and_what_holds_no_text_is_said(leak: Path) -> None:
    found = searched(leak)
    assert "broken.gz" in found.skipped()["path"].str.partition("!")[0].tolist()
    coverage = found.coverage
    assert coverage[coverage["format"].eq("jsonl")][["searched", "n_members"]].values.tolist() == [[True, 1]]
    held = sum(os.path.getsize(leak / name) for name in ("chat.jsonl", "users.csv", "texts.parquet"))
    formats = coverage["format"].isin(["jsonl", "csv", "parquet"])
    assert coverage[formats]["n_bytes"].sum() == held


def test_slices_count_a_member_once_and_all_its_bytes(leak: Path, small_parts: None) -> None:
    coverage = searched(leak).coverage.set_index("format")
    for format, name in (("jsonl", "chat.jsonl"), ("csv", "users.csv"), ("parquet", "texts.parquet")):
        assert coverage.loc[format, "n_members"] == 1
        assert coverage.loc[format, "n_bytes"] == os.path.getsize(leak / name)


def test_findings_can_be_filtered_and_are_bounded(leak: Path) -> None:
    found = searched(leak)
    whole = found.findings()
    assert found.findings(entity="EMAIL").equals(whole[whole["entity"].eq("EMAIL")].reset_index(drop=True))
    likely = found.findings(min_likelihood="very_likely")
    assert 0 < len(likely) < len(whole) and set(likely["likelihood"]) == {"very_likely"}
    assert len(found.findings(path="app.log")) == whole["path"].eq("app.log").sum()
    with pytest.raises(BadParameterError, match="at most 5 findings"):
        found.findings(max_rows=5)
    with pytest.raises(BadParameterError, match="Expected min_likelihood"):
        found.findings(min_likelihood="sure")


def test_the_summary_counts_what_is_there(leak: Path) -> None:
    found = searched(leak)
    whole, summary = found.findings(), found.summary()
    assert summary["n_findings"].sum() + summary["n_placeholders"].sum() == len(whole) == found.n_findings
    real = whole[~whole["placeholder"].fillna(False)]
    for row in summary.itertuples():
        same = real[real["entity"].eq(row.entity) & real["likelihood"].eq(row.likelihood)]
        assert (row.n_findings, row.n_members) == (len(same), same["path"].nunique())


def test_a_temporary_folder_goes_away_with_its_scan(leak: Path) -> None:
    found = searched(leak)
    folder = found.path
    assert folder.exists()
    del found
    assert not folder.exists()


def test_a_detector_of_a_notebook_keeps_the_work_in_this_process(leak: Path) -> None:
    from dataclasses import replace

    def check(value: str) -> bool:
        return True

    check.__module__ = "__main__"
    own = replace(QUICK[0], function=check)
    assert searched(leak, workers=None, detectors=[own]).n_findings > 0
    with pytest.raises(BadParameterError, match="other processes can import"):
        searched(leak, workers=2, detectors=[own])


# --- slices ------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["a", '"b,c"', '"d""e"', 'f"g', '"h\ni"', "", "7"]), min_size=1, max_size=3)
    ),
    st.sampled_from(["\n", "\r\n", "\r", "\n\n"]),
)
def test_separated_values_are_cut_only_where_a_line_is_a_row(rows, end) -> None:
    text = "one,two\n" + "".join(",".join(cells) + end for cells in rows) * 30
    data = text.encode()
    source = BytesSource(data)
    whole = sorted(_records(data, [WHOLE]))
    assert sorted(_records(data, cut(source, "csv", 200))) == whole


def _records(data: bytes, slices) -> list[tuple[int, str, str]]:
    found = []
    for part in slices:
        for batch in iter_slice(
            lambda: io.BytesIO(data), "p", "csv", part, size=len(data), skip=lambda _: None
        ):
            found += zip(*(batch.column(name).to_pylist() for name in ("row", "field", "text")), strict=True)
    return found


# --- the command ------------------------------------------------------------------------------------

OWN = """
[[detector]]
id = "employee_number"
entity = "NATIONAL_ID"
pattern = "EMP-[0-9]{6}"
source = "invented"
match = ["EMP-123456"]
trigger = ["EMP-"]
base = 0.7
"""


def command(capsys, *words) -> tuple[int, str, str]:
    code = 0
    try:
        cli.main([str(word) for word in words])
    except SystemExit as stop:
        code = stop.code or 0
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_the_command_counts_and_shows_masked_examples_only(capsys, tmp_path: Path) -> None:
    leak = tmp_path / "leak"
    leak.mkdir()
    (leak / "a.txt").write_text("EMP-482913 wrote to anna.weiss@fennimoor-mail.com\n")
    (tmp_path / "own.toml").write_text(OWN)
    words = ("scan", leak, "--out", tmp_path / "out", "--no-names", "--workers", "1")
    code, out, err = command(
        capsys, *words, "--detectors", tmp_path / "own.toml", "--case", tmp_path / "case.json"
    )
    assert (code, err) == (0, "")
    assert "NATIONAL_ID" in out and "EMAIL" in out
    assert "482913" not in out and "anna.weiss" not in out
    code, again, _ = command(
        capsys, *words, "--detectors", tmp_path / "own.toml", "--case", tmp_path / "case.json"
    )
    assert (code, again) == (0, out)


def test_the_command_says_in_three_parts_what_is_wrong(capsys, tmp_path: Path) -> None:
    leak = tmp_path / "leak"
    leak.mkdir()
    (leak / "a.txt").write_text("nothing\n")
    for words in (
        ("scan", leak, "--out", leak / "in"),
        ("scan", leak, "--out", tmp_path / "out", "--min-likelihood", "sure"),
        ("scan", leak, "--out", tmp_path / "out", "--detectors", tmp_path / "none.toml"),
        ("scan", tmp_path / "none", "--out", tmp_path / "out"),
    ):
        code, out, err = command(capsys, *words)
        assert (code, out) == (2, "")
        assert err.startswith("Error: Expected") and "What to do:" in err
