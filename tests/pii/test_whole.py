"""The column path gives what the usual search gives: on clean, mixed, dirty and hostile tables."""

from __future__ import annotations

import random
from functools import cache

import numpy as np
import pyarrow as pa
import pytest

from leakkit.leak.records.stream import schema
from leakkit.pii.detector import Detector
from leakkit.pii.find import find_batch
from leakkit.pii.findings import columns_of_found, from_columns
from leakkit.pii.masking.case import Case
from leakkit.pii.matching.buffers import join_arrow
from leakkit.pii.setup import Setup, make_setup
from leakkit.pii.spans import find_columns
from leakkit.pii.whole.exact import tagged_of
from leakkit.pii.whole.find import find_whole, put_together
from leakkit.pii.whole.forms import LETTERS, Forms, forms_of
from leakkit.pii.whole.judge import _one_by_one, judge
from leakkit.pii.whole.shapes import LONGEST, TABLE
from leakkit.pii.whole.values import Values
from leakkit.pii.whole.windows import Lines, windows_of
from leakkit.pii.whole.words import literals_in
from tests.pii import tables_mixed


@cache
def _setup(**options: str) -> Setup:
    """Give a setup without names."""
    return make_setup(names=None, case=Case(b"an invented salt for tests"), **options)


def _batch(cells: list[tuple[str, str | None]]) -> pa.RecordBatch:
    """Give cells as a batch: name of the field and text of each."""
    arrays = [
        pa.array(["a.csv"] * len(cells), pa.string()),
        pa.array(range(len(cells)), pa.int64()),
        pa.array([field for field, _ in cells], pa.string()),
        pa.array([text for _, text in cells], pa.large_string()),
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema())


def _column(name: str, texts: list[str]) -> pa.RecordBatch:
    """Give a single column as a batch."""
    return _batch([(name, text) for text in texts])


def _cells(table: list[dict[str, str]]) -> list[tuple[str, str | None]]:
    """Give the cells of a table row by row."""
    return [(name, text) for row in table for name, text in row.items()]


def _usual(batch: pa.RecordBatch, setup: Setup) -> pa.Table:
    """Search every cell in the usual way."""
    found = find_columns(join_arrow(batch.column("text")), batch.column("field"), setup)
    return from_columns(batch, found.rows, columns_of_found(found, setup))


def _both(batch: pa.RecordBatch, setup: Setup) -> tuple[pa.Table, int]:
    """Search by columns, and what is left in the usual way; with the number of cells that were left."""
    whole, rest = find_whole(batch, setup)
    left = batch.take(pa.array(rest))
    found = find_columns(join_arrow(left.column("text")), left.column("field"), setup)
    places, columns = put_together(whole, (rest[found.rows], columns_of_found(found, setup)))
    return from_columns(batch, places, columns), len(rest)


def _assert_same(batch: pa.RecordBatch, setup: Setup | None = None) -> tuple[pa.Table, int]:
    """Assert that both ways give the same rows in the same order."""
    setup = setup or _setup()
    found, left = _both(batch, setup)
    assert found.to_pylist() == _usual(batch, setup).to_pylist()
    return found, left


@pytest.mark.parametrize(("seed", "dirt"), [(1, 0.0), (2, 0.02), (3, 0.3)])
def test_a_table_of_many_columns_gives_what_the_usual_search_gives(seed: int, dirt: float) -> None:
    found, left = _assert_same(_batch(_cells(tables_mixed.rows(250, seed, dirt))))
    assert found.num_rows > 2_000
    assert left < 250 * len(tables_mixed.COLUMNS)


def test_what_earlier_batches_taught_changes_nothing() -> None:
    setup = make_setup(names=None, case=Case(b"an invented salt for tests"))
    for seed in range(3):
        _assert_same(_batch(_cells(tables_mixed.rows(250, seed, 0.05))), setup)


def test_most_cells_of_a_clean_table_need_no_usual_search() -> None:
    columns = ("id", "Kundenname", "ort", "geburtsdatum", "plz", "user", "alter", "ssn")
    _, left = _assert_same(_batch(_cells(tables_mixed.rows(1_500, 5, 0.0, columns))))
    assert left < 0.1 * 1_500 * len(columns)


@pytest.mark.parametrize("engine", ["re2", "hyperscan"])
def test_both_engines_agree_with_it(engine: str) -> None:
    if engine == "hyperscan":
        pytest.importorskip("hyperscan")
    columns = ("e_mail", "Telefon", "ip", "note")
    _assert_same(_batch(_cells(tables_mixed.rows(250, 6, 0.05, columns))), _setup(engine=engine))


@pytest.mark.parametrize("column", ["id", "Kundenname", "ort", "status", "amount", "geburtsdatum", "Telefon"])
def test_a_secret_in_a_column_of_harmless_values_is_found(column: str) -> None:
    rng = random.Random(7)
    texts = [tables_mixed.COLUMNS[column](rng) for _ in range(2_000)]
    texts[1_234] = "AKIAQ3EGRZTWKB5HXJNM"
    texts[1_777] = "ines.marta7@post.nordhafen.org"
    found, _ = _assert_same(_column(column, texts))
    held = {row["row"]: row["entity"] for row in found.to_pylist() if row["row"] in (1_234, 1_777)}
    assert held[1_777] == "EMAIL"
    assert 1_234 in held


def test_a_misleading_header_changes_nothing() -> None:
    rng = random.Random(8)
    for name, maker in (("phone", "e_mail"), ("email", "Telefon"), ("password", "ort"), ("notes", "IBAN")):
        _assert_same(_column(name, [tables_mixed.COLUMNS[maker](rng) for _ in range(300)]))


def test_context_words_in_most_values_of_a_column_count() -> None:
    rng = random.Random(14)
    words = ("tel", "passport", "plate", "born", "steuer-id", "account", "Ann")
    texts = [
        f"{rng.choice(words)} {rng.choice((10**5, 10**8, 10**10)) + rng.randrange(10**5)}" for _ in range(900)
    ]
    found, _ = _assert_same(_column("remark", texts))
    assert found.num_rows > 100


def test_odd_cells_change_nothing() -> None:
    texts = [f"07700 900{n:03}" for n in range(600)]
    for place, odd in enumerate(
        ["", " ", "\u0660\u0661\u0662\u0663\u0664 \u0665\u0666\u0667", "a" * 2**20, "\x1e07700 900123", "x\x00y",
         "07700 900123\n07700 900124", "é07700 900123", "07700 900123ß", "７７００ ９００１２３", "\ufffd", "ſk_live",
         "×07700 900123÷", "“07700 900123”", "mail: a@b.example", "=cmd|'/c calc'!A1", "\u202e07700 900123"]
    ):  # fmt: skip
        texts[place * 31] = odd
    _assert_same(_column("phone", texts))
    _assert_same(_batch([("phone", None if n % 7 == 0 else text) for n, text in enumerate(texts)]))


def test_short_fields_among_long_texts_give_what_the_usual_search_gives() -> None:
    rng = random.Random(9)
    cells: list[tuple[str, str | None]] = []
    for number in range(400):
        cells.append(("messages[0].role", rng.choice(("user", "assistant"))))
        cells.append(("messages[0].content", f"write to {tables_mixed._mail(rng)}\n" * (1 + number % 5)))
        cells.append(("meta.ip", tables_mixed._address(rng)))
        cells.append(("", f"call {tables_mixed._phone(rng)}"))
    _assert_same(_batch(cells))


def test_a_lower_bound_of_likelihood_holds_here_too() -> None:
    batch = _batch(_cells(tables_mixed.rows(300, 10, 0.02, ("e_mail", "Telefon", "ssn", "id"))))
    found, _ = _assert_same(batch, _setup(min_likelihood="likely"))
    assert set(found.column("likelihood").to_pylist()) <= {"likely", "very_likely"}


def test_the_order_of_findings_is_that_of_the_rows() -> None:
    batch = _batch(_cells(tables_mixed.rows(300, 11, 0.05)))
    rows = find_batch(batch, _setup()).column("row").to_pylist()
    assert rows == sorted(rows)


def test_shapes_admit_the_form_of_every_value_that_a_detector_finds() -> None:
    setup = _setup()
    forms = forms_of(setup)
    texts = {text for d in setup.detectors for text in d.match if len(text.encode()) <= LONGEST}
    texts |= {text for row in tables_mixed.rows(200, 12, 0.1) for text in row.values()}
    known = sorted(t for t in texts if 0 < len(t.encode()) <= LONGEST and not any(ord(c) < 32 for c in t))
    drawn = [text.encode().translate(TABLE).decode("latin-1") for text in known]
    forms.learn(drawn)
    found = find_columns(join_arrow(pa.array(known, pa.large_string())), pa.array([""] * len(known)), setup)
    assert len(found) > 500
    for row, which in zip(found.rows.tolist(), found.which.tolist(), strict=True):
        assert which in forms.of(drawn[row]), (setup.detectors[which].id, known[row])
        windows = forms.windows[which]
        assert not windows or Lines([drawn[row]]).having(windows).all(), (
            setup.detectors[which].id,
            known[row],
        )


@pytest.mark.parametrize(
    ("pattern", "form", "stands"),
    [
        (r"[A-Z]{2}\d{6}", "AA000000", True),
        (r"[A-Z]{2}\d{6}", "aa000000", False),
        (r"(?i)[A-Z]{2}\d{6}", "aa000000", True),
        (r"\d{3,4}-\d{2}", "0000-00", True),
        (r"\d{3,4}-\d{2}", "00-00", False),
        (r"(?:AB|\d{3})x", "000a", True),
        (r"(?:AB|\d{3})x", "0a0", False),
        (r"\d{2}(?:-\d{2}){2}", "00-00-00", True),
        (r"\d{2}(?:-\d{2}){2}", "00-00", False),
        (r"\d{2}[^x]\d{2}", "00\x04\x0200", True),
        (r"a?\d*", "", True),
    ],
)
def test_a_window_stands_in_every_form_that_a_pattern_matches(pattern: str, form: str, stands: bool) -> None:
    windows = windows_of(pattern)
    assert (not windows or bool(Lines([form]).having(windows)[0])) is stands


def test_values_judged_together_get_the_kind_they_get_alone() -> None:
    setup, rng = _setup(), random.Random(13)
    odd = ["a..b@example.org", ".a@b.example", "a.@b.example", "a b@c.example", "x" * 70 + "@b.example",
           "a@b@c.example",
           "a@b.png", "0.0.0.0", "255.255.255.255", "1.2.3.4", "007.1.1.1", "300.1.1.1", "1900-02-29", "2000-02-29",
           "31.04.1999", "2000/13/32", "0012-01-01", "12/31/99", "1999-1-1", "078-05-1120", "111111111"]  # fmt: skip
    for rule in setup.rules:
        if (
            rule.detector.validator not in ("email", "ipv4", "birth_date", "phone", None)
            or rule.detector.quiet
        ):
            continue
        texts = [maker(rng) for maker in tables_mixed.COLUMNS.values() for _ in range(4)] + odd
        values = pa.array(sorted(set(texts)), pa.large_string())
        assert np.array_equal(judge(rule, Values(values)), _one_by_one(rule, values)), rule.detector.id


def test_letters_beyond_ascii_that_may_not_touch_a_span_are_letters() -> None:
    ranges = [part.split("-") for part in LETTERS.replace(r"\x{", " ").replace("}", "").split(" ")[1:]]
    ends = [int(part[0], 16) for part in ranges]
    for low, high in zip(ends[::2], ends[1::2], strict=True):
        assert all(chr(code).isalnum() for code in range(low, high + 1))


@pytest.mark.parametrize(
    ("pattern", "value"),
    [
        (r"(?si)kd\d{5}", "KD12345"),
        (r"(?mi:kd)\d{5}", "KD12345"),
        (r"(?i)kd(?s-i:ab)\d{5}", "KDab12345"),
        (r"A\x{2B}B\d{6}", "A+B123456"),
        (r"CAFE\x{3F}BEEF\d{4}", "CAFE?BEEF1234"),
        (r"ID[\x{5B}-\x{5D}]\d{6}", "ID]123456"),
        (r"ID{,3}\d{6}", "ID{,3}123456"),
    ],
)
def test_patterns_that_the_parser_could_misread_lose_nothing(pattern: str, value: str):
    own = Detector(id="own_code", entity="EMPLOYEE_ID", pattern=pattern, source="invented", match=())
    texts = [value.replace("1", str(number % 10)) for number in range(400)]
    for engine in ("auto", "re2"):
        setup = Setup((own,), Case(b"an invented salt for tests"), engine=engine)
        found, _ = _assert_same(_column("note", texts), setup)
        assert found.num_rows == len(texts)


def test_context_words_without_letters_count_in_cells_without_letters():
    own = Detector(
        id="own_code",
        entity="EMPLOYEE_ID",
        pattern=r"\d{6}",
        source="invented",
        match=(),
        needs="context",
        context=("4711",),
    )
    setup = Setup((own,), Case(b"an invented salt for tests"))
    texts = [f"4711 {number:06d}" for number in range(400)]
    assert _assert_same(_column("note", texts), setup)[0].num_rows == len(texts)


def test_a_pattern_that_names_its_value_twice_asks_for_its_signs_all_the_same() -> None:
    setup = _setup()
    forms = forms_of(setup)
    twice = [i for i, d in enumerate(setup.detectors) if d.pattern.count("(?P<value>") > 1]
    forms.learn(["aaa.aaa@aaaaaaa.aaa"])
    assert twice
    assert all(forms.shapes[i].pattern for i in twice)
    assert not set(twice) & set(forms.of("aaa.aaa@aaaaaaa.aaa").tolist())


def test_literals_kept_for_the_next_process_are_those_of_the_detectors() -> None:
    forms = forms_of(_setup())
    assert [tuple(words) for words in forms.words] == [literals_in(d) for d in forms.detectors]


def test_patterns_of_sure_places_kept_for_the_next_process_are_those_of_the_detectors() -> None:
    forms = forms_of(_setup())
    whole = [shape is not None and not shape.grouped for shape in forms.shapes]
    assert forms.tagged == [
        tagged_of(d) if fit else None for d, fit in zip(forms.detectors, whole, strict=True)
    ]
    assert sum(pattern is not None for pattern in forms.tagged) > 300


def test_what_matches_a_form_does_not_depend_on_the_forms_it_is_learned_with() -> None:
    plain, assigned = ["00000000", "00000000 aaaa", "Aaaa Aaaaaaa", "000 Aaaa Aaa"], "00000000 aaaa=aaa"
    alone, together = (Forms(_setup().detectors) for _ in range(2))
    alone.learn(plain)
    alone.learn([assigned])
    together.learn([*plain, assigned])
    for form in (*plain, assigned):
        assert alone.of(form).tolist() == together.of(form).tolist() != []
    more = [index for index in alone.of(assigned).tolist() if index not in alone.of(plain[1])]
    assert any(alone.keyed[index] for index in more)  # another key behind a value ends it


def test_no_context_word_can_stand_in_cells_of_digits_alone() -> None:
    assert _setup().lettered
