"""Catalogues of incidents that can be downloaded: where they lie, their licence, and which were fetched.

Nothing is downloaded unless `fetch` is called. What was fetched lies in ``$LEAKKIT_DATA``, else in the
folder that the system keeps for such files; beside each lies a small JSON file with its hash and date.
"""

from leakkit.sources.fetching import fetch, fetched, list_sources
from leakkit.sources.notes import data_folder
from leakkit.sources.registry import SOURCES, Source, find_source, how_to_get

__all__ = [
    "SOURCES",
    "Source",
    "data_folder",
    "fetch",
    "fetched",
    "find_source",
    "how_to_get",
    "list_sources",
]
