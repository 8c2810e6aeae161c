"""The command line: what it prints, what it writes, and how it says what went wrong."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import leakkit
from leakkit import cli
from tests import small_notebooks

REPOSITORY = Path(leakkit.__file__).resolve().parents[1]


@pytest.fixture
def leak(tmp_path):
    """A folder with hostile names."""
    return small_notebooks.hostile_folder(tmp_path / "leak")


def run(capsys, *words):
    """Run the command line in this process; gives exit code, stdout and stderr."""
    code = 0
    try:
        cli.main([str(word) for word in words])
    except SystemExit as stop:
        code = stop.code or 0
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def start(*words, **options):
    """Run the command line as a process of its own."""
    command = [sys.executable, "-m", "leakkit.cli", *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=REPOSITORY, timeout=60, check=False, **options
    )


def test_version_is_printed(capsys):
    assert run(capsys, "--version") == (0, f"leakkit {leakkit.__version__}\n", "")


def test_help_names_every_command(capsys):
    code, out, _ = run(capsys, "--help")
    assert code == 0
    assert all(word in out for word in ("inventory", "report", "lab", "--version", "--debug"))


def test_help_comes_quickly_because_nothing_heavy_is_imported():
    began = time.perf_counter()
    done = start("--help")
    took = time.perf_counter() - began
    assert done.returncode == 0
    heavy = (
        "import sys, leakkit.cli; print({'pandas', 'numpy', 'matplotlib', 'nbconvert'} & set(sys.modules))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", heavy], capture_output=True, text=True, cwd=REPOSITORY, check=True
    )
    assert loaded.stdout.strip() == "set()"
    assert took < 5  # half a second on a quiet machine; this only notices a heavy import


def test_inventory_prints_a_summary_in_which_nothing_hostile_is_live(capsys, leak):
    code, out, err = run(capsys, "inventory", leak)
    assert code == 0
    assert out.startswith("Inventory of leak\nMembers")
    assert "By kind" in out
    assert "\x1b" not in out and "\u202e" not in out
    assert err == ""


def test_the_summary_lists_what_is_dangerous_or_broken(capsys, tmp_path):
    (tmp_path / "bad.pkl").write_bytes(b"cposix\nsystem\n(S'echo invented'\ntR.")
    code, out, _ = run(capsys, "inventory", tmp_path)
    assert code == 0
    assert "Dangerous, or to review" in out
    assert "pickle-import:posix.system" in out
    assert "echo invented" not in out


@pytest.mark.parametrize("suffix", ["csv", "json", "jsonl", "parquet"])
def test_inventory_writes_every_format(capsys, leak, tmp_path, suffix):
    out = tmp_path / f"inventory.{suffix}"
    code, said, _ = run(capsys, "inventory", leak, "--out", out)
    assert code == 0
    assert said == f"Wrote 7 rows on leak to inventory.{suffix}.\n"
    assert out.stat().st_size > 100


def test_no_cell_of_the_csv_is_a_formula(capsys, leak, tmp_path):
    run(capsys, "inventory", leak, "--out", tmp_path / "i.csv", "--quiet")
    with (tmp_path / "i.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert "'=cmd()|' -C calc'!A0.csv" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_no_hash_leaves_the_column_empty(capsys, leak, tmp_path):
    run(capsys, "inventory", leak, "--no-hash", "--out", tmp_path / "i.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "i.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row["sha256"] for row in rows} == {None}


@pytest.mark.parametrize("command", ["inventory", "report"])
@pytest.mark.parametrize("place", ["nowhere", "empty", "bytes"])
def test_a_bad_leak_gets_three_parts_on_stderr_and_exit_code_two(
    capsys, tmp_path, monkeypatch, command, place
):
    (tmp_path / "empty").mkdir()
    (tmp_path / "bytes").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, command, place)
    assert (code, out) == (2, "")
    assert err.startswith("Error: Expected ")
    assert "; found " in err
    assert "What to do: " in err
    assert "Traceback" not in err
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["inventory", "leak", "--out", "i.xls"], "i.xls"),
        (["inventory", "leak", "--out", "missing/i.csv"], "refuses"),
        (["inventory", "leak", "--out", "leak"], "found leak"),
        (["report", "leak", "--out", "file"], "found the file file"),
        (["report", "leak", "--out", "leak/reports"], "lies inside it"),
    ],
)
def test_a_bad_out_gets_three_parts(capsys, leak, monkeypatch, words, found):
    monkeypatch.chdir(leak.parent)
    Path("file").write_text("x", encoding="utf-8")
    code, _, err = run(capsys, *words)
    assert code == 2
    assert found in err
    assert err.startswith("Error: Expected ")
    assert "What to do: " in err


def test_an_error_of_our_own_shows_no_content_of_the_leak(capsys, leak, monkeypatch):
    def fail(*_, **__):
        raise KeyError("hunter2-invented")

    monkeypatch.setattr("leakkit.leak.open.open_leak", fail)
    code, _, err = run(capsys, "inventory", leak)
    assert code == 2
    assert "found an error of its own (KeyError)" in err
    assert "hunter2" not in err


def test_debug_shows_where_an_error_arose(leak):
    done = start("inventory", leak / "nowhere", "--debug")
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "Traceback" not in start("inventory", leak / "nowhere").stderr


def test_names_can_be_printed_on_a_terminal_that_knows_only_ascii(leak):
    (leak / "naïve-東京.pkl").write_bytes(b"cposix\nsystem\n(S'echo'\ntR.")
    done = start("inventory", leak, env={"PYTHONIOENCODING": "ascii", "PATH": ""})
    assert done.returncode == 0, done.stderr
    assert "na\\xefve" in done.stdout


def test_a_report_says_where_it_is(capsys, leak, tmp_path, monkeypatch):
    monkeypatch.setattr("leakkit.report.export.export_report", lambda *_, **__: tmp_path / "index.html")
    code, out, _ = run(capsys, "report", leak, "--out", tmp_path)
    assert (code, out) == (0, f"Wrote {tmp_path / 'index.html'}\n")
    assert run(capsys, "report", leak, "--quiet") == (0, "", "")


def test_without_a_terminal_no_edit_is_overwritten(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    assert cli._ask("a.ipynb") is False


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are a Unix thing")
def test_a_terminal_sees_progress_and_a_pipe_does_not(leak):
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    command = [sys.executable, "-m", "leakkit.cli", "inventory", str(leak)]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=theirs, cwd=REPOSITORY, timeout=60, check=True)
    assert b"Reading leak: 7 members" in os.read(ours, 10_000)
    os.close(ours)
    os.close(theirs)
    assert start("inventory", leak).stderr == ""


def test_an_unknown_option_is_refused_with_exit_code_two(capsys):
    code, _, err = run(capsys, "inventory", "x", "--wrong")
    assert code == 2
    assert "--wrong" in err
