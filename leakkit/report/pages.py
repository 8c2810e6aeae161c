"""An executed notebook as one HTML page: our template, nothing live in it, nothing from outside."""

from __future__ import annotations

import base64
import binascii
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakkit.leak.text import printable

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag
    from nbformat import NotebookNode

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
REMOVED = {"remove", "remove-cell"}, {"hide-input", "remove-input"}, {"hide-output", "remove-output"}
"""Cell tags that keep a cell, its code, or its output out of the page."""

_KEPT_TAGS = frozenset(
    "a b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure h1 h2 "
    "h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s section small span strong sub summary sup "
    "table tbody td tfoot th thead tr u ul".split()
)
_DROPPED_WHOLE = frozenset(
    "script style iframe object embed svg math template noscript title textarea select".split()
)
_BAD_STYLE = ("url", "(", "import", "\\", "position")
_LINKS = ("#", "https://", "http://", "mailto:")
_KEPT_ATTRIBUTES = frozenset(
    "alt aria-current aria-label class colspan height href id open role rowspan scope src start style "
    "tabindex width".split()
)


def notebook_html(notebook: NotebookNode, kit: dict[str, Any]) -> str:
    """Turn an executed notebook into a page.

    Parameters
    ----------
    notebook : NotebookNode
        With its outputs.
    kit : dict
        What the template says around it: title, leak_name, invented, file, pages, version, fingerprint.
    """
    from nbconvert.exporters import HTMLExporter
    from traitlets.config import Config

    settings = Config()
    remove = settings.TagRemovePreprocessor
    remove.enabled = True
    remove.remove_cell_tags, remove.remove_input_tags, remove.remove_all_outputs_tags = REMOVED
    exporter = HTMLExporter(
        config=settings,
        template_name="leakkit",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_anchor_links=True,
        filters={"highlight_code": _highlight},
    )
    exporter.environment.globals |= {"kit": kit, "output_html": lambda output: output_html(output, exporter)}
    html, _ = exporter.from_notebook_node(notebook)
    return finish_page(html)


def _highlight(source: str, metadata: Any = None) -> str:
    """Colour Python code."""
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import get_lexer_by_name

    return str(highlight(source, get_lexer_by_name("python"), HtmlFormatter(nowrap=False)))


def output_html(output: NotebookNode, exporter: Any) -> str:
    """Give one output as HTML; what the leak may have written is escaped or cleaned."""
    from markupsafe import escape

    if output.output_type == "stream":
        return _plain(output.text) if output.name == "stdout" else ""
    if output.output_type == "error":
        return _plain(f"{output.ename} (expected here)")
    if output.metadata.get("leakkit", {}).get("role") == "caption":
        return ""
    data = output.data
    if "image/png" in data:
        return _figure(data["image/png"], output.metadata.get("image/png", {}))
    if "text/html" in data:
        return clean_html(data["text/html"])
    if "text/markdown" in data:
        return clean_html(exporter.markdown2html({}, data["text/markdown"]))
    if "text/plain" in data:
        return _plain(data["text/plain"])
    return str(escape(""))


def _plain(text: str) -> str:
    """Give plain text as a block in which nothing is live and nothing is hidden."""
    from markupsafe import escape

    lines = "\n".join(printable(line) for line in text.rstrip("\n").split("\n"))
    return f'<pre class="output">{escape(lines)}</pre>' if lines.strip() else ""


def _figure(png: str, details: dict[str, Any]) -> str:
    """Give an image as a figure with alt text and caption."""
    from markupsafe import escape

    data = "".join(png.split())
    alt = details.get("alt", "")
    caption = details.get("caption") or ("" if alt else "This figure was stored without a description.")
    size = _png_size(data)
    width = details.get("width") or size[0]
    height = details.get("height") or size[1]
    source, sides = f"data:image/png;base64,{escape(data)}", f'width="{width:d}" height="{height:d}"'
    image = f'<img alt="{escape(alt)}" src="{source}" {sides}>'
    return f"<figure>{image}<figcaption>{escape(caption)}</figcaption></figure>"


def _png_size(data: str) -> tuple[int, int]:
    """Read width and height from the head of a PNG."""
    try:
        head = base64.b64decode(data[:44], validate=True)
        return struct.unpack(">II", head[16:24])
    except (binascii.Error, struct.error):
        return 640, 480


def clean_html(html: str) -> str:
    """Give HTML in which nothing can run or load: prose and tables only, no outside link."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser")
    _clean(soup)
    for link in soup.find_all("a", href=True):
        if not str(link["href"]).startswith("#"):
            del link["href"]
    return str(soup)


def _clean(soup: BeautifulSoup | Tag) -> None:
    """Clean a tree in place."""
    from bs4 import Comment, Declaration, Doctype, ProcessingInstruction

    for text in soup.find_all(
        string=lambda t: isinstance(t, (Comment, Declaration, Doctype, ProcessingInstruction))
    ):
        text.extract()
    for tag in soup.find_all(True):
        if tag.decomposed:
            continue
        if tag.name in _DROPPED_WHOLE:
            tag.decompose()
        elif tag.name not in _KEPT_TAGS:
            tag.unwrap()
        else:
            _clean_attributes(tag)


def _clean_attributes(tag: Tag) -> None:
    """Keep only attributes that cannot run or load anything."""
    for name in list(tag.attrs):
        value = str(tag.attrs[name])
        bad_source = name == "src" and not value.startswith("data:image/png;base64,")
        bad_style = name == "style" and any(
            word in value.lower() for word in ("url", "(", "import", "\\", "position")
        )
        if name not in _KEPT_ATTRIBUTES or bad_source or bad_style:
            del tag.attrs[name]
    link = str(tag.attrs.get("href", ""))
    if (
        tag.name == "a"
        and not link.startswith(("#", "https://", "http://", "mailto:"))
        and not _is_page(link)
    ):
        tag.attrs.pop("href", None)


def _is_page(link: str) -> bool:
    """Tell whether a link names a page beside this one."""
    name = link.partition("#")[0]
    return name.endswith(".html") and not set(name) & set(":/\\")


def finish_page(html: str) -> str:
    """Clean the main part of a page, make identifiers unique, fill the contents list, let code take focus."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser")
    main = soup.find("main")
    if main is None:
        return html
    _clean(main)
    main["id"] = "content"
    taken = {"content"}
    for tag in main.find_all(id=True):
        tag["id"] = _free(str(tag["id"]), taken)
    for heading in main.find_all(["h1", "h2", "h3"], id=False):
        heading["id"] = _free("-".join(heading.get_text().split()), taken)
    for block in main.find_all("pre"):
        block["tabindex"] = "0"
    for image in main.find_all("img", alt=False):
        image["alt"] = ""
    for table in main.find_all("table"):
        for header in table.find_all("th", scope=False):
            header["scope"] = "col" if header.find_parent("thead") else "row"
    _fill_contents(soup, main)
    return str(soup)


def _free(name: str, taken: set[str]) -> str:
    """Give an identifier that is not taken yet."""
    free, number = name, 2
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    taken.add(free)
    return free


def _fill_contents(soup: BeautifulSoup, main: Tag) -> None:
    """List the second-level headings, each as a link to its place."""
    place = soup.select_one("nav.contents")
    headings = main.find_all("h2", id=True)
    if place is None or not headings:
        if place is not None:
            place.decompose()
        return
    word = soup.new_tag("p")
    word.string = "Contents"
    entries = soup.new_tag("ul")
    for heading in headings:
        entry, link = soup.new_tag("li"), soup.new_tag("a", href=f"#{heading['id']}")
        link.string = heading.get_text()
        entry.append(link)
        entries.append(entry)
    place.extend([word, entries])
