"""States of machines and kinds of things in columns that could be about people; all values are invented."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import leakkit as lk
from leakkit.pii.weighing.states_of_machines import is_part, is_state


def _entities(tmp_path: Path, column: str, values: tuple[str, ...], rows: int = 300) -> set[str]:
    """Search a table with one column of values that come again and again; gives the entities found in it."""
    cells = [values[(n * 7 + n // 5) % len(values)] for n in range(rows)]
    frame = pd.DataFrame({"n": range(rows), column: cells, "reading": [f"{n / 7:.3f}" for n in range(rows)]})
    frame.to_csv(tmp_path / "table.csv", index=False)
    return set(lk.scan(tmp_path, workers=1, progress=False).findings()["entity"])


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("state", ("Normal", "Warning", "Critical", "Idle")),
        ("state", ("Bereit", "Gestört", "Normal", "Wartung")),
        ("state", ("Normal", "Activo", "Parado", "Pendiente")),
        ("name", ("Main Loop", "Side Car", "Model Server", "Grace Shutdown")),
        ("location", ("Hall 3", "Server Room East", "Row B")),
        ("site", ("West Wing", "Plant Two")),
        ("first", ("A", "B")),
        ("city", ("Other", "Unknown")),
    ],
)
def test_column_of_states_or_kinds_of_things_holds_no_data_of_people(
    tmp_path: Path, column: str, values: tuple[str, ...]
) -> None:
    assert not _entities(tmp_path, column, values)


@pytest.mark.parametrize(
    ("column", "values", "entity"),
    [
        ("state", ("Ohio", "Texas", "Utah"), "STATE"),
        ("state", ("OK", "OR", "IN", "NM"), "STATE"),
        ("name", ("Anna Kowalska", "Oğuz Demir", "Fatou Diop"), "PERSON"),
        ("city", ("Bern", "Lyon", "Graz"), "CITY"),
        ("address", ("Mill Lane 4", "Elm Street 12"), "STREET_ADDRESS"),
    ],
)
def test_column_of_a_few_people_or_places_is_found(
    tmp_path: Path, column: str, values: tuple[str, ...], entity: str
) -> None:
    assert entity in _entities(tmp_path, column, values)


def test_states_and_parts_are_told_by_their_words() -> None:
    assert is_state("Running") and is_state("работает") and is_state("in bearbeitung")
    assert not is_state("") and not is_state("Normal Town") and not is_state("Ohio")
    assert is_part("server") and not is_part("anna")


@pytest.mark.parametrize(
    "text",
    [
        "2031-03-05 10:10:10 UTC [771] LOG:  could not receive data from client: Connection reset by peer",
        "10:10 ERROR user: Permission denied",
        "[   23.056554] systemd[1]: Started Getty on tty6.",
        "Mar  5 10:00:00 node-4 systemd[1]: Reached target Multi-User System.",
        "author: Unknown Field",
        ".Card{color:red;font-family:Georgia,Palatino Linotype,serif}",
        "1F5FD ; fully-qualified # Statue of Liberty E0.6",
        '"DisplayName"="Grace Updater"',
        '    <string name="first_name">الاسم الأول</string>',
        '    <string name="profile_author">Author</string>',
        '"first_name" = "Vorname";',
        '"owner.name" = "Name Des Besitzers";',
        "cc: Release Bot",
    ],
)
def test_lines_of_machines_hold_no_names(text: str) -> None:
    found = lk.find_pii([text])
    assert not found["entity"].isin(("PERSON", "LOCATION", "COUNTRY", "ORGANIZATION")).any()


def test_packages_named_like_people_are_none(tmp_path: Path) -> None:
    names = ("alex", "clap", "tokio", "rand", "serde", "julia")
    lines = [f'[[package]]\nname = "{names[n % 6]}"\nversion = "1.{n}.0"\n' for n in range(30)]
    (tmp_path / "list.lock").write_text("\n".join(lines), encoding="utf-8")
    assert lk.scan(tmp_path, workers=1, progress=False).findings().empty
    (tmp_path / "list.lock").write_text(
        'name = "Anna Kowalska"\nphone = "+48 601 234 567"\n', encoding="utf-8"
    )
    assert "PERSON" in set(lk.scan(tmp_path, workers=1, progress=False).findings()["entity"])
