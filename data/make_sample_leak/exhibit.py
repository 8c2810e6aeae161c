"""What has been made so far: the files of the leak, and a truth table for each thing planted in them."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from data.make_sample_leak.population import Population

HUB = "Fennimoor Models"
"""The invented company. The name was looked for and not found anywhere."""

INVENTED = (
    "INVENTED: Fennimoor Models does not exist. Every person, number, key and weight in this file was made "
    "up for teaching with leakkit."
)

KINDS = {
    "weights": "safetensors gguf onnx torch-zip git-lfs-pointer",
    "config": "hf-config hf-generation-config hf-adapter-config safetensors-index pytorch-index yaml toml",
    "tokenizer": "hf-tokenizer-json hf-tokenizer-config",
    "evaluation": "lm-eval-results lm-eval-samples",
    "log": "log access-log tfevents trainer-state",
    "dataset": "parquet arrow csv tsv jsonl json sqlite npz png wav",
    "secret": "pem-private-key ssh-private-key dotenv service-account-json",
    "source_code": "source-code notebook",
    "document": "text markdown html model-card licence pdf mbox s3-xml checksum-manifest",
    "archive": "zip tar gzip",
}
KIND_OF = {name: kind for kind, names in KINDS.items() for name in names.split()}


@dataclass
class Item:
    """One member of the leak, or of an archive in it, with what is true of it."""

    name: str
    data: bytes
    format: str
    planted: str = ""
    kind: str = ""
    danger: str = "none_found"
    status: str = "ok"
    present: bool = True
    n_params: int | None = None
    licence: str | None = None
    members: list[Item] = field(default_factory=list)


def visible(name: str) -> str:
    """Give a name with control characters as codes, as the truth table and leakkit show it."""
    return "".join(f"\\x{ord(c):02x}" if ord(c) < 32 or ord(c) == 127 else c for c in name)


class Exhibit:
    """The leak in memory. Sections add members and truth; `build.write` puts both on disk."""

    def __init__(self, seed: int, scale: float) -> None:
        self.seed, self.scale = seed, scale
        self.files: dict[str, bytes] = {}
        self.items: dict[str, Item] = {}
        self.truth: list[dict[str, Any]] = []
        self.tables: dict[str, list[dict[str, Any]]] = {}

    def random(self, section: str) -> np.random.Generator:
        """Give a generator of a section's own, so that a change in one leaves the others as they were."""
        return np.random.default_rng([self.seed, zlib.crc32(section.encode())])

    def many(self, count: int, least: int = 1) -> int:
        """Give a number of rows at the chosen scale."""
        return max(least, round(count * self.scale))

    @cached_property
    def people(self) -> Population:
        """Everybody who occurs in the leak by name."""
        return Population(self.random("people"), self.many(1_900, 60))

    def add(self, item: Item) -> None:
        """Put a file into the leak and its truth, and that of its members, into the table."""
        if item.name in self.files:
            raise ValueError(f"{item.name} was added twice")
        self.files[item.name] = item.data
        self.items[item.name] = item
        self._describe(item, item.name)

    def file(self, name: str, data: bytes | str, format: str, planted: str = "", **facts: Any) -> None:
        """Put a plain file into the leak."""
        self.add(Item(name, data.encode() if isinstance(data, str) else data, format, planted, **facts))

    def note(self, table: str, /, **row: Any) -> None:
        """Add a row to one of the further truth tables."""
        self.tables.setdefault(table, []).append(row)

    def _describe(self, item: Item, path: str) -> None:
        """Add the truth rows of an item and of everything inside it."""
        self.truth.append(
            {
                "path": visible(path),
                "format": item.format,
                "kind": item.kind or KIND_OF.get(item.format, "other"),
                "danger": item.danger,
                "status": item.status,
                "present": item.present,
                "n_params": item.n_params,
                "licence": item.licence,
                "planted": item.planted,
                "data": item.data,
            }
        )
        for member in item.members:
            self._describe(member, f"{path}!/{member.name.lstrip('/')}")
