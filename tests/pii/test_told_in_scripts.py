"""Names and places told by titles and labels in many scripts, small letters, nicks; days of things. Invented data."""

from __future__ import annotations

import pytest

from leakkit.pii.adapter import detect
from leakkit.pii.validators.financial import card, card_many
from leakkit.pii.weighing.name_edges import name_edges
from leakkit.pii.weighing.versions import precedes_version


def _found(text: str, kind: str) -> list[str]:
    """Give the values of one common type in a text."""
    return [text[start:end] for start, end, common, _ in detect([text])[0] if common == kind]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("이서윤 고객님, 주문하신 상품이 도착했습니다.", "PERSON", "이서윤"),
        ("성명: 박도현, 지역: 전주. 문의 바랍니다.", "LOCATION", "전주"),
        ("患者陈思远来自苏州,已登记。", "PERSON", "陈思远"),
        ("患者陈思远来自苏州,已登记。", "LOCATION", "苏州"),
        ("حضرت السيدة هدى المصري من مدينة طنجة أمس", "PERSON", "هدى المصري"),
        ("حضرت السيدة هدى المصري من مدينة طنجة أمس", "LOCATION", "طنجة"),
        ("Η κυρία Ειρήνη Μαυρίδη από Καβάλα έγραψε σήμερα", "PERSON", "Ειρήνη Μαυρίδη"),
        ("Đỗ Thị Lan, khách ở Nha Trang, hỏi giá", "PERSON", "Đỗ Thị Lan"),
        ("Đỗ Thị Lan, khách ở Nha Trang, hỏi giá", "LOCATION", "Nha Trang"),
        ("moradora da cidade de Coimbra, pedido 77", "LOCATION", "Coimbra"),
        ("ad soyad: Ece Kaya, il: Adana. Sipariş 12", "LOCATION", "Adana"),
        ('מר ישראל ישראלי, ת"ז 123456782, שלום', "NATIONAL_ID", "123456782"),
        ("caller said her name is johanna voutilainen", "PERSON", "johanna voutilainen"),
        ("anyone got the number for johanna? she left", "PERSON", "johanna"),
        ("so the neighbour malthe uses the wifi lol", "PERSON", "malthe"),
        ("x = 1  # TODO johanna: rotate it", "PERSON", "johanna"),
        ("Kontonummer von gestern. BSN van Mara de Voorbeeld: volgt", "PERSON", "Mara de Voorbeeld"),
        ("OP 2, Pat. Quillmann, Jonna, *03.04.1971, Zi. 9", "PERSON", "Quillmann, Jonna"),
        ("OP 2, Pat. Quillmann, Jonna, *03.04.1971, Zi. 9", "DATE", "03.04.1971"),
        ("contact: skype quillMara15 or by post", "USERNAME", "quillMara15"),
        ("[09:10] owlQuill36: yep\n[09:11] kask.rei2: ok then", "USERNAME", "kask.rei2"),
        ("all paid, here is the hash. -mara.qui7", "USERNAME", "mara.qui7"),
        ("the token leaked in commit 53cf366d by owl_quill15 again", "USERNAME", "owl_quill15"),
        ('pw hint: he said it is "Ex4mple!Harbour" | asset 9', "SECRET", "Ex4mple!Harbour"),
        ("gave the card as 5555/5555/5555/4444 on the phone", "CREDIT_CARD", "5555/5555/5555/4444"),
        ("mi dni 54362315k a nombre de mi madre", "NATIONAL_ID", "54362315k"),
        ("reach me on +44_20_7946_0958 please", "PHONE", "+44_20_7946_0958"),
        ("+442079460958 00:11:02 out", "PHONE", "+442079460958"),
        ("Kontakt Ehemann 089 / 999 98 12, abends", "PHONE", "089 / 999 98 12"),
        ("my SSN was 2 1 9 - 0 9 - 9 9 9 1 I think", "US_SSN", "2 1 9 - 0 9 - 9 9 9 1"),
    ],
)
def test_a_value_is_told_by_the_words_of_its_language(text: str, kind: str, value: str) -> None:
    assert value in _found(text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("来自用户，请回复", "LOCATION"),
        ("anyone got the number for the car? it left", "PERSON"),
        ("please note: skype call at nine", "USERNAME"),
        ("the build was typed in by the user again", "USERNAME"),
        ('the password field is "required"', "SECRET"),
        ("Release notes 15.8.95: faster start and twelve fixes here", "DATE"),
        ("that was fixed in 6.12.73.155 and we ship it", "IP"),
        ("Bitte Ihre Steuer-ID angeben", "PERSON"),
    ],
)
def test_what_only_looks_alike_is_left_alone(text: str, kind: str) -> None:
    assert not _found(text, kind)


def test_a_day_somebody_met_is_still_a_date() -> None:
    assert _found("They met on 12 March 2019 and again later in town.", "DATE")


def test_dots_between_all_groups_of_a_card_are_no_decimal_point() -> None:
    assert card("5105.1051.0510.5100") and not card("0.5105105105105100") and not card(".5105105105105100")
    assert card_many(["5105.1051.0510.5100", "510510510510510.0"]) == [True, False]


def test_the_name_of_a_field_is_no_name() -> None:
    for text, entity in (("Steuer-ID", "PERSON"), ("Thai ID", "LOCATION"), ("身分證字號", "PERSON")):
        start, end = name_edges(text, 0, len(text), entity)
        assert start == end
    text = "Unsere Jonna Muster"
    assert text[slice(*name_edges(text, 0, len(text), "PERSON"))] == "Jonna Muster"


def test_firmware_and_images_have_versions() -> None:
    assert (
        precedes_version("firmware ") and precedes_version("image tag ") and precedes_version("broken since ")
    )
    assert not precedes_version("the runner at ")
