"""The report in a real browser, from the disk: no outside request, nothing live, usable by everybody."""

from __future__ import annotations

import pytest

from leakkit.report import export_report
from tests import small_notebooks

LOOKS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    "phone": {"color_scheme": "light", "viewport": {"width": 360, "height": 740}},
    "phone_dark": {"color_scheme": "dark", "viewport": {"width": 360, "height": 740}},
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", ["index", "02_exposure_scope"])
def test_a_page_is_accessible_and_asks_nobody_for_anything(watched, report, pictures, name, look):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    with watched(**LOOKS[look]) as (page, watch):
        page.goto((report / f"{name}.html").as_uri())
        page.screenshot(path=pictures / f"report_{name}_{look}.png", full_page=True)
        for details in page.locator("details").all():
            details.evaluate("box => box.open = true")
        found = axe.run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        assert found.violations_count == 0, found.generate_report()
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= LOOKS[look]["viewport"]["width"]
    assert watch.outside("file:") == []
    assert len([url for url in watch.requests if url.startswith("file:")]) == 1
    assert watch.dialogs == watch.errors == []


def test_contents_and_pages_can_be_walked_by_keyboard(watched, report):
    with watched(**LOOKS["light"]) as (page, _):
        page.goto((report / "index.html").as_uri())
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.get_by_role("link", name="What was exposed, and how much?").first.click()
        page.wait_for_url("**/02_exposure_scope.html")
        link = page.locator("nav.contents a").last
        link.click()
        heading = page.get_by_role("heading", name=link.inner_text())
        assert 0 <= heading.bounding_box()["y"] < 900


def test_print_leaves_out_navigation_and_code(watched, report):
    with watched() as (page, _):
        page.goto((report / "02_exposure_scope.html").as_uri())
        page.emulate_media(media="print")
        assert not page.locator("nav").first.is_visible()
        assert not page.locator("details.code").first.is_visible()
        assert page.locator("figure img").first.is_visible()
        rules = "getComputedStyle(document.querySelector('figure')).breakInside"
        assert page.evaluate(rules) == "avoid"


def test_nothing_hostile_runs(watched, tmp_path, pictures):
    leak = small_notebooks.hostile_folder(tmp_path / "leak")
    out = export_report(leak, tmp_path / "out").parent
    for file in sorted(out.iterdir()):
        with watched() as (page, watch):
            page.goto(file.as_uri())
            page.screenshot(path=pictures / f"hostile_{file.stem}.png", full_page=True)
            assert page.evaluate("document.scripts.length") == 0
        assert watch.dialogs == []
        assert watch.outside("file:") == []
