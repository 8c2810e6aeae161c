"""Codes of columns whose names do not say whose they are; all values are invented."""

import csv
import json
import random
from itertools import product

import pandas as pd

import leakkit as lk
from leakkit.pii.people.join import people
from leakkit.pii.people.unnamed import told_codes, unnamed_codes
from leakkit.pii.scanning.scan import scan

GIVEN = "Ada Bela Cleo Dora Edda Finn Gero Hedy Ivo Jara Kuno Lale".split()
FAMILY = "Ahlberg Corsen Dalmann Eckford Falwood Tordahl Stenova Pelini Halm Quint Ostrow Mehring".split()
NAMES = [f"{given} {family}" for given, family in zip(GIVEN, FAMILY, strict=True)]


def write(folder, name, head, rows):
    """A table in a file."""
    with open(folder / name, "w", newline="") as file:
        csv.writer(file).writerows([head, *rows])


def mail(name):
    """An address that is not made of the name."""
    return f"{name[::-1].split()[0].lower()}{len(name)}@ostwind-{name[0].lower()}.net"


def counted(folder):
    """How many people a folder holds, and the findings."""
    found = scan(folder, workers=1, progress=False).findings()
    return len(people(found)), found


def test_codes_of_one_form_join_tables_that_call_them_differently(tmp_path):
    write(tmp_path, "crew.csv", ["wkx", "full_name"], [(f"Q{700 + n}", name) for n, name in enumerate(NAMES)])
    write(
        tmp_path, "reach.csv", ["rater_ref", "mail"], [(f"Q{700 + n}", mail(x)) for n, x in enumerate(NAMES)]
    )
    count, found = counted(tmp_path)
    assert count == len(NAMES)
    codes = found[(found["entity"] == "ACCOUNT_ID") & (found["path"] == "crew.csv")]
    assert set(codes["likelihood"]) == {"unlikely"} and len(codes) == len(NAMES)


def test_codes_join_two_columns_without_a_telling_name(tmp_path):
    write(tmp_path, "a.csv", ["wkx", "full_name"], [(f"Q{700 + n}", name) for n, name in enumerate(NAMES)])
    lines = [json.dumps({"bay": f"Q{700 + n}", "mail": mail(name)}) for n, name in enumerate(NAMES)]
    (tmp_path / "b.jsonl").write_text("\n".join(lines))
    assert counted(tmp_path)[0] == len(NAMES)


def test_codes_of_parcels_do_not_join_senders_with_drivers(tmp_path):
    drivers = ["Ulf Rosez", "Vera Ulmski"]
    write(tmp_path, "sent.csv", ["parcel", "mail"], [(f"P{900 + n}", mail(x)) for n, x in enumerate(NAMES)])
    rows = [(f"P{900 + n}", drivers[n % 2]) for n in range(len(NAMES))]
    write(tmp_path, "tour.csv", ["parcel", "full_name"], rows)
    assert counted(tmp_path)[0] == len(NAMES) + len(drivers)


def test_codes_that_one_table_alone_has_are_nobodys(tmp_path):
    rows = [(f"Q{700 + n}", mail(name)) for n, name in enumerate(NAMES)]
    write(tmp_path, "a.csv", ["wkx", "mail"], rows)
    _, found = counted(tmp_path)
    codes = found["entity"].eq("ACCOUNT_ID")
    assert codes.sum() == len(NAMES)
    assert people(found).equals(people(found[~codes]))


def test_columns_of_codes_are_told_by_any_other_table_that_has_enough_of_them():
    rows = [(f"t{table}.csv", row, table, row + first) for table, first in enumerate((0, 4, 100, 107))
            for row in range(9)]  # fmt: skip
    found = pd.DataFrame(
        [
            (
                path,
                row,
                field,
                entity,
                f"record:?:0.30; traits:opaque,handle={code:016x}:0.30",
                f"{table}.{row}",
            )
            for path, row, table, code in rows
            for field, entity in (("wkx", "ACCOUNT_ID"), ("mail", "EMAIL"))
        ],
        columns=["path", "row", "field", "entity", "evidence", "value_key"],
    )
    told = told_codes(found, unnamed_codes(found))
    assert set(found.loc[told, "path"]) == {"t0.csv", "t1.csv"} and told.sum() == 2 * 9


def test_names_of_families_of_taiwan_tell_a_column_of_people():
    given = "冠宇 家豪 淑芬 雅婷 欣妤 柏翰 思妤 承恩".split()
    names = [family + name for family in "洪賴簡溫蕭莊" for name in given]
    table = pd.DataFrame({"甲欄": names, "手機": [f"0912{n:06d}" for n in range(len(names))]})
    assert dict(lk.column_types(table)[["column", "entity"]].values.tolist())["甲欄"] == "PERSON"
    table = table.rename(columns={"甲欄": "家長"})
    assert dict(lk.column_types(table)[["column", "entity"]].values.tolist())["家長"] == "PERSON"


def test_visits_of_people_with_known_names_are_a_column_of_names(tmp_path):
    surnames = "Papadopoulos Vlachos Oikonomou Konstantinidis Makris Zachariadis Xenakis".split()
    names = [f"{family.upper()} {given}" for family in surnames for given in ("MARIA", "GEORGIOS", "ELENI")]
    table = {
        "zq": [name for name in names for _ in range(2)],
        "kinito": [f"69{7 * n + 1:08d}" for n in range(len(names)) for _ in range(2)],
    }
    frame = pd.DataFrame(table)
    assert dict(lk.column_types(frame)[["column", "entity"]].values.tolist())["zq"] == "PERSON"
    frame.to_csv(tmp_path / "visits.csv", index=False)
    found = scan(tmp_path, workers=1, progress=False).findings()
    cells = found[(found["field"] == "zq") & (found["entity"] == "PERSON")]
    assert len(cells) == len(frame) and set(cells["start"]) == {0}


def test_codes_beside_names_written_in_several_ways_are_those_peoples(tmp_path):
    write(tmp_path, "crew.csv", ["staff_id", "mail"], [(f"Q{700 + n}", mail(x)) for n, x in enumerate(NAMES)])
    rows = []
    for turn in range(3):
        for n, name in enumerate(NAMES):
            given, family = name.split()
            written = f"{given}.{family}".lower() if (n + turn) % 2 else f"{family} {given}"
            rows.append((f"Q{700 + n}", written, f"2024-03-{turn + 1:02}"))
    write(tmp_path, "hours.csv", ["wkx", "user_name", "day"], rows)
    assert counted(tmp_path)[0] == len(NAMES)


def test_a_table_with_a_property_a_row_is_of_as_many_people_as_it_has_entities(tmp_path):
    rows = ["ent,prop,v"]
    for n, (given, family) in enumerate(product(GIVEN[:5], FAMILY[:4])):
        code = f"e{n * 37 + 100:06}"
        rows += [f"{code},k17,{given}.{family}{n}@inbox.net".lower(), f"{code},k22,+49151123450{n:02}"]
        rows += [f"{code},color,teal", f"{code},fw,2.{n}", f"{code},nm,{given} {family}"]
    shuffled = [rows[0], *random.Random(3).sample(rows[1:], len(rows) - 1)]
    (tmp_path / "attrs.csv").write_text("\n".join(shuffled) + "\n", encoding="utf-8")
    assert len(people(scan(tmp_path, workers=1, progress=False).findings())) == 20
