"""What every test stands on: fixed settings, and fixtures for the sample leak, real files and a browser.

The network is closed by pytest-socket (see `addopts` in pyproject.toml); loopback stays open.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import hypothesis
import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Set before leakkit or matplotlib is imported, so that child processes and doctests inherit them too.
os.environ["LEAKKIT_STATIC"] = "1"  # tables in their static form, as in a report
os.environ["MPLBACKEND"] = "Agg"  # figures without a screen
if "LEAKKIT_CACHE" not in os.environ:  # compiled detectors of this run alone
    os.environ["LEAKKIT_CACHE"] = tempfile.mkdtemp(prefix="leakkit-tests-")
    atexit.register(shutil.rmtree, os.environ["LEAKKIT_CACHE"], ignore_errors=True)
# Not what this user fetched: no test depends on it.
os.environ["LEAKKIT_DATA"] = str(Path(os.environ["LEAKKIT_CACHE"]) / "nothing-fetched")

hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, database=None, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave programs that stand beside the tests alone: only test files are collected under tests/."""
    beside_tests = collection_path.is_file() and collection_path.suffix == ".py"
    return True if beside_tests and not collection_path.name.startswith("test_") else None


def skip_or_fail(switch: str, reason: str) -> None:
    """Skip where the machinery is absent, fail where the environment says that it must be there."""
    if os.environ.get(switch) == "1":
        pytest.fail(f"{reason}, and {switch}=1 asks for it.", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def repository() -> Path:
    """Give the folder that holds pyproject.toml."""
    return REPOSITORY


@pytest.fixture(scope="session")
def corpora() -> Path:
    """Give the folder of real files: LEAKKIT_CORPORA, or ../shared/corpora beside the repository."""
    folder = Path(os.environ.get("LEAKKIT_CORPORA") or REPOSITORY.parent / "shared" / "corpora")
    folder = folder if folder.is_absolute() else REPOSITORY / folder
    if not (folder / "artifacts" / "truth.csv").is_file():
        skip_or_fail("LEAKKIT_REQUIRE_CORPORA", "The real files (corpora) are not on this machine")
    return folder


@pytest.fixture(scope="session")
def sample_leak() -> Path:
    """Give the path of the invented leak that ships with leakkit."""
    from leakkit import bundled

    return Path(bundled.sample_leak())


@pytest.fixture(scope="session")
def chromium() -> str:
    """Give a browser's path: LEAKKIT_CHROMIUM, or the first Chromium on PATH."""
    named = [os.environ["LEAKKIT_CHROMIUM"]] if os.environ.get("LEAKKIT_CHROMIUM") else BROWSERS
    found = next((path for path in map(shutil.which, named) if path), None)
    if found is None:
        skip_or_fail("LEAKKIT_REQUIRE_BROWSER", "No Chromium was found on PATH or in LEAKKIT_CHROMIUM")
    return str(found)
