"""Texts that are tables, dumps or records: where their cells are and what they are."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import leakkit as lk
from leakkit.pii.layout.cells import cells, has_layout, typed

ROWS = [
    ("Mirelle Obando", "m.obando@example.com", "Ravensburg", "+49 30 23125 014"),
    ("Tomas Eklund", "tomas.e@example.org", "Uppsala", "+46 8 465 004 12"),
    ("Siobhan O'Hare", "sio@example.net", "Galway", "+353 20 913 4021"),
]
HEAD = ("full_name", "email", "city", "phone")


def as_csv(delimiter: str) -> str:
    return "\n".join(delimiter.join(row) for row in [HEAD, *ROWS])


def as_sql(columns: bool) -> str:
    rows = ",\n".join("(" + ",".join("'" + v.replace("'", "''") + "'" for v in row) + ")" for row in ROWS)
    listed = " (" + ", ".join(HEAD) + ")" if columns else ""
    return f"INSERT INTO `people`{listed} VALUES\n{rows};\n"


FORMS = {
    "csv": as_csv(","),
    "tsv": as_csv("\t"),
    "semicolons": as_csv(";"),
    "pipes": as_csv(" | "),
    "quoted csv": "\n".join(",".join(f'"{v}"' for v in row) for row in [HEAD, *ROWS]),
    "json lines": "\n".join(json.dumps(dict(zip(HEAD, row, strict=True))) for row in ROWS),
    "json, indented": json.dumps([dict(zip(HEAD, row, strict=True)) for row in ROWS], indent=2),
    "escaped json": json.dumps({"body": json.dumps([dict(zip(HEAD, row, strict=True)) for row in ROWS])}),
    "python": repr([dict(zip(HEAD, row, strict=True)) for row in ROWS]),
    "json columns and rows": json.dumps({"columns": HEAD, "data": ROWS}),
    "sql": as_sql(True),
    "copy": "COPY people (" + ", ".join(HEAD) + ") FROM stdin;\n" + "\n".join("\t".join(r) for r in ROWS) + "\n\\.\n",
    "markdown": "| " + " | ".join(HEAD) + " |\n|---|---|---|---|\n"
    + "\n".join("| " + " | ".join(r) + " |" for r in ROWS),
    "yaml": "people:\n" + "\n".join(
        f"  - {HEAD[0]}: {r[0]}\n    {HEAD[1]}: {r[1]}\n    {HEAD[2]}: {r[2]}\n    {HEAD[3]}: '{r[3]}'" for r in ROWS
    ),
    "form": "\n\n".join(f"Name: {r[0]}\nE-mail: {r[1]}\nCity: {r[2]}\nPhone: {r[3]}" for r in ROWS),
    "one line forms": "\n".join(f"Name: {r[0]}, E-mail: {r[1]}, City: {r[2]}, Phone: {r[3]}" for r in ROWS),
    "xml": "<people>" + "".join(
        "<person>" + "".join(f"<{k}>{v}</{k}>" for k, v in zip(HEAD, r, strict=True)) + "</person>" for r in ROWS
    ) + "</people>",
    "attributes": "".join(
        "<person " + " ".join(f'{k}="{v}"' for k, v in zip(HEAD, r, strict=True)) + "/>\n" for r in ROWS
    ),
    "html": "<table><tr>" + "".join(f"<th>{h}</th>" for h in HEAD) + "</tr>" + "".join(
        "<tr>" + "".join(f"<td>{v}</td>" for v in r) + "</tr>" for r in ROWS
    ) + "</table>",
    "inputs": "\n\n".join(
        "\n".join(f'<input type="text" name="{k}" value="{v}">' for k, v in zip(HEAD, r, strict=True)) for r in ROWS
    ),
    "logfmt": "\n".join(
        "ts=1 " + " ".join(f'{k}="{v}"' for k, v in zip(HEAD, r, strict=True)) + " level=info" for r in ROWS
    ),
    "vcard": "\n".join(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:{r[0]}\nEMAIL;TYPE=work:{r[1]}\nADR:;;;{r[2]};;;\nTEL;TYPE=cell:{r[3]}\nEND:VCARD"
        for r in ROWS
    ),
    "ldif": "\n\n".join(
        f"dn: uid=x,dc=example,dc=com\ncn: {r[0]}\nmail: {r[1]}\nl: {r[2]}\ntelephoneNumber: {r[3]}" for r in ROWS
    ),
    "aligned": "\n".join("".join(v.ljust(28) for v in row).rstrip() for row in [HEAD, *ROWS]),
    "ini": "\n".join(
        f"[person{i}]\nfull_name = {r[0]}\nemail = {r[1]}\ncity = {r[2]}\nphone = {r[3]}" for i, r in enumerate(ROWS)
    ),
}  # fmt: skip
COMMON = {"PERSON", "EMAIL", "CITY", "PHONE"}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_cells_and_their_entities(form: str) -> None:
    text = FORMS[form]
    found = {(text[s:e], entity) for s, e, entity, _, _ in typed(text)}
    wanted = set()
    for row in ROWS:
        written = row[0].replace("'", "''") if form == "sql" else row[0]
        wanted |= {(written, "PERSON"), (row[1], "EMAIL"), (row[2], "CITY"), (row[3], "PHONE")}
    assert wanted <= found
    assert found <= wanted | {pair for pair in found if pair[1] not in COMMON}


def test_a_dump_without_column_names_is_told_by_its_values() -> None:
    text = as_sql(False)
    found = {(text[s:e], entity) for s, e, entity, _, _ in typed(text)}
    assert {
        ("Mirelle Obando", "PERSON"),
        ("tomas.e@example.org", "EMAIL"),
        ("+46 8 465 004 12", "PHONE"),
    } <= found


def test_create_table_names_the_columns_of_inserts() -> None:
    text = (
        "CREATE TABLE `staff` (\n  `id` int NOT NULL,\n  `surname` varchar(40),\n  `town` varchar(40),\n  "
        "PRIMARY KEY (`id`)\n);\n"
        "INSERT INTO `staff` VALUES (1,'Eklund','Uppsala'),(2,'O'Hare','Galway'),(3,NULL,'Ulm');"
    )
    assert {(c.key, text[c.start : c.end]) for c in cells(text)} >= {
        ("surname", "Eklund"), ("surname", "O'Hare"), ("town", "Galway"), ("town", "Ulm"),
    }  # fmt: skip


@pytest.mark.parametrize("written", ["'O''Hare'", r"'O\'Hare'", "'O'Hare'", "N'O''Hare'", "E'O\\'Hare'"])
def test_quotes_of_dumps_end_where_the_value_ends(written: str) -> None:
    text = f"INSERT INTO t (surname, city, n) VALUES ({written}, 'Ulm', 7), ('', 'Bath', 8);"
    values = [(c.key, text[c.start : c.end], c.row) for c in cells(text)]
    assert [v[1] for v in values if v[0] == "city"] == ["Ulm", "Bath"]
    assert next(v[1] for v in values if v[0] == "surname").replace("''", "'").replace("\\'", "'") == "O'Hare"
    assert len({v[2] for v in values}) == 2


def test_values_that_do_not_look_like_their_key_are_left_out() -> None:
    text = '{"name": "Wireless mouse", "city": 12, "email": "n/a", "surname": "N/A", "address": "0x7ffd0010"}'
    assert typed(text) == []


def test_things_with_a_name_are_nobody() -> None:
    text = json.dumps(
        {"product": {"name": "Brigitte", "price": 4}, "model_name": "Albert Base", "file_name": "anna.txt"}
    )
    assert typed(text) == []


def test_parts_of_an_address_are_each_found() -> None:
    text = "street: Hafenweg\nhouse_no: 14b\nunit_no: 3\nzip: 88212\ncity: Ravensburg\nstate_code: BW\ncountry: DE\n"
    kinds = {text[s:e]: entity for s, e, entity, _, _ in typed(text)}
    assert kinds["Hafenweg"] == kinds["14b"] == "STREET_ADDRESS"
    assert (kinds["88212"], kinds["Ravensburg"], kinds["DE"]) == ("POSTCODE", "CITY", "COUNTRY")


def test_lists_of_address_and_password_are_told() -> None:
    text = "ann@example.com:Tr0ub4dor\nbob.k@example.org:hunter2!\n"
    assert [(text[s:e], t) for s, e, t, _, _ in typed(text)] == [
        ("ann@example.com", "EMAIL"), ("Tr0ub4dor", "PASSWORD"),
        ("bob.k@example.org", "EMAIL"), ("hunter2!", "PASSWORD"),
    ]  # fmt: skip


def test_what_stands_behind_a_password_in_a_list_is_no_part_of_it() -> None:
    text = "ann@example.com:Tr0ub4dor:192.0.2.7\nbob.k@example.org:hunter2!:DE\n"
    assert [text[s:e] for s, e, t, _, _ in typed(text) if t == "PASSWORD"] == ["Tr0ub4dor", "hunter2!"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            (
                "Oswaldina Applequistson,o.applequistson@example.com",
                "Brun Fizzlebottom,b.fizzlebottom@example.org",
            ),
            True,
        ),
        (("Quill Maps,quill@example.com", "Blue Door,blue@example.org"), False),
    ],
)
def test_a_column_name_is_of_people_where_addresses_beside_share_their_words(
    rows: tuple[str, ...], told: bool
) -> None:
    text = "\n".join(("name,email", *rows, ""))
    assert [text[s:e] for s, e, t, _, _ in typed(text) if t == "PERSON"] == [
        row.split(",")[0] for row in rows if told
    ]


@pytest.mark.parametrize(
    "prose",
    [
        "We met in spring, walked along the river and talked about nothing, as one does.\nIt rained.",
        "A long walk, a short talk",
        "",
    ],
)
def test_prose_has_no_cells(prose: str) -> None:
    assert cells(prose) == []


def test_machine_text_gives_no_findings() -> None:
    text = "\n".join(
        f"2024-11-02T10:{i % 60:02}:11Z INFO trainer.loop: step={i} loss=0.{i:06} lr=3e-4 sha=9f{i:06x}ab "
        f"host=node{i % 8}"
        for i in range(200)
    )
    assert typed(text) == []


HOSTILE = {
    "quotes": '"' * 200_000,
    "escaped quotes": '{"a": "' + '\\"' * 100_000,
    "open braces": "{" * 200_000,
    "open arrays": '["' * 100_000,
    "apostrophes": "INSERT INTO t VALUES (" + "'" * 200_000,
    "open rows": "INSERT INTO t VALUES " + "('a',(" * 50_000,
    "tags": "<a " * 100_000,
    "open tags": "<a>" * 70_000,
    "angles": "<" * 200_000,
    "commas": "," * 200_000 + "\n" + "," * 200_000,
    "pipes": "|" * 200_000 + "\n" + "|" * 200_000,
    "colons": "a:" * 100_000,
    "equals": "a=" * 100_000,
    "labels": "name: " * 50_000,
    "backslashes": '{"a": ' + "\\" * 200_000,
    "blanks": " " * 200_000 + "x   y   z" + " " * 200_000,
    "line ends": "\n" * 200_000,
    "returns": "a:b\r" * 60_000,
    "short lines": "a,b,c\n" * 40_000,
    "statements": "insert into t values ('" * 9_000,
    "create": "create table t (" * 12_000,
    "cdata": "<![CDATA[" * 20_000,
    "no letters": "\u202e\ud800\x00:" * 40_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_linear_time(name: str) -> None:
    start = time.process_time()
    typed(HOSTILE[name])
    assert time.process_time() - start < 6


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab:=,;|\t\n\r\"'{}[]<>/\\ ()1@.é名-", max_size=120))
def test_cells_of_any_text_are_inside_it_and_in_order(text: str) -> None:
    found = cells(text)
    assert all(0 <= c.start < c.end <= len(text) for c in found)
    assert found == sorted(found, key=lambda c: (c.start, c.end))
    spans = typed(text, found)
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))


def test_a_quick_look_tells_prose_from_tables() -> None:
    assert has_layout("a=1") and has_layout('{"a": 1}') and not has_layout("Nothing to see here, move on.")


def test_a_latency_is_no_latitude():
    lines = "\n".join(f"INFO infer tok=12{n} lat_ms={90 + n} node=gpu-0{n}" for n in range(9))
    assert "COORDINATES" not in set(lk.find_pii(lines, names=None)["entity"])
    told = lk.find_pii("ping lat=52.5163 lon=13.3777", names=None)
    assert "COORDINATES" in set(told["entity"])
