"""Two quick detectors for the tests of the scan, and a validator that kills the process it runs in."""

from __future__ import annotations

import os
import signal

from leakkit.pii.detector import Detector

MAIL = Detector(
    id="test_mail",
    entity="EMAIL",
    pattern=r"[a-z0-9.]{1,40}@[a-z0-9.]{1,40}\.[a-z]{2,6}",
    source="own observation",
    match=("ann@example.org",),
    trigger=("@",),
    base=0.9,
)
NUMBER = Detector(
    id="test_number",
    entity="CREDIT_CARD",
    pattern=r"[0-9]{12,16}",
    source="own observation",
    match=("411111111111",),
    base=0.3,
    context=("card",),
)
QUICK = [MAIL, NUMBER]


def kills(value: str) -> bool:
    """End the process over one value, as a fault in a library would."""
    if value.startswith("deadly@"):
        os.kill(os.getpid(), signal.SIGKILL)
    return True


DEADLY = Detector(
    id="test_deadly",
    entity="EMAIL",
    pattern=MAIL.pattern,
    source="own observation",
    match=MAIL.match,
    trigger=("@",),
    base=0.9,
    function=kills,
)
