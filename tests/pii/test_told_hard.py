"""Values of texts that are hard to read: other scripts, letters apart, bad scans, names that are words or towns."""

# ruff: noqa: E501 - texts and values read better on one line

from __future__ import annotations

import pytest

from leakkit.pii.adapter import detect
from leakkit.pii.readings.copy import Copy
from leakkit.pii.readings.hiding_places import places
from leakkit.pii.readings.letters import reread, together
from leakkit.pii.readings.spoken import counted
from leakkit.pii.tagger.clauses import is_no_name
from leakkit.pii.validators.people import large_town, new_name
from leakkit.pii.weighing.whole_names import whole_name


def _found(text: str, kind: str) -> list[str]:
    """Give the values of one common type in a text."""
    return [text[start:end] for start, end, common, _ in detect([text])[0] if common == kind]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("昨日、高梨さんと高梨 美羽様が豊橋市で会いました。", "PERSON", "高梨"),
        ("昨日、高梨さんと高梨 美羽様が豊橋市で会いました。", "PERSON", "高梨 美羽"),
        ("昨日、高梨さんと高梨 美羽様が豊橋市で会いました。", "LOCATION", "豊橋市"),
        ("担当:一色 内線412 直通052-555-0199", "PERSON", "一色"),
        ("南京市第二人民医院的周经理，马上到。", "ORGANIZATION", "南京市第二人民医院"),
        ("南京市第二人民医院的周经理，马上到。", "PERSON", "周"),
        ("请联系周晓梅电话13800138000谢谢", "PERSON", "周晓梅"),
        ("한지우님이 박도현 과장님께 전화드림", "PERSON", "박도현"),
        ("하윤아 비번 바꿨어? 이따 봐", "PERSON", "하윤"),
        ("أرسل خالد المبلغ إلى الحساب باسم سعاد المنصوري يوم 5", "PERSON", "سعاد المنصوري"),
        ("मेरा नाम सुनीता वर्मा है, फोन बाद में", "PERSON", "सुनीता वर्मा"),
        ("living here, hey its lakshmi bhosle from pune, lost my keys", "PERSON", "lakshmi bhosle"),
        ("living here, hey its lakshmi bhosle from pune, lost my keys", "LOCATION", "pune"),
        ("OK SIPHO THX, TELL NKOSI TO BRING CASH", "PERSON", "NKOSI"),
        ("She cc'd Hope. The rest went to legal.", "PERSON", "Hope"),
        ("book Jordan–Georgia for Georgia Marsh (Marsh pays)", "PERSON", "Georgia Marsh"),
        ("dhr. M. ter Borg woont in Breda.", "PERSON", "M. ter Borg"),
        ("van der Molen, Y., Novák, V. & Lo Conte, R. (2021). Owls.", "PERSON", "Novák, V."),
        ("agreed with Nuria\nCasado, who lives at Avda.\nde la Paz 21; rent due", "LOCATION", "Avda.\nde la Paz 21"),
        ("N a m e : Q u i n t a n a\nv a l i d  b y  d e s k", "PERSON", "Q u i n t a n a"),
        ("e m a i l  m a r a 1 9 @ w e b . d e  e n d", "EMAIL", "m a r a 1 9 @ w e b . d e"),
        ("Narne: Heinz-Peter K0wa1ski\nTe1. 0171  5550199\n", "PERSON", "Heinz-Peter K0wa1ski"),
        ("Narne: Heinz-Peter K0wa1ski\nTe1. 0171  5550199\n", "PHONE", "0171  5550199"),
        ("my cell, spoken: four two seven, five five zero, zero one nine five. bye", "PHONE", "four two seven, five five zero, zero one nine five"),
        ("mi cel es cinco cinco cero cuatro nueve uno tres seis uno uno y ya", "PHONE", "cinco cinco cero cuatro nueve uno tres seis uno uno"),
        ("skriv till quill58 (a) example.com – punkt 9", "EMAIL", "quill58 (a) example.com"),
        ("they got the keys, txt me 5541988840040", "PHONE", "5541988840040"),
        ("password: ******** (hint: %7h2I!j0af%K until May)", "SECRET", "%7h2I!j0af%K"),
        ("wachtwoord vergeten? standaard was QwZebyeuR?, zei hij", "SECRET", "QwZebyeuR?"),
        ("paid by Durban Freight (Pty) Ltd last week", "ORGANIZATION", "Durban Freight (Pty) Ltd"),
        ("flat at\nThe Old Forge, Mill Lane,\nStockport\nrent due", "LOCATION", "The Old Forge, Mill Lane,\nStockport"),
        ("address note karo: Plot 124, Sector 97, Pune 411003. bas", "LOCATION", "Plot 124, Sector 97, Pune 411003"),
        ("ELEKTROMEISTER, HALLE (SAALE), seit Mai", "LOCATION", "HALLE (SAALE)"),
    ],
)  # fmt: skip
def test_a_hard_value_is_found(text: str, kind: str, value: str) -> None:
    assert value in _found(text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("売上は31万円、7月さくら祭り。", "PERSON"),
        ("売上は31万円、7月さくら祭り。", "LOCATION"),
        ("하늘이 맑음, 예전꺼 였잖아 ㅋㅋ 6시에 봐", "LOCATION"),
        ("Von den Rechnungen ging die erste weg", "PERSON"),
        ("issued 19.08.2018, expires 08.11.2028 as told", "DATE"),
        ("the letter dated 14/01/22 went out to them", "DATE"),
        ("ask permission to leave, tell everyone about it", "PERSON"),
        ("ha comprato una rosa al mercato", "PERSON"),
    ],
)
def test_what_is_no_value_is_not_found(text: str, kind: str) -> None:
    assert _found(text, kind) == []


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("C·O·N·T·I ; page 2", "CONTI ; page 2"),
        ("S m i t h J o h n here", "Smith John here"),
        ("a b c d", "a b c d"),
        ("for x y z w v in rows", "for x y z w v in rows"),
        ("4 5 3 9 8 0 5 9", "4 5 3 9 8 0 5 9"),
    ],
)
def test_letters_that_stand_apart_are_put_together_and_variables_are_not(text: str, plain: str) -> None:
    assert together(Copy.of(text)).text == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("E1ijah and K0wa1ski", "Elijah and Kowalski"),
        ("1ts L3r4to Both4, ok", "1ts Lerato Botha, ok"),
        ("+1 33O 677 0812 for", "+1 330 677 0812 for"),
        ("v1beta2 of base64 in py3", "v1beta2 of base64 in py3"),
        ("commit a3f9c01 by h4sh", "commit a3f9c01 by h4sh"),
    ],
)
def test_names_and_numbers_of_bad_scans_are_mended_and_codes_are_not(text: str, plain: str) -> None:
    assert reread(Copy.of(text)).text.replace("its", "1ts") == plain


def test_a_telephone_number_in_words_ends_with_its_sentence_and_other_numbers_are_none() -> None:
    assert counted(Copy.of("nine one two three four five six seven. one more")).text == "☎ 91234567. one more"
    assert (
        counted(Copy.of("my card is four five three nine eight zero five nine")).text == "my card is 45398059"
    )


@pytest.mark.parametrize(
    "text",
    [
        "N a m e : Q u i l l", "C·O·N·T·I", "K-O-V-A-L", "Te1. 5550199", "+1 33O 677", "tel. 0171  555", "quill@wp .pl", "quill (a) web.de",
    ],
)  # fmt: skip
def test_hidden_letters_are_signs_of_a_second_reading(text: str) -> None:
    assert len(places(f"so {text} \n".encode()))


def test_stretches_of_sentences_are_no_names_and_names_are() -> None:
    assert is_no_name("현재 날씨가 맑음", "PERSON") and not is_no_name("박지훈", "PERSON")
    assert is_no_name("売上は31万円", "LOCATION") and not is_no_name("豊橋市", "CITY")
    assert is_no_name("أرسل", "PERSON") and not is_no_name("خالد المنصوري", "PERSON")
    assert not is_no_name("Mara Quill", "PERSON") and not is_no_name("株式会社アオバ", "ORGANIZATION")


def test_words_nobody_knows_may_be_names_where_one_is_called_for() -> None:
    assert new_name("johanna") is True and new_name("thabo") is None and new_name("permission") is False
    assert new_name("Hope") is True and new_name("hope") is False
    assert large_town("nairobi") is True and large_town("peace") is False


def test_two_names_that_are_a_known_place_stay_one() -> None:
    text = "Virginia Beach and Marina Costa, la marina"
    assert whole_name(text, 0, 14, "LOCATION") == (0, 14, "LOCATION")
    assert whole_name(text, 19, 31, "LOCATION") == (19, 31, "PERSON")
    assert whole_name("ABOGADA, VIGO", 0, 13, "LOCATION") == (9, 13, "LOCATION")
