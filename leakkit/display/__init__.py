"""Show figures, tables and sentences in a notebook: captioned, escaped, the same bytes each run."""

from leakkit.display.cells import cell_text, format_bytes
from leakkit.display.figures import figure_png, figure_svg, show_figure
from leakkit.display.settings import settings
from leakkit.display.tables import show_table, show_text

__all__ = [
    "cell_text",
    "figure_png",
    "figure_svg",
    "format_bytes",
    "settings",
    "show_figure",
    "show_table",
    "show_text",
]
