"""The Makefile: what it lists, and the environment it makes, with a stand-in for Python that installs nothing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.skipif(
    os.name == "nt" or not shutil.which("make"), reason="The Makefile is for machines with make and a shell"
)


def test_make_alone_lists_every_target_on_one_line():
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    phony = set(re.search(r"(?m)^\.PHONY: (.+)$", makefile)[1].split()) - {"venv", "new-venv"}
    listed = subprocess.run(["make"], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"(?m)^  make (\w+) +\S.+$", listed)) == phony
    papers = "".join(
        (REPOSITORY / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md")
    )
    named = set(re.findall(r"`make ([a-z]+)", papers))
    assert named <= phony


def stand_in_python(folder: Path, *, version_fits: bool = True, pip_works: bool = True) -> Path:
    """Write a program that answers like Python does when make asks it for an environment."""
    program = folder / "stand-in"
    answer = 0 if pip_works else 1
    inner = f'#!/bin/sh\necho "$@" >> "{folder}/calls"\ncase "$*" in *pip*) exit {answer};; esac\n'
    (folder / "inner").write_text(inner, encoding="utf-8")
    (folder / "inner").chmod(0o755)
    program.write_text(
        "#!/bin/sh\n"
        f'[ "$1" = -c ] && exit {0 if version_fits else 1}\n'
        '[ "$1" = --version ] && { echo Python 3.9.6; exit 0; }\n'
        f'mkdir -p .venv/bin && cp "{folder}/inner" .venv/bin/python\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    return program


def make_venv(checkout: Path, python: Path) -> subprocess.CompletedProcess[str]:
    """Run `make venv` in a copy of the project files, without uv."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        if not (checkout / name).exists():
            shutil.copy(REPOSITORY / name, checkout / name)
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(checkout)}
    command = ["make", "venv", f"PYTHON={python}"]
    return subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)


def test_an_old_python_is_refused_by_name(tmp_path):
    run = make_venv(tmp_path, stand_in_python(tmp_path, version_fits=False))
    assert run.returncode != 0
    assert "needs Python 3.11 or newer" in run.stderr
    assert "Python 3.9.6" in run.stderr
    assert "make PYTHON=python3" in run.stderr
    assert not (tmp_path / ".venv").exists()


def test_a_missing_python_is_said_to_be_missing(tmp_path):
    run = make_venv(tmp_path, tmp_path / "no-such-python")
    assert run.returncode != 0
    assert "not found" in run.stderr


def test_a_failed_installation_does_not_look_ready(tmp_path):
    failed = make_venv(tmp_path, stand_in_python(tmp_path, pip_works=False))
    assert failed.returncode != 0
    assert not (tmp_path / ".venv" / "made-from.txt").exists()
    again = make_venv(tmp_path, stand_in_python(tmp_path))
    assert again.returncode == 0
    assert "--require-hashes" in (tmp_path / "calls").read_text(encoding="utf-8")


def test_the_environment_is_made_again_only_when_the_project_files_change(tmp_path):
    python = stand_in_python(tmp_path)
    assert "Making .venv" in make_venv(tmp_path, python).stdout
    (tmp_path / "pyproject.toml").touch()
    assert "Making .venv" not in make_venv(tmp_path, python).stdout
    with (tmp_path / "constraints.txt").open("a", encoding="utf-8") as lock:
        lock.write("# changed\n")
    assert "Making .venv" in make_venv(tmp_path, python).stdout
