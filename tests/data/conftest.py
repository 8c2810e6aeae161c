"""Fixtures shared by the tests of the sample leak: its truth, and the bytes of every member."""

from __future__ import annotations

import pytest

from leakkit import bundled
from tests.data.sample_text import files, members


@pytest.fixture(scope="session")
def truth():
    return bundled.sample_truth()


@pytest.fixture(scope="session")
def held(truth):
    return members(files(bundled.sample_leak()), dict(zip(truth["path"], truth["format"], strict=True)))
