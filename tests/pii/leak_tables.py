"""Tables, dumps and records of the second leak generator in many formats."""

# ruff: noqa: E501 - whole templates and lists read better on one line
from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from html import escape as html_escape

from leak_keys import Key, draw_keys, neutral, snake
from leak_lists import Builder, Lists
from leak_values import ALNUM, HEX, Person, letters

Escape = Callable[[str], str]


def rows(
    rng: random.Random, lists: Lists, low: int = 3, high: int = 9, fields: tuple[int, int] = (3, 8)
) -> tuple[list[Key], Iterator[Person]]:
    """Draw the columns of a table and its people."""
    module = rng.choice(lists.national)
    keys = draw_keys(rng, lists, module, rng.randrange(*fields))
    return keys, (Person(rng, lists, module) for _ in range(rng.randrange(low, high)))


def put(b: Builder, key: Key, person: Person, escape: Escape = str) -> None:
    """Append the value of one cell."""
    if key.field is None:
        b.add(neutral(person.rng, key.neutral))
    else:
        kind, value = person.value(key.field)
        b.mark(kind, escape(value))


def numeric(key: Key) -> bool:
    """Say whether a neutral cell is a bare number."""
    return key.field is None and key.neutral in ("int", "order", "float", "small", "money")


def json_text(ascii_only: bool) -> Escape:
    """Give the escape of a JSON string's inside."""
    return lambda text: json.dumps(text, ensure_ascii=ascii_only)[1:-1]


def csv(b: Builder, rng: random.Random, lists: Lists) -> None:
    """CSV with an odd delimiter, quoted or not, with or without a header."""
    keys, people = rows(rng, lists)
    mark = rng.choice((",", ",", ";", "\t", "|"))
    every = rng.random() < 0.3
    if rng.random() < 0.9:
        b.add(mark.join(f'"{k.name}"' if every else k.name for k in keys) + "\n")
    for person in people:
        for i, key in enumerate(keys):
            b.add(mark if i else "")
            value = person.value(key.field)[1] if key.field else ""
            quoted = every or mark in value or '"' in value or "\n" in value
            b.add('"' if quoted else "")
            put(b, key, person)
            b.add('"' if quoted else "")
        b.add("\n")


def jsonl(b: Builder, rng: random.Random, lists: Lists) -> None:
    """One flat JSON object a line."""
    keys, people = rows(rng, lists)
    escape = json_text(rng.random() < 0.3)
    colon = rng.choice((": ", ":"))
    for person in people:
        b.add("{")
        for i, key in enumerate(keys):
            quote_mark = "" if numeric(key) else '"'
            b.add((", " if i else "") + json.dumps(key.name, ensure_ascii=False) + colon + quote_mark)
            put(b, key, person, escape)
            b.add(quote_mark)
        b.add("}\n")


def nested_json(b: Builder, rng: random.Random, lists: Lists) -> None:
    """Indented JSON with objects in objects and lists."""
    keys, people = rows(rng, lists, 1, 4)
    escape = json_text(False)
    b.add('{\n  "page": 1,\n  "items": [')
    for n, person in enumerate(people):
        b.add(
            (",\n" if n else "\n")
            + '    {\n      "meta": {"rev": "'
            + letters(rng, HEX, 12)
            + '"},\n      "attributes": {\n'
        )
        for i, key in enumerate(keys):
            listed = key.field in ("email", "phone") and rng.random() < 0.4
            b.add(
                (",\n" if i else "")
                + f"        {json.dumps(key.name, ensure_ascii=False)}: "
                + ('["' if listed else '"')
            )
            put(b, key, person, escape)
            b.add('"]' if listed else '"')
        b.add("\n      }\n    }")
    b.add("\n  ]\n}\n")


def sql_insert(b: Builder, rng: random.Random, lists: Lists) -> None:
    """INSERT statements, with or without column names, one or many rows a statement."""
    keys, people = rows(rng, lists)
    tick = rng.choice(("`", '"', ""))
    head = f"INSERT INTO {tick}{rng.choice(('users', 'crm_contact', 'kunden', 'patients'))}{tick}"
    if rng.random() < 0.8:
        head += " (" + ", ".join(tick + snake(k.name) + tick for k in keys) + ")"
    single = rng.random() < 0.5
    for n, person in enumerate(people):
        b.add(f"{head} VALUES (" if single else (f"{head} VALUES\n(" if n == 0 else ",\n("))
        for i, key in enumerate(keys):
            mark = "" if numeric(key) else "'"
            b.add((rng.choice((",", ", ")) if i else "") + mark)
            put(b, key, person, lambda t: t.replace("'", "''"))
            b.add(mark)
        b.add(");\n" if single else ")")
    b.add("" if single else ";\n")


def sql_copy(b: Builder, rng: random.Random, lists: Lists) -> None:
    """PostgreSQL COPY blocks."""
    keys, people = rows(rng, lists)
    b.add(
        "--\n-- Data for Name: members; Type: TABLE DATA\n--\n\nCOPY public.members ("
        + ", ".join(snake(k.name) for k in keys)
        + ") FROM stdin;\n"
    )
    for person in people:
        for i, key in enumerate(keys):
            b.add("\t" if i else "")
            put(b, key, person)
        b.add("\n")
    b.add("\\.\n")


def yaml(b: Builder, rng: random.Random, lists: Lists) -> None:
    """A list of mappings in YAML."""
    keys, people = rows(rng, lists, 2, 6)
    b.add(f"# export {letters(rng, HEX, 8)}\n{rng.choice(('contacts', 'members', 'staff'))}:\n")
    for person in people:
        for i, key in enumerate(keys):
            mark = rng.choice(('"', "", "'")) if key.field else ""
            if key.field and re.search(r"['\"#:{}\[\],&*!|>%@`]", person.value(key.field)[1]):
                mark = '"' if '"' not in person.value(key.field)[1] else "'"
            b.add(("  - " if i == 0 else "    ") + f"{key.name}: {mark}")
            put(b, key, person)
            b.add(mark + "\n")


def xml(b: Builder, rng: random.Random, lists: Lists) -> None:
    """XML with a value in an element or an attribute."""
    keys, people = rows(rng, lists, 2, 6)
    attributes = rng.random() < 0.35
    b.add('<?xml version="1.0" encoding="UTF-8"?>\n<export>\n')
    for person in people:
        b.add("  <entry" if attributes else "  <entry>\n")
        for key in keys:
            name = re.sub(r"[^\w.-]", "", snake(key.name))
            b.add(f' {name}="' if attributes else f"    <{name}>")
            put(b, key, person, html_escape)
            b.add('"' if attributes else f"</{name}>\n")
        b.add("/>\n" if attributes else "  </entry>\n")
    b.add("</export>\n")


def notebook(b: Builder, rng: random.Random, lists: Lists) -> None:
    """A notebook whose output shows a frame."""
    keys, people = rows(rng, lists, 2, 6, (2, 5))
    escape = json_text(False)
    b.add(
        '{"cells": [{"cell_type": "code", "execution_count": 7, "source": ["df.head()"], "outputs": [{"data": {"text/plain": [\n'
    )
    b.add('  "   ' + "  ".join(json_text(False)(k.name) for k in keys) + '\\n"')
    for n, person in enumerate(people):
        b.add(f',\n  "{n}  ')
        for i, key in enumerate(keys):
            b.add("  " if i else "")
            put(b, key, person, escape)
        b.add('\\n"')
    b.add(']}}]}], "nbformat": 4}\n')


def html_form(b: Builder, rng: random.Random, lists: Lists) -> None:
    """A saved HTML form or a table of definitions."""
    keys, people = rows(rng, lists, 1, 3)
    table = rng.random() < 0.5
    for person in people:
        b.add('<table class="data">\n' if table else '<form action="/save" method="post">\n')
        for key in keys:
            name = html_escape(key.name)
            b.add(f"<tr><th>{name}</th><td>" if table else f'  <input type="text" name="{name}" value="')
            put(b, key, person, html_escape)
            b.add("</td></tr>\n" if table else '">\n')
        b.add("</table>\n" if table else "</form>\n")


def vcard(b: Builder, rng: random.Random, lists: Lists) -> None:
    """Address book cards."""
    for _ in range(rng.randrange(1, 5)):
        b.say("BEGIN:VCARD\nVERSION:3.0\nN:{family};{given};;;\nFN:{name}\nORG:{firm}\nTEL;TYPE=CELL:{phone}\nEMAIL;TYPE=INTERNET:{email}\n"
              "ADR;TYPE=HOME:;;{street};{city};;{zip};{land}\nBDAY:{born}\nURL:{url}\nREV:20240301T101500Z\nEND:VCARD\n", Person(rng, lists))  # fmt: skip


def ldif(b: Builder, rng: random.Random, lists: Lists) -> None:
    """Directory entries."""
    for _ in range(rng.randrange(1, 5)):
        b.say("dn: uid={handle},ou=people,dc=invalid\nobjectClass: inetOrgPerson\ncn: {name}\nsn: {family}\ngivenName: {given}\nuid: {handle}\nmail: {email}\n"
              "telephoneNumber: {phone}\nstreet: {street}\nl: {city}\npostalCode: {zip}\no: {firm}\n", Person(rng, lists))  # fmt: skip
        b.add("userPassword: {SSHA}").mark("HASH", letters(rng, ALNUM, 32)).add("\n\n")


def markdown(b: Builder, rng: random.Random, lists: Lists) -> None:
    """A Markdown table."""
    keys, people = rows(rng, lists, 2, 7, (2, 6))
    b.add("| " + " | ".join(k.name for k in keys) + " |\n|" + " --- |" * len(keys) + "\n")
    for person in people:
        b.add("|")
        for key in keys:
            b.add(" ")
            put(b, key, person, lambda t: t.replace("|", "/"))
            b.add(" |")
        b.add("\n")


def fixed_width(b: Builder, rng: random.Random, lists: Lists) -> None:
    """A table padded with blanks, as psql and reports print it."""
    keys, people = rows(rng, lists, 2, 7, (2, 6))
    width = [max(26, len(k.name) + 2) for k in keys]
    b.add(
        "".join(k.name.ljust(w) for k, w in zip(keys, width, strict=True)).rstrip()
        + "\n"
        + "-" * sum(width)
        + "\n"
    )
    for person in people:
        for key, w in zip(keys, width, strict=True):
            before = b.length
            put(b, key, person)
            b.add(" " * max(2, w - (b.length - before)))
        b.add("\n")


BOTH = (csv, jsonl, nested_json, sql_insert, yaml, xml, html_form, notebook)
DEV_ONLY = (vcard, markdown)
HELD_ONLY = (sql_copy, ldif, fixed_width)
