"""An executed notebook as one HTML page: our template, nothing live in it, nothing from outside."""

from __future__ import annotations

import base64
import binascii
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakkit.leak.text import printable
from leakkit.report.cleaning import clean_html, finish_page

if TYPE_CHECKING:
    from nbformat import NotebookNode

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
REMOVED = {"remove", "remove-cell"}, {"hide-input", "remove-input"}, {"hide-output", "remove-output"}
"""Cell tags that keep a cell, its code, or its output out of the page."""


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
    return ""


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
