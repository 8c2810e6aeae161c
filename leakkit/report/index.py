"""The first page of a report: key figures with their denominators, one figure, the pages, how it was made."""

from __future__ import annotations

import base64
import hashlib
import platform
import sys
from typing import TYPE_CHECKING, Any

from leakkit.display.cells import format_bytes, format_count
from leakkit.display.figures import PAGE_PIXELS, figure_of, figure_png
from leakkit.leak.exposure import key_figures, measure_exposure
from leakkit.report.cleaning import finish_page
from leakkit.report.pages import TEMPLATES
from leakkit.report.wording import describe_certainty, describe_exposure, describe_kinds

if TYPE_CHECKING:
    import pandas as pd

_NOT_KNOWN = {
    "Dangerous": "not looked at",
    "To review": "not looked at",
    "Bytes held": "members of unknown size",
    "Bytes only claimed": "members of unknown size",
    "Formats": "members of unknown format",
    "Parameters": "models of unknown size",
}


def fingerprint(artifacts: pd.DataFrame) -> str:
    """Give a SHA-256 over path, size and hash of each row: the same for the same content."""
    digest = hashlib.sha256()
    for path, size, sha256 in zip(artifacts["path"], artifacts["size"], artifacts["sha256"], strict=True):
        digest.update(f"{path}\t{size}\t{sha256}\n".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def index_html(artifacts: pd.DataFrame, models: pd.DataFrame, kit: dict[str, Any]) -> str:
    """Write the index page.

    Parameters
    ----------
    artifacts, models : pandas.DataFrame
        The frames of these names.
    kit : dict
        As for `leakkit.report.pages.notebook_html`.
    """
    import jinja2
    import pandas as pd

    figures = key_figures(artifacts, models)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES / "leakkit"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    hashed = artifacts["hash_source"].eq("computed").any()
    words = {
        **kit,
        "answer": " ".join(describe_exposure(artifacts)),
        "certainty": describe_certainty(artifacts),
        **_picture(artifacts, kit),
        "figures": [figure_words(row) for row in figures.to_dict("records")],
        "fingerprint_full": fingerprint(artifacts),
        "hashes": "SHA-256 of the members held" if hashed else "none",
        "n_rows": f"{len(artifacts):,}",
        "python": platform.python_version(),
        "pandas": pd.__version__,
    }
    return finish_page(environment.get_template("report.html.j2").render(kit=words))


def figure_words(row: dict[str, Any]) -> dict[str, str]:
    """Put one key figure into words: value, whole and what is not known.

    Examples
    --------
    >>> row = {
    ...     "figure": "Dangerous",
    ...     "value": 2,
    ...     "out_of": 40,
    ...     "not_known": 3,
    ...     "unit": "members",
    ...     "counts": "x",
    ... }
    >>> figure_words(row)["whole"]
    'of 40 members; 3 not looked at'
    """
    import pandas as pd

    value = int(row["value"])
    parts = [f"of {int(row['out_of']):,} {row['unit']}"] if not pd.isna(row["out_of"]) else []
    if int(row["not_known"]):
        parts.append(f"{int(row['not_known']):,} {_NOT_KNOWN.get(str(row['figure']), 'not known')}")
    return {
        "figure": str(row["figure"]),
        "value": format_bytes(value) if row["unit"] == "bytes" else format_count(value),
        "whole": "; ".join(parts),
        "counts": str(row["counts"]),
    }


def _picture(artifacts: pd.DataFrame, kit: dict[str, Any]) -> dict[str, str]:
    """Draw bytes and members by kind, with caption and alt text."""
    import matplotlib

    if "matplotlib.pyplot" not in sys.modules:
        matplotlib.use("agg")  # no window, and no screen needed; a running notebook keeps what it has
    import matplotlib.pyplot as plt

    from leakkit.plots.exposure import draw_exposure
    from leakkit.plots.style import STYLE

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(STYLE)
        figure = figure_of(draw_exposure(artifacts))
        png = base64.b64encode(figure_png(figure)).decode()
        width, height = (str(round(float(inches) * PAGE_PIXELS)) for inches in figure.get_size_inches())
        plt.close(figure)
    n_held = int(measure_exposure(artifacts)["held"].sum())
    source = "invented sample leak" if kit["invented"] else kit["leak_name"]
    return {
        "png": png,
        "width": width,
        "height": height,
        "alt": f"Bars of bytes and of members held, by kind. {describe_kinds(artifacts)}",
        "caption": f"Bytes and members held, by kind. Source: {source}, n = {n_held:,} members held.",
    }
