"""No raw value in any product: planted values and their telling parts are looked for in all that the kit gives out."""

from __future__ import annotations

import csv
import io
import json
import logging
import random
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

import leakkit as lk
from leakkit.pii.columns.types import column_types
from leakkit.pii.explain import explain

sys.path.insert(0, str(Path(__file__).parent))

import leak_ids

ROWS = 6
GIVEN = ("Zephyrine", "Quillian", "Oswaldina", "Thornwick", "Brunhildis", "Xanthippus")
FAMILY = ("Wobblethwaite", "Krantzenberg", "Applequistson", "Vandermolenski", "Fizzlebottom", "Oxenstjarna")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def invented(seed: int) -> dict[str, str]:
    """Make one invented person whose values stand nowhere else."""
    rng = random.Random(f"canary-{seed}")
    given, family = GIVEN[seed], FAMILY[seed]
    token = "".join(rng.choices(LETTERS, k=36))
    return {
        "name": f"{given} {family}",
        "email": f"{given}.{family}@{family}-post.net".lower(),
        "phone": f"+49 1512 {rng.randrange(10**7):07d}",
        "ssn": leak_ids.ssn(rng),
        "card": leak_ids.card(rng).replace("-", " "),
        "iban": leak_ids.iban(rng).replace(" ", ""),
        "ip": f"185.{rng.randrange(10, 250)}.{rng.randrange(10, 250)}.{rng.randrange(10, 250)}",
        "username": f"{given}_{rng.randrange(1000, 9999)}".lower(),
        "nhs_number": leak_ids.national(rng, "gb.nhs"),
        "password": f"Vx{rng.randrange(10**6):06d}!{token[:8]}",
        "api_key": "ghp_" + token,
        "vin": leak_ids.vin(rng),
        "passport": leak_ids.passport(rng),
    }


PEOPLE = [invented(seed) for seed in range(ROWS)]


def telling_parts(kind: str, value: str) -> set[str]:
    """Give the parts of a value that would give it away: names, runs of six digits, eight letters of a secret."""
    if kind == "name":
        return {value, *value.split()}
    if kind == "email":
        return {value, value.split("@")[0]}
    if kind == "ip":
        return {value}
    width = 8 if kind in ("password", "api_key") else 6
    bare = value.replace(" ", "")
    return {value, *(bare[i : i + width] for i in range(len(bare) - width + 1))} - {"ghp_"}


CANARIES = {part.lower() for p in PEOPLE for kind, value in p.items() for part in telling_parts(kind, value)}
SHORTEST = 6


def give_away(product: str) -> list[str]:
    """List the canaries that stand in a product, masked for the message."""
    lower = product.lower()
    return sorted({part[:2] + "..." for part in CANARIES if len(part) >= SHORTEST and part in lower})


def test_planted_values_are_seen_by_the_search_for_them() -> None:
    assert all(give_away(value) for person in PEOPLE for value in person.values())
    assert not give_away("nothing is planted in this line 12 345")


@pytest.fixture(scope="session")
def leak(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the planted people into a small leak of six formats."""
    root = tmp_path_factory.mktemp("canary") / "leak"
    root.mkdir()
    with (root / "users.csv").open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, PEOPLE[0])
        writer.writeheader()
        writer.writerows(PEOPLE)
    (root / "users.jsonl").write_text("".join(json.dumps({"user": p}) + "\n" for p in PEOPLE), "utf-8")
    (root / "prod.env").write_text(
        "".join(f"API_KEY={p['api_key']}\nDB_PASSWORD={p['password']}\n" for p in PEOPLE)
        + "".join(
            f"DATABASE_URL=postgresql://{p['username']}:{p['password']}@db.internal/hub\n" for p in PEOPLE
        ),
        "utf-8",
    )
    (root / "hub.log").write_text(
        "".join(
            f"2024-03-01T10:00:0{i}Z INFO login {p['email']} from {p['ip']}\n" for i, p in enumerate(PEOPLE)
        ),
        "utf-8",
    )
    letters = (
        f"From: {p['name']} <{p['email']}>\nSubject: order\n\nDear team,\n\nmy name is {p['name']}, card "
        f"{p['card']}, call {p['phone']}.\nSSN: {p['ssn']}, IBAN {p['iban']}.\n\n{p['name']}\n\n"
        for p in PEOPLE
    )
    (root / "letters.txt").write_text("\n".join(letters), "utf-8")
    (root / "broken.json").write_text(
        '{"name": "' + PEOPLE[0]["name"] + '", "email": "' + PEOPLE[0]["email"], "utf-8"
    )
    return root


@pytest.fixture(scope="session")
def texts(leak: Path) -> list[str]:
    """Give the members as texts."""
    return [path.read_text("utf-8") for path in sorted(leak.iterdir())]


@pytest.fixture(scope="session")
def findings(texts: list[str]):
    """Give the findings of the texts."""
    found = lk.find_pii(texts)
    assert found["entity"].nunique() >= 5, "too little is found for the test to say anything"
    return found


def written(frame) -> str:
    """Write a frame in every form in which it goes out."""
    return "\n".join(
        [frame.to_csv(), frame.to_json(orient="records"), repr(frame), frame.to_html(), str(frame.attrs)]
    )


def _frame(findings, texts, leak) -> str:
    return written(findings)


def _explained(findings, texts, leak) -> str:
    return "\n".join(str(explain(row)) for _, row in findings.iterrows())


def _people(findings, texts, leak) -> str:
    return written(lk.people(findings))


def _masked_text(findings, texts, leak) -> str:
    return "\n".join(lk.mask(text) for text in texts if "broken" not in text)


def _masked_table(findings, texts, leak) -> str:
    import pandas as pd

    masked = lk.mask(pd.DataFrame(PEOPLE))
    return written(masked)


def _columns(findings, texts, leak) -> str:
    import pandas as pd

    return written(column_types(pd.DataFrame(PEOPLE)))


def _scan(findings, texts, leak) -> str:
    scanned = lk.scan(leak, workers=1, progress=False)
    products = [repr(scanned), str(scanned), written(scanned.findings()), written(scanned.skipped())]
    products += [path.read_bytes().decode("latin-1") for path in scanned.path.rglob("*") if path.is_file()]
    return "\n".join(products)


def _representations(findings, texts, leak) -> str:
    from leakkit.pii.masking.case import Case

    case = Case()
    case.key("EMAIL", PEOPLE[0]["email"])
    return repr(case) + str(case) + str(vars(case) if hasattr(case, "__dict__") else "")


def _sentences(findings, texts, leak) -> str:
    return "\n".join(str(describe(findings)) for describe in (lk.describe_findings, lk.describe_entities))


PRODUCTS: tuple[Callable[..., str], ...] = (
    _frame, _explained, _people, _masked_text, _masked_table, _columns, _scan, _representations, _sentences,
)  # fmt: skip


@pytest.mark.parametrize("product", PRODUCTS, ids=lambda f: f.__name__.strip("_"))
def test_no_planted_value_stands_in_a_product(product, findings, texts, leak) -> None:
    given = product(findings, texts, leak)
    assert given
    assert give_away(given) == []


def test_no_planted_value_stands_in_a_log_line(texts: list[str], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        lk.find_pii(texts)
    assert give_away(caplog.text) == []


@pytest.mark.parametrize(
    "call",
    [
        lambda value: lk.find_pii({value: value}),
        lambda value: lk.find_pii([value, object()], fields=[value]),
        lambda value: lk.people([value]),
        lambda value: lk.score_findings(lk.find_pii([value])[["entity"]], lk.find_pii([value])),
    ],
)
def test_no_planted_value_stands_in_what_an_error_prints(call: Callable[[str], object]) -> None:
    text = f"{PEOPLE[0]['password']} {PEOPLE[0]['email']}"
    try:
        call(text)
    except Exception as error:
        # The lines of this file that a traceback quotes hold no value; a frame's locals are not printed.
        assert give_away("".join(traceback.format_exception(error))) == []
    else:
        pytest.skip("no error here")


def test_no_planted_value_stands_in_what_the_command_prints_or_writes(leak: Path, tmp_path: Path) -> None:
    out = tmp_path / "scan"
    done = subprocess.run(
        [sys.executable, "-m", "leakkit.cli", "scan", str(leak), "--out", str(out)],
        capture_output=True,
        timeout=300,
    )
    assert done.returncode == 0, (
        done.stderr.decode()[-500:] if not give_away(done.stderr.decode()) else "hidden"
    )
    written = [path.read_bytes().decode("latin-1") for path in out.rglob("*") if path.is_file()]
    assert written
    assert give_away("\n".join([done.stdout.decode(), done.stderr.decode(), *written])) == []


def test_no_planted_value_stands_in_an_exported_spreadsheet(findings) -> None:
    stream = io.StringIO()
    findings.to_csv(stream)
    assert give_away(stream.getvalue()) == []


def test_no_planted_value_stands_in_a_report(leak: Path, tmp_path: Path) -> None:
    index = lk.export_report(leak, tmp_path / "report", quiet=True)
    pages = sorted(index.parent.rglob("*.html"))
    assert "04_pii_detection.html" in {page.name for page in pages}
    for page in pages:
        assert not give_away(page.read_text(encoding="utf-8")), page.name
