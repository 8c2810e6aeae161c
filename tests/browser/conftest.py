"""A real browser, a place for its pictures, and a report to look at."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser(chromium):
    """Start Chromium once."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def pictures():
    """Give the folder for screenshots, kept as output of CI."""
    folder = Path(os.environ.get("LEAKKIT_CI_OUTPUT") or REPOSITORY / "ci-output") / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def report(tmp_path_factory):
    """Write the report on the sample leak."""
    from leakkit.report import export_report

    return export_report(None, tmp_path_factory.mktemp("report")).parent


class Watch:
    """What a page asked for, and whether anything in it ran."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self.dialogs: list[str] = []
        self.errors: list[str] = []

    def outside(self, allowed: str) -> list[str]:
        """Give the requests that left the machine or the folder."""
        return [url for url in self.requests if not re.match(rf"({allowed}|data:|blob:)", url)]


@pytest.fixture
def watched(browser):
    """Open pages that are watched; gives a function that takes options of the browser context."""

    @contextmanager
    def opened(**options: object) -> Iterator[tuple[object, Watch]]:
        context, watch = browser.new_context(**options), Watch()
        page = context.new_page()
        page.on("request", lambda request: watch.requests.append(request.url))
        page.on("dialog", lambda dialog: (watch.dialogs.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: watch.errors.append(str(error)))
        try:
            yield page, watch
        finally:
            context.close()

    return opened
