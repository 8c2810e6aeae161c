"""Ways to damage a file, for the tests of readers: bytes changed, cut, doubled, put in."""

from __future__ import annotations

from hypothesis import strategies as st

INSERTS = [b"\0", b'"', b"\n", b",", b"\xff\xfe", b"[", b"{", b"}", b": ", b"null", b"\x1b[31m", b"- ", b"&a ", b"*a",
           b"1e999", b"9" * 30, "\u202e".encode(), b"<script>", b"\xed\xa0\x80"]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """Give `whole` with up to five wounds."""
    data = whole
    for _ in range(draw(st.integers(1, 5))):
        place = draw(st.integers(0, len(data)))
        kind = draw(st.sampled_from(["cut", "insert", "drop", "double", "flip"]))
        length = draw(st.integers(1, 60))
        if kind == "cut":
            data = data[:place]
        elif kind == "insert":
            data = data[:place] + draw(st.sampled_from(INSERTS)) + data[place:]
        elif kind == "drop":
            data = data[:place] + data[place + length :]
        elif kind == "double":
            data = data[: place + length] + data[place:]
        else:
            data = data[:place] + bytes(255 - byte for byte in data[place : place + 1]) + data[place + 1 :]
    return data
