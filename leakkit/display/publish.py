"""Hand what is shown to the notebook, or print its plain text where there is none."""

from __future__ import annotations

import sys
from typing import Any


def publish(data: dict[str, str], metadata: dict[str, Any] | None = None) -> None:
    """Hand a bundle to the notebook, or print its plain text where there is none."""
    interactive = sys.modules.get("IPython")
    if interactive is None or interactive.get_ipython() is None:
        print(data["text/plain"])
        return
    from IPython.display import display

    display(data, metadata=metadata or {}, raw=True)
