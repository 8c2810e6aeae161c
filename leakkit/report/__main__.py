"""Run all committed notebooks from clean and store their outputs: ``python -m leakkit.report execute``."""

from __future__ import annotations

import sys
from pathlib import Path

from leakkit.errors import LeakkitError
from leakkit.report.stored import execute_notebooks


def main(arguments: list[str]) -> int:
    """Execute the notebooks of the folder named after ``execute``, else of ``notebooks``."""
    if not arguments or arguments[0] != "execute" or len(arguments) > 2:
        print("Usage: python -m leakkit.report execute [FOLDER]", file=sys.stderr)
        return 2
    try:
        for path in execute_notebooks(Path(arguments[1] if len(arguments) > 1 else "notebooks")):
            print(f"stored {path.name}")
    except LeakkitError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
