"""Households known by a family name, and logs whose lines begin with one key; all data is invented."""

from __future__ import annotations

from leakkit.pii.people.blocks import by_row, written_down
from leakkit.pii.people.fields import field_of
from leakkit.pii.people.links import link
from leakkit.pii.people.mentions import ACCOUNT, NAME, OTHER, Finding, Mention
from tests.pii.test_people import found, groups, record


def _relative(row: int, birth: str, column: str = "surname") -> Mention:
    """Give a row of one family's mailbox with a date of birth."""
    name = Finding(3 * row, "PERSON", NAME, "loon.van", row, 0, field_of(column), words=("van", "loon"))
    mail = Finding(3 * row + 1, "EMAIL", ACCOUNT, "family mailbox", row, 0, field_of("email"))
    born = Finding(3 * row + 2, "DATE_OF_BIRTH", OTHER, birth, row, 0, field_of("born"))
    mention = Mention(path="members.csv", row=row)
    for one in (name, mail, born):
        mention.add(one)
    return mention


def test_relatives_of_one_mailbox_known_by_a_family_name_are_parted_by_date_of_birth() -> None:
    assert len(link([_relative(0, "a"), _relative(1, "b"), _relative(2, "a")])) == 2


def test_a_whole_name_of_one_mailbox_stays_one_though_a_date_of_birth_is_misprinted() -> None:
    assert len(link([_relative(0, "a", "full_name"), _relative(1, "b", "full_name")])) == 1


def test_a_column_of_the_name_one_is_called_by_holds_given_names() -> None:
    assert [field_of(name).name_part for name in ("roepnaam", "Rufname", "achternaam")] == [
        "given",
        "given",
        "family",
    ]


def _line(row: int, entity: str = "NATIONAL_ID", start: int = 51) -> Finding:
    """Give the first finding of a log's line."""
    return Finding(row, entity, OTHER, str(row), row, start, field_of(""), keyed=True)


def test_a_log_whose_lines_begin_with_one_key_is_no_record_down_the_page() -> None:
    log = [_line(row) for row in range(0, 200, 1)] + [_line(row, start=55) for row in (210, 230, 250, 270)]
    assert written_down(by_row(log)) is None


def test_two_keys_in_turn_are_records_down_the_page() -> None:
    cards = [_line(row, "PERSON" if row % 2 else "PHONE", 3 + row % 2) for row in range(20)]
    records = written_down(by_row(cards))
    assert records is not None and len(records) == 10


def _family(row: int, *, others: bool = False) -> list[tuple]:  # type: ignore[type-arg]
    """Give a row of a table about a child, its mother and her telephone, and the nurse's."""
    cells = {
        "mother": ("PERSON", f"Mara{row} Ostrow{row}"),
        "child": ("PERSON", f"Lale{row} Ostrow{row}"),
        "mob": ("PHONE", f"91234 5670{row}"),
    }
    return record("visits.csv", row, **cells, **({"nurse_mob": ("PHONE", "91234 99999")} if others else {}))


def test_a_telephone_in_a_row_of_relatives_is_no_further_person() -> None:
    rows = [value for row in range(6) for value in _family(row)]
    assert groups(found(*rows)) == [2] * 6 + [1] * 6


def test_the_telephone_of_a_nurse_in_rows_of_relatives_is_one_more() -> None:
    rows = [value for row in range(6) for value in _family(row, others=True)]
    assert groups(found(*rows)) == [6] + [2] * 6 + [1] * 6
