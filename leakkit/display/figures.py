"""Show a figure with caption and alt text; nbval compares text, not PNG, so the alt text goes beside it."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from html import escape
from typing import Any

from leakkit.display.publish import NO_MATH, publish
from leakkit.errors import BadParameterError
from leakkit.leak.text import printable

DOTS_PER_INCH = 144
"""Pixels an inch in figures, so that they stay sharp on fine screens and on paper."""

PAGE_PIXELS = 96
"""CSS pixels an inch: the size at which a page shows a figure, so that its text reads as set."""

_OUT_OF_SIGHT = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"


def show_figure(axes_or_figure: Any, *, caption: str, alt: str) -> None:
    """Show a figure with its caption and alt text, and close it.

    Parameters
    ----------
    axes_or_figure : matplotlib Axes, sequence of Axes, or Figure
        What a ``draw_`` function gives.
    caption : str
        What, source and n, for everybody.
    alt : str
        What a listener should learn from the figure, with its main number.

    Raises
    ------
    BadParameterError
        When caption or alt text is empty, or there is no figure.

    Notes
    -----
    The notebook stores a PNG without date or version, so two runs give the same bytes. In JupyterLab
    the caption stands below and the alt text follows for screen readers; our report writes a
    ``figure`` with ``alt`` and ``figcaption``.
    """
    for name, text in (("caption", caption), ("alt", alt)):
        if not text.strip():
            raise BadParameterError(
                f"Expected {name} to be a sentence", "found nothing", "say what the figure shows"
            )
    figure = figure_of(axes_or_figure)
    caption, alt = printable(caption), printable(alt)
    width, height = (round(float(inches) * PAGE_PIXELS) for inches in figure.get_size_inches())
    png = base64.b64encode(figure_png(figure)).decode()
    details = {"width": width, "height": height, "needs_background": "light", "alt": alt, "caption": caption}
    publish({"image/png": png, "text/plain": f"Figure. {alt}"}, {"image/png": details})
    unseen = f'<span style="{_OUT_OF_SIGHT}"> Figure: {escape(alt)}</span>'
    below = f'<p class="{NO_MATH}"><em>{escape(caption)}</em>{unseen}</p>'
    publish({"text/html": below, "text/plain": caption}, {"leakkit": {"role": "caption"}})
    import matplotlib.pyplot as plt

    plt.close(figure)


def figure_png(figure: Any) -> bytes:
    """Give the figure as PNG bytes that hold no date and no software version."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})
    return buffer.getvalue()


def figure_svg(figure: Any) -> str:
    """Give the figure as SVG text with fixed identifiers, no date and no software version."""
    import matplotlib

    buffer = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": "leakkit", "svg.fonttype": "path"}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def figure_of(axes_or_figure: Any) -> Any:
    """Find the figure behind Axes, several Axes or a figure."""
    if isinstance(axes_or_figure, Iterable) and not hasattr(axes_or_figure, "savefig"):
        axes_or_figure = next(iter(axes_or_figure), None)
    figure = getattr(axes_or_figure, "figure", None)
    if figure is None or not hasattr(figure, "savefig"):
        raise BadParameterError(
            "Expected matplotlib Axes or a figure",
            f"found {type(axes_or_figure).__name__}",
            "pass what a draw_ function gives",
        )
    return figure
