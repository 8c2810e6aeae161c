"""What a field of a record is to prompts and answers, and the exchanges that a record's fields make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

_PROMPT = ("prompt", "instruction", "question", "query", "user_message", "user_input", "input")
_RESPONSE = (
    "response", "completion", "output", "answer", "model_output", "generated_text", "generation", "assistant",
    "reply",
)  # fmt: skip
_INPUT, _INSTRUCTION = _PROMPT.index("input"), _PROMPT.index("instruction")
_ABOUT = {
    "model": ("model", "model_name", "model_id", "engine"),
    "pair_id": ("pair_id",),
    "axis": ("axis",),
    "term": ("term",),
}
_ROLES = {
    **dict.fromkeys(("user", "human", "prompter"), "prompt"),
    **dict.fromkeys(("assistant", "gpt", "bot", "model", "ai", "chatgpt"), "response"),
}
_TURN = re.compile(
    r"^(?P<box>.*?)(?:messages|conversations?|turns|dialog(?:ue)?|chat)\[(?P<turn>\d+)\]\."
    r"(?P<key>role|from|speaker|content|value|text)(?:\[\d+\]\.text)?$"
)
_CHOICE = re.compile(r"(?:^|\.)choices\[0\]\.(?:message\.content|text)$")
_BOX = re.compile(r"^.*\]")
_WRAPPERS = frozenset("request response input output data body payload meta metadata config params".split())
_CLAIMS = {name: ("prompt", place) for place, name in enumerate(_PROMPT)}
_CLAIMS |= {name: ("response", place) for place, name in enumerate(_RESPONSE)}
_CLAIMS |= {name: (column, place) for column, names in _ABOUT.items() for place, name in enumerate(names)}


class Slot(NamedTuple):
    """What a field is: which element it belongs to, which column it fills, how well, in which turn."""

    box: str
    column: str
    rank: int
    turn: int


@lru_cache(maxsize=65_536)
def slot_of(field: str) -> Slot | None:
    """Tell what a field is by its name; None for anything else."""
    turn = _TURN.match(field)
    if turn:
        key = "role" if turn["key"] in {"role", "from", "speaker"} else "content"
        return Slot(_box(turn["box"].rstrip(".") + "."), key, 0, int(turn["turn"]))
    if _CHOICE.search(field):
        return Slot(_box(_CHOICE.sub("", field) + "."), "response", 0, -1)
    claim = _CLAIMS.get(field.rsplit(".", 1)[-1].lower())
    return None if claim is None else Slot(_box(field), claim[0], claim[1], -1)


def _box(field: str) -> str:
    """Give what a field belongs to: an element of a list, a table, an object; empty for the record itself."""
    found = _BOX.match(field)
    if found:
        return found[0]
    above = [name for name in field.split(".")[:-1] if name.lower() not in _WRAPPERS]
    return ".".join(above)


def exchanges(path: str, held: dict[int, list[tuple[Slot, str]]]) -> list[dict[str, Any]]:
    """Give the rows of some records of a member."""
    rows = []
    for row in sorted(held):
        boxes: dict[str, list[tuple[Slot, str]]] = {}
        for slot, text in held[row]:
            boxes.setdefault(slot.box, []).append((slot, text))
        shared = _flat(boxes.get("", []))
        turn = 0
        for values in boxes.values():
            about = {name: _flat(values).get(name, shared.get(name)) for name in _ABOUT}
            for prompt, response in _pairs(values):
                rows.append(
                    {"path": path, "row": row, "turn": turn, "prompt": prompt, "response": response} | about
                )
                turn += 1
    return rows


def _flat(values: list[tuple[Slot, str]]) -> dict[str, str]:
    """Give the best value of each column outside messages; parts of a long value are joined."""
    best: dict[str, tuple[int, str]] = {}
    for slot, text in values:
        if slot.turn >= 0:
            continue
        rank, found = best.get(slot.column, (slot.rank + 1, ""))
        if slot.rank <= rank:
            best[slot.column] = (slot.rank, found + text if slot.rank == rank else text)
    return {column: text for column, (_, text) in best.items()}


def _pairs(values: list[tuple[Slot, str]]) -> Iterator[tuple[str, str]]:
    """Give prompt and answer of one element: of its messages, else of its fields."""
    turns: dict[int, dict[str, str]] = {}
    for slot, text in values:
        if slot.turn >= 0:
            message = turns.setdefault(slot.turn, {})
            message[slot.column] = message.get(slot.column, "") + text
    asked: list[str] = []
    for _, message in sorted(turns.items()):
        role = _ROLES.get(message.get("role", "").lower())
        if role == "prompt":
            asked.append(message.get("content", ""))
        elif role == "response" and asked:
            yield "\n\n".join(asked), message.get("content", "")
            asked = []
    flat = _flat(values)
    if asked and "response" in flat:  # a request with messages, and the answer beside it
        yield "\n\n".join(asked), flat["response"]
    elif not turns and "prompt" in flat and "response" in flat:
        yield _with_input(values, flat["prompt"]), flat["response"]


def _with_input(values: list[tuple[Slot, str]], prompt: str) -> str:
    """Give an instruction together with its input."""
    inputs = "".join(text for slot, text in values if (slot.column, slot.rank) == ("prompt", _INPUT))
    named = any((slot.column, slot.rank) == ("prompt", _INSTRUCTION) for slot, _ in values)
    return f"{prompt}\n\n{inputs}" if named and inputs and inputs != prompt else prompt
