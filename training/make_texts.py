"""Make the texts that are not in the corpora: invented ones, machine text, and encyclopedia labelled by a teacher.

    python -m training.make_texts

Run it in the environment of `training.build_gazetteer`, which also needs LEAKKIT_WIKI: a MediaWiki XML dump,
bz2 (the one used: 206 English articles, CC BY-SA, among the test data of the package gensim 4.4.0). Without
LEAKKIT_VECTORS (a spaCy model, no longer to be had from package registries) the tagger that ships labels them.
Writes ``generated``, ``machine`` and ``silver.jsonl.gz`` to LEAKKIT_TRAINING (default ``build/training``).
"""

from __future__ import annotations

import bz2
import gzip
import html
import json
import os
import random
import re
from pathlib import Path

from training import name_sources as sources
from training.corpora import Document
from training.machine_text import Machine, library_source
from training.templates import Maker, documents

FOLDER = Path(os.environ.get("LEAKKIT_TRAINING", "build/training"))
TEACHER = {
    "PERSON": "PERSON",
    "GPE": "LOCATION",
    "LOC": "LOCATION",
    "FAC": "LOCATION",
    "ORG": "ORGANIZATION",
}
SEED = 1
SURE = 0.4
"""Score from which a name that the shipped tagger finds is a label."""


def save(name: str, texts: list[Document]) -> None:
    """Write one set, the same bytes for the same texts."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with gzip.GzipFile(FOLDER / f"{name}.jsonl.gz", "wb", mtime=0) as out:
        for document in texts:
            out.write(json.dumps([document.text, document.spans], ensure_ascii=True).encode() + b"\n")


def maker() -> Maker:
    """Give the maker of invented texts with all its lists."""
    import wordfreq

    names = dict(sources.faker_names())
    names |= {f"m_{place}": entry for place, entry in sources.mimesis_names().items()}
    census = sources.census_names()
    names["en_census"] = {"given": census["given"][:1500], "surname": census["surname"][:12000]}
    for entry in names.values():
        for kind in entry:
            entry[kind] = [name for name in entry[kind] if len(name) > 1]
    places = sources.towns(Path(os.environ["LEAKKIT_ADMIN1"]))
    towns = [name for name, people, _ in sorted(places["town"], key=lambda t: -t[1]) if people >= 1500]
    own = [entry[0] for entry in places["country"]]
    countries = own * 30 + [name for name in sources.territories() if re.fullmatch(r"[A-Za-zÀ-ÿ .]+", name)]
    regions = [entry[0] for entry in places["region"]]
    common = set(sources.wordnet(Path(os.environ["LEAKKIT_WORDNET"]))["common"])
    words = [word for word in wordfreq.top_n_list("en", 9000) if word in common and len(word) > 3]
    return Maker(names, towns, countries, regions + regions[:50] * 20, words, SEED)


def _plain(markup: str) -> list[str]:
    """Paragraphs of a page without markup."""
    text = html.unescape(markup)
    text = re.sub(r"<!--.*?-->|<ref[^>/]*/>", "", text, flags=re.S)
    text = re.sub(r"<ref.*?</ref>", "", text, flags=re.S)
    for _ in range(4):
        text = re.sub(r"\{\{[^{}]*\}\}", "", text)
    text = re.sub(r"\{\|.*?\|\}", "", text, flags=re.S)
    text = re.sub(r"\[\[(?:File|Image|Category):[^\[\]]*(?:\[\[[^\]]*\]\][^\[\]]*)*\]\]", "", text)
    text = re.sub(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]", r"\1", text)
    text = re.sub(r"\[https?://\S+ ?([^\]]*)\]", r"\1", text)
    text = re.sub(r"'{2,}|<[^>]+>", "", text)
    lines = (line.strip() for line in text.split("\n"))
    return [line[:1200] for line in lines if len(line) > 120 and line[0] not in "=*#:|{!;"]


def silver() -> list[Document]:
    """Encyclopedia paragraphs and glosses, labelled by a teacher: a spaCy model, or the tagger as it ships."""
    with bz2.open(os.environ["LEAKKIT_WIKI"], "rt", encoding="utf-8") as lines:
        dump = lines.read()
    pages = re.findall(r"<text[^>]*>(.*?)</text>", dump, re.S)
    texts = [paragraph for page in pages for paragraph in _plain(page)]
    random.Random(0).shuffle(texts)
    glosses = [g for g in sources.wordnet(Path(os.environ["LEAKKIT_WORDNET"]))["gloss"] if len(g) > 40]
    texts += glosses[::4]
    if "LEAKKIT_VECTORS" not in os.environ:
        return _labelled_by_tagger(texts)
    import spacy

    unused = ["parser", "attribute_ruler", "lemmatizer", "tagger"]
    teacher = spacy.load(os.environ["LEAKKIT_VECTORS"], exclude=unused)
    return [_labelled(document) for document in teacher.pipe(texts, batch_size=64)]


def _labelled_by_tagger(texts: list[str]) -> list[Document]:
    """Take the names that the tagger as it ships is sure of; it was fitted to the spaCy teacher's before."""
    from leakkit.pii.tagger.tag import load

    places = {"CITY": "LOCATION", "COUNTRY": "LOCATION"}
    return [
        Document(
            text,
            [
                (start, end, places.get(entity, entity))
                for start, end, entity, score in found
                if score >= SURE
            ],
        )
        for text, found in zip(texts, load().tag(texts), strict=True)
    ]


def _labelled(parsed: object) -> Document:
    """Take the teacher's names over, without leading articles and genitives, as the gold sets have them."""
    spans = []
    for entity in parsed.ents:  # type: ignore[attr-defined]
        start, end = entity.start_char, entity.end_char
        start += 4 if entity.text.lower().startswith("the ") else 0
        end -= 2 if entity.text.endswith("'s") else 0
        if end > start and entity.label_ in TEACHER:
            spans.append((start, end, TEACHER[entity.label_]))
    return Document(parsed.text, spans)  # type: ignore[attr-defined]


def main() -> None:
    """Make and write all three sets."""
    made = maker()
    save("generated", documents(made, 12000))
    save("machine", Machine(made.words[:5000], 5).documents(3000) + library_source(4))
    save("silver", silver())


if __name__ == "__main__":
    main()
