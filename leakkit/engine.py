"""Running one function over many partitions: in this process, or in processes of which any may die.

The function is named (``package.module:function``), its arguments and results are JSON. So a worker needs
neither the caller's ``__main__`` nor shared memory, and a scheduler on other machines can call the same
function with the same arguments. Settings travel pickled, and only from the caller to the worker.
"""

from __future__ import annotations

import base64
import json
import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from queue import SimpleQueue
from typing import Any

from leakkit.errors import BadParameterError, LeakkitError

Tell = Callable[[str], None]
"""Told by the function what it is about to read, so that a process that dies there can be restarted past it."""

DEATHS = 2
"""Deaths at the same place after which it is passed over."""

_SERVE = "from leakkit.engine import serve; serve()"
"""Started with -P: a module in the current folder, which may be a leak, is never imported."""


@dataclass(slots=True)
class Task:
    """One call: a name for messages and the arguments, all of JSON."""

    id: str
    arguments: dict[str, Any]
    passed_over: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a task: its result, or the reason why there is none."""

    task: Task
    result: dict[str, Any] | None
    error: str | None = None


def run(
    tasks: Sequence[Task],
    work: str,
    workers: int | None = None,
    *,
    settings: Any = None,
    client: object = None,
) -> Iterator[Outcome]:
    """Call a function on every task; give outcomes as they are ready.

    Parameters
    ----------
    tasks : sequence of Task
        Started in this order.
    work : str
        ``module:function``, called as ``function(**arguments, settings=settings, passed_over=[...], tell=tell)``;
        gives a dictionary of JSON.
    workers : int, optional
        Processes beside this one; None takes as many as there are processors. 1 calls the function in
        this process, which then dies of what a task may die of.
    settings : object, optional
        The same for all tasks; picklable.
    client : object
        Kept for a scheduler on other machines; must be None.

    Yields
    ------
    Outcome
        One a task. A process that is killed costs its task a second try; what it was told to be reading
        when it died twice is passed over (`Task.passed_over`), and only if that is unknown the task is lost.

    Raises
    ------
    BadParameterError
        `workers` is no whole number above 0, or `client` is given.
    LeakkitError
        Raised by the function; the run ends.
    """
    if client is not None:
        raise BadParameterError(
            "Expected no client", "found one", "leave it out; other machines come in a later version"
        )
    most = processors() if workers is None else workers
    if isinstance(most, bool) or not isinstance(most, int) or most < 1:
        raise BadParameterError(
            "Expected a number of processes above 0", f"found {workers!r}", "pass 1, 2, 3, ..."
        )
    if workers == 1:
        function = resolved(work)
        for task in tasks:
            arguments = task.arguments | {"settings": settings, "passed_over": task.passed_over}
            yield Outcome(task, function(**arguments, tell=_no_one))
        return
    sent = base64.b64encode(pickle.dumps(settings)).decode()
    yield from _Pool(tasks, work, sent, min(most, len(tasks))).outcomes()


def processors() -> int:
    """Count the processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def resolved(work: str) -> Callable[..., dict[str, Any]]:
    """Import the function that ``module:function`` names."""
    module, _, name = work.partition(":")
    return getattr(import_module(module), name)


def _no_one(_: str) -> None:
    """Take no notice of what is read next."""


class _Pool:
    """Processes that take one task after the other, each watched by a thread."""

    def __init__(self, tasks: Sequence[Task], work: str, settings: str, workers: int) -> None:
        self._waiting, self._lock = deque(tasks), threading.Lock()
        self._work, self._settings, self._count = work, settings, len(tasks)
        self._ready: SimpleQueue[Outcome | BaseException] = SimpleQueue()
        self._children: set[subprocess.Popen[bytes]] = set()
        self._over = False
        self._threads = [threading.Thread(target=self._watch, daemon=True) for _ in range(workers)]

    def outcomes(self) -> Iterator[Outcome]:
        """Give outcomes until every task has one; end all processes however this ends."""
        for thread in self._threads:
            thread.start()
        try:
            for _ in range(self._count):
                found = self._ready.get()
                if isinstance(found, BaseException):
                    raise found
                yield found
        finally:
            self._stop()

    def _stop(self) -> None:
        """End all processes and wait for their threads."""
        with self._lock:
            self._over = True
            self._waiting.clear()
            children = list(self._children)
        for child in children:
            child.kill()
        for thread in self._threads:
            thread.join()

    def _watch(self) -> None:
        """Feed one process, and its successors where it dies."""
        child: subprocess.Popen[bytes] | None = None
        try:
            while (task := self._next()) is not None:
                child = self._until_done(task, child)
        except BaseException as error:
            self._ready.put(error)
        finally:
            if child is not None:
                self._end(child)

    def _next(self) -> Task | None:
        """Take a task from the queue."""
        with self._lock:
            return self._waiting.popleft() if self._waiting else None

    def _until_done(
        self, task: Task, child: subprocess.Popen[bytes] | None
    ) -> subprocess.Popen[bytes] | None:
        """Try a task until it has an outcome; give the process that is left."""
        deaths: dict[str, int] = {}
        while not self._over:
            child = child or self._start()
            if child is None:
                return None
            place, answer = self._asked(child, task)
            if answer is not None:
                self._ready.put(self._judged(task, answer))
                return child
            code = self._end(child)
            child = None
            deaths[place] = deaths.get(place, 0) + 1
            if deaths[place] >= DEATHS:
                if not place or place in task.passed_over:
                    self._ready.put(Outcome(task, None, f"the process that read it died twice ({code})"))
                    return None
                task.passed_over.append(place)
        return child

    def _start(self) -> subprocess.Popen[bytes] | None:
        """Start a process that serves; its errors are told in answers, never printed."""
        with self._lock:
            if self._over:
                return None
            child = subprocess.Popen(
                [sys.executable, "-P", "-c", _SERVE],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
            self._children.add(child)
        self._send(child, {"work": self._work, "settings": self._settings})
        return child

    def _send(self, child: subprocess.Popen[bytes], message: dict[str, Any]) -> None:
        """Write a line to a process; one that has died is noticed when it is read from."""
        try:
            assert child.stdin is not None
            child.stdin.write(json.dumps(message).encode() + b"\n")
            child.stdin.flush()
        except OSError:
            pass

    def _asked(self, child: subprocess.Popen[bytes], task: Task) -> tuple[str, dict[str, Any] | None]:
        """Hand a task to a process; give the place it last told, and its answer unless it died."""
        self._send(child, {"arguments": task.arguments, "passed_over": task.passed_over})
        place = ""
        assert child.stdout is not None
        for line in child.stdout:
            if not line.endswith(b"\n"):
                break
            message = json.loads(line)
            if "at" not in message:
                return place, message
            place = message["at"]
        return place, None

    def _judged(self, task: Task, answer: dict[str, Any]) -> Outcome | BaseException:
        """Turn an answer into an outcome; errors of our own end the run."""
        if "result" in answer:
            return Outcome(task, answer["result"])
        if "ours" in answer:
            return LeakkitError(*answer["ours"])
        return Outcome(task, None, answer["error"])

    def _end(self, child: subprocess.Popen[bytes]) -> str:
        """Let a process end; give how it ended in words."""
        with self._lock:
            self._children.discard(child)
        try:
            assert child.stdin is not None
            child.stdin.close()
        except OSError:
            pass
        child.wait()
        if child.stdout is not None:
            child.stdout.close()
        return f"signal {-child.returncode}" if child.returncode < 0 else f"exit code {child.returncode}"


def serve() -> None:
    """Be a worker: read calls from standard input, one a line, and answer on standard output."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints must not pass for an answer

    def say(message: dict[str, Any]) -> None:
        answers.write(json.dumps(message).encode() + b"\n")

    calls = sys.stdin.buffer
    opening = json.loads(calls.readline())
    function = resolved(opening["work"])
    settings = pickle.loads(base64.b64decode(opening["settings"]))  # from our own caller, never from a leak
    for line in calls:
        call = json.loads(line)
        try:
            result = function(
                **call["arguments"],
                settings=settings,
                passed_over=call["passed_over"],
                tell=lambda place: say({"at": place}),
            )
            say({"result": result})
        except LeakkitError as error:
            say({"ours": [error.expected, error.found, error.todo]})
        except Exception as error:  # the message may hold content of the leak: the name must do
            say({"error": f"{type(error).__name__} in {_where(error)}"})


def _where(error: BaseException) -> str:
    """Name function and line of our own code where an error arose."""
    trace, place = error.__traceback__, "leakkit"
    while trace is not None:
        code = trace.tb_frame.f_code
        if "leakkit" in code.co_filename:
            place = f"{code.co_name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return place
