"""Words of RTF: groups that hold text or none, signs, and the code pages of fonts."""

from __future__ import annotations

READ = {
    **{f"header{pages}": "header" for pages in ("", "l", "r", "f")},
    **{f"footer{pages}": "footer" for pages in ("", "l", "r", "f")},
    "footnote": "footnote",
    "annotation": "comment",
    "atnauthor": "comment",
    "shptxt": "text",
    "dptxbxtext": "text",
    "fldinst": "link",
    "fonttbl": "fonts",
    "author": "author",
    "operator": "last_modified_by",
    "title": "title",
    "subject": "subject",
    "keywords": "keywords",
    "doccomm": "comments",
}
"""Groups that hold text, and its kind."""

AROUND = frozenset(["shpinst", "do", "nesttableprops"])
"""Groups that such ones, or ends of rows, stand in, though not every program knows them."""

LEFT = frozenset(
    "colortbl stylesheet info pict shprslt filetbl xe tc rxe listtext pntext sp nonesttables nonshppict private "
    "objdata".split()
)
"""Groups without text, with bytes, or with text that stands elsewhere, too."""

MARKS = {b"~": "\xa0", b"_": "-"}
"""Text of signs that are written with a backslash."""

SIGNS = {
    "tab": "\t",
    "line": "\n",
    "emdash": "\u2014",
    "endash": "\u2013",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "bullet": "\u2022",
    "lquote": "\u2018",
    "rquote": "\u2019",
    "ldblquote": "\u201c",
    "rdblquote": "\u201d",
}
"""Text of words that stand for a sign."""

CHARSETS = {
    77: 10_000,
    128: 932,
    129: 949,
    130: 1361,
    134: 936,
    136: 950,
    161: 1253,
    162: 1254,
    163: 1258,
    177: 1255,
    178: 1256,
    186: 1257,
    204: 1251,
    222: 874,
    238: 1250,
    254: 437,
    255: 850,
}
"""Code pages by the character set of a font; the others are written in that of the document."""

CODEPAGES = {"mac": 10_000, "pc": 437, "pca": 850}
"""Code pages of documents that name them in a word."""
