"""The same look on every machine: matplotlib and pandas set for a notebook."""

from __future__ import annotations

import logging


def settings() -> None:
    """Set matplotlib and pandas so that a notebook looks the same on every machine.

    Call it once, in the first code cell. It forgets personal matplotlib settings, chooses the font that
    ships with matplotlib and a palette that colour-blind readers can tell apart.
    """
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # silent about building its cache
    import matplotlib
    import pandas as pd

    from leakkit.plots.style import STYLE

    matplotlib.rcdefaults()
    matplotlib.rcParams.update(STYLE)
    pd.reset_option("display")
    pd.set_option("display.max_columns", 20, "display.width", 110, "display.max_colwidth", 60)
