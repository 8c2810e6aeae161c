"""Speed and memory of the inventory: against sha256sum, on many small files, on huge and hostile ones."""

from __future__ import annotations

import io
import json
import random
import struct
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path
from statistics import median
from typing import Any

Figure = dict[str, Any]

CHILD = """
import json, pathlib, re, sys, time
import leakkit as lk
from leakkit.leak.inventory import write_inventory
leak = lk.open_leak(sys.argv[1], hash=json.loads(sys.argv[2]))
start = time.perf_counter()
members = write_inventory(leak, sys.argv[3])
seconds = time.perf_counter() - start
peak = int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]) / 1024
print(json.dumps({"members": members, "seconds": seconds, "peak_mib": peak}))
"""


def inventory(place: Path, out: Path, hash: bool = True) -> dict[str, float]:
    """Inventory `place` in a process of its own; give members, seconds without start-up, and peak MiB."""
    command = [sys.executable, "-c", CHILD, str(place), json.dumps(hash), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def large_file(work: Path, rounds: int = 5, size: int = 2**31) -> Figure:
    """Hash one large file and read its header, in turns with sha256sum; ratio above 1 means faster."""
    path = work / "large" / "model.safetensors"
    path.parent.mkdir(exist_ok=True)
    _write_safetensors(path, size)
    ratios, ours = [], []
    for _ in range(rounds):
        start = time.perf_counter()
        subprocess.run(["sha256sum", str(path)], check=True, capture_output=True)
        peer = time.perf_counter() - start
        mine = inventory(path.parent, work / "large.parquet")["seconds"]
        ratios.append(peer / mine)
        ours.append(size / mine / 2**20)
    path.unlink()
    return {
        "what": f"Inventory with SHA-256 of one {size / 2**30:.0f} GiB weights file, against `sha256sum`",
        "figure": f"{median(ratios):.2f} times its speed ({min(ratios):.2f} to {max(ratios):.2f}), "
        f"{median(ours):,.0f} MiB/s",
        "floor": "0.85 times",
    }


def _write_safetensors(path: Path, size: int) -> None:
    """Write a valid file of one tensor of random bytes."""
    chunk = random.Random(7).randbytes(2**20)
    header = json.dumps({"w": {"dtype": "U8", "shape": [size], "data_offsets": [0, size]}}).encode()
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(header)) + header)
        for _ in range(size // len(chunk)):
            file.write(chunk)


def small_files(work: Path, rounds: int = 3, count: int = 100_000) -> Figure:
    """Inventory many small files of mixed kinds, with SHA-256."""
    root = work / "small"
    _write_small(root, count)
    runs = [inventory(root, work / "small.parquet") for _ in range(rounds)]
    rates = [run["members"] / run["seconds"] for run in runs]
    return {
        "what": f"Inventory with SHA-256 of {count:,} small files (text, JSON, CSV, code, logs, weights)",
        "figure": f"{median(rates):,.0f} files a second ({min(rates):,.0f} to {max(rates):,.0f}), "
        f"peak {max(run['peak_mib'] for run in runs):.0f} MiB",
        "floor": "10,000 a second, 300 MiB",
    }


def _write_small(root: Path, count: int) -> None:
    """Write `count` files, a thousand to a folder, of the kinds that leaks are full of."""
    random_ = random.Random(20_260)
    words = ["model", "loss", "tensor", "invented", "sample", "value", "of", "the", "layer", "user"]

    def text(n: int) -> str:
        return " ".join(random_.choices(words, k=n))

    def safetensors() -> bytes:
        header = json.dumps({"w": {"dtype": "F32", "shape": [64], "data_offsets": [0, 256]}}).encode()
        return struct.pack("<Q", len(header)) + header + random_.randbytes(256)

    makers = [
        (
            ".json",
            lambda: json.dumps(
                {"id": random_.random(), "messages": [{"role": "user", "content": text(60)}]}
            ).encode(),
        ),
        (".json", lambda: json.dumps({"name": text(3), "config": {"width": 4}, "notes": text(200)}).encode()),
        (".txt", lambda: text(120).encode()),
        (
            ".csv",
            lambda: "\n".join(
                ["id,name,score", *(f"{n},{text(2)},{random_.random():.4f}" for n in range(40))]
            ).encode(),
        ),
        (".py", lambda: f"import os\n\n\ndef run(value):\n    # {text(40)}\n    return value\n".encode()),
        (".log", lambda: "\n".join(f"2026-05-01 10:00:{n:02d} INFO {text(12)}" for n in range(30)).encode()),
        (
            ".jsonl",
            lambda: "\n".join(json.dumps({"step": n, "loss": random_.random()}) for n in range(40)).encode(),
        ),
        (".md", lambda: f"# {text(3)}\n\n{text(150)}\n".encode()),
        (".safetensors", safetensors),
        (".bin", lambda: random_.randbytes(900)),
    ]
    for number in range(count):
        folder = root / f"{number // 1000:03d}"
        if number % 1000 == 0:
            folder.mkdir(parents=True, exist_ok=True)
        suffix, make = makers[number % len(makers)]
        (folder / f"{number:06d}{suffix}").write_bytes(make())


def sparse_file(work: Path, size: int = 100 * 10**9) -> Figure:
    """Inventory a 100 GB weights file that is nearly all hole, without hashing."""
    root = work / "sparse"
    root.mkdir(exist_ok=True)
    path = root / "model.safetensors"
    header = json.dumps({"w": {"dtype": "F16", "shape": [size // 2], "data_offsets": [0, size]}}).encode()
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(header)) + header)
        file.truncate(8 + len(header) + size)
    run = inventory(root, work / "sparse.parquet", hash=False)
    path.unlink()
    return {
        "what": "Inventory of one 100 GB (sparse) weights file with `hash=False`",
        "figure": f"{run['seconds']:.2f} s, peak {run['peak_mib']:.0f} MiB",
        "floor": "costs only its header",
    }


def memory(work: Path) -> list[Figure]:
    """Peak memory on leaks of very different size and shape."""
    figures = []
    for name, what, make in (
        ("many.zip", "one zip of 200,000 members", _many_zip),
        ("big.tar.gz", "one tar.gz holding a 3 GB and 50,000 small files", _big_tar),
        ("bomb.zip", "a zip that unpacks to 4 GB of zeros", _bomb),
    ):
        path = work / name
        make(path)
        run = inventory(path, work / f"{name}.parquet")
        figures.append(
            {
                "what": f"Peak memory of the inventory of {what}",
                "figure": f"{run['peak_mib']:.0f} MiB ({run['members']:,} rows, {run['seconds']:.0f} s)",
                "floor": "300 MiB",
            }
        )
        path.unlink()
    return figures


def _many_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(200_000):
            archive.writestr(f"part/{number:06d}.json", f'{{"id": {number}, "text": "invented"}}')


def _big_tar(path: Path) -> None:
    class Repeated(io.RawIOBase):
        """Three gigabytes of one random megabyte, slightly changed each time."""

        block = bytearray(random.Random(3).randbytes(2**20))
        left = 3 * 10**9

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            self.block[0] = self.left % 251
            data = bytes(self.block[: min(size, self.left, len(self.block))])
            self.left -= len(data)
            return data

    with tarfile.open(path, "w:gz", compresslevel=1) as archive:
        large = tarfile.TarInfo("weights.bin")
        large.size = 3 * 10**9
        archive.addfile(large, Repeated())
        for number in range(50_000):
            info = tarfile.TarInfo(f"chat/{number:06d}.json")
            data = f'{{"id": {number}, "messages": []}}'.encode()
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))


def _bomb(path: Path) -> None:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("zeros.txt", "w", force_zip64=True) as member,
    ):
        block = bytes(2**24)
        for _ in range(4 * 10**9 // len(block)):
            member.write(block)


def figures(work: Path, quick: bool = False) -> list[Figure]:
    """Give all figures; `quick` measures smaller cases, for a look."""
    if quick:
        return [large_file(work, 2, 2**28), small_files(work, 1, 10_000), sparse_file(work)]
    return [large_file(work), small_files(work), sparse_file(work), *memory(work)]
