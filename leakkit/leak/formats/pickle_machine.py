"""The stack machine that a pickle drives, working on stand-ins and within a fixed room of memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from leakkit.leak.formats.pickle_bytes import Cursor, LimitError
from leakkit.leak.formats.pickle_calls import NESTED, REACHING, expands, odd_call, reached
from leakkit.leak.formats.pickle_values import EXTENSION, LOST, MISSING, OTHER, Blob, Import, Made, Sentinel
from leakkit.leak.source import Source

OPCODE_LIMIT = 5_000_000
ROOM = 96 * 2**20
SPARSE_LIMIT = 500_000
IMPORT_LIMIT = 20_000
EVENT_LIMIT = 1_000
TUPLE_LIMIT = 4_096


@dataclass(slots=True)
class Allowance:
    """What walking may cost: opcodes, and bytes of memory for what is kept. Used up as pickles are read."""

    opcodes: int = OPCODE_LIMIT
    room: int = ROOM


@dataclass
class Walk:
    """What one pickle would do.

    Attributes
    ----------
    imports : dict
        (module, name) to `Import`, in order of appearance.
    events : list of str
        What no honest pickle does, or what cannot be told from the bytes: ``import:computed``,
        ``call:computed``, ``write-to-import:module.name``, ``extension-registry``, ``allocation``,
        ``expansion``, ``scan-limit``.
    root : object
        What loading would give, as stand-ins.
    end : int
        Offset of the first byte after the pickle.
    ended : {'stop', 'broken', 'truncated', 'limit'}
    problem : str or None
        The first thing a real loader would refuse.
    sound_opcodes : int
        How many opcodes a real loader would read before that.
    calls : list of Made
        Calls that load a file from bytes held in the pickle.
    suspects : list of Blob
        Bytes and texts that begin as pickles do, plain, in base 64 or in hexadecimal digits.
    """

    imports: dict[tuple[str, str], Import] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)
    root: Any = OTHER
    end: int = 0
    ended: str = "broken"
    problem: str | None = None
    sound_opcodes: int = OPCODE_LIMIT
    n_opcodes: int = 0
    calls: list[Made] = field(default_factory=list)
    suspects: list[Blob] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """True when a real loader would read to the end."""
        return self.ended == "stop" and self.problem is None


class Machine:
    """The stack, the memo and what was noticed, for one pickle."""

    def __init__(
        self, source: Source, offset: int, allowance: Allowance, inline: dict[str, Any], depth: int = 0
    ) -> None:
        self.source, self.walk = source, Walk()
        self.cursor = Cursor(source, offset, suspects=self.walk.suspects)
        self.stack: list[Any] = []
        self.marks: list[int] = []
        self.memo: list[Any] = []
        self.sparse: dict[int, Any] = {}
        self.allowance, self.inline, self.depth = allowance, inline, depth

    # notes

    def event(self, event: str) -> None:
        """Remember something worth a rule, once."""
        if event not in self.walk.events and len(self.walk.events) < EVENT_LIMIT:
            self.walk.events.append(event)

    def refuse(self, problem: str) -> None:
        """Remember the first thing a real loader would stop at."""
        if self.walk.problem is None:
            self.walk.problem, self.walk.sound_opcodes = problem, self.walk.n_opcodes

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

    def afford(self, size: int) -> bool:
        """Take `size` bytes from the room for values; False when it is used up."""
        self.allowance.room -= size
        return self.allowance.room >= 0

    def push(self, value: Any) -> None:
        """Push a value as it was read, while there is room for it."""
        cheap = value is OTHER or (isinstance(value, int) and -5 <= value <= 256)
        self.stack.append(value if cheap or self.afford(112) else OTHER)

    def push_text(self, text: Any) -> None:
        """Push text while there is room for it."""
        self.stack.append(text if text is not LOST and self.afford(50 + len(text)) else LOST)

    def push_made(self, maker: Any = None, arguments: tuple[Any, ...] = ()) -> Any:
        """Push what a call or a container opcode gives, while there is room for it."""
        made = Made(maker, arguments) if self.afford(200) else OTHER
        self.stack.append(made)
        return made

    def push_tuple(self, items: list[Any]) -> None:
        """Push a tuple; a very long one is cut."""
        kept = items[:TUPLE_LIMIT]
        self.stack.append(tuple(kept) if self.afford(56 + 8 * len(kept)) else OTHER)

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
            if len(self.sparse) > SPARSE_LIMIT:
                raise LimitError
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
        """Put one item into a container, when it is worth keeping and there is room."""
        if isinstance(target, Import):
            self.event(f"write-to-import:{target.path}")
        elif isinstance(target, Made) and value is not OTHER and self.afford(150):
            target.children[str(key) if isinstance(key, str | int) else str(len(target.children))] = value

    def set_items(self, items: list[Any]) -> None:
        """Put key and value pairs into the mapping on top of the stack."""
        target = self.top()
        for key, value in zip(items[::2], items[1::2], strict=False):
            if isinstance(key, tuple):
                self.hash(key)
            self.keep(target, key, value)

    def append_items(self, items: list[Any]) -> None:
        """Put items into the list or set on top of the stack."""
        target = self.top()
        for value in items:
            self.keep(target, None, value)

    def hash(self, value: tuple[Any, ...]) -> None:
        """Note a tuple that takes a loader forever to hash: tuples of the same tuples, many deep."""
        if expands(value):
            self.event("expansion")

    def container(self, pairs: bool, items: list[Any]) -> None:
        """Push a new container that holds `items`."""
        self.push_made()
        (self.set_items if pairs else self.append_items)(items)

    # imports and calls

    def load(self, module: Any, name: Any) -> Import | Sentinel:
        """Note an import by name; a name that is computed while loading is an event."""
        if not (isinstance(module, str) and isinstance(name, str)):
            spent = self.allowance.room < 0 and any(word is LOST or word is OTHER for word in (module, name))
            self.event("scan-limit" if spent else "import:computed")
            return OTHER
        return self.found(module, name)

    def found(self, module: str, name: str) -> Import:
        """Give the import of that name, the same one every time."""
        found = self.walk.imports.get((module, name))
        if found is None:
            if len(self.walk.imports) >= IMPORT_LIMIT:
                raise LimitError
            found = self.walk.imports[module, name] = Import(module, name, opcode=self.walk.n_opcodes)
        return found

    def call(self, target: Any, arguments: Any) -> None:
        """Note a call and push its result."""
        if not isinstance(arguments, tuple):
            arguments = (arguments,)
        if isinstance(target, Import):
            target.invoked = True
            if target.path in REACHING:
                return self.stack.append(self.reach(target, arguments))
        elif target is not EXTENSION:
            self.event("call:computed")
        for event in odd_call(target, arguments):
            self.event(event)
        made = self.push_made(target, arguments)
        if isinstance(made, Made) and made.path in NESTED and len(self.walk.calls) < EVENT_LIMIT:
            self.walk.calls.append(made)
        return None

    def reach(self, target: Import, arguments: tuple[Any, ...]) -> Any:
        """Follow a call that gives something by its name; one that cannot be followed is remembered."""
        names = reached(target.path, arguments)
        if names is None:
            target.resolved = False
            return OTHER
        target.resolved = target.resolved is not False
        return self.found(names[0], names[1][:TUPLE_LIMIT])

    def build(self, _: Any) -> None:
        """Note that an object gets its state."""
        state, target = self.pop(), self.top()
        if isinstance(target, Import):
            self.event(f"write-to-import:{target.path}")
        elif isinstance(target, Made):
            target.state = state
            if isinstance(target.maker, Import) and target.maker.path in self.inline:
                self.inline[target.maker.path](self, target)
