"""Reports: one page a notebook, the same bytes each time, nothing live, good errors."""

from __future__ import annotations

import os
import random
import re
import stat

import pytest
from bs4 import BeautifulSoup

from leakkit.errors import (
    BadOutputError,
    BadParameterError,
    LeakNotFoundError,
    NotALeakError,
    NotebookFailedError,
)
from leakkit.report import export_report, load_artifacts
from leakkit.report.cleaning import clean_html, finish_page
from leakkit.report.handover import ARTIFACTS_VARIABLE, LEAK_VARIABLE
from leakkit.report.index import fingerprint
from leakkit.report.notebooks import notebook_paths
from leakkit.report.stored import clean_notebook, execute_notebooks
from tests import made_up, small_notebooks
from tests.small_notebooks import OPEN, SHOW

SECRET = "hunter2-invented"


@pytest.fixture(scope="module")
def leak(tmp_path_factory):
    """A folder with two files and hostile names."""
    folder = small_notebooks.hostile_folder(tmp_path_factory.mktemp("private") / "case_7")
    (folder / "server.log").write_text("2025-03-01 invented line\n" * 50, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def question(tmp_path_factory):
    """One small notebook with a table, a figure, a caption, and a twice used heading."""
    folder = tmp_path_factory.mktemp("notebooks")
    text = "## Ünüsual & odd?\n\nWords."
    return small_notebooks.write(folder, "small", "# A small question?", OPEN, text, SHOW, text)


@pytest.fixture(scope="module")
def report(leak, question, tmp_path_factory):
    """The report on both."""
    out = tmp_path_factory.mktemp("out")
    return export_report(leak, out / "new" / "folder", [question])


def soup_of(path):
    """Parse one page."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def pages(report):
    """Give every file of a report."""
    return sorted(report.parent.iterdir())


def test_a_report_is_an_index_and_one_page_a_notebook(report):
    assert report.name == "index.html"
    assert [path.name for path in pages(report)] == ["index.html", "small.html"]


def test_two_reports_are_equal_byte_for_byte(report, leak, question, tmp_path):
    again = export_report(leak, tmp_path / "again", [question])
    assert [p.read_bytes() for p in pages(again)] == [p.read_bytes() for p in pages(report)]


def test_no_page_names_the_place_it_was_read_from(report, leak):
    for path in pages(report):
        text = path.read_text(encoding="utf-8")
        assert str(leak.parent) not in text
        assert "case_7" in text
        assert "/tmp" not in text


def test_no_page_loads_or_runs_anything(report):
    for path in pages(report):
        soup, text = soup_of(path), path.read_text(encoding="utf-8")
        assert not soup.find_all(["script", "iframe", "object", "embed", "link", "form", "svg", "base"])
        assert all(tag["src"].startswith("data:image/png;base64,") for tag in soup.find_all(src=True))
        assert not [name for tag in soup.find_all(True) for name in tag.attrs if name.startswith("on")]
        assert not re.search(r"url\(|@import", text)
        policy = soup.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
        assert policy.startswith("default-src 'none'")


def test_hostile_names_are_text(report):
    text = soup_of(report.parent / "small.html").get_text()
    assert "a<script>alert(1)</script>.csv" in text
    assert "<img src=x onerror=alert(1)>.json" in text
    assert "red\\x1b[31m.txt" in text
    for path in pages(report):
        assert not set(path.read_text(encoding="utf-8")) & {"\x1b", "\u202e"}


def test_every_image_has_alt_text_and_a_caption(report):
    for path in pages(report):
        images = soup_of(path).find_all("img")
        assert images
        for image in images:
            assert len(image["alt"]) > 15
            assert "No description" not in image["alt"]
            assert image.find_parent("figure").figcaption.get_text()


def test_every_table_has_a_caption_and_scopes(report):
    for table in soup_of(report.parent / "small.html").find_all("table"):
        assert table.caption.get_text()
        assert {th["scope"] for th in table.find_all("th")} <= {"col", "row"}


def test_pages_have_landmarks_language_and_title(report):
    for path in pages(report):
        soup = soup_of(path)
        assert soup.html["lang"] == "en"
        assert soup.title.get_text().strip()
        assert [len(soup.find_all(tag)) for tag in ("main", "header", "footer", "h1")] == [1, 1, 1, 1]
        assert soup.find("a", class_="skip")["href"] == "#" + soup.main["id"]


def test_every_link_lands(report):
    for path in pages(report):
        soup = soup_of(path)
        identifiers = [tag["id"] for tag in soup.find_all(id=True)]
        assert len(identifiers) == len(set(identifiers))
        for link in soup.find_all("a", href=True):
            page, _, place = link["href"].partition("#")
            assert not page or (path.parent / page).is_file()
            assert not place or place in identifiers
    contents = soup_of(report.parent / "small.html").select("nav.contents a")
    assert [link.get_text() for link in contents] == ["Ünüsual & odd?"] * 2


def test_code_is_folded_and_output_is_not(report):
    soup = soup_of(report.parent / "small.html")
    assert len(soup.select("details.code pre")) == 2
    assert not soup.select("details.code table, details.code img")


def test_a_page_stays_under_one_megabyte(report):
    assert all(path.stat().st_size < 1_000_000 for path in pages(report))


def test_the_index_gives_each_figure_with_its_whole(report):
    soup = soup_of(report)
    words = [" ".join(box.get_text(" ").split()) for box in soup.select("dl.figures > div")]
    assert words[:3] == ["Members 8", "Held 8 of 8 members", "Only claimed 0 of 8 members"]
    assert "case_7" in soup.h1.get_text()


def test_only_the_sample_is_called_invented(report):
    assert "nvented" not in soup_of(report).body.get_text()


def test_a_failing_notebook_is_named_without_content_of_the_leak(leak, tmp_path):
    bad = f"raise ValueError({SECRET!r})"
    notebook = small_notebooks.write(tmp_path, "bad", "# Q?", OPEN, "## Where it fails", bad)
    with pytest.raises(NotebookFailedError) as caught:
        export_report(leak, tmp_path / "out", [notebook])
    assert "notebook bad.ipynb" in caught.value.expected
    assert caught.value.found == 'found ValueError in code cell 2, under "Where it fails"'
    assert "leakkit lab" in caught.value.todo
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None and caught.value.__suppress_context__
    assert list((tmp_path / "out").iterdir()) == []


def test_a_dying_kernel_is_a_failed_notebook(leak, tmp_path):
    notebook = small_notebooks.write(tmp_path, "dying", "import os", "os._exit(3)")
    with pytest.raises(NotebookFailedError, match="death of its Python process"):
        export_report(leak, tmp_path / "out", [notebook])


def test_a_failure_leaves_the_last_report_as_it_was(leak, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "index.html").write_text("old", encoding="utf-8")
    with pytest.raises(NotebookFailedError):
        export_report(leak, out, [small_notebooks.write(tmp_path, "bad", "1 / 0")])
    assert [path.name for path in out.iterdir()] == ["index.html"]
    assert (out / "index.html").read_text(encoding="utf-8") == "old"


def test_the_notebook_file_is_not_touched(question, report):
    assert '"outputs": []' in question.read_text(encoding="utf-8")


def test_out_must_not_be_a_file(leak, question, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(BadOutputError, match="found the file .*name a folder"):
        export_report(leak, tmp_path / "file", [question])


@pytest.mark.parametrize("inside", [".", "reports", "a/../b"])
def test_out_must_not_lie_inside_the_leak(leak, question, inside):
    before = sorted(leak.rglob("*"))
    with pytest.raises(BadOutputError, match="lies inside it"):
        export_report(leak, leak / inside, [question])
    assert sorted(leak.rglob("*")) == before


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user whom the system can refuse")
def test_out_must_be_writable(leak, question, tmp_path):
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(BadOutputError, match="the system refuses"):
        export_report(leak, tmp_path / "out", [question])


def test_out_below_a_file_cannot_be_made(leak, question, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(BadOutputError, match="the system refuses"):
        export_report(leak, tmp_path / "file" / "out", [question])


def test_a_missing_leak_is_told_before_any_notebook_runs(question, tmp_path):
    with pytest.raises(LeakNotFoundError, match="found nothing at"):
        export_report(tmp_path / "nowhere", tmp_path / "out", [question])


def test_notebooks_must_be_notebooks(leak, tmp_path):
    (tmp_path / "broken.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(BadParameterError, match="cannot be read as one"):
        export_report(leak, tmp_path / "out", [tmp_path / "broken.ipynb"])
    with pytest.raises(BadParameterError, match="found x.txt"):
        notebook_paths([tmp_path / "x.txt"])


def test_no_notebook_may_take_the_place_of_the_index(tmp_path):
    with pytest.raises(BadParameterError, match="none called index"):
        notebook_paths([small_notebooks.write(tmp_path, "index", "1")])


def test_the_inventory_is_taken_once_and_handed_over(leak, monkeypatch, tmp_path):
    import leakkit as lk
    from leakkit.leak.inventory import write_inventory

    opened = lk.open_leak(str(leak))
    write_inventory(opened, tmp_path / "a.parquet")
    monkeypatch.setenv(LEAK_VARIABLE, str(leak))
    monkeypatch.setenv(ARTIFACTS_VARIABLE, str(tmp_path / "a.parquet"))
    monkeypatch.setattr(lk.Leak, "inventory_batches", lambda *_, **__: pytest.fail("taken again"))
    handed = load_artifacts(opened)
    monkeypatch.setattr(opened, "walk", lambda *_: pytest.fail("the leak was read a second time"))
    opened.models()
    monkeypatch.undo()
    fresh = lk.open_leak(str(leak)).artifacts()
    assert handed.equals(fresh)
    assert handed.dtypes.equals(fresh.dtypes)


def test_an_inventory_of_another_leak_is_not_used(leak, monkeypatch, tmp_path):
    import leakkit as lk

    monkeypatch.setenv(LEAK_VARIABLE, "somewhere/else")
    monkeypatch.setenv(ARTIFACTS_VARIABLE, str(tmp_path / "absent.parquet"))
    assert len(load_artifacts(lk.open_leak(str(leak)))) == 8


def test_output_html_is_cleaned_of_all_that_could_run_or_load():
    dirty = """<p onclick="x()">a<script>alert(1)</script><style>p{}</style><svg><a xlink:href="x"/></svg>
    <img src="https://example.org/x.png"><a href="javascript:alert(1)">l</a><a href="https://example.org">m</a>
    <iframe src="x"></iframe><b style="background:url(//example.org)">k</b><!-- c --><form><input></form></p>"""
    clean = clean_html(dirty)
    for word in ("script", "style", "svg", "example.org", "onclick", "iframe", "<!--", "form", "input"):
        assert word not in clean
    assert [tag.name for tag in BeautifulSoup(clean, "html.parser").find_all(True)] == [
        "p",
        "img",
        "a",
        "a",
        "b",
    ]


def test_text_of_links_in_our_own_prose_stays_a_link():
    page = finish_page('<main><h2>A</h2><h2>A</h2><a href="https://example.org/">source</a></main>')
    soup = BeautifulSoup(page, "html.parser")
    assert soup.a["href"] == "https://example.org/"
    assert [h["id"] for h in soup.find_all("h2")] == ["A", "A-2"]


@pytest.mark.parametrize(
    ("tag", "seen"),
    [("remove", (False, False)), ("hide-input", (False, True)), ("remove-output", (True, False))],
)
def test_tags_keep_cells_code_or_output_out_of_the_page(tag, seen):
    import nbformat

    from leakkit.report.pages import notebook_html

    output = nbformat.v4.new_output("stream", name="stdout", text="OUTPUT")
    cell = nbformat.v4.new_code_cell("SOURCE = 1", metadata={"tags": [tag]}, outputs=[output])
    kit = {
        "title": "t",
        "leak_name": "l",
        "invented": False,
        "pages": [],
        "file": "",
        "version": "0",
        "fingerprint": "",
    }
    html = notebook_html(nbformat.v4.new_notebook(cells=[cell]), kit)
    assert ("SOURCE" in html, "OUTPUT" in html) == seen


def test_warnings_and_progress_are_not_part_of_a_page():
    import nbformat

    from leakkit.report.pages import output_html

    assert output_html(nbformat.v4.new_output("stream", name="stderr", text="10%|#"), None) == ""


def test_a_fingerprint_follows_content_and_not_time():
    artifacts = made_up.artifacts()
    later = artifacts.assign(mtime=made_up.access()["time"].iloc[0])
    assert fingerprint(artifacts) == fingerprint(later)
    assert fingerprint(artifacts) != fingerprint(artifacts.head(3))


def test_executed_notebooks_are_clean_and_stable(tmp_path):
    path = small_notebooks.write(
        tmp_path, "one", "# Q?", "x=1", "print( x )", leakkit={"report": False}, widgets={"a": 1}
    )
    list(execute_notebooks(tmp_path))
    first = path.read_bytes()
    list(execute_notebooks(tmp_path))
    assert path.read_bytes() == first
    text = first.decode()
    assert '"execution_count": 2' in text
    assert "print(x)" in text and '"1\\n"' in text
    assert "iopub" not in text and "widgets" not in text and '"version"' not in text
    assert '"report": false' in text and '"id": "cell-1"' in text


def test_a_failing_notebook_is_not_stored(tmp_path):
    path = small_notebooks.write(tmp_path, "one", "1/0")
    with pytest.raises(NotebookFailedError):
        list(execute_notebooks(tmp_path))
    assert '"execution_count": null' in path.read_text(encoding="utf-8")


def test_an_empty_folder_is_told(tmp_path):
    with pytest.raises(BadParameterError, match="found none in it"):
        list(execute_notebooks(tmp_path))


def test_cleaning_keeps_tags_and_identifiers():
    import nbformat

    cell = nbformat.v4.new_code_cell("1", id="a", metadata={"tags": ["parameters"], "collapsed": True})
    clean = clean_notebook(nbformat.v4.new_notebook(cells=[cell], metadata={"vscode": {}}))
    assert clean.cells[0].metadata == {"tags": ["parameters"]}
    assert clean.cells[0].id == "a"
    assert "vscode" not in clean.metadata


def test_one_file_of_no_known_format_is_no_leak_to_report_on(tmp_path):
    (tmp_path / "noise.bin").write_bytes(random.Random(7).randbytes(512))
    with pytest.raises(NotALeakError, match="512 B of no known format") as caught:
        export_report(tmp_path / "noise.bin", tmp_path / "out", quiet=True)
    assert caught.value.todo and list((tmp_path / "out").iterdir()) == []
