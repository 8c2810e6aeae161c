"""Invented texts of the kinds a leak is full of, for the benchmarks of the scan; every value in them is made up."""

from __future__ import annotations

import json
import random
from collections.abc import Callable

WORDS = (
    "the a model server data request response token user batch loss epoch train please could you explain how to "
    "write code in python function returns value error file path when running test on memory out of range index "
    "list string number thanks great answer question we went home and they said it was fine"
).split()
TOWNS = ("Ambercliff", "Fennimoor", "Tannery Bridge", "Oldmarsh", "Nordhafen", "Villeclaire")
GIVEN = ("Ann", "Peter", "Ines", "Jürgen", "Olga", "Tom", "Noor", "Lucía", "Marek", "Sofie")
FAMILY = ("Morris", "Weiß", "Okafor", "Novák", "Larsen", "Dubois", "Costa", "Yilmaz", "Kowalski", "Brandt")


def mail(rng: random.Random) -> str:
    """Give an invented address."""
    return f"{rng.choice(GIVEN).lower()}.{rng.randrange(10_000)}@inbox{rng.randrange(50)}.example.net"


def address(rng: random.Random) -> str:
    """Give an address of the ranges for documentation."""
    return f"{rng.choice(('192.0.2', '198.51.100', '203.0.113'))}.{rng.randrange(1, 255)}"


def phone(rng: random.Random) -> str:
    """Give a number of the range for drama."""
    return f"07700 900{rng.randrange(1_000):03}"


def prose(rng: random.Random, count: int) -> str:
    """Give some words."""
    return " ".join(rng.choices(WORDS, k=count))


def log_line(rng: random.Random) -> str:
    """Give a line of a training or server log: about one finding in a kilobyte."""
    clock = f"{rng.randrange(24):02}:{rng.randrange(60):02}:07,{rng.randrange(1000):03}"
    time = f"2025-03-{rng.randrange(1, 29):02} {clock}"
    if rng.random() < 0.06:
        return f"{time} INFO auth login ok user={mail(rng)} from {address(rng)}"
    if rng.random() < 0.5:
        figures = (
            f"loss={rng.random():.6f} lr=3e-4 grad_norm={rng.random() * 3:.4f} tok/s={rng.randrange(9_999)}"
        )
        return f"{time} DEBUG trainer step={rng.randrange(10**6)} {figures}"
    return f"{time} INFO worker-{rng.randrange(64)} {prose(rng, 12)} in {rng.randrange(1, 900)} ms"


def chat_line(rng: random.Random) -> str:
    """Give a conversation as a line of JSON."""
    messages = []
    for number in range(rng.randrange(2, 6)):
        text = prose(rng, rng.randrange(20, 200))
        if rng.random() < 0.3:
            text += '\n\n```python\nprint("x")\n```\n'
        if rng.random() < 0.15:
            text += f" write to {mail(rng)} or call {phone(rng)}"
        messages.append({"role": ("user", "assistant")[number % 2], "content": text})
    identity = f"{rng.getrandbits(128):032x}"
    return json.dumps({"id": identity, "created": 1_740_000_000 + rng.randrange(10**6), "messages": messages})


def web_line(rng: random.Random) -> str:
    """Give a crawled page as a line of JSON."""
    text = "\n".join(prose(rng, rng.randrange(10, 60)) + "." for _ in range(rng.randrange(3, 40)))
    if rng.random() < 0.5:
        text += f"\nContact: {mail(rng)}, {phone(rng)}"
    page = {"url": f"https://www{rng.randrange(99)}.example.org/p/{rng.randrange(10**5)}", "text": text}
    return json.dumps(page | {"language": "en", "score": round(rng.random(), 4)}, ensure_ascii=False)


def user_row(rng: random.Random) -> str:
    """Give a row of a table of users: about forty findings in a kilobyte."""
    born = f"{rng.randrange(1950, 2005)}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
    street = f"{rng.randrange(1, 200)} {rng.choice(FAMILY)} Row"
    name = f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"
    cells = (rng.randrange(10**6), name, mail(rng), phone(rng), street, rng.choice(TOWNS), born, address(rng))
    return ",".join(map(str, cells))


KINDS: dict[str, tuple[Callable[[random.Random], str], str]] = {
    "log": (log_line, ""),
    "chat.jsonl": (chat_line, ""),
    "web.jsonl": (web_line, ""),
    "users.csv": (user_row, "id,full_name,email,phone,street,city,birth_date,last_login_ip\n"),
}
"""Kinds of file: how a line is made, and what stands first."""


def text_of(kind: str, size: int, seed: int = 1) -> bytes:
    """Give about `size` bytes of one kind."""
    line, head = KINDS[kind]
    rng = random.Random(f"{kind} {seed}")
    parts, length = [head.encode()], 0
    while length < size:
        parts.append(line(rng).encode() + b"\n")
        length += len(parts[-1])
    return b"".join(parts)
