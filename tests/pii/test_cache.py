"""What is kept between processes changes no finding, and is trusted only when it is our own and whole."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from leakkit.pii import cache, lexicon
from leakkit.pii.detector import builtin_detectors
from leakkit.pii.matching.buffers import join_bytes
from leakkit.pii.matching.matcher import Matcher
from leakkit.pii.weighing.weigh import Rule
from leakkit.pii.weighing.weigh_many import untouched

POSIX = pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
SOME = builtin_detectors()[::6]
TEXTS = b"\x1e".join(text.encode() for d in SOME for text in (*d.match, *d.no_match))
KEY = cache.key_of("a test")


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """An empty cache folder in use."""
    path = tmp_path / "cache" / "leakkit"
    monkeypatch.setenv(cache.VARIABLE, str(path))
    return path


SEEN: set[tuple[str, bytes]] = set()


@pytest.fixture(autouse=True)
def seen(monkeypatch):
    """Note under which keys something is asked for."""
    load = cache.load

    def noting(kind: str, key: bytes) -> bytes | None:
        SEEN.add((kind, key))
        return load(kind, key)

    SEEN.clear()
    monkeypatch.setattr(cache, "load", noting)


def hits(some=SOME) -> list[list[int]]:
    """Search with engines made anew from what is kept; of what letters touch an engine may find less or more."""
    rows = join_bytes([TEXTS])
    found = Matcher(some).find_rows(rows)
    free = untouched(rows, [Rule(detector) for detector in some], *found)
    return [column[free].tolist() for column in found]


def kept(folder: Path) -> dict[str, bytes]:
    """Files of the cache and what is in them."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def wanted() -> list[list[int]]:
    """What is found when nothing is kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(cache.VARIABLE, "off")
        return hits()


def test_findings_are_the_same_without_cache_with_a_new_one_and_with_a_filled_one(folder, wanted):
    pytest.importorskip("hyperscan")
    assert wanted[0]
    assert hits() == wanted
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert len(before) >= 4
    assert hits() == wanted
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_other_detectors_are_kept_apart(folder, wanted):
    pytest.importorskip("hyperscan")
    hits()
    first = set(kept(folder))
    few = hits(SOME[:80])
    assert set(kept(folder)) > first
    fit = [index < 80 for index in wanted[0]]
    assert few[0] == [index for index, one in zip(wanted[0], fit, strict=True) if one]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:10],
        lambda data: data[:-1],
        lambda data: data + b"x",
        lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
        lambda data: data[:20] + bytes([data[20] ^ 1]) + data[21:],
        lambda data: data.replace(b"leakkit cache 1", b"leakkit cache 0", 1),
        lambda data: os.urandom(len(data)),
    ],
)
def test_a_damaged_file_is_passed_over_and_written_anew(folder, wanted, damage):
    pytest.importorskip("hyperscan")
    hits()
    whole = kept(folder)
    assert len(whole) == len(SEEN) >= 4
    for name, data in whole.items():
        (folder / name).write_bytes(damage(data))
    assert hits() == wanted
    assert set(kept(folder)) == set(whole)
    assert all(cache.load(kind, key) for kind, key in list(SEEN) if cache._path(folder, kind, key).exists())


def test_a_sound_file_that_is_no_database_is_passed_over(folder, wanted):
    pytest.importorskip("hyperscan")
    hits()
    for kind, key in [pair for pair in SEEN if pair[0] == "signs"]:
        cache.store(kind, key, b"no database of Hyperscan" * 40)
    assert hits() == wanted


def test_another_version_finds_nothing_of_this_one(folder, monkeypatch):
    cache.store("x", KEY, b"body")
    assert cache.load("x", KEY) == b"body"
    monkeypatch.setattr(cache, "_salt", lambda: b"another version")
    assert cache.key_of("a test") != KEY
    assert cache.load("x", cache.key_of("a test")) is None


def test_a_file_put_under_another_key_is_refused(folder):
    other = cache.key_of("another test")
    cache.store("x", KEY, b"body")
    (path,) = folder.iterdir()
    path.rename(cache._path(folder, "x", other))
    assert cache.load("x", other) is None


def test_parts_of_a_key_do_not_run_together():
    assert len({cache.key_of("ab", "c"), cache.key_of("a", "bc"), cache.key_of("abc"), cache.key_of()}) == 4


@POSIX
def test_folder_and_files_are_our_own_alone(folder):
    before = os.umask(0)
    try:
        cache.store("x", KEY, b"body")
    finally:
        os.umask(before)
    (path,) = folder.iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


@POSIX
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_may_write_is_passed_over(folder, mode):
    cache.store("x", KEY, b"body")
    (path,) = folder.iterdir()
    path.chmod(mode)
    assert cache.load("x", KEY) is None
    cache.store("x", KEY, b"body")
    assert cache.load("x", KEY) == b"body"


@POSIX
@pytest.mark.parametrize("mode", [0o720, 0o777, 0o1777])
def test_a_folder_that_others_may_write_is_not_used(folder, mode):
    cache.store("x", KEY, b"body")
    folder.chmod(mode)
    assert cache.load("x", KEY) is None
    cache.store("y", KEY, b"body")
    assert len(list(folder.iterdir())) == 1


@POSIX
def test_what_another_user_owns_is_passed_over(folder, monkeypatch):
    cache.store("x", KEY, b"body")
    monkeypatch.setattr(cache.os, "geteuid", lambda: os.getuid() + 1)
    assert cache.load("x", KEY) is None
    cache.store("y", KEY, b"body")
    assert len(list(folder.iterdir())) == 1


@POSIX
def test_links_and_pipes_are_passed_over(folder, tmp_path):
    cache.store("x", KEY, b"body")
    (path,) = folder.iterdir()
    path.rename(tmp_path / "aside")
    path.symlink_to(tmp_path / "aside")
    assert cache.load("x", KEY) is None
    path.unlink()
    os.mkfifo(path)
    assert cache.load("x", KEY) is None


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path, monkeypatch, wanted):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "file" / "leakkit"))
    assert hits() == wanted
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "file"))
    assert cache.load("x", KEY) is None
    cache.store("x", KEY, b"body")
    assert (tmp_path / "file").read_text() == "in the way"


def test_a_full_disk_leaves_nothing_behind(folder, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache.os, "replace", full)
    cache.store("x", KEY, b"body")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "value", ["off", "OFF", "0", "none", "not/absolute", str(Path(cache.__file__).parent)]
)
def test_nothing_is_kept_when_switched_off_nor_in_the_current_folder_nor_in_the_kit(
    value, tmp_path, monkeypatch
):
    monkeypatch.setenv(cache.VARIABLE, value)
    monkeypatch.chdir(tmp_path)
    assert cache._folder() is None
    cache.store("x", KEY, b"body")
    assert cache.load("x", KEY) is None
    assert list(tmp_path.iterdir()) == []


@POSIX
def test_the_usual_folder_is_the_one_of_the_user(tmp_path, monkeypatch):
    monkeypatch.setattr(cache.sys, "platform", "linux")
    monkeypatch.delenv(cache.VARIABLE, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", "not/absolute")
    assert cache._folder() == tmp_path / ".cache" / "leakkit"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other"))
    assert cache._folder() == tmp_path / "other" / "leakkit"
    monkeypatch.setattr(cache.os, "geteuid", lambda: os.getuid() + 1)
    assert cache._folder() is None


def test_windows_keeps_it_with_local_settings(tmp_path, monkeypatch):
    monkeypatch.setattr(cache.sys, "platform", "win32")
    monkeypatch.delenv(cache.VARIABLE, raising=False)
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert cache._folder() == tmp_path / "leakkit" / "cache"
    monkeypatch.delenv("LOCALAPPDATA")
    assert cache._folder() is None


def test_old_files_make_room(folder, monkeypatch):
    monkeypatch.setattr(cache, "MOST_FILES", 3)
    for number in range(6):
        cache.store("x", cache.key_of(str(number)), b"body")
        for place, path in enumerate(sorted(folder.iterdir(), key=lambda p: p.stat().st_mtime_ns)):
            os.utime(path, (1000 + place, 1000 + place))
    held = [number for number in range(6) if cache.load("x", cache.key_of(str(number)))]
    assert held == [3, 4, 5]


def test_what_stopped_processes_left_is_removed_in_time(folder):
    cache.store("x", KEY, b"body")
    for name, age in (("new-a.tmp", 1000), ("new-b.tmp", None)):
        (folder / name).write_bytes(b"")
        if age:
            os.utime(folder / name, (age, age))
    (folder / "other").write_bytes(b"")
    cache.store("y", KEY, b"body")
    assert {path.name for path in folder.iterdir() if path.suffix != cache.SUFFIX} == {"new-b.tmp", "other"}


def test_few_detectors_leave_no_files(folder):
    Matcher(builtin_detectors()[:5]).find(TEXTS)
    assert not folder.exists()


def test_detectors_and_keys_read_the_same_from_what_is_kept(folder):
    read = [builtin_detectors.__wrapped__() for _ in range(2)]
    assert read[0] == read[1] == builtin_detectors()
    assert repr(read[0]) == repr(read[1])
    lexicons = [lexicon.key_lexicon.__wrapped__() for _ in range(2)]
    assert lexicons[0] == lexicons[1] == lexicon.key_lexicon()


def test_processes_that_start_together_agree(folder):
    code = "import leakkit as lk; print(lk.find_pii(['write to ana@example.com'], names=None).shape)"
    running = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) for _ in range(3)]
    said = {one.communicate(timeout=120)[0] for one in running}
    assert len(said) == 1
    assert said != {b""}
    assert not [name for name in kept(folder) if not name.endswith(cache.SUFFIX)]


def test_modules_whose_source_makes_a_kept_table_void_exist() -> None:
    room = Path(cache.__file__).parent
    named = {
        name
        for module in room.rglob("*.py")
        for name in re.findall(r'"((?:[a-z_0-9]+/)*[a-z_0-9]+\.py)"', module.read_text(encoding="utf-8"))
    }
    assert len(named) > 10
    assert [name for name in sorted(named) if not (room / name).exists()] == []
