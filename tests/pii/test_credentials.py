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


SPANS = [
    ("DB_PASSWORD=Ex4mple!pass9\nPORT=1", "Ex4mple!pass9"),
    ("define('DB_PASSWORD', 'Ex4mple!pass9');", "Ex4mple!pass9"),
    ("'password' => \"Ex4mple!pass9\",", "Ex4mple!pass9"),
    ("user=demo, password: Ex4mple!pass9, host=db", "Ex4mple!pass9"),
    ("Das Passwort lautet Ex4mple!pass9", "Ex4mple!pass9"),
    ("contraseña: Ex4mple!pass9", "Ex4mple!pass9"),
    ("пароль: Ex4mple!pass9", "Ex4mple!pass9"),
    ("the new password for the staging box is Ex4mple!pass9.", "Ex4mple!pass9"),
    ("postgres://demo:Ex4mple!pass9@db.example.com/shop", "Ex4mple!pass9"),
    ("mysql -u demo -pEx4mple!pass9 shop", "Ex4mple!pass9"),
    ("<password>Ex4mple!pass9</password>", "Ex4mple!pass9"),
    ("- name: DB_PASSWORD\n  value: Ex4mple!pass9", "Ex4mple!pass9"),
    ("CREATE LOGIN demo WITH PASSWORD = N'Ex4mple!pass9'", "Ex4mple!pass9"),
    ("X-Api-Key: 8fKq2Zt7Lw0xVb3NpQ4s", "8fKq2Zt7Lw0xVb3NpQ4s"),
    ("clientSecret: '8fKq2Zt7Lw0xVb3NpQ4s'", "8fKq2Zt7Lw0xVb3NpQ4s"),
]

NO_SECRETS = [
    "password = os.environ['DB_PASSWORD']",
    "password: ${DB_PASSWORD}",
    'password = "{{ vault.password }}"',
    'passwordField: "Enter your password"',
    '"password": "password"',
    '"password": null, "token": true',
    "password: str | None = None",
    "def login(user, password=None, token=''):",
    "token = self.tokenizer.next_token(stream)",
    'key = "sha256:' + "0a1b2c3d" * 8 + '"',
    "cache_key=" + "0a1b2c3d" * 5,
    '"integrity": "sha512-' + "Zx7Qp2Lm9Vt4Kc8R" * 5 + '=="',
    "secretName: my-application-secret",
    "password_file=/run/secrets/database",
    "tokens: 123456789012345678",
    "api_key=YOUR_API_KEY_GOES_HERE",
    "request_id=12345678-90ab-4cde-8f01-234567890abc",
]


@pytest.mark.parametrize(("text", "secret"), SPANS)
def test_the_value_alone_is_the_span(text, secret):
    assert any(secret in found(detector, text) for detector in DETECTORS)


@pytest.mark.parametrize("text", NO_SECRETS)
def test_references_labels_and_checksums_are_no_secrets(text):
    assert {d.id: found(d, text) for d in DETECTORS if found(d, text)} == {}


def test_a_wrong_checksum_of_a_code_host_leaves_the_token_unproved():
    good = "ghp_" + "0" * 30
    import zlib

    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    number, check = zlib.crc32(b"0" * 30), ""
    for _ in range(6):
        number, place = divmod(number, 62)
        check = letters[place] + check
    assert get("github_checksum")(good + check) is True
    assert get("github_checksum")(good + "zzzzzz") is None


@pytest.mark.parametrize(
    "name",
    [
        "password_value",
        "password_bare",
        "password_prose",
        "secret_value",
        "url_query_value",
        "mixed_characters",
    ],
)
@pytest.mark.parametrize(
    "text", ["aaaa/" * 60 + "!", "a.1" * 120 + "!", "abc_" * 80 + "!", "{a." * 100, ".1" * 150]
)
def test_odd_values_are_judged_in_no_time(name, text):
    import time

    start = time.process_time()
    get(name)(text)
    assert time.process_time() - start < 5
