"""The project's own papers agree with each other: dependencies, lock, versions, links, wheel."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
CONDA_NAMES = {"matplotlib-base": "matplotlib"}  # where conda's name is not the package index's
BENEATH_THE_DATA = re.compile(r"data/(make_|refresh_)")  # programs that make the data stay in the repository
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


def imported(*folders: str) -> dict[str, str]:
    """Packages of other people that code imports, by canonical name, each with one file that does."""
    owners = packages_distributions()
    ours = {"leakkit", "tests", "data", "benchmarks", "training"}
    ours |= {path.stem for path in (REPOSITORY / "tests").rglob("*.py")} | {"negatives"}  # side by side
    packages = {}
    for path in sorted(path for folder in folders for path in (REPOSITORY / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and not node.level else []
            for name in {name.split(".")[0] for name in names} - ours - sys.stdlib_module_names:
                packages |= {canonicalize_name(owner): path.name for owner in owners.get(name, [name])}
    return packages


def test_the_package_imports_only_what_it_declares():
    declared = requirements(PROJECT["dependencies"], EXTRAS["lab"], EXTRAS["cluster"], EXTRAS["cloud"])
    assert {name: file for name, file in imported("leakkit").items() if name not in declared} == {}


def test_the_tests_import_only_what_is_declared():
    declared = requirements(PROJECT["dependencies"], *EXTRAS.values())
    found = imported("tests", "benchmarks", "data/make_sample_leak")
    assert {name: file for name, file in found.items() if name not in declared} == {}


NOT_LOCKED = {"spacy", "rampart"}
"""Extras with a gigabyte of models and runtimes, which nobody needs who did not ask for them."""


def test_every_direct_dependency_is_locked_within_its_bounds():
    versions = pinned()
    extras = [names for extra, names in EXTRAS.items() if extra not in NOT_LOCKED]
    for name, requirement in requirements(PROJECT["dependencies"], *extras).items():
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


# --- one version, papers that hold ------------------------------------------------------------


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
    bundled = [name for name in tracked("data", "notebooks") if not BENEATH_THE_DATA.match(name)]
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
