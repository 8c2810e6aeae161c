"""Run the fuzz targets for a while each, seeded; any exception that is not ours ends with its input saved.

Uses atheris (libFuzzer) where it is installed, otherwise plain seeded mutation of the sample leak's
members, which is weaker but runs everywhere.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

TARGETS = ("reader", "inventory", "listing", "first_look", "records", "access")
"""Functions of `tests.fuzz.targets`, imported late so that atheris can instrument what they import."""

FOUND = Path("ci-output/fuzz")
MEMORY_MIB = 1024
SLOWEST_SECONDS = 20


def seeds() -> list[bytes]:
    """Give small members of the sample leak, each behind a byte that chooses a format or a suffix."""
    from leakkit.bundled import sample_leak
    from tests.fuzz.targets import FORMATS, SUFFIXES

    inputs = [b""]
    for path in sorted(Path(sample_leak()).rglob("*")):
        if path.is_file() and path.stat().st_size <= 40_000:
            data = path.read_bytes()
            suffix = next((n for n, known in enumerate(SUFFIXES) if path.name.endswith(known)), 0)
            inputs.append(bytes([suffix]) + data)
            inputs += [bytes([n]) + data[:4096] for n in range(len(FORMATS)) if n % 7 == len(data) % 7]
    return inputs


def fuzz_one(target: str, corpus: str, seconds: int, seed: int) -> None:
    """Fuzz one target in this process; returns when the time is over, else raises."""
    try:
        import atheris
    except ImportError:
        mutate(target, seconds, seed)
        return
    with atheris.instrument_imports(include=["leakkit"], enable_loader_override=False):
        from leakkit.leak.formats import READERS
        from tests.fuzz import targets

        for module in sorted(
            {
                *READERS.values(),
                "leakkit.leak.archives.zipped",
                "leakkit.leak.archives.tarred",
                "leakkit.leak.records.stream",
            }
        ):
            import_module(module)
    arguments = [
        sys.argv[0],
        corpus,
        f"-max_total_time={seconds}",
        f"-seed={seed}",
        f"-rss_limit_mb={MEMORY_MIB}",
        f"-timeout={SLOWEST_SECONDS}",
        f"-artifact_prefix={FOUND}/{target}-",
        "-max_len=65536",
        "-print_final_stats=1",
    ]
    atheris.Setup(arguments, getattr(targets, target))
    atheris.Fuzz()


def mutate(target: str, seconds: int, seed: int) -> None:
    """Change seeds at random and give them to a target."""
    from tests.fuzz import targets

    random_, inputs = random.Random(seed), seeds()
    end, runs = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        data = bytearray(random_.choice(inputs)) or bytearray(b"\0")
        for _ in range(random_.randint(0, 12)):
            place = random_.randrange(len(data))
            match random_.randrange(4):
                case 0:
                    data[place] = random_.randrange(256)
                case 1:
                    del data[place : place + random_.randint(1, 64)]
                    data = data or bytearray(b"\0")
                case 2:
                    data[place:place] = random_.randbytes(random_.randint(1, 16))
                case 3:
                    data[place : place + 8] = random_.choice([b"\xff" * 8, b"\0" * 8, b"\x7f" + b"\xff" * 7])
        start = time.monotonic()
        try:
            getattr(targets, target)(bytes(data))
        except Exception:
            (FOUND / f"{target}-crash").write_bytes(data)
            raise
        if time.monotonic() - start > SLOWEST_SECONDS:
            (FOUND / f"{target}-slow").write_bytes(data)
            raise TimeoutError(f"one input of {target} took longer than {SLOWEST_SECONDS} s")
        runs += 1
    print(f"{target}: {runs} mutated inputs, nothing but our own errors")


def main() -> int:
    """Fuzz every target in a process of its own; give the number of targets that failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=240, help="for all targets together")
    parser.add_argument("--seed", type=int, default=20_260)
    parser.add_argument("--target", choices=TARGETS, help="one target only, in this process")
    parser.add_argument("--corpus", help=argparse.SUPPRESS)
    options = parser.parse_args()
    FOUND.mkdir(parents=True, exist_ok=True)
    if options.corpus:
        fuzz_one(options.target, options.corpus, options.seconds, options.seed)
        return 0
    chosen = [options.target] if options.target else list(TARGETS)
    failed = [name for name in chosen if not _run(name, max(5, options.seconds // len(chosen)), options.seed)]
    print(f"fuzzing: {len(chosen) - len(failed)} passed, {len(failed)} failed")
    for name in failed:
        print(f"{name} failed; the input is in {FOUND}/", file=sys.stderr)
    return len(failed)


def _run(target: str, seconds: int, seed: int) -> bool:
    """Fuzz one target in a child process, on a fresh corpus of seeds."""
    with tempfile.TemporaryDirectory() as corpus:
        for number, data in enumerate(seeds()):
            (Path(corpus) / f"{number:05d}").write_bytes(data)
        command = [sys.executable, "-m", "tests.fuzz.run", "--target", target, "--corpus", corpus]
        command += ["--seconds", str(seconds), "--seed", str(seed)]
        done = subprocess.run(
            command,
            env=os.environ | {"LEAKKIT_STATIC": "1"},
            capture_output=True,
            text=True,
            timeout=seconds * 4 + 300,
        )
    told = [line for line in done.stderr.splitlines() if line.startswith(("Done ", "stat::number_of_exec"))]
    print(f"{target}: exit {done.returncode}", *(told[-1:] or done.stdout.splitlines()[-1:]), sep=", ")
    if done.returncode:
        print("\n".join(done.stderr.splitlines()[-40:]), file=sys.stderr)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
