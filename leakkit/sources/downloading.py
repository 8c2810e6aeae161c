"""Download the file of a source with pooch, and say plainly what went wrong."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from leakkit.errors import FetchError
from leakkit.sources.registry import Source, how_to_get

_NEWEST = re.compile(r"https://[A-Za-z0-9./_-]{1,200}/backup-([0-9]{14})\.tar\.bz2")
_SECONDS = (10, 120)
"""Most seconds to wait for a connection, and for the next bytes."""


def download(source: Source, coming: Path) -> tuple[Path, str]:
    """Download the file of a source; gives it and its address."""
    if not source.address:
        raise FetchError(
            f"Expected an address for the file of {source.name}",
            "found that its page makes it for people only",
            how_to_get(source),
        )
    address = _newest(source, coming) if source.newest_on_page else source.address
    name = address.rpartition("/")[2] if source.newest_on_page else source.file
    path = _retrieve(source, address, coming, name, source.sha256 or None)
    with path.open("rb") as file:
        head = file.read(len(source.begins))
    if head != source.begins:
        raise FetchError(
            f"Expected the file of {source.name} at {address}",
            f"found {path.stat().st_size:,} bytes of another kind, which were removed",
            f"try again later, or run leakkit fetch {source.name} --from FILE",
        )
    return path, address


def _newest(source: Source, coming: Path) -> str:
    """Give the address of the newest dated file that a page links to."""
    page = _retrieve(source, source.address, coming, "page.html", None)
    text = page.read_text(encoding="utf-8", errors="replace")
    page.unlink()
    found = {match[1]: match[0] for match in _NEWEST.finditer(text)}
    if not found:
        raise FetchError(
            f"Expected links to dated snapshots on {source.address}",
            "found none",
            f"download one by hand, then run leakkit fetch {source.name} --from FILE",
        )
    return found[max(found)]


def _retrieve(source: Source, address: str, folder: Path, name: str, sha256: str | None) -> Path:
    """Download one file with pooch; its hash is checked where one is known."""
    import pooch

    pooch.get_logger().setLevel("ERROR")
    todo = f"try again later, or run leakkit fetch {source.name} --from FILE"
    try:
        path = pooch.retrieve(
            address,
            known_hash=f"sha256:{sha256}" if sha256 else None,
            fname=name,
            path=folder,
            downloader=downloader(),
        )
    except OSError as error:  # those of requests are among them
        raise _unreached(address, error, todo) from None
    except ValueError:
        raise FetchError(
            f"Expected the file of {source.name} with the SHA-256 {sha256}",
            "found another (cut short, or changed since), which was removed",
            todo,
        ) from None
    return Path(path)


def _unreached(address: str, error: Exception, todo: str) -> FetchError:
    """Say that an address did not answer as it should."""
    response = getattr(error, "response", None)
    answer = f"the answer {response.status_code}" if response is not None else type(error).__name__
    offline = answer.startswith(("Connection", "SSL", "ConnectTimeout", "Proxy"))
    hint = " (no network, or the host cannot be reached)" if offline else ""
    return FetchError(f"Expected a file at {address}", f"found {answer}{hint}", todo)


def downloader() -> Callable[..., Any]:
    """Give what fetches one address into a file: pooch's downloader with our name and limits of time."""
    import pooch

    import leakkit

    return pooch.HTTPDownloader(
        progressbar=sys.stderr is not None and sys.stderr.isatty(),
        headers={"User-Agent": f"leakkit/{leakkit.__version__}"},
        timeout=_SECONDS,
        chunk_size=1 << 16,
    )
