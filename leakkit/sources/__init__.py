"""Catalogues of incidents and tables on bias that can be downloaded: where they lie, licence, what was fetched.

Nothing is downloaded unless `fetch` is called. What was fetched lies in ``$LEAKKIT_DATA``, else in the
folder that the system keeps for such files; beside each lies a small JSON file with its hash and date.
"""

from leakkit.sources.fetching import fetch, fetched, list_sources
from leakkit.sources.notes import data_folder
from leakkit.sources.registry import SOURCES, find_source, how_to_get
from leakkit.sources.source import Source
from leakkit.sources.table_check import check_table

__all__ = [
    "SOURCES",
    "Source",
    "check_table",
    "data_folder",
    "fetch",
    "fetched",
    "find_source",
    "how_to_get",
    "list_sources",
]
