"""The project's own papers agree with each other: dependencies, lock, make targets, wheel, versions."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
CONDA_NAMES = {"matplotlib-base": "matplotlib"}  # where conda's name is not the package index's
PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[^ ;\\]+)(?P<marker> ; [^\\]+)? \\$")


def requirements(*lists: list[str]) -> dict[str, Requirement]:
    """Requirements of several lists, by canonical name."""
    parsed = [Requirement(line) for lines in lists for line in lines]
    return {canonicalize_name(requirement.name): requirement for requirement in parsed}


def read(name: str) -> str:
    """Text of a file at the top of the repository."""
    return (REPOSITORY / name).read_text(encoding="utf-8")


def pinned() -> dict[str, list[str]]:
    """Every version in the lock, by canonical name."""
    versions: dict[str, list[str]] = {}
    for line in read("constraints.txt").splitlines():
        if pin := PIN.match(line):
            versions.setdefault(canonicalize_name(pin["name"]), []).append(pin["version"])
    return versions


def tracked(*folders: str) -> list[str]:
    """Files that git keeps below some folders; skips outside a clone."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *folders], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("This copy is not a git clone")
    return [name for name in listed.stdout.split("\0") if name]


# --- dependencies ------------------------------------------------------------------------------


def test_every_dependency_has_its_reason_on_its_line():
    names = {*requirements(PROJECT["dependencies"]), *requirements(*EXTRAS.values())}
    lines = [line.strip() for line in read("pyproject.toml").splitlines() if line.startswith('  "')]
    reasons = {}
    for line in lines:
        if found := re.match(r'"([A-Za-z0-9._-]+)[^"]*",\s+# (\S.{10,})$', line):
            reasons[canonicalize_name(found[1])] = found[2]
    assert sorted(names - set(reasons)) == []


def test_conda_and_pip_users_get_the_same_packages_at_the_same_bounds():
    environment = yaml.safe_load(read("environment.yml"))["dependencies"]
    by_conda = [line for line in environment if isinstance(line, str) and line != "pip"]
    by_pip = next(line["pip"] for line in environment if isinstance(line, dict))
    assert by_pip[-1] == "--editable ."
    named = [re.sub(r"^[\w.-]+", lambda name: CONDA_NAMES.get(name[0], name[0]), line) for line in by_conda]
    found = requirements(named, by_pip[:-1])
    assert str(found.pop("python").specifier) == PROJECT["requires-python"]
    expected = requirements(PROJECT["dependencies"], EXTRAS["lab"], EXTRAS["dev"])
    assert {name: (r.specifier, r.extras) for name, r in found.items()} == {
        name: (r.specifier, r.extras) for name, r in expected.items()
    }


def test_every_direct_dependency_is_locked_within_its_bounds():
    versions = pinned()
    for name, requirement in requirements(PROJECT["dependencies"], *EXTRAS.values()).items():
        assert name in versions, f"{name} is not in constraints.txt; run make lock"
        outside = [v for v in versions[name] if not requirement.specifier.contains(v)]
        assert not outside, f"{name} is locked at {outside}, outside {requirement.specifier}; run make lock"


def test_every_locked_package_has_hashes_and_no_address():
    text = read("constraints.txt")
    assert "://" not in text
    blocks = re.split(r"\n(?=\S)", text.strip())
    for block in blocks:
        first, *rest = block.splitlines()
        assert PIN.match(first), first
        hashes = [line for line in rest if re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line)]
        notes = [line for line in rest if line.startswith("    #")]
        assert hashes, f"{first} has no hash"
        assert len(hashes) + len(notes) == len(rest), f"{first} is followed by something odd"
    assert len(blocks) > len(requirements(PROJECT["dependencies"], *EXTRAS.values()))


def test_the_lock_names_no_path():
    assert not re.search(r"(?m)(^-|(?<![\w.])/|\b[A-Za-z]:\\)", read("constraints.txt"))


# --- one version, one list of commands ---------------------------------------------------------


def test_the_version_is_the_same_everywhere():
    import leakkit

    citation = yaml.safe_load(read("CITATION.cff"))
    newest = re.search(r"(?m)^## (\d+\.\d+\.\d+)", read("CHANGELOG.md"))
    assert newest
    assert leakkit.__version__ == PROJECT["version"] == citation["version"] == newest[1]


def test_the_citation_file_has_what_its_format_asks_for():
    citation = yaml.safe_load(read("CITATION.cff"))
    assert citation["cff-version"] == "1.2.0"
    assert all(citation[key] for key in ("message", "title", "authors"))
    assert citation["license"] == PROJECT["license"] == "BSD-3-Clause"
    assert read("LICENSE").startswith("BSD 3-Clause License")


@pytest.mark.skipif(not shutil.which("make"), reason="make is not on this machine")
def test_make_alone_lists_every_target_on_one_line():
    makefile = read("Makefile")
    phony = set(re.search(r"(?m)^\.PHONY: (.+)$", makefile)[1].split()) - {"venv", "new-venv"}
    listed = subprocess.run(["make"], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"(?m)^  make (\w+) +\S.+$", listed)) == phony
    named = set(re.findall(r"`make ([a-z]+)", read("README.md") + read("CONTRIBUTING.md")))
    assert named <= phony


def test_the_papers_point_at_files_that_exist():
    for page in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        targets = re.findall(r"\]\((?![a-z]+:|#)([^)#]+)", read(page))
        missing = [target for target in targets if not (REPOSITORY / target).exists()]
        assert not missing, f"{page} points at {missing}"


def test_the_readme_leaves_room_for_measured_figures():
    before, block = read("README.md").split("<!-- figures:start -->")
    assert "make bench" in before + block
    assert "<!-- figures:end -->" in block


def test_the_ci_script_is_sound_bash_and_may_be_run():
    script = REPOSITORY / ".ci" / "run"
    assert os.access(script, os.X_OK)
    if shutil.which("bash"):
        subprocess.run(["bash", "-n", str(script)], check=True)


# --- the environment that make makes -----------------------------------------------------------

needs_make = pytest.mark.skipif(
    os.name == "nt" or not shutil.which("make"), reason="The Makefile is for machines with make and a shell"
)


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


@needs_make
def test_an_old_python_is_refused_by_name(tmp_path):
    run = make_venv(tmp_path, stand_in_python(tmp_path, version_fits=False))
    assert run.returncode != 0
    assert "needs Python 3.11 or newer" in run.stderr
    assert "Python 3.9.6" in run.stderr
    assert "make PYTHON=python3" in run.stderr
    assert not (tmp_path / ".venv").exists()


@needs_make
def test_a_missing_python_is_said_to_be_missing(tmp_path):
    run = make_venv(tmp_path, tmp_path / "no-such-python")
    assert run.returncode != 0
    assert "not found" in run.stderr


@needs_make
def test_a_failed_installation_does_not_look_ready(tmp_path):
    failed = make_venv(tmp_path, stand_in_python(tmp_path, pip_works=False))
    assert failed.returncode != 0
    assert not (tmp_path / ".venv" / "made-from.txt").exists()
    again = make_venv(tmp_path, stand_in_python(tmp_path))
    assert again.returncode == 0
    assert "--require-hashes" in (tmp_path / "calls").read_text(encoding="utf-8")


@needs_make
def test_the_environment_is_made_again_only_when_the_project_files_change(tmp_path):
    python = stand_in_python(tmp_path)
    assert "Making .venv" in make_venv(tmp_path, python).stdout
    (tmp_path / "pyproject.toml").touch()
    assert "Making .venv" not in make_venv(tmp_path, python).stdout
    with (tmp_path / "constraints.txt").open("a", encoding="utf-8") as lock:
        lock.write("# changed\n")
    assert "Making .venv" in make_venv(tmp_path, python).stdout


# --- what ships --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory) -> set[str]:
    """Names of all files in a wheel built from this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    built = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_carries_data_notebooks_and_templates(wheel_names):
    bundled = [name for name in tracked("data", "notebooks") if not name.startswith("data/make_")]
    assert bundled
    expected = {f"leakkit/_bundle/{name}" for name in bundled} | set(tracked("leakkit"))
    assert sorted(expected - wheel_names) == []
    assert any(name.startswith("leakkit/templates/") for name in wheel_names)


def test_the_wheel_carries_nothing_else(wheel_names):
    papers = f"leakkit-{PROJECT['version']}.dist-info"
    assert {name.split("/")[0] for name in wheel_names} == {"leakkit", papers}
    assert not [name for name in wheel_names if "__pycache__" in name or ".ipynb_checkpoints" in name]


def test_every_file_name_can_be_checked_out_on_windows():
    reserved = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
    impossible = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')
    parts = {part for name in tracked(".") for part in name.split("/")}
    assert [part for part in parts if reserved.search(part) or impossible.search(part)] == []
    assert max(map(len, tracked("."))) <= 140


def test_nothing_in_the_data_is_hidden_from_git_or_steers_it():
    names = tracked("data")
    steering = {".gitignore", ".gitattributes", ".gitmodules"}
    assert [name for name in names if Path(name).name in steering] == []
    ignored = subprocess.run(
        ["git", "ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--", "data"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    caches = re.compile(r"(^|/)(__pycache__|\.ipynb_checkpoints|\.DS_Store)(/|$)")
    assert [name for name in ignored.stdout.split("\0") if name and not caches.search(name)] == []
