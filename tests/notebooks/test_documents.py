"""Notebooks as documents: their shape, their stored outputs, their exercises."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pytest

import leakkit
from leakkit.errors import NotebookFailedError
from leakkit.report.run import run_notebook

REPOSITORY = Path(leakkit.__file__).resolve().parents[1]
NOTEBOOKS = sorted((REPOSITORY / "notebooks").glob("*.ipynb"))
EVERY = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
MOST_LINES = 10
FIRST_CELLS = ("imports", "parameters", "open")


def read(path):
    """Read one notebook."""
    return nbformat.read(path, as_version=4)


def code_cells(notebook):
    """Give the code cells."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def texts(notebook):
    """Give all prose."""
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def solutions(notebook):
    """Give the code of the folded solutions."""
    found = re.findall(r"<summary>Solution</summary>\s*```python\n(.*?)```", texts(notebook), flags=re.DOTALL)
    return [block.strip() for block in found]


def test_there_are_notebooks():
    assert [path.stem for path in NOTEBOOKS][:3] == [
        "00_start_here",
        "01_incident_landscape",
        "02_exposure_scope",
    ]


@EVERY
def test_the_title_is_a_question_and_headings_skip_no_level(path):
    levels = [(len(m[1]), m[2]) for m in re.finditer(r"^(#+) (.+)$", texts(read(path)), flags=re.MULTILINE)]
    assert levels[0][0] == 1
    assert levels[0][1].endswith("?")
    assert sum(level == 1 for level, _ in levels) == 1
    assert all(second - first <= 1 for (first, _), (second, _) in zip(levels, levels[1:], strict=False))


@EVERY
def test_the_skeleton_is_there(path):
    prose = texts(read(path))
    for heading in ("## Exercise", "## Limits", "## References"):
        assert heading in prose
    assert re.search(r"minutes to read", prose) or "minutes" in prose
    assert re.search(r"## References.*https://", prose, flags=re.DOTALL)


@EVERY
def test_cells_are_few_and_short(path):
    cells = code_cells(read(path))
    assert len(cells) <= 20
    for cell in cells:
        assert len([line for line in cell.source.splitlines() if line.strip()]) <= MOST_LINES


@EVERY
def test_no_cell_defines_a_function_or_hides_a_warning(path):
    for cell in code_cells(read(path)):
        tree = ast.parse(cell.source)
        assert not [n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.ClassDef, ast.Lambda))]
        assert "warnings" not in cell.source
        assert not cell.source.rstrip().endswith(";")


@EVERY
def test_one_cell_takes_the_leak_from_the_environment(path):
    tagged = [cell for cell in code_cells(read(path)) if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    assert 'os.environ.get("LEAKKIT_LEAK")' in tagged[0].source


@EVERY
def test_every_name_used_from_the_kit_is_promised(path):
    used = {name for cell in code_cells(read(path)) for name in re.findall(r"\blk\.(\w+)", cell.source)}
    assert used <= set(dir(leakkit))


@EVERY
def test_outputs_are_stored_in_order_and_clean(path):
    notebook = read(path)
    cells = code_cells(notebook)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    for cell in cells:
        assert set(cell.metadata) <= {"tags"}
        for output in cell.outputs:
            assert output.output_type == "display_data"  # no warning, no stray value, no error
    assert set(notebook.metadata) <= {"kernelspec", "language_info", "leakkit"}


@EVERY
def test_stored_outputs_name_no_place_and_no_time_of_this_machine(path):
    stored = "\n".join(
        str(output.data.get(kind, ""))
        for cell in code_cells(read(path))
        for output in cell.outputs
        for kind in ("text/plain", "text/html")
    )
    for word in (
        str(REPOSITORY),
        str(Path.home()),
        "/leakkit-",
        "site-packages",
        "0x",
        "Traceback",
        "Warning",
    ):
        assert word not in stored


@EVERY
def test_no_stored_output_shows_an_address_or_a_name_from_a_log(path):
    stored = "\n".join(str(output.data) for cell in code_cells(read(path)) for output in cell.outputs)
    stored = re.sub(r"'image/png': '[^']*'", "", stored)
    assert not re.findall(r"\b(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+\b", stored)
    assert not re.findall(r"\b[\w.]+@[\w.]*example\.\w+", stored)


@EVERY
def test_every_figure_has_words_for_those_who_do_not_see_it(path):
    for cell in code_cells(read(path)):
        pictures = [output for output in cell.outputs if "image/png" in output.data]
        for picture in pictures:
            details = picture.metadata["image/png"]
            assert len(details["alt"]) > 30 and re.search(r"\d", details["alt"])
            assert len(details["caption"]) > 20
        assert not pictures or "lk.show_table" in cell.source  # the numbers, in the same cell


@EVERY
def test_cell_identifiers_are_words(path):
    identifiers = [cell.id for cell in read(path).cells]
    assert len(identifiers) == len(set(identifiers))
    assert all(re.fullmatch(r"[a-z][a-z-]+", identifier) for identifier in identifiers)


@EVERY
def test_solutions_are_right(path):
    notebook = read(path)
    found = solutions(notebook)
    assert found
    assert len(found) == len(
        [cell for cell in code_cells(notebook) if "check" in cell.metadata.get("tags", [])]
    )
    run_notebook(with_answers(notebook, found), path.name, {})


@EVERY
def test_a_wrong_answer_gets_help(path):
    notebook = read(path)
    wrong = with_answers(notebook, [re.sub(r"=.*", "= -12345", block) for block in solutions(notebook)])
    with pytest.raises(NotebookFailedError, match='AssertionError in code cell .*, under "Exercise"'):
        run_notebook(wrong, path.name, {})
    checks = [cell for cell in code_cells(notebook) if "check" in cell.metadata.get("tags", [])]
    assert all(re.search(r'assert .*, "[A-Z].{20,}"', cell.source) for cell in checks)


def with_answers(notebook, answers):
    """Give the exercise of a notebook: its first cells, then an answer before each check."""
    cells, answers = [], iter(answers)
    for cell in notebook.cells:
        if "check" in cell.metadata.get("tags", []):
            cells.append(nbformat.v4.new_code_cell(next(answers)))
        if cell.cell_type == "markdown" or cell.id in FIRST_CELLS or cell.id.startswith("exercise"):
            cells.append(cell)
    notebook.cells = cells
    return notebook
