"""Who asked the bucket for what, and the hour in which a stranger first read it.

The story: storage was private. On 4 March 2025, 02:13 UTC, a deployment made the bucket public. On 6 March,
23:41 UTC, an unknown client lists it without signing in, then reads. On 19 March the bucket is closed again.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np

from data.make_sample_leak.exhibit import Exhibit

OPENED = datetime(2025, 3, 4, 2, 13, 7, tzinfo=UTC)
FIRST_READ = datetime(2025, 3, 6, 23, 41, 52, tzinfo=UTC)
FIRST_OBJECT = FIRST_READ + timedelta(seconds=21)
CLOSED = datetime(2025, 3, 19, 10, 2, 0, tzinfo=UTC)
BEGIN, END = datetime(2025, 2, 24, tzinfo=UTC), datetime(2025, 3, 21, tzinfo=UTC)
STRANGER, SECOND_STRANGER = "203.0.113.77", "2001:db8:5ca1:ab1e::7"
PROBER = "198.51.100.203"
BUCKET, ACCOUNT = "fennimoor-artifacts", "000000000000"
OWNER = "f0" * 32
KEYS = (
    "models/tern-0.6m-base/model-00001-of-00002.safetensors",
    "models/tern-0.6m-support/config.json",
    "datasets/chat/conversations.jsonl",
    "datasets/users/users.csv",
    "datasets/support/tickets.csv",
    "infra/prod.env",
    "evals/tern-0.6m-base/step4000.json",
    "backups/2025-03-02.tar.gz",
)


class Request(NamedTuple):
    """One request to the bucket."""

    time: datetime
    client: str
    principal: str
    operation: str
    key: str
    status: int
    size: int
    agent: str
    person_id: str


def moment_between(random: np.random.Generator, start: datetime, end: datetime) -> datetime:
    """Draw a moment between two."""
    return start + timedelta(seconds=int(random.integers(0, int((end - start).total_seconds()))))


def _staff_requests(exhibit: Exhibit, random: np.random.Generator) -> list[Request]:
    """Signed use by staff and machines, over the whole time."""
    rows = []
    for _ in range(exhibit.many(520, 60)):
        person = exhibit.people.staff[int(random.integers(12))]
        operation = "REST.PUT.OBJECT" if random.random() < 0.25 else "REST.GET.OBJECT"
        key, size = KEYS[int(random.integers(len(KEYS)))], int(random.integers(900, 2_000_000))
        principal = f"arn:aws:iam::{ACCOUNT}:user/{person.username}"
        moment = moment_between(random, BEGIN, END)
        agent = "aws-cli/2.22.0 Python/3.12"
        rows.append(Request(moment, person.ip, principal, operation, key, 200, size, agent, person.person_id))
    return rows


def _strangers(exhibit: Exhibit, random: np.random.Generator) -> list[Request]:
    """Unsigned requests: refused probes, the first list and reads, a second stranger, refusals."""
    agent, rows = "python-requests/2.32", []
    for moment in (
        BEGIN + timedelta(days=2, hours=3),
        BEGIN + timedelta(days=5, hours=17),
        OPENED - timedelta(hours=9),
    ):
        rows.append(Request(moment, PROBER, "-", "REST.GET.BUCKET", "-", 403, 243, "curl/8.9.1", ""))
    rows.append(Request(FIRST_READ, STRANGER, "-", "REST.GET.BUCKET", "-", 200, 48_113, agent, ""))
    for place in range(exhibit.many(160, 20)):
        moment = FIRST_OBJECT + timedelta(seconds=place * 17)
        size = int(random.integers(2_000, 900_000))
        rows.append(
            Request(moment, STRANGER, "-", "REST.GET.OBJECT", KEYS[place % len(KEYS)], 200, size, agent, "")
        )
    again = FIRST_READ + timedelta(days=4, hours=6)
    rows.append(Request(again, SECOND_STRANGER, "-", "REST.GET.BUCKET", "-", 200, 48_113, "Wget/1.24.5", ""))
    for place in range(exhibit.many(60, 10)):
        moment, key = again + timedelta(seconds=9 + place * 5), KEYS[(place * 3) % len(KEYS)]
        rows.append(
            Request(moment, SECOND_STRANGER, "-", "REST.GET.OBJECT", key, 200, 512_000, "Wget/1.24.5", "")
        )
    for hour in range(6):
        moment = CLOSED + timedelta(hours=hour * 3, minutes=11)
        rows.append(Request(moment, STRANGER, "-", "REST.GET.OBJECT", KEYS[3], 403, 243, agent, ""))
    return rows


def all_requests(exhibit: Exhibit, random: np.random.Generator) -> list[Request]:
    """Give every request to the bucket in order of time."""
    return sorted([*_staff_requests(exhibit, random), *_strangers(exhibit, random)], key=lambda r: r.time)
