"""What a format reader reports about one member: the vocabulary between readers and inventory."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import prod
from typing import Any, NamedTuple

DANGER_ORDER = ("none_found", "review", "yes")
"""Weakest to strongest; a container takes the strongest of its members."""


class Tensor(NamedTuple):
    """One tensor as a header describes it.

    `dtype` uses the safetensors words (F32, F16, BF16, F64, I8 to I64, U8 to U64, BOOL, F8_E4M3, ...)
    or the GGUF block type (Q8_0, Q4_K, ...). `nbytes` is the stored size, `offset` the first byte in
    the member, None where the format does not tell.
    """

    name: str
    dtype: str
    shape: tuple[int, ...]
    nbytes: int | None = None
    offset: int | None = None

    @property
    def n_params(self) -> int:
        """Number of elements (1 for a scalar)."""
        return prod(self.shape)


@dataclass(slots=True)
class Facts:
    """What is known of a member after its header was read; nothing of its content is in it.

    Attributes
    ----------
    values : dict
        Columns of the artifacts frame by name (``arch_family``, ``n_params``, ``licence``, ...).
        A reader sets only what the bytes tell; missing stays missing.
    tensors : list of Tensor
        Header entries, empty for members that are no weights.
    danger : {'none_found', 'review', 'yes', None}
        None where nothing that could run was looked for.
    danger_rules : list of str
        Short reasons, sorted, e.g. ``pickle-import:posix.system``; only names of code, escaped.
    status, error
        As in the artifacts frame; ``ok`` unless something is wrong with the member.
    format
        Set when the reader knows better than the first look (``hdf5`` to ``hdf5-keras``).
    """

    values: dict[str, Any] = field(default_factory=dict)
    tensors: list[Tensor] = field(default_factory=list)
    danger: str | None = None
    danger_rules: list[str] = field(default_factory=list)
    status: str = "ok"
    error: str | None = None
    format: str | None = None

    def flag(self, danger: str, rule: str) -> None:
        """Raise the danger to at least `danger` and remember why."""
        if self.danger is None or DANGER_ORDER.index(danger) > DANGER_ORDER.index(self.danger):
            self.danger = danger
        if rule not in self.danger_rules:
            self.danger_rules.append(rule)
            self.danger_rules.sort()
