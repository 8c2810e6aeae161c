"""Cells that neither a detector nor the name of a column tells are found where the whole table tells them."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from stdnum import luhn

from leakkit.pii.scanning.scan import scan
from leakkit.pii.spans import Span
from leakkit.pii.spans_more import span_of
from leakkit.pii.table_spans import LEAST_ROWS, without_places_of

NAMES = "Mara Ines Olga Peter Tomas Lucia Jonas Edith Karl Nina Paul Vera Hugo Rosa Emil Anja".split()
FAMILIES = "Okafor Larsen Dubois Costa Yilmaz Brandt Novak Weiss Lindgren Moreau Pereira Horvat".split()


def _kvnr(rng: random.Random) -> str:
    """Make an invented German health insurance number with its check digit."""
    letter, body = rng.choice("ABCDEFGH"), f"{rng.randrange(10**8):08}"
    digits = f"{ord(letter) - 64:02}{body}"
    total = sum(
        int(d) * f if int(d) * f < 10 else int(d) * f - 9 for d, f in zip(digits, (1, 2) * 5, strict=True)
    )
    return f"{letter}{body}{total % 10}"


def _table(count: int, head: str) -> str:
    """Write rows of people under a head that says little."""
    rng = random.Random(5)
    rows = [head]
    for _ in range(count):
        born = f"{rng.randrange(1940, 2004)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
        name = f"{rng.choice(NAMES)} {rng.choice(FAMILIES)}"
        rows.append(f"{rng.randrange(9)};{_kvnr(rng)};{name};{born};{rng.choice('ab')}")
    return "\n".join(rows) + "\n"


def _found(folder: Path, text: str, name: str = "t.csv") -> dict[tuple[str, str], int]:
    """Count findings by field and entity."""
    (folder / name).write_text(text, encoding="utf-8")
    frame = scan(folder, workers=1, progress=False).findings()
    return frame.groupby(["field", "entity"], observed=True).size().to_dict()


def test_codes_and_births_under_vague_heads_are_found(tmp_path: Path) -> None:
    found = _found(tmp_path, _table(60, "q;vx;bez;gd;grp"))
    assert found["vx", "MEDICAL_ID"] == 60
    assert found["gd", "DATE_OF_BIRTH"] == 60
    assert not [key for key in found if key[0] in ("q", "grp")]


def test_their_evidence_says_that_the_table_told(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(_table(60, "q;vx;bez;gd;grp"))
    frame = scan(tmp_path, workers=1, progress=False).findings()
    told = frame.loc[frame["entity"].eq("MEDICAL_ID"), "evidence"]
    assert told.str.startswith("column:MEDICAL_ID:").all()
    assert told.str.contains("table values 100% pass the rule of de_health_insurance").all()


def test_a_few_rows_tell_too_little(tmp_path: Path) -> None:
    found = _found(tmp_path, _table(LEAST_ROWS - 1, "q;vx;bez;gd;grp"))
    assert ("gd", "DATE_OF_BIRTH") not in found


def test_fields_that_stand_in_few_records_each_are_no_table(tmp_path: Path) -> None:
    rows = [f'{{"key_{n}": "{NAMES[n % 16]} {FAMILIES[n % 12]}", "x_{n}": "word {n}"}}' for n in range(40)]
    (tmp_path / "a.jsonl").write_text("\n".join(rows))
    assert scan(tmp_path, workers=1, progress=False).skipped().empty


def test_numbers_of_a_table_of_machines_stay_numbers(tmp_path: Path) -> None:
    rng = random.Random(3)
    rows = ["part;serial;built;batch"]
    for _ in range(80):
        serial = f"{rng.randrange(10**14):014}"
        built = f"{rng.randrange(2015, 2024)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
        rows.append(
            f"P-{rng.randrange(999)};{serial}{luhn.calc_check_digit(serial)};{built};{rng.randrange(50)}"
        )
    assert not [key for key in _found(tmp_path, "\n".join(rows)) if key[1] == "DATE_OF_BIRTH"]


@pytest.mark.parametrize("value", ["  {}  ", "{}"])
def test_spans_leave_out_blanks_around_a_value(tmp_path: Path, value: str) -> None:
    text = _table(60, "q;vx;bez;gd;grp").splitlines()
    rows = [text[0]] + [
        ";".join([a, value.format(b), *rest]) for a, b, *rest in (r.split(";") for r in text[1:])
    ]
    (tmp_path / "t.csv").write_text("\n".join(rows))
    frame = scan(tmp_path, workers=1, progress=False).findings()
    told = frame[frame["entity"].eq("MEDICAL_ID")]
    assert len(told) == 60
    assert (told["end"] - told["start"]).eq(10).all()


def _spans(entity: str, source: str, *values: str) -> list[Span]:
    """Cells of one column, from row 0 on, as one source found them."""
    return [
        span_of(row, 0, len(value), entity, 0.7, f"{source}:{entity}:0.70", source, value)
        for row, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("cells", "left"),
    [
        (("Ledbetter", "Winchester", "van Loon"), ["PERSON"]),
        (("Ann Ledbetter", "Winchester", "Tom van Loon"), ["LOCATION", "ORGANIZATION", "PERSON"]),
    ],
)
def test_in_columns_of_half_names_are_no_places_and_firms(cells: tuple[str, ...], left: list[str]) -> None:
    told = _spans("PERSON", "column", *cells)
    more = [
        span for entity in ("LOCATION", "ORGANIZATION", "PERSON") for span in _spans(entity, "tagger", *cells)
    ]
    kept = without_places_of(told, more, np.zeros(3, np.int64))
    assert sorted({span.entity for span in kept}) == left


def test_places_in_other_columns_stay() -> None:
    told = _spans("PERSON", "column", "Ledbetter", "Winchester")
    more = _spans("LOCATION", "tagger", "Ashford", "Bedford", "Ashford")[2:]
    assert without_places_of(told, more, np.array([0, 0, 1])) == more
