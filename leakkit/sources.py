"""Catalogues of incidents that can be downloaded: where they lie, their licence, and which were fetched.

Nothing is downloaded unless `fetch` is called. What was fetched lies in ``$LEAKKIT_DATA``, else in the
folder that the system keeps for such files; beside each lies a small JSON file with its hash and date.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leakkit.errors import BadParameterError, FetchError, LeakkitError, LeakNotFoundError, LeakUnreadableError
from leakkit.leak.text import printable

if TYPE_CHECKING:
    import pandas as pd

_NEWEST = re.compile(r"https://[A-Za-z0-9./_-]{1,200}/backup-([0-9]{14})\.tar\.bz2")
_SECONDS = (10, 120)
"""Most seconds to wait for a connection, and for the next bytes."""


@dataclass(frozen=True, slots=True)
class Source:
    """A catalogue that can be downloaded.

    Parameters
    ----------
    name, what : str
        Its short name, and what it is.
    page : str
        Where people read about it.
    address : str
        Where the file lies; empty where there is no address for it.
    file : str
        Name that the downloaded file gets; that of a dated file stays as it is.
    licence, attribution : str
        SPDX name of the licence where it has one, and whom to credit.
    version : str
        Commit or snapshot; empty where the file changes under the same address.
    sha256 : str
        Hash of that version; empty where none can be fixed.
    begins : bytes
        First bytes of a sound file; a page that says "not found" has others.
    newest_on_page : bool
        The address is that of a page which links to dated files; the newest is taken.
    by_hand : str
        What to do where a program cannot download it.
    """

    name: str
    what: str
    page: str
    address: str
    file: str
    licence: str
    attribution: str
    version: str = ""
    sha256: str = ""
    begins: bytes = b""
    newest_on_page: bool = False
    by_hand: str = ""


_ATLAS = "8ee2c689a7d3c65ddf2bfe4950a4f3ecffa6f48b"
_AVID = "8eda5f4e6f74"
_VCDB = "759c777646e9"

SOURCES = {
    source.name: source
    for source in (
        Source(
            "vcdb",
            "VERIS Community Database: 8,553 incidents in the VERIS schema 1.3.4, without the web skimmers",
            "https://github.com/vz-risk/VCDB",
            f"https://github.com/blackfist/VCDB/raw/{_VCDB}/data/joined/vcdb.json.zip",
            "vcdb.json.zip",
            "CC-BY-SA-4.0",
            "VERIS Community Database (VCDB), Verizon RISK Team and contributors",
            _VCDB,
            "87ec66060189e664fc315d65dab736c0931adbdbb9c14650faf18980409b94fe",
            b"PK\x03\x04",
        ),
        Source(
            "aiid",
            "AI Incident Database, weekly snapshot: incidents and classifications (report texts are not licensed)",
            "https://incidentdatabase.ai/research/snapshots/",
            "https://incidentdatabase.ai/research/snapshots/",
            "backup.tar.bz2",
            "CC-BY-SA-4.0",
            "AI Incident Database, Responsible AI Collaborative",
            begins=b"BZh",
            newest_on_page=True,
        ),
        Source(
            "atlas",
            "MITRE ATLAS 5.6.0: case studies and techniques of attacks on AI systems",
            "https://atlas.mitre.org/",
            f"https://raw.githubusercontent.com/mitre-atlas/atlas-data/{_ATLAS}/dist/ATLAS.yaml",
            "ATLAS.yaml",
            "Apache-2.0",
            "MITRE ATLAS, The MITRE Corporation",
            _ATLAS[:12],
            "8a5693df51135721796607b8f29cba8ed33d745d5592ed80efbaaab0fba978f2",
            b"---",
        ),
        Source(
            "avid",
            "AI Vulnerability Database: reports and vulnerabilities",
            "https://avidml.org/",
            f"https://github.com/avidml/avid-db/archive/{_AVID}.tar.gz",
            f"avid-db-{_AVID}.tar.gz",
            "MIT",
            "AI Vulnerability Database (AVID), AI Risk and Vulnerability Alliance",
            _AVID,
            begins=b"\x1f\x8b",
        ),
        Source(
            "hibp",
            "Have I Been Pwned, API v3: list of breaches (what was breached, no accounts)",
            "https://haveibeenpwned.com/API/v3",
            "https://haveibeenpwned.com/api/v3/breaches",
            "breaches.json",
            "CC-BY-4.0",
            "Have I Been Pwned (haveibeenpwned.com)",
            begins=b"[",
        ),
        Source(
            "hhs",
            "US Department of Health and Human Services, Office for Civil Rights: breaches of health information",
            "https://ocrportal.hhs.gov/ocr/breach/breach_report.jsf",
            "",
            "breach_report.csv",
            "public domain (17 USC 105)",
            "US Department of Health and Human Services, Office for Civil Rights",
            by_hand="open the page, choose the symbol for CSV above the table",
        ),
    )
}
"""The catalogues by name.

A hash is pinned where the address names a commit and the bytes follow from it (vcdb, atlas). GitHub packs the
archive of a commit anew (avid); the others change under one address. There the hash that was found is kept.
"""


def list_sources(folder: str | Path | None = None) -> pd.DataFrame:
    """Catalogues of incidents that can be downloaded, and which were.

    Parameters
    ----------
    folder : path, optional
        Where they were fetched to; left out, the folder of `data_folder`.

    Returns
    -------
    pandas.DataFrame
        ``name``, ``what``, ``licence``, ``attribution``, ``version`` (strings; missing where the file changes
        under its address), ``pinned`` (boolean: its hash is known beforehand), ``fetched`` (boolean),
        ``fetched_on`` (string, ISO date), ``fetched_sha256`` (string; a copy that was taken over
        may be of another version), ``page`` (string).

    Examples
    --------
    >>> list_sources().set_index("name").loc["atlas", "licence"]
    'Apache-2.0'
    """
    import pandas as pd

    notes = {name: _note(name, folder) for name in SOURCES}
    rows = [
        {
            "name": source.name,
            "what": source.what,
            "licence": source.licence,
            "attribution": source.attribution,
            "version": source.version or None,
            "pinned": bool(source.sha256),
            "fetched": notes[name] is not None,
            "fetched_on": (notes[name] or {}).get("fetched_on"),
            "fetched_sha256": (notes[name] or {}).get("sha256"),
            "page": source.page,
        }
        for name, source in SOURCES.items()
    ]
    kinds = {name: "boolean" if name in ("pinned", "fetched") else "string" for name in rows[0]}
    return pd.DataFrame(rows).astype(kinds)


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


def fetched(source: str, folder: str | Path | None = None) -> Path:
    """Path of a catalogue that was fetched; nothing is downloaded.

    Parameters
    ----------
    source : {'vcdb', 'aiid', 'atlas', 'avid', 'hibp', 'hhs'}
        The catalogue.
    folder : path, optional
        Where it was fetched to; left out, the folder of `data_folder`.

    Returns
    -------
    pathlib.Path
        A file, or a folder where a folder was taken over.

    Raises
    ------
    BadParameterError
        There is no such source.
    LeakNotFoundError
        It was not fetched, or is no longer there.
    FetchError
        It is there, but is no longer what was fetched.
    """
    found = _source(source)
    note = _note(source, folder)
    if note is None:
        raise LeakNotFoundError(
            f"Expected {source} in {str(data_folder(folder))!r}", "found that it was not fetched", _how(found)
        )
    path = data_folder(folder) / source / note["file"]
    if _sha256(path) != note["sha256"]:
        raise FetchError(
            f"Expected {source} as it was fetched on {note['fetched_on']}",
            "found that it was changed since",
            _how(found),
        )
    return path


def fetch(
    source: str,
    *,
    from_file: str | Path | None = None,
    folder: str | Path | None = None,
    say: Callable[[str], None] = print,
) -> Path:
    """Download a catalogue, or take over a copy of it; licence and attribution are said each time.

    Parameters
    ----------
    source : {'vcdb', 'aiid', 'atlas', 'avid', 'hibp', 'hhs'}
        The catalogue.
    from_file : path, optional
        A file or folder to copy instead of downloading: another version is welcome, its hash is noted.
    folder : path, optional
        Where to put it; left out, the folder of `data_folder`.
    say : callable
        What takes the sentences for people; they go to the screen when left out.

    Returns
    -------
    pathlib.Path
        Where it lies now; `fetched` finds it from now on.

    Raises
    ------
    BadParameterError
        There is no such source.
    LeakNotFoundError
        There is nothing at `from_file`.
    FetchError
        The network or the server failed, or something else came than was expected. What came is removed,
        and what was fetched before stays.
    """
    found = _source(source)
    say(f"{found.what}\nLicence: {found.licence}. Attribution: {found.attribution}.")
    place = data_folder(folder) / source
    coming = place.with_name(f"{source}.part")
    _remove(coming)
    try:
        coming.mkdir(parents=True)
        if from_file is not None:
            file, address = _copy(Path(from_file), coming), ""
        else:
            file, address = _download(found, coming)
        note = _noted(found, file, address)
        _remove(place)
        coming.rename(place)
    except OSError as error:
        if isinstance(error, LeakkitError):
            raise
        raise FetchError(
            f"Expected to write to {str(place.parent)!r}",
            f"found {type(error).__name__}",
            "check its permissions and space, or name another with --folder",
        ) from None
    finally:
        _remove(coming)
    _write_note(place, note)
    say(_summary(found, note))
    return place / note["file"]


def _source(name: str) -> Source:
    """Give a source by name."""
    if name not in SOURCES:
        raise BadParameterError(
            "Expected the name of a source", f"found {name!r}", f"choose one of: {', '.join(SOURCES)}"
        )
    return SOURCES[name]


def _how(source: Source) -> str:
    """Say how to get a source."""
    if source.by_hand:
        return f"{source.page}: {source.by_hand}, then run leakkit fetch {source.name} --from FILE"
    return f"run leakkit fetch {source.name}, or leakkit fetch {source.name} --from FILE"


def _copy(origin: Path, coming: Path) -> Path:
    """Copy a file, or the files of a folder; links are not followed."""
    if not origin.exists():
        raise LeakNotFoundError(
            "Expected a file or folder to copy", f"found nothing at {str(origin)!r}", "check the spelling"
        )
    if coming.resolve().is_relative_to(origin.resolve()):
        raise BadParameterError(
            "Expected a file or folder outside the folder for what is fetched",
            f"found {str(origin)!r}, which holds it",
            "name the file itself, or another folder with --folder",
        )
    target = coming / (origin.resolve().name or "copy")
    if not _files(origin):
        raise LeakNotFoundError(
            "Expected a folder with files to copy", f"found none in {str(origin)!r}", "check the spelling"
        )
    try:
        for file in _files(origin):
            copied = target / file.relative_to(origin)
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copied)  # without its mode: a copy of a locked file can be removed again
    except OSError as error:
        raise LeakUnreadableError(
            f"Expected to copy {origin.name!r}",
            f"found {type(error).__name__}",
            "check its permissions and the space in the folder",
        ) from None
    return target


def _download(source: Source, coming: Path) -> tuple[Path, str]:
    """Download the file of a source; gives it and its address."""
    if not source.address:
        raise FetchError(
            f"Expected an address for the file of {source.name}",
            "found that its page makes it for people only",
            _how(source),
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


def _noted(source: Source, path: Path, address: str) -> dict[str, Any]:
    """Give what is noted beside a file."""
    sha256 = _sha256(path)
    version = source.version if address or sha256 == source.sha256 else ""
    if source.newest_on_page and (dated := re.search(r"backup-([0-9]{4})([0-9]{2})([0-9]{2})", path.name)):
        version = "-".join(dated.groups())
    return {
        "source": source.name,
        "file": path.name,
        "sha256": sha256,
        "size": sum(file.stat().st_size for file in _files(path)),
        "fetched_on": datetime.now(UTC).date().isoformat(),
        "address": address,
        "version": version,
        "pinned": bool(source.sha256) and sha256 == source.sha256,
        "licence": source.licence,
        "attribution": source.attribution,
    }


def _summary(source: Source, note: dict[str, Any]) -> str:
    """Say what is there now."""
    known = "as expected" if note["pinned"] else "noted beside it"
    if source.sha256 and not note["pinned"]:
        known = f"not that of version {source.version}, noted beside it"
    return (
        f"Fetched {source.name}: {printable(note['file'])}, {note['size']:,} bytes, SHA-256 {note['sha256']} "
        f"({known})."
    )


def _write_note(place: Path, note: dict[str, Any]) -> None:
    """Write the note beside what was fetched."""
    text = json.dumps(note, indent=2, ensure_ascii=False) + "\n"
    place.with_name(f"{place.name}.json").write_text(text, encoding="utf-8", newline="\n")


def _note(name: str, folder: str | Path | None) -> dict[str, Any] | None:
    """Give the note on a source; None when it was not fetched or is gone."""
    place = data_folder(folder)
    try:
        note = json.loads((place / f"{name}.json").read_text(encoding="utf-8"))
        file, sha256 = note["file"], note["sha256"]
        sound = isinstance(file, str) and isinstance(sha256, str) and Path(file).name == file
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return {"fetched_on": "", **note} if sound and (place / name / file).exists() else None


def _files(path: Path) -> list[Path]:
    """Give the file, or the files of a folder in order of their names."""
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*") if file.is_file() and not file.is_symlink())


def _sha256(path: Path) -> str:
    """Give the hash of a file; of a folder that of its "sha256  path" lines, sorted, as sha256sum prints them."""
    if path.is_file():
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    lines = sorted((file.relative_to(path).as_posix(), _sha256(file)) for file in _files(path))
    return hashlib.sha256("".join(f"{sha}  {name}\n" for name, sha in lines).encode()).hexdigest()


def _remove(path: Path) -> None:
    """Remove a folder with what is in it, where there is one."""
    if path.exists():
        shutil.rmtree(path)
