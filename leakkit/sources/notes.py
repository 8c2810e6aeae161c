"""Where fetched catalogues lie, and the note with hash and date beside each."""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from leakkit.sources.registry import Source


def data_folder(folder: str | Path | None = None) -> Path:
    """Folder for what is fetched: `folder`, else ``$LEAKKIT_DATA``, else the system's folder for such files.

    Examples
    --------
    >>> data_folder("here").name
    'here'
    """
    if folder is not None:
        return Path(folder)
    if named := os.environ.get("LEAKKIT_DATA"):
        return Path(named)
    import pooch

    return Path(pooch.os_cache("leakkit")) / "catalogues"


def made_note(source: Source, path: Path, address: str) -> dict[str, Any]:
    """Give what is noted beside a file."""
    sha256 = file_sha256(path)
    version = source.version if address or sha256 == source.sha256 else ""
    if source.newest_on_page and (dated := re.search(r"backup-([0-9]{4})([0-9]{2})([0-9]{2})", path.name)):
        version = "-".join(dated.groups())
    return {
        "source": source.name,
        "file": path.name,
        "sha256": sha256,
        "size": sum(file.stat().st_size for file in all_files(path)),
        "fetched_on": datetime.now(UTC).date().isoformat(),
        "address": address,
        "version": version,
        "pinned": bool(source.sha256) and sha256 == source.sha256,
        "licence": source.licence,
        "attribution": source.attribution,
    }


def write_note(place: Path, note: dict[str, Any]) -> None:
    """Write the note beside what was fetched."""
    text = json.dumps(note, indent=2, ensure_ascii=False) + "\n"
    coming = place.with_name(f"{place.name}.{os.getpid()}-{threading.get_ident()}.json.part")
    coming.write_text(text, encoding="utf-8", newline="\n")
    coming.replace(place.with_name(f"{place.name}.json"))  # at once: nobody reads half a note


def read_note(name: str, folder: str | Path | None) -> dict[str, Any] | None:
    """Give the note on a source; None when it was not fetched or is gone."""
    place = data_folder(folder)
    try:
        note = json.loads((place / f"{name}.json").read_text(encoding="utf-8"))
        file, sha256 = note["file"], note["sha256"]
        sound = isinstance(file, str) and isinstance(sha256, str) and Path(file).name == file
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return {"fetched_on": "", **note} if sound and (place / name / file).exists() else None


def all_files(path: Path) -> list[Path]:
    """Give the file, or the files of a folder in order of their names."""
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*") if file.is_file() and not file.is_symlink())


def file_sha256(path: Path) -> str:
    """Give the hash of a file; of a folder that of its "sha256  path" lines, sorted, as sha256sum prints them."""
    if path.is_file():
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    lines = sorted((file.relative_to(path).as_posix(), file_sha256(file)) for file in all_files(path))
    return hashlib.sha256("".join(f"{sha}  {name}\n" for name, sha in lines).encode()).hexdigest()
