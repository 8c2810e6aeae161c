"""The commands fetch and check-data: what they print, and their exit codes."""

from __future__ import annotations

import pytest

from leakkit import cli
from leakkit.bundled import data_path
from leakkit.sources import SOURCES


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Keep what is fetched out of the user's folder."""
    monkeypatch.setenv("LEAKKIT_DATA", str(tmp_path / "fetched"))
    return tmp_path / "fetched"


def run(capsys, *words):
    """Run the command line in this process; gives exit code, stdout and stderr."""
    code = 0
    try:
        cli.main([str(word) for word in words])
    except SystemExit as stop:
        code = stop.code or 0
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_help_names_the_commands(capsys):
    _, out, _ = run(capsys, "--help")
    assert "fetch" in out and "check-data" in out


def test_check_data_finds_nothing_in_what_ships(capsys):
    assert run(capsys, "check-data") == (0, "Nothing wrong in 4 tables.\n", "")
    assert run(capsys, "check-data", data_path("ai_leaks.csv")) == (0, "Nothing wrong in 1 table.\n", "")


def test_check_data_lists_every_fault_and_ends_with_one(capsys, tmp_path):
    text = data_path("ai_leaks.csv").read_text(encoding="utf-8")
    copy = tmp_path / "ai_leaks.csv"
    copy.write_text(text.replace("2023-03-03,2023-03-03,day", "2023/03/03,3.3.2023,Day"), encoding="utf-8")
    code, out, err = run(capsys, "check-data", copy)
    lines = out.splitlines()
    assert (code, err) == (1, "")
    assert [line.split("column ")[1].split(":")[0] for line in lines[:-1]] == [
        "date_occurred",
        "date_disclosed",
        "date_precision",
    ]
    assert lines[0].endswith("found '2023/03/03'; write 2023-03-03")
    assert lines[-1] == "3 faults in 1 line of 1 table."


def test_check_data_on_nothing_or_on_another_file_gets_three_parts(capsys, tmp_path):
    (tmp_path / "x.csv").write_text("a,b\n", encoding="utf-8")
    for place in (tmp_path / "none.csv", tmp_path / "x.csv"):
        code, out, err = run(capsys, "check-data", place)
        assert (code, out) == (2, "")
        assert err.startswith("Error: Expected ") and "; found " in err and "What to do: " in err


def test_fetch_from_a_file_says_licence_and_hash(capsys, tmp_path, folder):
    (tmp_path / "breaches.json").write_text('[{"Name": "Invented"}]', encoding="utf-8")
    code, out, err = run(capsys, "fetch", "hibp", "--from", tmp_path / "breaches.json")
    assert (code, err) == (0, "")
    assert "Licence: CC-BY-4.0. Attribution: Have I Been Pwned" in out
    assert "Fetched hibp: breaches.json, 22 bytes, SHA-256 e9fa44aa6230" in out
    assert (folder / "hibp" / "breaches.json").is_file()


def test_fetch_into_a_folder_of_ones_own(capsys, tmp_path):
    (tmp_path / "breaches.json").write_text('[{"Name": "Invented"}]', encoding="utf-8")
    run(capsys, "fetch", "hibp", "--from", tmp_path / "breaches.json", "--folder", tmp_path / "mine")
    assert (tmp_path / "mine" / "hibp" / "breaches.json").is_file()
    _, out, _ = run(capsys, "fetch", "--list", "--folder", tmp_path / "mine")
    assert out.count("not fetched") == len(SOURCES) - 1 and "fetched on 20" in out


def test_fetch_list_names_every_source_with_licence_and_attribution(capsys):
    code, out, _ = run(capsys, "fetch", "--list")
    assert code == 0
    assert out.count("attribution: ") == out.count("not fetched") == out.count("; licence ") == len(SOURCES)
    assert run(capsys, "fetch")[1] == out


def test_fetch_of_what_cannot_be_had_gets_three_parts(capsys):
    for words in (["hhs"], ["verizon"], ["vcdb", "--from", "nowhere.zip"]):
        code, _, err = run(capsys, "fetch", *words)
        assert code == 2
        assert err.startswith("Error: Expected ") and "; found " in err and "What to do: " in err
