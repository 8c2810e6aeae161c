"""How dangerous is a name that a pickle would import: our table first, then picklescan's opinion."""

from __future__ import annotations

import csv
import io
import logging
import unicodedata
from _compat_pickle import IMPORT_MAPPING, NAME_MAPPING
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from leakkit.leak.facts import DANGER_ORDER

DANGEROUS_MODULES = frozenset(
    "os posix nt subprocess sys builtins importlib imp runpy ctypes cffi shutil socket pickle cPickle "
    "marshal multiprocessing threading pty pdb code codeop commands popen2 inspect gc signal urllib "
    "requests io pathlib tempfile types operator dill cloudpickle asyncio webbrowser pkgutil "
    "linecache".split()
)
"""Modules that, named inside another module (``random._os``), open the way to everything."""

DANGEROUS_NAMES = frozenset(
    "system popen Popen exec exec_ eval execfile execv execve execl spawn spawnl spawnv spawnve fork "
    "forkpty check_output check_call getoutput getstatusoutput run_path run_module run_code runcode "
    "runsource runstring import_module import_string import_from_string resolve_name __import__ "
    "load_library CDLL startfile posix_spawn unpickle load_pickle read_pickle code_exec run_command "
    "exec_command".split()
)
"""Names that mean running something, wherever they are found."""

# Letters of other alphabets that look like Latin ones in most fonts.
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕһԁԛԝʏⅼνοιαερτυκΑΒΕΖΗΙΚΜΝΟΡΤΥΧɡıᴏ", "aeopcyxijshdqwyIvoiaeptukABEZHIKMNOPTYXgio"
)


class _Row(NamedTuple):
    """One line of imports.csv."""

    danger: str
    why: str


@lru_cache(maxsize=1)
def _table() -> dict[str, _Row]:
    """Read imports.csv, once."""
    text = resources.files("leakkit.leak.formats").joinpath("imports.csv").read_text(encoding="utf-8")
    return {row["name"]: _Row(row["danger"], row["why"]) for row in csv.DictReader(io.StringIO(text))}


def _is_class_below(parts: list[str], start: int) -> bool:
    """Say whether what follows `start` is lower-case modules and one class name."""
    *modules, last = parts[start:]
    return (
        last[:1].isupper() and last.isidentifier() and all(m.isidentifier() and m.islower() for m in modules)
    )


def _from_table(module: str, name: str) -> str | None:
    """Give the verdict of the most specific row, or None where no row speaks.

    A harmless row speaks for exactly its name (``x.*``: for classes below x); the others also for
    everything below them.
    """
    table, path = _table(), f"{module}.{name}".rstrip(".")
    if path in table:
        return table[path].danger
    parts = path.split(".")
    for end in range(len(parts) - 1, 0, -1):
        prefix = ".".join(parts[:end])
        row = table.get(prefix)
        if row is not None and row.danger != "none_found":
            return row.danger
        if f"{prefix}.*" in table and "." not in name and _is_class_below(parts, end):
            return table[f"{prefix}.*"].danger
    return None


def _by_shape(module: str, name: str) -> str | None:
    """Judge attributes of attributes, modules inside modules, and telling names."""
    parts = name.split(".")
    if name == "__dict__":
        return None
    if any(p.startswith("__") and p.endswith("__") and len(p) > 4 for p in parts):
        return "yes"
    if any(p.lstrip("_") in DANGEROUS_MODULES and (p != name or p.islower()) for p in parts):
        return "yes"
    if parts[-1] in DANGEROUS_NAMES:
        return "yes"
    if not (module + name).isascii():
        skeleton = [unicodedata.normalize("NFKC", w).translate(_LOOKALIKES) for w in (module, name)]
        if all(w.isascii() for w in skeleton) and judge(*skeleton) == "yes":
            return "yes"
    return None


@lru_cache(maxsize=4096)
def picklescan_opinion(module: str, name: str) -> str | None:
    """Say what picklescan's own lists hold on a name.

    Asks its public scanner with a pickle of one import, so that no private name of it is needed.

    Returns
    -------
    {'none_found', 'review', 'yes'} or None
        None where the name cannot be written into a pickle.
    """
    if not module or not name or any(c.isspace() for c in module + name):
        return None
    for found_module, found_name, danger in picklescan_imports(
        f"c{module}\n{name}\n.".encode("utf-8", "replace")
    ):
        if (found_module, found_name) == (module, name):
            return danger
    return None


def picklescan_imports(data: bytes) -> list[tuple[str, str, str]]:
    """List module, name and danger of each import that picklescan's scanner sees in a pickle."""
    from picklescan.scanner import SafetyLevel, scan_pickle_bytes

    words = {SafetyLevel.Innocuous: "none_found", SafetyLevel.Suspicious: "review"}
    logger = logging.getLogger("picklescan")
    was_disabled, logger.disabled = logger.disabled, True  # it prints names as they stand in the file
    try:
        found = scan_pickle_bytes(io.BytesIO(data), "member").globals
    except Exception:  # noqa: BLE001 - a second opinion that fails is no opinion
        return []
    finally:
        logger.disabled = was_disabled
    return sorted((g.module, g.name, words.get(g.safety, "yes")) for g in found)


@lru_cache(maxsize=4096)
def judge(module: str, name: str) -> str:
    """Say whether importing ``module.name`` while loading a pickle is dangerous.

    Parameters
    ----------
    module, name : str
        As they stand in the pickle; `name` may hold dots, Python 2 names are known.

    Returns
    -------
    {'none_found', 'review', 'yes'}
        ``yes``: it runs code, starts programs, or reaches files, network or any other name.
        ``review``: not known to be harmless; loading imports and may run it.
        ``none_found``: what ordinary weights and plain values need.

    Notes
    -----
    The rows of ``imports.csv`` come first, the most specific one wins. Then the shape of the name,
    then picklescan's lists. A module of the standard library that nobody spoke of is ``review``.

    Examples
    --------
    >>> judge("posix", "system"), judge("torch._utils", "_rebuild_tensor_v2"), judge("sklearn.svm", "SVC")
    ('yes', 'none_found', 'review')
    >>> judge("random", "_os.system"), judge("builtins", "print.__self__.eval")
    ('yes', 'yes')
    """
    dangers = [_judge(module.strip(), name.strip())]
    modern = NAME_MAPPING.get((module, name)) or (IMPORT_MAPPING.get(module, module), name)
    if modern != (module, name) and dangers[0] != "none_found":
        dangers.append(_judge(*modern))
    return max(dangers, key=DANGER_ORDER.index)


def _judge(module: str, name: str) -> str:
    """Judge one spelling of a name."""
    exact = _table().get(f"{module}.{name}")
    if exact is not None:
        return exact.danger
    return (
        _by_shape(module, name)
        or _from_table(module, name)
        or ("yes" if picklescan_opinion(module, name) == "yes" else "review")
    )


def is_gadget(module: str, name: str) -> bool:
    """Say whether a name is itself known for running something, not only its module.

    Examples
    --------
    >>> is_gadget("posix", "system"), is_gadget("os", "sine")
    (True, False)
    """
    exact = _table().get(f"{module}.{name}")
    if exact is not None:
        return exact.danger == "yes"
    return name.rpartition(".")[2] in DANGEROUS_NAMES and judge(module, name) == "yes"
