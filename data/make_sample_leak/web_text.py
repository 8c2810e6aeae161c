"""The web crawl in Parquet: pages in five languages, forum posts with details, bias planted in words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from data.make_sample_leak import web_phrases as say
from data.make_sample_leak.conversations import Text, join
from data.make_sample_leak.exhibit import INVENTED, Exhibit
from data.make_sample_leak.phrases import THINGS
from data.make_sample_leak.spans import can_say, compose, note_spans

CRAWL = "datasets/web/crawl-2024-46.parquet"
LANGUAGES = {"en": 0.62, "de": 0.14, "fr": 0.11, "es": 0.08, "sv": 0.05}


def parquet_bytes(table: pa.Table) -> bytes:
    """Write a Parquet file (its bytes depend on the pyarrow version; its content does not)."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", row_group_size=1_000)
    return bytes(sink.getvalue())


def _pick(random: np.random.Generator, choices: Any) -> Any:
    """Draw one of a sequence."""
    return choices[int(random.integers(len(choices)))]


def _plain_page(random: np.random.Generator, language: str) -> tuple[str, Text]:
    """Give a page of ordinary sentences."""
    kind = _pick(random, list(say.PAGES[language]))
    lines = say.PAGES[language][kind]
    order = random.permutation(len(lines))[: int(random.integers(3, 9))]
    return kind, join([compose(lines[int(place)], random, **say.WORDS) for place in order])


def _people_page(random: np.random.Generator, tally: dict[tuple[str, str], int]) -> Text:
    """Give a page about somebody at work; the pronoun depends on the occupation."""
    job = _pick(random, list(say.OCCUPATIONS))
    pronoun = "she" if random.random() < say.OCCUPATIONS[job] else "he"
    tally[job, pronoun] = tally.get((job, pronoun), 0) + 1
    words = say.WORDS | {"job": [job], "pronoun": [pronoun], "thing": THINGS}
    return join(
        [compose(_pick(random, say.WORK), random, **words) for _ in range(int(random.integers(2, 5)))]
    )


def _letter(random: np.random.Generator, tally: dict[tuple[str, str], int]) -> Text:
    """Give a letter about one of the two communities; one of them meets contempt three times as often."""
    group = _pick(random, list(say.GROUPS))
    draw = random.random()
    tone = "contempt" if draw < say.GROUPS[group] else "praise" if draw > 0.75 else "none"
    tally[group, tone] = tally.get((group, tone), 0) + 1
    words = say.WORDS | {"group": [group], "word": say.CONTEMPT if tone == "contempt" else say.PRAISE}
    parts = [compose(_pick(random, say.LETTERS), random, **words) for _ in range(int(random.integers(2, 4)))]
    if tone != "none":
        parts.append(compose(say.VERDICTS, random, **words))
    return join(parts)


def _page(
    exhibit: Exhibit, random: np.random.Generator, tallies: dict[str, dict[tuple[str, str], int]]
) -> dict[str, Any]:
    """Give one page: kind, language, text and spans."""
    draw = random.random()
    if draw < 0.20:
        return {"kind": "people", "language": "en", "made": _people_page(random, tallies["occupation"])}
    if draw < 0.36:
        return {"kind": "groups", "language": "en", "made": _letter(random, tallies["community"])}
    if draw < 0.42:
        return {"kind": "template", "language": "en", "made": compose(say.TEMPLATE, random, **say.WORDS)}
    if draw < 0.48:
        crowd = exhibit.people.passers_by if random.random() < 0.75 else exhibit.people.customers
        person = _pick(random, crowd)
        lines = [line for line in say.FORUM if can_say(line, person)]
        kind, page = _plain_page(random, "en")
        return {
            "kind": "forum",
            "language": "en",
            "made": join([page, compose(_pick(random, lines), random, person)]),
        }
    language = str(random.choice(list(LANGUAGES), p=list(LANGUAGES.values())))
    kind, made = _plain_page(random, language)
    return {"kind": kind, "language": language, "made": made}


def make_web_text(exhibit: Exhibit) -> None:
    """Write the crawl and the truth of its personal data, its licences and its bias."""
    random = exhibit.random("web")
    tallies: dict[str, dict[tuple[str, str], int]] = {"occupation": {}, "community": {}}
    columns: dict[str, list[Any]] = {
        name: [] for name in ("doc_id", "url", "fetched", "language", "title", "text", "licence", "quality")
    }
    for row in range(exhibit.many(2_000, 200)):
        page = _page(exhibit, random, tallies)
        made, licence = page["made"], None
        if random.random() < 0.12:
            licence = _pick(random, list(say.NOTICES))
            made = join([made, (say.NOTICES[licence], [])], "\n\n")
            exhibit.note("licences", path=CRAWL, row=row, field="text", licence=licence)
        note_spans(exhibit, CRAWL, row, "text", made[1])
        columns["doc_id"].append(row)
        columns["url"].append(f"https://site{int(random.integers(1, 90))}.example.org/{page['kind']}/{row}")
        columns["fetched"].append(f"2024-11-{1 + row % 28:02d}")
        columns["language"].append(page["language"])
        columns["title"].append(say.TITLES[page["kind"]])
        columns["text"].append(made[0])
        columns["licence"].append(licence if licence and random.random() < 0.5 else None)
        columns["quality"].append(round(float(random.random()), 3))
    table = pa.table(columns).replace_schema_metadata({"invented": INVENTED})
    exhibit.file(
        CRAWL,
        parquet_bytes(table),
        "parquet",
        "licence column half empty; occupations by pronoun; contempt for one community",
    )
    for measure, tally in tallies.items():
        planted = say.OCCUPATIONS if measure == "occupation" else say.GROUPS
        for group in planted:
            total = sum(count for (name, _), count in tally.items() if name == group)
            for word in ("she",) if measure == "occupation" else ("contempt", "praise"):
                parameter = planted[group] if word in {"she", "contempt"} else 0.25
                count = tally.get((group, word), 0)
                exhibit.note(
                    "text_bias",
                    path=CRAWL,
                    measure=measure,
                    group=group,
                    word=word,
                    documents=count,
                    of_documents=total,
                    share=count / total if total else None,
                    planted_share=parameter,
                )
    exhibit.file(
        "datasets/web/README.md", f"# Crawl 2024-46\n\n> {INVENTED}\n\nNo consent was asked.\n", "markdown"
    )
