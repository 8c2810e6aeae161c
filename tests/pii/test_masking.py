import string

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.errors import BadFrameError, BadParameterError
from leakkit.pii.detector import entities
from leakkit.pii.masking.case import Case
from leakkit.pii.masking.many_forms import normalise_array
from leakkit.pii.masking.normalise import normalise
from leakkit.pii.masking.pseudonyms import pseudonym
from leakkit.pii.masking.texts import LeakkitWarning, mask
from leakkit.pii.masking.values import DOT, mask_array, mask_value
from tests.pii.many_values import REALISTIC, texts_of_all_kinds

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


def test_masks_of_an_array_are_the_masks_one_by_one():
    for entity, texts in REALISTIC.items():
        made = mask_array(entity, pa.array([*texts, None], pa.large_string()))
        assert made.to_pylist() == [*(mask_value(entity, text) for text in texts), None]
        assert made.type == pa.string()


@given(st.sampled_from([*REALISTIC, "PASSWORD", "COUNTRY", "NO_SUCH_ENTITY"]), texts_of_all_kinds())
def test_masks_of_odd_texts_are_the_masks_one_by_one(entity, texts):
    made = mask_array(entity, pa.array(["filler", *texts], pa.string())[1:])
    assert made.to_pylist() == [None if text is None else mask_value(entity, text) for text in texts]


@pytest.mark.parametrize("entity", sorted(entities()))
def test_a_number_that_ends_beyond_ascii_spoils_no_mask_after_it(entity):
    texts = ["01818010\uff10", "0612345678\u0665", "+49 30 1234567\u00b2", *["+44 20 7946 0123"] * 70]
    assert mask_array(entity, pa.array(texts)).to_pylist() == [mask_value(entity, text) for text in texts]


def test_an_array_of_nothing_has_masks_of_nothing():
    for entity in REALISTIC:
        assert mask_array(entity, pa.array([], pa.string())).to_pylist() == []
        assert mask_array(entity, pa.array([None] * 99, pa.string())).null_count == 99
        assert mask_array(entity, pa.array([""] * 99)).to_pylist() == [mask_value(entity, "")] * 99


def test_no_sample_stands_in_its_mask():
    for entity, (text, _) in SAMPLES.items():
        if entity != "COUNTRY":
            assert text not in mask_value(entity, text)


FOUND = ["card 4000 0000 0000 0002 of ana.lee@firm.io", None, "nothing", "wr. ana.lee@firm.io"]


@pytest.mark.parametrize(
    "written",
    [
        "wanda.quist%40invented.example",
        "wanda.quist [at] invented [dot] example",
        "wanda.quist&#64;invented.example",
    ],
)
def test_an_address_has_one_key_and_mask_however_it_is_written(written):
    plain = "wanda.quist@invented.example"
    assert normalise("EMAIL", written) == plain
    assert normalise_array("EMAIL", pa.array([written], pa.large_string())).to_pylist() == [plain]
    assert mask_value("EMAIL", written) == mask_value("EMAIL", plain)
    assert CASE.traits("EMAIL", written) == CASE.traits("EMAIL", plain)
    assert CASE.trait_array("EMAIL", pa.array([written], pa.large_string())).to_pylist() == [
        CASE.traits("EMAIL", plain)
    ]


def test_a_passenger_s_name_is_two_words_and_one_with_a_joint_is_one():
    assert "one-word" not in CASE.traits("PERSON", "QUIST/WANDA")
    assert "one-word" in CASE.traits("PERSON", "Jean-Pierre")


KINDS = ["EMAIL", "CREDIT_CARD"]


def test_a_list_a_series_and_a_frame_are_masked_in_their_own_kind():
    expected = ["card •••• •••• •••• 0002 of a•••••@f•••••.io", None, "nothing", "wr. a•••••@f•••••.io"]
    assert mask(FOUND, detectors=KINDS, names=None) == expected
    column = pd.Series(FOUND, index=[5, 6, 7, 8], name="x", dtype=object)
    shown = mask(column, detectors=KINDS, names=None)
    assert shown.tolist() == expected and shown.index.tolist() == [5, 6, 7, 8] and shown.name == "x"
    frame = pd.DataFrame({"a": FOUND, "n": [1, 2, 3, 4], "c": pd.Categorical(FOUND)})
    shown = mask(frame, detectors=KINDS, names=None)
    assert (
        shown["a"].dropna().tolist() == [text for text in expected if text] and shown["a"].isna().sum() == 1
    )
    assert shown["n"].tolist() == [1, 2, 3, 4] and "ana" not in shown.to_csv()
    assert frame["a"].tolist()[0] == FOUND[0], "the input stays as it was"


def test_a_label_names_the_kind_and_nothing_of_the_value():
    assert mask(FOUND, detectors=KINDS, names=None, style="label")[0] == "card [CREDIT_CARD] of [EMAIL]"


def test_overlapping_findings_hide_all_they_cover():
    found = pd.DataFrame(
        {"row": [0, 0], "field": ["", ""], "start": [4, 8], "end": [12, 20], "entity": ["URL", "EMAIL"]}
    )
    text = "0123456789abcdefghijklmnop"
    assert mask(text, findings=found) == "0123•••••klmnop"


def test_findings_of_other_texts_are_refused_without_the_text():
    found = pd.DataFrame({"row": [0], "field": [""], "start": [0], "end": [99], "entity": ["EMAIL"]})
    with pytest.raises(BadFrameError) as caught:
        mask("canary", findings=found)
    assert "canary" not in str(caught.value)
    with pytest.raises(BadFrameError, match="entity"):
        mask("x", findings=found.drop(columns="entity"))


def test_revealing_warns_and_is_refused_in_report_runs(monkeypatch):
    monkeypatch.setenv("LEAKKIT_STATIC", "1")
    with pytest.raises(BadParameterError, match="report run"):
        mask("x", reveal=True)
    monkeypatch.delenv("LEAKKIT_STATIC")
    with pytest.warns(LeakkitWarning, match="in the clear"):
        assert mask("ana.lee@firm.io", reveal=True) == "ana.lee@firm.io"


def test_an_unknown_style_or_input_is_refused():
    with pytest.raises(BadParameterError, match="spray"):
        mask("x", style="spray")
    with pytest.raises(BadParameterError, match="int"):
        mask(7, findings=pd.DataFrame({n: [] for n in ("row", "field", "start", "end", "entity")}))


CASE = Case(b"a salt that only tests use")


def test_a_value_has_one_pseudonym_in_a_case_and_another_in_another():
    one = pseudonym("EMAIL", "Ana.Lee@firm.io", case=CASE)
    assert (
        one
        == pseudonym("EMAIL", "ana.lee@firm.io", case=CASE)
        != pseudonym("EMAIL", "ana.lee@firm.io", case=Case())
    )
    assert one.endswith("@example.org") and "ana" not in one


def test_the_words_of_a_name_keep_their_pseudonyms():
    whole = pseudonym("PERSON", "Marta García", case=CASE).split()
    assert pseudonym("PERSON", "Marta", case=CASE) == whole[0]
    assert pseudonym("PERSON", "Ana García", case=CASE).split()[1] == whole[1]
    assert pseudonym("PERSON", "MARTA GARCÍA", case=CASE) == " ".join(whole).upper()
    assert pseudonym("PERSON", "Marta von der García", case=CASE) == f"{whole[0]} von der {whole[1]}"


@given(st.integers(0, 10**15))
def test_numbers_become_such_as_nobody_has(number):
    from stdnum import iban, luhn

    card = f"{number:016d}"
    made = pseudonym("CREDIT_CARD", f"{card[:4]} {card[4:8]} {card[8:12]} {card[12:]}", case=CASE)
    assert made.startswith("4000 00") and len(made) == 19 and not luhn.is_valid(made.replace(" ", ""))
    assert not iban.is_valid(pseudonym("IBAN", f"DE{number:020d}", case=CASE))
    ssn = pseudonym("US_SSN", f"{number:09d}"[:3] + "-12-3456", case=CASE)
    assert ssn.startswith("000-") and len(ssn) == 11


def test_telephones_go_to_fictional_ranges_in_the_same_form():
    made = pseudonym("PHONE", "+1 (415) 867-2301", case=CASE)
    assert made[:4] == "+1 (" and "555-01" in made and len(made) == 17
    assert pseudonym("PHONE", "+44 7911 123456", case=CASE).startswith("+44 7700 900")
    assert pseudonym("PHONE", "089 / 636-48018", case=CASE).startswith("000 / ")


def test_dates_move_by_the_same_days_and_stay_in_their_writing():
    one, two = (pseudonym("DATE_OF_BIRTH", t, case=CASE) for t in ("1980-01-31", "1980-02-10"))
    days = [pd.Timestamp(t) for t in (one, two)]
    assert (days[1] - days[0]).days == 10 and abs((days[0] - pd.Timestamp("1980-01-31")).days) >= 31
    moved = pd.to_datetime(pseudonym("DATE_OF_BIRTH", "31.01.1980", case=CASE), format="%d.%m.%Y")
    assert moved == days[0]
    assert pseudonym("DATE_OF_BIRTH", "some day", case=CASE) == "[DATE_OF_BIRTH]"


def test_secrets_are_masked_and_never_invented():
    assert pseudonym("GITHUB_TOKEN", "ghp_" + "X" * 36, case=CASE) == "ghp_•••••(40)"
    assert pseudonym("AGE", "47", case=CASE) == "[AGE]"


@given(st.sampled_from([*entities(), "NO_SUCH_ENTITY"]), st.text(max_size=40))
def test_any_text_has_a_pseudonym(entity, text):
    assert isinstance(pseudonym(entity, text, case=CASE), str)
