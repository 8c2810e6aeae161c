import pytest

from leakkit.pii.find import find_pii

NUMBER = "CAF-4f2a8.77@mx.invented-mail.net"
REPLY = "20251118.1@relay.invented-mail.net"


def mails(text, fields=None):
    found = find_pii([text], names=None, fields=fields)
    return [text[row.start : row.end] for row in found[found["entity"] == "EMAIL"].itertuples()]


@pytest.mark.parametrize(
    "text",
    [
        f"Message-ID: <{NUMBER}>",
        f"message-id=<{NUMBER}>",
        f"In-Reply-To: <{NUMBER}>",
        f"References: <{NUMBER}>\n <{REPLY}>",
        f"postfix/cleanup[7]: 4F1A: message-id=<{NUMBER}>",
        f'"message_id": "{NUMBER}"',
    ],
)
def test_numbers_of_messages_in_text_are_no_addresses(text):
    assert mails(text) == []


def test_addresses_beside_numbers_of_messages_are_found():
    text = f"From: <ann.lee@invented-mail.net> Message-ID: <{NUMBER}> To: Bo <bo.day@invented-mail.net>"
    assert mails(text) == ["ann.lee@invented-mail.net", "bo.day@invented-mail.net"]


@pytest.mark.parametrize("text", [f"id {NUMBER}", f"user_id={NUMBER}", f"id/{NUMBER}", NUMBER])
def test_addresses_behind_other_ids_are_found(text):
    assert mails(text) == [NUMBER]


@pytest.mark.parametrize("field", ["message-id", "headers.References", "In-Reply-To"])
def test_fields_of_numbers_of_messages_hold_no_addresses(field):
    assert mails(f"<{NUMBER}>", field) == []
    assert mails(f"<{REPLY}> <{NUMBER}>", field) == []


def test_references_of_people_are_found():
    assert mails(f"Dr Lee, {NUMBER}", "references") == [NUMBER]
    assert mails(f"<{NUMBER}>", "from") == [NUMBER]
