import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.pii.detector import entities
from leakkit.pii.masking import DOT, mask_value, mask_values

SAMPLES = {
    "EMAIL": ("wanda.quist@invented.example", "w•••••@i•••••.example"),
    "PHONE": ("+49 30 23125 067", "+49 •• ••••• •67"),
    "CREDIT_CARD": ("4000-0000-0000-0002", "•••• •••• •••• 0002"),
    "IBAN": ("GB33 FNMR 2020 1555 5555 57", "GB•• •••• •••• ••57"),
    "PERSON": ("Wanda Quist-Bay", "W•••• Q••••"),
    "US_SSN": ("773-12-3456", "•••-••-••56"),
    "STREET_ADDRESS": ("12 Long Street", "•••••"),
    "CITY": ("Cedar Prairie", "•••••"),
    "POSTCODE": ("FM1 2AB", "•••••"),
    "COUNTRY": ("GB", "GB"),
    "DATE_OF_BIRTH": ("1951-03-19", "••••-••-••"),
    "IP_ADDRESS": ("192.0.2.77", "192.0.2.x"),
    "USERNAME": ("wquist", "w•••••"),
    "PASSWORD": ("hunter2hunter2", "•••••"),
    "GITHUB_TOKEN": ("ghp_" + "X" * 36, "ghp_•••••(40)"),
    "PRIVATE_KEY": ("-----BEGIN RSA PRIVATE KEY-----\nMII", "-----BEGIN •••••"),
    "URL": ("https://example.com/u/wanda", "https://•••••"),
    "DIAGNOSIS": ("E11.9", "•••••"),
}


@pytest.mark.parametrize("entity", SAMPLES)
def test_the_form_stays_and_what_identifies_goes(entity):
    text, expected = SAMPLES[entity]
    assert mask_value(entity, text) == expected


@pytest.mark.parametrize("entity", [*entities(), "NO_SUCH_ENTITY"])
def test_short_values_are_blotted_out_whole(entity):
    for text in ("", "7", "ab", "1234", "a@b.c"):
        shown = mask_value(entity, text)
        assert len([c for c in shown if c.isalnum() and c in text]) <= 1, (entity, shown)


@given(st.sampled_from([*entities(), "NO_SUCH_ENTITY"]), st.text(max_size=60))
def test_a_mask_is_one_printable_line_and_shows_six_signs_of_the_value_at_most(entity, text):
    shown = mask_value(entity, text)
    assert shown.isprintable() and "\n" not in shown
    if entity not in ("IP_ADDRESS", "EMAIL") and DOT in shown and "(" not in shown and "://" not in shown:
        assert sum(c.isalnum() for c in shown) <= 6


@given(
    st.text(string.ascii_lowercase, min_size=4, max_size=20),
    st.text(string.ascii_lowercase, min_size=4, max_size=20),
)
def test_an_address_keeps_two_letters_and_its_last_label(local, host):
    assert mask_value("EMAIL", f"{local}@{host}.com") == f"{local[0]}•••••@{host[0]}•••••.com"


def test_many_masks_are_the_masks_one_by_one():
    names, texts = list(SAMPLES), [text for text, _ in SAMPLES.values()]
    assert mask_values(names, texts) == [expected for _, expected in SAMPLES.values()]


def test_no_sample_stands_in_its_mask():
    for entity, (text, _) in SAMPLES.items():
        if entity != "COUNTRY":
            assert text not in mask_value(entity, text)
