"""Numbers in bulk: measurements, tensors, metrics, identifiers of things, and what prints them."""

# ruff: noqa: E501 - a line of the made text stands on one line
from __future__ import annotations

import random

from draw_machine import BASE64, DIGITS, HEX, name, number, path, run, stamp, uuid, version


def floats_csv(rng: random.Random) -> str:
    """Rows of measurements."""
    return ",".join(number(rng) for _ in range(rng.randrange(4, 12)))


def semicolons_csv(rng: random.Random) -> str:
    """Rows with decimal commas, as spreadsheets of other countries write them."""
    return (
        ";".join(f"{rng.gauss(0, 50):.3f}".replace(".", ",") for _ in range(8)) + f";{rng.randrange(10**9)}"
    )


def tensor(rng: random.Random) -> str:
    """A printed tensor."""
    row = ", ".join(f"{rng.gauss(0, 1): .4f}" for _ in range(6))
    return (
        f"        [{row}]," if rng.random() < 0.8 else f"tensor([[{row}]], device='cuda:{rng.randrange(8)}')"
    )


def training_log(rng: random.Random) -> str:
    """Steps of a training run."""
    return (
        f"{stamp(rng)} INFO trainer: step {rng.randrange(10**6)}/{rng.randrange(10**7)} loss={rng.random() * 9:.6f} "
        f"lr={rng.random() * 1e-3:.3e} grad_norm={rng.random() * 3:.4f} tok/s={rng.randrange(10**6)} mfu={rng.random():.3f}"
    )


def metrics(rng: random.Random) -> str:
    """Exposition format of a metrics server."""
    return f'hub_{name(rng)}_{name(rng)}_total{{code="{rng.choice((200, 404, 500))}",shard="{rng.randrange(999)}"}} {number(rng)}'


def hexdump(rng: random.Random) -> str:
    """A hex dump with its text column."""
    data = [run(rng, HEX, 2) for _ in range(16)]
    return f"{rng.randrange(16**8):08x}  {' '.join(data[:8])}  {' '.join(data[8:])}  |{run(rng, BASE64, 16)}|"


def checksums(rng: random.Random) -> str:
    """Lists of checksums."""
    return f"{run(rng, HEX, rng.choice((32, 40, 64, 128)))}  {path(rng)}"


def decimal_hashes(rng: random.Random) -> str:
    """Long integers: seeds, hashes, snowflake ids."""
    return f"seed={run(rng, DIGITS, 19)} id={rng.randrange(10**18)} crc={rng.randrange(2**32)} fnv={rng.randrange(2**64)}"


def uuids(rng: random.Random) -> str:
    """Lists of UUIDs and trace ids."""
    return f"{uuid(rng)} trace={run(rng, HEX, 32)} span={run(rng, HEX, 16)}"


def base64_lines(rng: random.Random) -> str:
    """Lines of base64."""
    return run(rng, BASE64, 76)


def order_lines(rng: random.Random) -> str:
    """Things that are numbered: orders, parcels, articles, invoices."""
    return (
        f"{rng.randrange(10**9)},{run(rng, DIGITS, 13)},{run(rng, DIGITS, 12)},SKU-{run(rng, DIGITS, 6)},"
        f"{rng.randrange(9999)}.{rng.randrange(100):02d},{run(rng, DIGITS, 10)}"
    )


def numbered_things(rng: random.Random) -> str:
    """Key and value lines of machine counters."""
    return f"{name(rng)}_{name(rng)}: {rng.randrange(10 ** rng.randrange(5, 17))}  # {rng.randrange(10**5)}-{rng.randrange(10**4)}"


def epoch_series(rng: random.Random) -> str:
    """JSON lines of a time series."""
    return f'{{"t": {rng.randrange(1_500_000_000_000, 1_800_000_000_000)}, "v": {number(rng)}, "n": {rng.randrange(10**10)}}}'


def polygons(rng: random.Random) -> str:
    """Points of shapes in a local grid."""
    points = ",".join(f"[{rng.random() * 9000:.3f},{rng.random() * 9000:.3f}]" for _ in range(5))
    return f'{{"id": {rng.randrange(10**8)}, "ring": [{points}]}}'


def svg_paths(rng: random.Random) -> str:
    """Paths of drawings."""
    d = " ".join(rng.choice("MLCQ") + f"{rng.random() * 900:.2f} {rng.random() * 900:.2f}" for _ in range(9))
    return f'<path d="{d}Z" fill="#{run(rng, HEX, 6)}"/>'


def gcode(rng: random.Random) -> str:
    """Moves of a machine tool."""
    return (
        f"G1 X{rng.random() * 200:.3f} Y{rng.random() * 200:.3f} E{rng.random():.5f} F{rng.randrange(9000)}"
    )


def sequences(rng: random.Random) -> str:
    """Genome reads."""
    return f"@SIM:{rng.randrange(99)}:FC{run(rng, DIGITS, 3)}:1:{rng.randrange(9999)}:{rng.randrange(99999)}\n{run(rng, 'ACGT', 100)}\n+"


def profile(rng: random.Random) -> str:
    """Rows of a profiler."""
    return f"{rng.random() * 100:6.2f}%  {rng.random():.3f}ms  {rng.randrange(10**6):>8}  {rng.randrange(10**9):>12}  {name(rng)}::{name(rng)}"


def memory_map(rng: random.Random) -> str:
    """Maps of a process."""
    a = rng.randrange(16**11)
    return f"{a:012x}-{a + 4096:012x} r-xp {rng.randrange(16**8):08x} fd:01 {rng.randrange(10**7)}   /usr/lib/lib{name(rng)}.so.{version(rng)}"


def shapes(rng: random.Random) -> str:
    """Names and shapes of weights."""
    i = rng.randrange(80)
    return f"model.layers.{i}.{name(rng)}.{name(rng)}_proj.weight  [{rng.randrange(9999)}, {rng.randrange(9999)}]  BF16  {rng.randrange(10**10)}"


KINDS = (
    floats_csv, semicolons_csv, tensor, training_log, metrics, hexdump, checksums, decimal_hashes, uuids, base64_lines, order_lines,
    numbered_things, epoch_series, polygons, svg_paths, gcode, sequences, profile, memory_map, shapes,
)  # fmt: skip
