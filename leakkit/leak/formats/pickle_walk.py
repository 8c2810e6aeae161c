"""Reads the opcodes of a pickle as a story about names: nothing is imported, built or called.

A pickle is a program for a small stack machine. This module runs that machine on stand-ins: text and
small integers stay what they are, an import is an `Import`, whatever a call or a container would give
is a `Made`, everything else is `OTHER`. Opcodes and their arguments are those of `pickletools`
(PEP 3154, PEP 574). The walk goes on where a real loader would stop for a malformed argument, so that
a payload in front of a break is still seen; it stops for an unknown opcode and at its limits.
"""

from __future__ import annotations

import codecs
import pickletools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from leakkit.leak.source import Source

CHUNK = 65_536
TEXT_LIMIT = 1_000
BYTES_LIMIT = 256 * 2**20
OPCODE_LIMIT = 5_000_000
KEEP_LIMIT = 400_000
MEMO_LIMIT = 2_000_000
TEXT_BUDGET = 48 * 2**20
IMPORT_LIMIT = 20_000


class _Sentinel:
    """A stand-in without any property."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"<{self.name}>"


OTHER = _Sentinel("other")  # a float, a truth value, None, a large integer: nothing to look at
LOST = _Sentinel("lost")  # text or an object that was not kept because a budget was spent
MISSING = _Sentinel("missing")  # taken from an empty stack or memo: a real loader stops here
EXTENSION = _Sentinel("extension")  # named by a number in the loader's extension registry


@dataclass(slots=True, eq=False)
class Import:
    """A name that loading would import, and whether loading would call it."""

    module: str
    name: str
    invoked: bool = False

    @property
    def path(self) -> str:
        """The dotted name."""
        return f"{self.module}.{self.name}"


@dataclass(slots=True, eq=False)
class Blob:
    """Bytes inside the pickle: where they stand in the member."""

    offset: int
    length: int


@dataclass(slots=True, eq=False)
class Persistent:
    """A persistent id: how torch names a storage."""

    pid: Any


@dataclass(slots=True, eq=False)
class Made:
    """What a call or a container opcode would give."""

    maker: Any = None
    arguments: tuple[Any, ...] = ()
    state: Any = None
    children: dict[str, Any] = field(default_factory=dict)


class _Ended(Exception):
    """The bytes ended inside an opcode."""


class _Limit(Exception):
    """A budget was spent."""


class Cursor:
    """Bytes of a source one after another, from a small buffer; skipping costs nothing."""

    __slots__ = ("_at", "_buffer", "_source", "_start", "budget")

    def __init__(self, source: Source, offset: int = 0, budget: int = BYTES_LIMIT) -> None:
        self._source, self._buffer, self._start, self._at = source, b"", offset, 0
        self.budget = budget

    @property
    def position(self) -> int:
        """Offset in the source of the next byte."""
        return self._start + self._at

    def _fill(self) -> None:
        """Read the next piece of the source."""
        self._start += self._at
        if self.budget <= 0:
            raise _Limit
        self._buffer, self._at = self._source.read_at(self._start, CHUNK), 0
        self.budget -= len(self._buffer)
        if not self._buffer:
            raise _Ended

    def byte(self) -> int:
        """Next byte as a number."""
        if self._at >= len(self._buffer):
            self._fill()
        self._at += 1
        return self._buffer[self._at - 1]

    def take(self, length: int) -> bytes:
        """Next `length` bytes, a small number."""
        at = self._at
        if at + length <= len(self._buffer):
            self._at = at + length
            return self._buffer[at : at + length]
        part = self._buffer[at:]
        while len(part) < length:
            self._at = len(self._buffer)
            self._fill()
            piece = self._buffer[: length - len(part)]
            self._at = len(piece)
            part += piece
        return part

    def number(self, length: int, signed: bool = False) -> int:
        """Next `length` bytes as a little-endian number."""
        return int.from_bytes(self.take(length), "little", signed=signed)

    def skip(self, length: int) -> None:
        """Step over `length` bytes; past the end of the source is the end of the pickle."""
        target = self.position + length
        if target > self._source.size:
            raise _Ended
        if target <= self._start + len(self._buffer):
            self._at += length
        else:
            self._buffer, self._start, self._at = b"", target, 0

    def line(self) -> bytes:
        """Rest of the line without its end; of a very long line only the start."""
        kept = b""
        while True:
            end = self._buffer.find(b"\n", self._at)
            piece = self._buffer[self._at : len(self._buffer) if end < 0 else end]
            if len(kept) <= TEXT_LIMIT:
                kept += piece[: TEXT_LIMIT + 1]
            if end >= 0:
                self._at = end + 1
                return kept
            self._at = len(self._buffer)
            self._fill()


# --- arguments: how the bytes after an opcode are read --------------------------------------------


def _text(cursor: Cursor, length: int) -> Any:
    """Text of `length` bytes, or LOST when no name is that long."""
    if length > TEXT_LIMIT:
        cursor.skip(length)
        return LOST
    return cursor.take(length).decode("utf-8", "surrogatepass" if length else "strict")


def _latin(cursor: Cursor, length: int) -> Any:
    """Python 2 text of `length` bytes."""
    if length > TEXT_LIMIT:
        cursor.skip(length)
        return LOST
    return cursor.take(length).decode("latin-1")


def _blob(cursor: Cursor, length: int) -> Blob:
    """Bytes that are stepped over."""
    offset = cursor.position
    cursor.skip(length)
    return Blob(offset, length)


def _quoted(cursor: Cursor) -> Any:
    """Text of protocol 0 between quotes."""
    line = cursor.line().strip()
    if len(line) > TEXT_LIMIT:
        return LOST
    if len(line) < 2 or line[:1] != line[-1:] or line[:1] not in b"'\"":
        raise ValueError("text without quotes")
    return codecs.escape_decode(line[1:-1])[0].decode("latin-1")  # type: ignore[attr-defined]


def _raw_unicode(cursor: Cursor) -> Any:
    """Text of protocol 0 with \\uXXXX escapes."""
    line = cursor.line()
    return LOST if len(line) > TEXT_LIMIT else line.decode("raw-unicode-escape")


def _integer_line(cursor: Cursor) -> Any:
    """Decimal number of protocol 0; 00 and 01 are truth values."""
    line = cursor.line().strip()
    if line in (b"00", b"01"):
        return OTHER
    return int(line.rstrip(b"L")[:40], 0) if len(line) < 40 else OTHER


def _long(cursor: Cursor, length: int) -> Any:
    """Integer of `length` bytes; a large one is not kept."""
    if length > 16:
        cursor.skip(length)
        return OTHER
    return cursor.number(length, signed=True)


def _float_line(cursor: Cursor) -> Any:
    """Check and drop a decimal fraction of protocol 0."""
    float(cursor.line())
    return OTHER


def _pair(cursor: Cursor) -> tuple[str, str]:
    """Module and name of protocol 0 to 3, one line each."""
    module, name = cursor.line(), cursor.line()
    return module.decode("utf-8", "strict"), name.decode("utf-8", "strict")


_ARGUMENTS: dict[str, Callable[[Cursor], Any]] = {
    "uint1": lambda c: c.byte(),
    "uint2": lambda c: c.number(2),
    "int4": lambda c: c.number(4, signed=True),
    "uint4": lambda c: c.number(4),
    "uint8": lambda c: c.number(8),
    "float8": lambda c: c.skip(8) or OTHER,
    "floatnl": _float_line,
    "decimalnl_short": _integer_line,
    "decimalnl_long": _integer_line,
    "long1": lambda c: _long(c, c.byte()),
    "long4": lambda c: _long(c, c.number(4)),
    "string1": lambda c: _latin(c, c.byte()),
    "string4": lambda c: _latin(c, c.number(4)),
    "bytes1": lambda c: _blob(c, c.byte()),
    "bytes4": lambda c: _blob(c, c.number(4)),
    "bytes8": lambda c: _blob(c, c.number(8)),
    "bytearray8": lambda c: _blob(c, c.number(8)),
    "unicodestring1": lambda c: _text(c, c.byte()),
    "unicodestring4": lambda c: _text(c, c.number(4)),
    "unicodestring8": lambda c: _text(c, c.number(8)),
    "stringnl": _quoted,
    "stringnl_noescape": lambda c: c.line().decode("utf-8", "replace"),
    "unicodestringnl": _raw_unicode,
    "stringnl_noescape_pair": _pair,
}


# --- the machine ----------------------------------------------------------------------------------


@dataclass
class Walk:
    """What one pickle would do.

    Attributes
    ----------
    imports : dict
        (module, name) to `Import`, in order of appearance.
    events : list of str
        What no honest pickle does, or what cannot be told from the bytes: ``import:computed``,
        ``call:computed``, ``write-to-import:module.name``, ``extension-registry``.
    root : object
        What loading would give, as stand-ins.
    end : int
        Offset of the first byte after the pickle.
    ended : {'stop', 'broken', 'truncated', 'limit'}
    problem : str or None
        The first thing a real loader would refuse.
    calls : list of Made
        Calls whose bytes may hold another file (see `NESTED`).
    """

    imports: dict[tuple[str, str], Import] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)
    root: Any = OTHER
    end: int = 0
    ended: str = "broken"
    problem: str | None = None
    n_opcodes: int = 0
    calls: list[Made] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """True when a real loader would read to the end."""
        return self.ended == "stop" and self.problem is None


NESTED = ("torch.storage._load_from_bytes",)
"""Calls that load a file from bytes: what they load is looked at in turn."""


class Machine:
    """The stack, the memo and what was noticed, for one pickle."""

    def __init__(self, source: Source, offset: int, opcodes: int, inline: dict[str, Any]) -> None:
        self.source, self.cursor, self.walk = source, Cursor(source, offset), Walk()
        self.stack: list[Any] = []
        self.marks: list[int] = []
        self.memo: list[Any] = []
        self.sparse: dict[int, Any] = {}
        self.opcodes, self.inline = opcodes, inline
        self.kept, self.text_left = 0, TEXT_BUDGET

    # notes

    def event(self, event: str) -> None:
        """Remember something worth a rule, once."""
        if event not in self.walk.events and len(self.walk.events) < 1_000:
            self.walk.events.append(event)

    def refuse(self, problem: str) -> None:
        """Remember the first thing a real loader would stop at."""
        self.walk.problem = self.walk.problem or problem

    # stack

    def pop(self) -> Any:
        """Take the top of the stack, never below the last mark."""
        if len(self.stack) > (self.marks[-1] if self.marks else 0):
            return self.stack.pop()
        self.refuse("an opcode takes from an empty stack")
        return MISSING

    def top(self) -> Any:
        """Look at the top of the stack."""
        if len(self.stack) > (self.marks[-1] if self.marks else 0):
            return self.stack[-1]
        self.refuse("an opcode takes from an empty stack")
        return MISSING

    def pop_mark(self) -> list[Any]:
        """Take everything above the last mark."""
        if not self.marks:
            self.refuse("an opcode needs a mark and there is none")
            items, self.stack = self.stack, []
            return items
        start = self.marks.pop()
        items = self.stack[start:]
        del self.stack[start:]
        return items

    def push_text(self, text: Any) -> None:
        """Push text while the budget for text lasts."""
        if text is not LOST:
            self.text_left -= 50 + len(text)
            if self.text_left < 0:
                text = LOST
        self.stack.append(text)

    # memo

    def remember(self, key: Any) -> None:
        """Keep the top of the stack under `key`."""
        value = self.top()
        if not isinstance(key, int) or key < 0:
            return self.refuse("a memo key that is no number")
        if key < len(self.memo):
            self.memo[key] = value
        elif key == len(self.memo) and key not in self.sparse:
            self.memo.append(value)
        else:
            self.sparse[key] = value
        if len(self.memo) + len(self.sparse) > MEMO_LIMIT:
            raise _Limit
        return None

    def memoize(self, _: Any) -> None:
        """Keep the top of the stack under the next free key."""
        self.remember(len(self.memo) + len(self.sparse))

    def recall(self, key: Any) -> None:
        """Push what was kept under `key`."""
        if isinstance(key, int) and 0 <= key < len(self.memo):
            self.stack.append(self.memo[key])
        elif isinstance(key, int) and key in self.sparse:
            self.stack.append(self.sparse[key])
        else:
            self.refuse("a memo key that was never set")
            self.stack.append(MISSING)

    # containers

    def keep(self, target: Any, key: Any, value: Any) -> None:
        """Put one item into a container, when it is worth keeping."""
        if isinstance(target, Import):
            self.event(f"write-to-import:{target.path}")
        elif isinstance(target, Made) and value is not OTHER and self.kept < KEEP_LIMIT:
            self.kept += 1
            name = key if isinstance(key, str) else f"{key}" if isinstance(key, int) else None
            target.children[name if name is not None else f"{len(target.children)}"] = value

    def set_items(self, items: list[Any]) -> None:
        """Put key and value pairs into the mapping on top of the stack."""
        target = self.top()
        for key, value in zip(items[::2], items[1::2], strict=False):
            self.keep(target, key, value)

    def append_items(self, items: list[Any]) -> None:
        """Put items into the list or set on top of the stack."""
        target = self.top()
        for value in items:
            self.keep(target, None, value)

    def container(self, pairs: bool, items: list[Any]) -> None:
        """Push a new container that holds `items`."""
        self.stack.append(Made())
        (self.set_items if pairs else self.append_items)(items)

    def tuple_of(self, items: list[Any]) -> None:
        """Push a tuple; a very long one is cut."""
        self.stack.append(tuple(items[:4096]))

    # imports and calls

    def load(self, module: Any, name: Any) -> Import | _Sentinel:
        """Note an import by name; a name that is computed while loading is an event."""
        if not (isinstance(module, str) and isinstance(name, str)):
            self.event("scan-limit" if LOST in (module, name) and self.text_left < 0 else "import:computed")
            return OTHER
        found = self.walk.imports.get((module, name))
        if found is None:
            if len(self.walk.imports) >= IMPORT_LIMIT:
                raise _Limit
            found = self.walk.imports[module, name] = Import(module, name)
        return found

    def call(self, target: Any, arguments: Any) -> None:
        """Note a call and push its result."""
        if isinstance(target, Import):
            target.invoked = True
        elif target is not EXTENSION:
            self.event("call:computed")
        made: Any = OTHER
        if self.kept < KEEP_LIMIT:
            self.kept += 1
            made = Made(target, arguments if isinstance(arguments, tuple) else (arguments,))
            if isinstance(target, Import) and target.path in NESTED and len(self.walk.calls) < 1_000:
                self.walk.calls.append(made)
        self.stack.append(made)

    def build(self, _: Any) -> None:
        """Note that an object gets its state."""
        state, target = self.pop(), self.top()
        if isinstance(target, Import):
            self.event(f"write-to-import:{target.path}")
        elif isinstance(target, Made):
            target.state = state
            if isinstance(target.maker, Import) and target.maker.path in self.inline:
                self.inline[target.maker.path](self, target)


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
    m.stack.append(Persistent(m.pop()))


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
    return lambda m, _: m.tuple_of([m.pop() for _ in range(size)][::-1])


def _push(m: Machine, value: Any) -> None:
    """Push a value as it was read."""
    m.stack.append(value)


def _push_other(m: Machine, _: Any) -> None:
    """Push a value without interest."""
    m.stack.append(OTHER)


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
    "PERSID": lambda m, pid: m.stack.append(Persistent(pid)),
    "BINPERSID": _persistent,
    "MARK": _mark,
    "POP": _pop,
    "POP_MARK": lambda m, _: m.pop_mark(),
    "DUP": lambda m, _: m.stack.append(m.top()),
    "MEMOIZE": Machine.memoize,
    "TUPLE": lambda m, _: m.tuple_of(m.pop_mark()),
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
_ACTIONS.update({name: Machine.remember for name in ("PUT", "BINPUT", "LONG_BINPUT")})
_ACTIONS.update({name: Machine.recall for name in ("GET", "BINGET", "LONG_BINGET")})
_ACTIONS.update({name: _extension for name in ("EXT1", "EXT2", "EXT4")})
_ACTIONS.update(
    {name: lambda m, _: m.stack.append(Made()) for name in ("EMPTY_LIST", "EMPTY_DICT", "EMPTY_SET")}
)
_ACTIONS.update({name: _push_other for name in ("NONE", "NEWTRUE", "NEWFALSE")})
_TEXT = ("STRING", "BINSTRING", "SHORT_BINSTRING", "UNICODE", "BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8")
_ACTIONS.update({name: Machine.push_text for name in _TEXT})

STOP = ord(".")
_Step = tuple[Callable[[Cursor], Any] | None, Callable[[Machine, Any], Any]]
_STEPS: list[_Step | None] = [None] * 256
for _opcode in pickletools.opcodes:
    _read = _ARGUMENTS[_opcode.arg.name] if _opcode.arg is not None else None
    _STEPS[ord(_opcode.code)] = (_read, _ACTIONS.get(_opcode.name, _push))


def _step(machine: Machine, read: Callable[[Cursor], Any] | None, act: Callable[[Machine, Any], Any]) -> None:
    """Carry out one opcode; an argument that does not parse becomes MISSING."""
    try:
        argument = read(machine.cursor) if read else None
    except ValueError:
        machine.refuse("an argument that cannot be read")
        argument = (MISSING, MISSING) if read is _pair else MISSING
        if act is Machine.push_text:
            act = _push
    act(machine, argument)


def _run(machine: Machine) -> str:
    """Walk to the end of the pickle; says how it ended."""
    cursor, walk = machine.cursor, machine.walk
    while walk.n_opcodes < machine.opcodes:
        code = cursor.byte()
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
    source: Source, offset: int = 0, opcodes: int = OPCODE_LIMIT, inline: dict[str, Any] | None = None
) -> Walk:
    """Read one pickle and give what it would do.

    Parameters
    ----------
    source : Source
        The member that holds the pickle.
    offset : int
        Where the pickle begins in the member.
    opcodes : int
        How many opcodes are read at most; a longer pickle ends with ``ended="limit"``.
    inline : dict, optional
        Dotted name to a function of (machine, made), called when an object of that name has got its
        state: joblib puts raw bytes there.

    Returns
    -------
    Walk
        Names, calls, oddities and how the pickle ended. Never raises for what the bytes hold.

    Examples
    --------
    >>> from leakkit.leak.source import BytesSource
    >>> walk = walk_pickle(BytesSource(b"cposix\\nsystem\\n(S'ls'\\ntR."))
    >>> [(i.path, i.invoked) for i in walk.imports.values()], walk.ended
    ([('posix.system', True)], 'stop')
    """
    machine = Machine(source, offset, opcodes, inline or {})
    try:
        machine.walk.ended = _run(machine)
    except _Ended:
        machine.refuse("the bytes end inside the pickle")
        machine.walk.ended = "truncated"
    except _Limit:
        machine.walk.ended = "limit"
    machine.walk.end = machine.cursor.position
    return machine.walk
