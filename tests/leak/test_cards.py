"""Directory entries and vCards: folded lines and coded values are read as they are meant; rows keep their numbers."""

from __future__ import annotations

import base64
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.leak.records.cards import are_cards, plain
from leakkit.leak.records.stream import iter_records
from leakkit.pii.scanning.scan import scan

LDIF = b"version: 1\n\ndn:: dWlkPcOGZ2VyLGRjPWV4\n YW1wbGU=\ncn:: w4Zn\n ZXI=\nmail: a@b.example\n"
CARD = (
    b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=D0=98=D0=B2=D0=B0=\r\n"
    b"=D0=BD;Petr\r\nTEL:+1 2\r\nEND:VCARD\r\n"
)


def texts(data: bytes, format: str = "text") -> list[tuple[int, str]]:
    """Give rows and texts of a member."""
    batches = iter_records(lambda: io.BytesIO(data), "a", format)
    return [
        (row, text)
        for batch in batches
        for row, text in zip(batch["row"].to_pylist(), batch["text"].to_pylist(), strict=True)
    ]


def test_base64_and_folds_of_ldif_are_read_and_rows_stay() -> None:
    assert texts(LDIF) == [
        (0, "version: 1"),
        (2, "dn: uid=Æger,dc=example"),
        (4, "cn: Æger"),
        (6, "mail: a@b.example"),
    ]


def test_quoted_printable_of_vcards_is_read_over_its_lines() -> None:
    assert (2, "N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8: Иван;Petr") in texts(CARD)
    assert (4, "TEL:+1 2") in texts(CARD)


def test_what_is_no_text_stays_as_it_was() -> None:
    photo = base64.b64encode(bytes(range(256))).decode()
    data = f"dn: cn=a\njpegPhoto:: {photo}\nkey:: ====\ncn;lang-x:: YWI=\n".encode()
    assert b"".join(plain(iter([data]))) == data.replace(b"cn;lang-x:: YWI=", b"cn;lang-x: ab")


@pytest.mark.parametrize("charset", ["rot13", "zlib", "idna", "no-such"])
def test_only_charsets_of_text_are_asked(charset: str) -> None:
    data = f"BEGIN:VCARD\nN;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:=C3=86\nEND:VCARD\n".encode()
    assert b"".join(plain(iter([data]))).splitlines()[1].endswith(": Æ".encode())


def test_indented_lines_of_other_texts_are_not_joined() -> None:
    assert not are_cards(b"some text\ndn: cn=a\n")
    assert texts(b"list:\n  one\n  two\n") == [(0, "list:"), (1, "  one"), (2, "  two")]
    assert texts(b"BEGIN:VCARD\n one\n", "source-code") == [(0, "BEGIN:VCARD"), (1, " one")]


@given(
    st.lists(
        st.sampled_from(
            [b"\n", b" ", b"a:", b":", b"dn: x", b"YWI=", b"=\r\n", b"=C3", b"N;ENCODING=QUOTED-PRINTABLE:"]
        ),
        max_size=60,
    ),
    st.data(),
)
def test_how_it_comes_in_chunks_changes_nothing(parts: list[bytes], data: st.DataObject) -> None:
    text = b"dn: cn=a\n" + b"".join(parts)
    cut = data.draw(st.integers(0, len(text)))
    whole = b"".join(plain(iter([text])))
    assert b"".join(plain(iter([text[:cut], text[cut:]]))) == whole
    assert whole.count(b"\n") == text.count(b"\n")


def test_names_in_base64_are_found(tmp_path) -> None:  # type: ignore[no-untyped-def]
    name = base64.b64encode("Zoë Müller".encode()).decode()
    (tmp_path / "people.ldif").write_text(
        f"dn: uid=zoem,dc=lab,dc=org\nobjectClass: inetOrgPerson\ncn:: {name}\nmail: zoe.m@inbox-lab.org\n"
    )
    found = scan(tmp_path, workers=1, progress=False).findings()
    assert "PERSON" in set(found["entity"])
