"""Small draws that all kinds of machine text share."""

from __future__ import annotations

import random

HEX = "0123456789abcdef"
BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
DIGITS = "0123456789"
NAMES = (
    "attn mlp embed norm proj gate router expert cache batch shard layer token loss grad scale bias head query "
    "key value buffer index offset width depth stride kernel pool queue worker client server session request response "
    "config option flag state event metric sample trace frame node edge graph table column parser writer reader"
).split()
PACKAGES = (
    "lodash webpack babel-core left-pad chalk commander yargs ansi-styles semver glob minimatch rollup esbuild vite "
    "eslint prettier typescript postcss autoprefixer tslib"
).split()


def run(rng: random.Random, alphabet: str, n: int) -> str:
    """Draw n letters."""
    return "".join(rng.choices(alphabet, k=n))


def name(rng: random.Random) -> str:
    """Draw a word of code."""
    return rng.choice(NAMES)


def path(rng: random.Random) -> str:
    """Draw a path of source code."""
    return "/".join(name(rng) for _ in range(rng.randrange(2, 5))) + rng.choice(
        (".py", ".cc", ".rs", ".ts", ".go")
    )


def version(rng: random.Random) -> str:
    """Draw a version."""
    return ".".join(str(rng.randrange(40)) for _ in range(rng.choice((2, *[3] * 27, 4))))


def stamp(rng: random.Random) -> str:
    """Draw a time in one of several spellings."""
    y, mo, d, h, m, s = (
        rng.randrange(*r) for r in ((2015, 2027), (1, 13), (1, 29), (0, 24), (0, 60), (0, 60))
    )
    return rng.choice(
        (
            f"{y}-{mo:02d}-{d:02d}T{h:02d}:{m:02d}:{s:02d}.{rng.randrange(10**6):06d}Z",
            f"{y}-{mo:02d}-{d:02d} {h:02d}:{m:02d}:{s:02d},{rng.randrange(1000):03d}",
            f"[{d:02d}/Mar/{y}:{h:02d}:{m:02d}:{s:02d} +0200]",
            f"{y}{mo:02d}{d:02d}T{h:02d}{m:02d}{s:02d}",
            str(rng.randrange(1_400_000_000, 1_800_000_000)),
            str(rng.randrange(1_400_000_000_000, 1_800_000_000_000)),
        )
    )


def uuid(rng: random.Random) -> str:
    """Draw a UUID."""
    return "-".join(run(rng, HEX, n) for n in (8, 4, 4, 4, 12))


def number(rng: random.Random) -> str:
    """Draw a number as programs print them."""
    return rng.choice(
        (
            f"{rng.gauss(0, 1):.6f}",
            f"{rng.gauss(0, 1):.16g}",
            f"{rng.gauss(0, 1) * 10 ** rng.randrange(-9, 9):.4e}",
            str(rng.randrange(10 ** rng.randrange(1, 16))),
            f"{rng.random() * 100:.2f}",
            f"-{rng.randrange(10**9)}",
        )
    )
