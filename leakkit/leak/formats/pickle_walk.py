"""Reads the opcodes of a pickle as a story about names: nothing is imported, built or called.

A pickle is a program for a small stack machine (`pickletools`, PEP 3154, PEP 574). This module runs that
machine on stand-ins (`leakkit.leak.formats.pickle_values`). Where a real loader stops for a malformed
argument or an empty stack the walk notes it and goes on, so that no trick hides a payload; it stops for
an opcode that does not exist and at its limits.
"""

from __future__ import annotations

import pickletools
from collections.abc import Callable
from typing import Any

from leakkit.leak.formats.pickle_bytes import ARGUMENTS, MEMO_KEY, Cursor, EndedError, LimitError, read_pair
from leakkit.leak.formats.pickle_machine import Allowance, Machine, Walk
from leakkit.leak.formats.pickle_values import EXTENSION, MISSING, OTHER, Persistent
from leakkit.leak.source import Source


def _unreadable_name(m: Machine, _: Any) -> None:
    """Push something for a name that is no text: no loader imports it."""
    m.stack.append(OTHER)


def _stack_global(m: Machine, _: Any) -> None:
    """Import the two names on top of the stack."""
    name, module = m.pop(), m.pop()
    m.stack.append(m.load(module, name))


def _inst(m: Machine, names: tuple[str, str]) -> None:
    """Import a class and call it with everything above the mark."""
    arguments = tuple(m.pop_mark())
    m.call(m.load(*names), arguments)


def _obj(m: Machine, _: Any) -> None:
    """Call the first item above the mark with the others."""
    items = m.pop_mark()
    if not items:
        m.refuse("an opcode takes from an empty stack")
    m.call(items[0] if items else MISSING, tuple(items[1:]))


def _reduce(m: Machine, _: Any) -> None:
    """Call a name with a tuple of arguments."""
    arguments, target = m.pop(), m.pop()
    m.call(target, arguments)


def _newobj_ex(m: Machine, _: Any) -> None:
    """Make an object with named arguments."""
    named, arguments, target = m.pop(), m.pop(), m.pop()
    m.call(target, (*arguments, named) if isinstance(arguments, tuple) else (arguments, named))


def _setitem(m: Machine, _: Any) -> None:
    """Put one pair into a mapping."""
    value, key = m.pop(), m.pop()
    m.set_items([key, value])


def _persistent(m: Machine, _: Any) -> None:
    """Replace an id by the thing the loader would give for it."""
    m.push(Persistent(m.pop()))


def _extension(m: Machine, _: Any) -> None:
    """Push a name that only the loader's registry knows."""
    m.event("extension-registry")
    m.stack.append(EXTENSION)


def _mark(m: Machine, _: Any) -> None:
    """Set a mark."""
    m.marks.append(len(m.stack))


def _pop(m: Machine, _: Any) -> None:
    """Drop the top of the stack, or the mark that lies there."""
    if m.marks and m.marks[-1] == len(m.stack):
        m.marks.pop()
    else:
        m.pop()


def _small_tuple(size: int) -> Callable[[Machine, Any], None]:
    """Make the action that packs the top `size` values."""
    return lambda m, _: m.push_tuple([m.pop() for _ in range(size)][::-1])


def _push_other(m: Machine, _: Any) -> None:
    """Push a value without interest."""
    m.stack.append(OTHER)


def _push_container(m: Machine, _: Any) -> None:
    """Push an empty list, dictionary or set."""
    m.push_made()


def _nothing(_m: Machine, _: Any) -> None:
    """Change nothing."""


_ACTIONS: dict[str, Callable[[Machine, Any], Any]] = {
    "GLOBAL": lambda m, names: m.stack.append(m.load(*names)),
    "STACK_GLOBAL": _stack_global,
    "INST": _inst,
    "OBJ": _obj,
    "REDUCE": _reduce,
    "NEWOBJ": _reduce,
    "NEWOBJ_EX": _newobj_ex,
    "BUILD": Machine.build,
    "PERSID": lambda m, pid: m.push(Persistent(pid)),
    "BINPERSID": _persistent,
    "MARK": _mark,
    "POP": _pop,
    "POP_MARK": lambda m, _: m.pop_mark(),
    "DUP": lambda m, _: m.stack.append(m.top()),
    "MEMOIZE": Machine.memoize,
    "TUPLE": lambda m, _: m.push_tuple(m.pop_mark()),
    "EMPTY_TUPLE": lambda m, _: m.stack.append(()),
    "TUPLE1": _small_tuple(1),
    "TUPLE2": _small_tuple(2),
    "TUPLE3": _small_tuple(3),
    "LIST": lambda m, _: m.container(False, m.pop_mark()),
    "DICT": lambda m, _: m.container(True, m.pop_mark()),
    "FROZENSET": lambda m, _: m.container(False, m.pop_mark()),
    "APPEND": lambda m, _: m.append_items([m.pop()]),
    "APPENDS": lambda m, _: m.append_items(m.pop_mark()),
    "ADDITEMS": lambda m, _: m.append_items(m.pop_mark()),
    "SETITEM": _setitem,
    "SETITEMS": lambda m, _: m.set_items(m.pop_mark()),
    "PROTO": lambda m, version: m.refuse("a protocol that does not exist") if version > 5 else None,
    "FRAME": _nothing,
    "READONLY_BUFFER": _nothing,
    "NEXT_BUFFER": _push_other,
}
_ACTIONS |= dict.fromkeys(("PUT", "BINPUT", "LONG_BINPUT"), Machine.remember)
_ACTIONS |= dict.fromkeys(("GET", "BINGET", "LONG_BINGET"), Machine.recall)
_ACTIONS |= dict.fromkeys(("EXT1", "EXT2", "EXT4"), _extension)
_ACTIONS |= dict.fromkeys(("EMPTY_LIST", "EMPTY_DICT", "EMPTY_SET"), _push_container)
_ACTIONS |= dict.fromkeys(("NONE", "NEWTRUE", "NEWFALSE"), _push_other)
_ACTIONS |= dict.fromkeys(
    ("STRING", "BINSTRING", "SHORT_BINSTRING", "UNICODE", "BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8"),
    Machine.push_text,
)

STOP = ord(".")
_Step = tuple[Callable[[Cursor], Any] | None, Callable[[Machine, Any], Any]]


def _steps() -> list[_Step | None]:
    """Make the table from opcode to argument reader and action."""
    steps: list[_Step | None] = [None] * 256
    for opcode in pickletools.opcodes:
        read = ARGUMENTS[opcode.arg.name] if opcode.arg is not None else None
        if opcode.name in ("GET", "PUT"):
            read = MEMO_KEY
        steps[ord(opcode.code)] = (read, _ACTIONS.get(opcode.name, Machine.push))
    return steps


_STEPS = _steps()


def _step(machine: Machine, read: Callable[[Cursor], Any] | None, act: Callable[[Machine, Any], Any]) -> None:
    """Carry out one opcode; an argument that does not parse becomes MISSING."""
    try:
        argument = read(machine.cursor) if read else None
    except ValueError:
        machine.refuse("an argument that cannot be read")
        if read is read_pair:
            act = _unreadable_name
        elif act is Machine.push_text:
            act = Machine.push
        argument = MISSING
    act(machine, argument)


def _run(machine: Machine) -> str:
    """Walk to the end of the pickle; says how it ended."""
    cursor, walk, allowance = machine.cursor, machine.walk, machine.allowance
    while allowance.opcodes > 0:
        code = cursor.byte()
        allowance.opcodes -= 1
        walk.n_opcodes += 1
        if code == STOP:
            walk.root = machine.pop()
            if machine.stack or machine.marks:
                machine.refuse("values are left over at the end")
            return "stop"
        step = _STEPS[code]
        if step is None:
            machine.refuse("an opcode that does not exist")
            return "broken"
        _step(machine, *step)
    return "limit"


def walk_pickle(
    source: Source,
    offset: int = 0,
    allowance: Allowance | None = None,
    inline: dict[str, Any] | None = None,
    depth: int = 0,
) -> Walk:
    r"""Read one pickle and give what it would do.

    Parameters
    ----------
    source : Source
        The member that holds the pickle.
    offset : int
        Where the pickle begins in the member.
    allowance : Allowance, optional
        Opcodes and memory; a pickle that needs more opcodes ends with ``ended="limit"``.
    inline : dict, optional
        Dotted name to a function of (machine, made), called when an object of that name has got its
        state: joblib puts raw bytes there.
    depth : int
        How many pickles this one stands inside of.

    Returns
    -------
    Walk
        Names, calls, oddities and how the pickle ended. Never raises for what the bytes hold.

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> walk = walk_pickle(BytesSource(b"cposix\nsystem\n(S'ls'\ntR."))
    >>> [(i.path, i.invoked) for i in walk.imports.values()], walk.ended
    ([('posix.system', True)], 'stop')
    """
    machine = Machine(source, offset, allowance or Allowance(), inline or {}, depth)
    try:
        machine.walk.ended = _run(machine)
    except EndedError:
        machine.refuse("the bytes end inside the pickle")
        machine.walk.ended = "truncated"
    except LimitError:
        machine.walk.ended = "limit"
    machine.walk.end = machine.cursor.position
    return machine.walk
