"""JupyterLab in a real browser, as `leakkit lab` starts it: open each notebook, run all, look at the saved file."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import pytest

import leakkit
from leakkit.bundled import notebooks_folder
from leakkit.lab import lab_command, lab_environment
from tests import small_notebooks

REPOSITORY = Path(leakkit.__file__).resolve().parents[1]
NAMES = sorted(path.name for path in notebooks_folder().glob("*.ipynb"))
TOKEN = "invented-for-a-test"
PATIENCE = 120


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Copy the notebooks without their outputs."""
    place = tmp_path_factory.mktemp("lab") / "notebooks"
    place.mkdir()
    for name in NAMES:
        notebook = nbformat.read(notebooks_folder() / name, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        (place / name).write_text(nbformat.writes(notebook), encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def server(folder):
    """Start JupyterLab on a free port of loopback, in an empty home; end it and its kernels at the end."""
    pytest.importorskip("jupyterlab")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = lab_command(folder, browser=False, port=port)
    command += [f"--IdentityProvider.token={TOKEN}", "--ServerApp.allow_root=True"]
    home = folder.parent / "home"
    home.mkdir()
    variables = {**lab_environment(), "HOME": str(home), "PYTHONPATH": str(REPOSITORY)}
    variables = {
        name: value for name, value in variables.items() if name not in ("LEAKKIT_STATIC", "MPLBACKEND")
    }
    log = (folder.parent / "server.log").open("wb")
    process = subprocess.Popen(command, env=variables, stdout=log, stderr=log, start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: answers(address) or process.poll() is not None, "JupyterLab to answer")
        assert process.poll() is None, (folder.parent / "server.log").read_text()[-2000:]
        yield address
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        log.close()


def answers(address):
    """Tell whether the server answers."""
    try:
        return bool(ask(address, "api/status"))
    except (urllib.error.URLError, ConnectionError):
        return False


def ask(address, what):
    """Ask the server's API."""
    request = urllib.request.Request(f"{address}/{what}", headers={"Authorization": f"token {TOKEN}"})
    with urllib.request.urlopen(request, timeout=10) as reply:
        return json.load(reply)


def wait_for(happened, what):
    """Wait until something happens, with patience."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := happened():
            return found
        time.sleep(0.5)
    pytest.fail(f"waited {PATIENCE} s for {what}")


def counts(path):
    """Give the execution counts in the saved file."""
    notebook = nbformat.read(path, as_version=4)
    return [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]


def run_all(page, server, name):
    """Open a notebook, choose Run All Cells, and wait until its kernel is idle."""
    page.goto(f"{server}/lab/tree/{name}?token={TOKEN}&reset")
    page.locator(".jp-Notebook").first.wait_for(timeout=PATIENCE * 1000)
    wait_for(lambda: kernel_of(server, name), "a kernel")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


def kernel_of(server, name):
    """Give the state of the kernel of a notebook, or nothing."""
    sessions = [session for session in ask(server, "api/sessions") if session["path"].endswith(name)]
    return sessions[0]["kernel"]["execution_state"] if sessions else ""


def saved(page, server, folder, name):
    """Save when the kernel rests, and tell whether every code cell was executed."""
    if kernel_of(server, name) != "idle":
        return False
    page.keyboard.press("Control+s")
    page.wait_for_timeout(1000)
    try:
        return None not in counts(folder / name)
    except nbformat.reader.NotJSONError:  # half written
        return False


@pytest.mark.parametrize("name", NAMES)
def test_run_all_executes_every_cell_and_asks_nobody_outside(watched, server, folder, pictures, name):
    with watched(viewport={"width": 1400, "height": 1000}) as (page, watch):
        run_all(page, server, name)
        wait_for(lambda: saved(page, server, folder, name), f"all cells of {name}")
        page.screenshot(path=pictures / f"lab_{Path(name).stem}.png")
        if name.startswith("00"):
            look_at_the_table(page, pictures)
        if name.startswith("02"):
            look_at_the_figure(page, pictures)
    numbers = counts(folder / name)
    assert numbers == list(range(1, len(numbers) + 1))
    outputs = [
        out for cell in nbformat.read(folder / name, as_version=4).cells for out in cell.get("outputs", [])
    ]
    assert not [out for out in outputs if out.output_type == "error"]
    assert watch.outside(server) + watch.dialogs == []
    assert not [url for url in watch.requests if "/lab/api/news" in url or "/lab/api/update" in url]


def test_hostile_names_do_not_run_in_an_explored_table(watched, server, folder, pictures):
    leak = small_notebooks.hostile_folder(folder.parent / "hostile")
    start = f"import leakkit as lk\nartifacts = lk.open_leak({str(leak)!r}).artifacts()"
    show = "lk.show_table(artifacts[['path']], 'c $x^2$')\nlk.show_text('t $x^2$', artifacts['path'][0])"
    explore = "lk.explore(artifacts, '<b>bold</b> $x^2$')"
    python = {"display_name": "Python 3", "name": "python3"}
    small_notebooks.write(folder, "hostile", start, show, explore, kernelspec=python)
    with watched(viewport={"width": 1400, "height": 1000}) as (page, watch):
        run_all(page, server, "hostile.ipynb")
        table = page.locator(".dt-container").first
        table.get_by_text("a<script>alert(1)</script>.csv").wait_for(timeout=PATIENCE * 1000)
        assert table.get_by_text("<img src=x onerror=alert(1)>.json").count() == 1
        assert page.get_by_text("<b>bold</b> $x^2$", exact=True).count() == 1
        assert table.locator("script, img, b").count() == 0
        page.wait_for_timeout(3000)  # time in which formulas would be set
        assert page.locator("mjx-container, math").count() == 0
        page.screenshot(path=pictures / "lab_hostile.png")
    assert watch.dialogs == []
    assert watch.outside(server) == []


def look_at_the_figure(page, pictures):
    """Find the first figure with its caption below it."""
    page.locator(".jp-WindowedPanel-outer").first.evaluate("panel => panel.scrollTop = 0")
    picture = page.locator(".jp-OutputArea-output img").first
    picture.scroll_into_view_if_needed()
    caption = page.locator(".jp-OutputArea-output em").first
    assert caption.inner_text().startswith("Bytes and members held")
    assert caption.bounding_box()["y"] > picture.bounding_box()["y"]
    page.screenshot(path=pictures / "lab_figure.png")


def look_at_the_table(page, pictures):
    """Search and sort the inventory, as a reader would."""
    table = page.locator(".dt-container").first
    table.scroll_into_view_if_needed()
    table.locator(".dt-search input").fill("safetensors")
    page.get_by_text("filtered from").first.wait_for()
    rows = table.locator("tbody tr")
    assert rows.count() > 0
    assert all("safetensors" in text for text in rows.all_inner_texts())
    table.locator("thead th").nth(1).click()
    table.locator("thead th[aria-sort=ascending]").wait_for()
    sizes = [int(text) for text in rows.locator("td:nth-child(2)").all_inner_texts()]
    assert sizes == sorted(sizes) and len(set(sizes)) > 3
    page.screenshot(path=pictures / "lab_table_searched.png")
