"""What package managers, compilers, laboratories and machines print: versions of four parts, codes, moves, formulas."""

# ruff: noqa: E501 - a line of the made text stands on one line
from __future__ import annotations

import random

from draw_machine import HEX, PACKAGES, name, run

_WORDS = "plate pin pan tin cell copper harbor silver spoon thread garden river window engine basket".split()
_PIECES = "[C@@H] c1ccccc1 C(F)(F) C(=O) N O CC FC NC C#N Cl [N+](=O)[O-] c1ccncc1 S".split()


def four(rng: random.Random) -> str:
    """Draw a version of four parts."""
    return ".".join(str(rng.randrange(30)) for _ in range(4))


def three(rng: random.Random) -> str:
    """Draw a version of three parts."""
    return ".".join(str(rng.randrange(30)) for _ in range(3))


def package_log(rng: random.Random) -> str:
    """Lines of several package managers."""
    p, one = rng.choice(PACKAGES), name(rng)
    return rng.choice(
        (
            f"Setting up {p}-{one} ({four(rng)}+dfsg-{rng.randrange(1, 6)}) ...",
            f"Processing triggers for {one}-db ({four(rng)}) ...",
            f"Requirement already satisfied: {p}>={three(rng)} in ./venv/lib/python3.11/site-packages ({four(rng)})",
            f"  Upgrading        : {one}-{four(rng)}-{rng.randrange(9)}.el9_{rng.randrange(6)}.x86_64   {rng.randrange(1, 90)}/90",
            f"({rng.randrange(1, 99)}/99) Upgrading {p} ({three(rng)}-r{rng.randrange(9)} -> {four(rng)}-r{rng.randrange(9)})",
            f"[INFO] |  \\- org.example.{one}:{p}:jar:{four(rng)}:test (version managed from {three(rng)})",
            f"  + {p:<20} {four(rng):>12}  h{run(rng, HEX, 7)}_{rng.randrange(9)}  conda-forge/linux-64  {rng.randrange(1, 900)}kB",
            f"\\--- org.example:{p}:{{strictly {three(rng)}}} -> {four(rng)} (c)",
        )
    )


def version_table(rng: random.Random) -> str:
    """Tables of versions, change logs, makefiles and project files."""
    p = rng.choice(PACKAGES)
    return rng.choice(
        (
            f"| {p:<12} | {three(rng):>8} | {four(rng):>12} | {three(rng)}-rc{rng.randrange(9)} | >={three(rng)},<{three(rng)} |",
            f"## {three(rng)} (build {four(rng)})",
            f'\t$(CC) $(CFLAGS) -DVERSION=\\"{four(rng)}\\" -c $< -o $@',
            f'    <PackageReference Include="{p}" Version="{four(rng)}" />',
            f'[assembly: AssemblyFileVersion("{four(rng)}")]',
        )
    )


def counters(rng: random.Random) -> str:
    """Settings and counters whose names are ordinary words."""
    a, b = rng.choice(_WORDS), rng.choice(_WORDS)
    return rng.choice(
        (
            f"{a}_{b}:{rng.randrange(10**8)}",
            f"{b}_{a} = {rng.randrange(10**5)}",
            f"{a}_{b}_ratio:{rng.random() * 99:.2f}",
            f"- Added option `--{a}-{b}` (see #{rng.randrange(9999)})",
            f"{rng.randrange(60)} {rng.randrange(24)} 1 * * /usr/local/bin/{a}-{b} --level {rng.randrange(9)}",
            f'  {b}_map : out std_logic_vector(31 downto 0) := x"{run(rng, HEX, 8).upper()}";  -- {a} {b}',
            f"          image: {a}-router:{three(rng)}",
        )
    )


def chess(rng: random.Random) -> str:
    """Games of chess."""
    moves = [
        rng.choice("e4 Nf3 Bb5 O-O Qxd4+ Nc6 Rac8 Kh1 cxd5 Nbd2 Rfe1 gxf3 Bxf7# a6".split())
        for _ in range(40)
    ]
    return " ".join(f"{i // 2 + 1}. {move}" if i % 2 == 0 else move for i, move in enumerate(moves)) + " 1-0"


def formulas(rng: random.Random) -> str:
    """Molecules in the notation of SMILES, with their numbers."""
    made = "".join(rng.choice(_PIECES) for _ in range(rng.randrange(4, 12)))
    return f"{made}\tMOL{rng.randrange(10**6, 10**7)}\t{rng.random() * 500:.3f}\t{rng.gauss(0, 3):.2f}"


def symbols(rng: random.Random) -> str:
    """Tables of symbols of a program."""
    kind = rng.choice(("FUNC", "OBJECT", "NOTYPE"))
    one, other = name(rng), name(rng)
    return f"{rng.randrange(9999):>6}: {run(rng, HEX, 16)} {rng.randrange(9999):>5} {kind:<7} GLOBAL DEFAULT {rng.randrange(30):>4} _ZN{len(one)}{one}{len(other)}{other}Ev@@{one.upper()}_{three(rng)}"


def order_messages(rng: random.Random) -> str:
    """Order lines of EDIFACT and X12."""
    return rng.choice(
        (
            f"LIN+{rng.randrange(1, 90)}++{rng.randrange(4 * 10**12, 5 * 10**12)}:EN'",
            f"PRI+AAA:{rng.random() * 90:.2f}:CA:NTP'",
            f"IT1*{rng.randrange(1, 90)}*{rng.randrange(1, 900)}*CA*{rng.random() * 90:.2f}**UP*{rng.randrange(10**11, 10**12)}~",
            f"POS {rng.randrange(99):03d} | ART {rng.randrange(10**5)}.{rng.randrange(99):02d} | {rng.choice(_WORDS)} {rng.choice(_WORDS)} | QTY {rng.randrange(199):>4} | LOT {rng.randrange(10**5, 10**6)}",
        )
    )


def stars(rng: random.Random) -> str:
    """Catalogues of stars: angles in degrees, minutes and seconds."""
    return f"HD {rng.randrange(300000):>6}  {rng.randrange(24):02d} {rng.randrange(60):02d} {rng.random() * 60:06.3f} {rng.choice('+-')}{rng.randrange(90):02d} {rng.randrange(60):02d} {rng.random() * 60:05.2f}  {rng.random() * 12:5.2f} {rng.random():5.2f} {rng.choice('OBAFGKM')}{rng.randrange(10)}V"


def controllers(rng: random.Random) -> str:
    """Logs of controllers of machines."""
    return rng.choice(
        (
            f"[S7] read area=0x84 db={rng.randrange(1, 400)} start={rng.randrange(9000)} len={rng.randrange(1, 200)} rc=0x{run(rng, HEX, 4)}",
            f"%MW{rng.randrange(9999)} := {rng.randrange(-32768, 32767)}; (* pump {rng.randrange(1, 40)} speed *)",
            f"MODBUS TX {' '.join(run(rng, HEX, 2).upper() for _ in range(8))}",
        )
    )


def laboratory(rng: random.Random) -> str:
    """Wells of plates and controls of a laboratory."""
    return rng.choice(
        (
            f"plate {rng.randrange(40)} well {rng.choice('ABCDEFGH')}{rng.randrange(1, 13)} OD450 {rng.random() * 3:.3f} blank {rng.random():.3f}",
            f"QC level {rng.randrange(1, 4)} lot {rng.randrange(10**5)} mean {rng.random() * 20:.3f} SD {rng.random():.4f} CV {rng.random() * 9:.2f}%",
        )
    )


KINDS = (
    package_log, version_table, counters, chess, formulas, symbols, order_messages, stars, controllers, laboratory,
)  # fmt: skip
