"""Names of fields asked of all detectors at once tell what each detector tells alone."""

from __future__ import annotations

import random
import string

import numpy as np

from leakkit.pii.setup import make_setup
from leakkit.pii.weighing.telling import Telling

PLAIN = (
    "",
    "id",
    "user",
    "userName",
    "billing_address",
    "Kundennr.",
    "电话号码",
    "客户 電話",
    "x" * 80,
    "at-spi2-common",
    "phone2",
)


def names(seed: int) -> list[str]:
    """Draw names of fields: words that detectors know, alone and together, and others."""
    rng = random.Random(seed)
    known = sorted({word for rule in make_setup().rules for word in rule.detector.context})
    made = (
        lambda: rng.choice(known),
        lambda: rng.choice(("_", ".", "-", " ", "/")).join(rng.sample(known, 2)),
        lambda: (
            "".join(word.title() for word in rng.choice(known).split()) + rng.choice(("", "1", "12", "X"))
        ),
        lambda: "".join(rng.choices(string.ascii_letters + "_.-0 ü号", k=rng.randrange(1, 12))),
        lambda: rng.choice(known) + rng.choice(string.ascii_lowercase),
    )
    return [*PLAIN, *(rng.choice(made)() for _ in range(250))]


def test_all_detectors_together_tell_what_each_tells_alone() -> None:
    rules = make_setup().rules
    telling = Telling(rules)
    told = [telling.of(name).tolist() for name in names(1)]
    assert told == [[rule.tells(name) for rule in rules] for name in names(1)]
    assert 50 < sum(map(any, (np.array(told) > telling.of("")).tolist())) < len(told)


def test_what_is_told_of_one_name_is_no_part_of_what_is_told_of_another() -> None:
    telling = Telling(make_setup().rules)
    first = telling.of("phone")
    first[:] = False
    assert telling.of("phone").any()
