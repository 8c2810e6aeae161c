"""The detectors of credentials: every example, the spans they give, what they must leave alone."""

from importlib.resources import files

import pytest

from leakkit.pii.detector import Detector, entities, find_alone, read_detectors
from leakkit.pii.validators import get

FOLDER = files("leakkit.pii") / "detectors"
DETECTORS = [
    d
    for path in sorted(FOLDER.iterdir())
    if path.name.startswith("credentials_")
    for d in read_detectors(path)
]


def found(detector: Detector, text: str) -> list[str]:
    """Give what one detector finds and its validator does not refuse."""
    check = get(detector.validator) if detector.validator else None
    spans = [text[a:b] for a, b in find_alone(detector, text)]
    return [s for s in spans if check is None or not detector.validator_required or check(s) is not False]


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda d: d.id)
def test_examples_match_and_counter_examples_do_not(detector):
    assert detector.match and detector.no_match
    assert all(found(detector, text) for text in detector.match)
    assert not any(found(detector, text) for text in detector.no_match)


@pytest.mark.parametrize("detector", [d for d in DETECTORS if d.trigger], ids=lambda d: d.id)
def test_a_trigger_stands_in_every_match(detector):
    import re2

    for text in detector.match:
        for hit in re2.finditer(detector.pattern, text):
            whole = hit.group().lower() if detector.trigger_ignore_case else hit.group()
            triggers = [t.lower() if detector.trigger_ignore_case else t for t in detector.trigger]
            assert any(trigger in whole for trigger in triggers)


def test_ids_are_unique_and_entities_are_credentials():
    assert len({d.id for d in DETECTORS}) == len(DETECTORS)
    assert {entities()[d.entity].family for d in DETECTORS} == {"credential"}


def test_ninety_vendors_and_more_are_known():
    vendors = {d.id.partition("_")[0] for d in read_detectors(FOLDER / "credentials_vendors.toml")}
    assert len(vendors) >= 120
