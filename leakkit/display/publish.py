"""Hand what is shown to the notebook, or print its plain text where there is none."""

from __future__ import annotations

import sys
from typing import Any

NO_MATH = "mathjax_ignore tex2jax_ignore"
"""Classes that keep JupyterLab from setting ``$...$`` in a name as a formula, which would disguise the name."""


def in_notebook() -> bool:
    """Tell whether this runs in IPython or a notebook."""
    interactive = sys.modules.get("IPython")
    return interactive is not None and interactive.get_ipython() is not None


def publish(data: dict[str, str], metadata: dict[str, Any] | None = None) -> None:
    """Hand a bundle to the notebook, or print its plain text where there is none."""
    if not in_notebook():
        print(data["text/plain"])
        return
    from IPython.display import display

    display(data, metadata=metadata or {}, raw=True)
