"""Machine text of rows: bytes as tools print them, registers, stacks of calls, firmware, listings, texts of screens."""

from __future__ import annotations

import random

from draw_machine import DIGITS, HEX, name, run
from stdnum import ean


def xxd_rows(rng: random.Random) -> str:
    """Draw a row of xxd: an address, groups of four digits, the bytes as text."""
    alphabet = rng.choice((HEX, DIGITS, DIGITS + "0000"))
    groups = " ".join(run(rng, alphabet, 4) for _ in range(8))
    return f"{run(rng, HEX, 8)}: {groups}  {run(rng, '...abcXYZ019$#~@H', 16)}"


def byte_rows(rng: random.Random) -> str:
    """Draw a row of hexdump or od."""
    pairs = [run(rng, rng.choice((HEX, DIGITS)), 2) for _ in range(16)]
    if rng.random() < 0.5:
        return (
            f"{run(rng, HEX, 8)}  {' '.join(pairs[:8])}  {' '.join(pairs[8:])}  |{run(rng, '..abc019', 16)}|"
        )
    return f"{run(rng, HEX, 6)} {' '.join(pairs)}  >{run(rng, '..abc019', 16)}<"


def octal_rows(rng: random.Random) -> str:
    """Draw a row of od in octal."""
    return f"{run(rng, '01234567', 7)} {' '.join(run(rng, '01234567', 6) for _ in range(8))}"


def machine_code(rng: random.Random) -> str:
    """Draw a row of objdump."""
    pairs = " ".join(run(rng, rng.choice((HEX, DIGITS)), 2) for _ in range(rng.randrange(4, 8)))
    return f"  {run(rng, HEX, 6)}:\t{pairs} \tmov    0x{run(rng, HEX, 2)}(%rsp),%eax"


def registers(rng: random.Random) -> str:
    """Draw registers of two kinds of processors."""
    if rng.random() < 0.5:
        return " ".join(f"x{n}: {rng.choice(('ffff', '0000'))}{run(rng, HEX, 12)}" for n in (29, 28, 27))
    return f"RAX: {run(rng, HEX, 16)} RBX: ffff8881{run(rng, HEX, 8)} R10: 0000{run(rng, HEX, 12)}"


def call_stacks(rng: random.Random) -> str:
    """Draw a call with its offset."""
    what = rng.choice(("token", "key", "secret", "auth", "page", "slab"))
    return f" {what}_{name(rng)}+0x{run(rng, HEX, 2)}/0x{run(rng, HEX, 3)}"


def firmware(rng: random.Random) -> str:
    """Draw a line of Intel's or Motorola's form."""
    if rng.random() < 0.5:
        return f":10{run(rng, DIGITS, 4)}00{run(rng, rng.choice((HEX, DIGITS)), 34).upper()}"
    return f"S1{run(rng, HEX, 38).upper()}"


def barcodes(rng: random.Random) -> str:
    """Draw the number of an article, those of Switzerland too, with its check digit."""
    number = rng.choice(("756", "400", "978", "301", "871")) + run(rng, DIGITS, 9)
    return f"{number}{ean.calc_check_digit(number)}\t{name(rng)} {rng.randrange(10, 99)} g\t{rng.randrange(10, 99)}"


def folder_listing(rng: random.Random) -> str:
    """Draw a line of a listing of a folder."""
    size, day = run(rng, "123456789", rng.randrange(3, 8)), rng.randrange(1, 29)
    stem = rng.choice(("GL", "EGL", "zip", "addr", "DE", name(rng)))
    return f"-rwxr-xr-x  1 root root {size:>10} {rng.choice(('Jan', 'May', 'Feb'))} {day:>2}  2024 {stem}"


def screen_texts(rng: random.Random) -> str:
    """Draw a text of a screen in one of three kinds of files."""
    text = rng.choice(
        (
            "Save As",
            "Open Recent",
            "Datei öffnen",
            "Annuler",
            "Keine Verbindung",
            "キャンセル",
            "Rich Text",
            "Bill To",
        )
    )
    key, place = (
        rng.choice(("file", "queue", "frame", "cache", "node")),
        rng.choice(("menu", "dialog", "toast", "error", "button")),
    )
    return rng.choice(
        (f"de.{place}.{key}.{run(rng, DIGITS, 3)}={text}", f"{place}.{key}.title = {text}", f'msgid "{text}"')
    )


def merges(rng: random.Random) -> str:
    """Draw a merge of two tokens."""
    left, right = (
        rng.choice(("Ġ", "", "▁")) + rng.choice("inge erd Mar tho low dej est qu san".split()) for _ in "ab"
    )
    return f"{left} {right}"


KINDS = (
    xxd_rows,
    byte_rows,
    octal_rows,
    machine_code,
    registers,
    call_stacks,
    firmware,
    barcodes,
    folder_listing,
    screen_texts,
    merges,
)
