"""Words of a program's source speak for the numbers of their own statement alone; decimals are no ids."""

from __future__ import annotations

import pytest

import leakkit as lk
from leakkit.pii.weighing.neighbours import allowed
from leakkit.pii.weighing.statements import meant_after, meant_before


@pytest.mark.parametrize(
    "text",
    [
        'var l={name:"Name",phone:"Phone number",zip:"ZIP"};var a=Object.freeze({r:3917660527,s:"split"})',
        'e.exports={phone:"Phone number"},n3={e:6427603234,f:693253151}',
        'const K={tax:"Tax ID"};M=[409318198,-1049074765,272640019]',
        'function f(a,b){return a?957183400:t("Phone number")+b(487896960)}',
        'm.phone="Phone";m.q=9526544687;m.r=1',
        "labels:{tel:'Telefon',fax:'Fax'},at:8418415209,",
    ],
)
def test_labels_of_a_screen_speak_for_no_number(text: str) -> None:
    assert lk.find_pii([text], names=None).empty


@pytest.mark.parametrize(
    "text",
    [
        'user={phone:"6503917660",role:1};var a=2',
        '$("#phone").val("6503917660");',
        "phone: 'mobile', number: '6503917660'",
        'label:"Phone number",value:"6503917660"',
        'setPhone("home"); // phone 6503917660',
    ],
)
def test_numbers_beside_their_own_word_stay(text: str) -> None:
    assert lk.find_pii([text], names=None)["entity"].tolist() == ["PHONE"]


def test_words_reach_to_the_end_of_their_statement() -> None:
    assert meant_before('phone:"Phone number"});var seed=') == "var seed="
    assert meant_before("my phone is (for now) ") == "my phone is (for now) "
    assert meant_after(';m.phone="0') == ""
    assert meant_after("; my phone") == "; my phone"


@pytest.mark.parametrize("text", ["0.61275", "-1.20439", "[0.8260488432", "x=-3.1415926535"])
def test_decimals_are_no_number_of_their_own(text: str) -> None:
    assert not allowed("word", text, text.index(".") + 1, len(text))


@pytest.mark.parametrize("text", ["tel.61275", "10.61275", "1.2.61275", "0.612", "é0.61275", "v1.61275"])
def test_other_digits_behind_a_point_may_be(text: str) -> None:
    assert allowed("word", text, text.rindex(".") + 1, len(text))


def test_decimals_beside_a_word_are_no_ids() -> None:
    texts = ["doc 0.12345678 and 0.87654321", "phone 0.1375547", "zip 0.5163", "national id -1.2777321"]
    assert lk.find_pii(texts, names=None).empty
    assert lk.find_pii(["0.12345678"] * 60, fields="doc_id", names=None).empty
    assert lk.find_pii(["doc 12345678"], names=None)["entity"].tolist() == ["NATIONAL_ID"]
