"""Chats with the model, support tickets, mail and a feather file of prompts: people describing themselves."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from data.make_sample_leak import phrases
from data.make_sample_leak.exhibit import INVENTED, Exhibit
from data.make_sample_leak.population import Person
from data.make_sample_leak.spans import Span, can_say, compose, note_spans, shifted
from data.make_sample_leak.user_tables import csv_bytes

CHATS = "datasets/chat/conversations.jsonl"
TICKETS = "datasets/support/tickets.csv"
MAILBOX = "mail/support-2025-02.mbox"
PROMPTS = "datasets/chat/prompts.arrow"

Text = tuple[str, list[Span]]


def _draw(random: np.random.Generator, lines: tuple[str, ...], person: Person | None) -> Text:
    """Draw a line that can be said of the person, and fill it."""
    possible = [line for line in lines if can_say(line, person)]
    return compose(possible[int(random.integers(len(possible)))], random, person, **phrases.WORDS)


def join(parts: list[Text], between: str = " ") -> Text:
    """Put texts one behind the other and move their spans."""
    text, spans = "", []
    for part, part_spans in parts:
        text += between if text else ""
        spans += shifted(part_spans, len(text))
        text += part
    return text, spans


def personal_text(random: np.random.Generator, person: Person, language: str, details: int) -> Text:
    """Give a question with some sentences in which the person gives details."""
    parts = [_draw(random, phrases.QUESTIONS[language], None)]
    lines = phrases.DETAILS[language]
    parts += [_draw(random, lines, person) for _ in range(details)]
    if random.random() < 0.15:
        parts.append(_draw(random, phrases.NOISE_LINES, None))
    if random.random() < 0.1:
        parts.append(_draw(random, phrases.PLACEHOLDER_LINES, None))
    return join(parts)


def _stamp(random: np.random.Generator) -> str:
    """Draw a moment of the winter."""
    moment = datetime(2025, 1, 6, tzinfo=UTC) + timedelta(seconds=int(random.integers(0, 4_500_000)))
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _save_chats(exhibit: Exhibit) -> None:
    """Write conversations; two in five hold details of a person."""
    random, lines = exhibit.random("chat"), []
    customers = exhibit.people.customers
    for row in range(exhibit.many(700, 60)):
        person = customers[int(random.integers(len(customers)))]
        language = person.language if random.random() < 0.7 else "en"
        messages: list[dict[str, str]] = []
        for turn in range(int(random.integers(1, 4))):
            details = int(random.integers(1, 3)) if turn == 0 and random.random() < 0.4 else 0
            text, spans = personal_text(random, person, language, details)
            note_spans(exhibit, CHATS, row, f"messages[{len(messages)}].content", spans)
            messages.append({"role": "user", "content": text})
            answer, spans = _draw(random, phrases.ANSWERS[language], None)
            messages.append({"role": "assistant", "content": answer})
        chat: dict[str, Any] = {
            "conversation_id": f"c-{row:06d}",
            "user_id": f"u{int(person.person_id[1:]) * 7919 % 1_000_003:07d}",
            "model": "tern-0.6m-support",
            "created_at": _stamp(random),
            "language": language,
            "messages": messages,
            "metadata": {"client_ip": person.ip, "app": "web", "invented": True},
        }
        span = [(0, len(person.ip), "IP_ADDRESS", person.ip, person.person_id, False)]
        note_spans(exhibit, CHATS, row, "metadata.client_ip", span)  # type: ignore[arg-type]
        lines.append(json.dumps(chat, ensure_ascii=False))
    exhibit.file(CHATS, "\n".join(lines) + "\n", "jsonl", "people typed their own details into the chat")


def _save_tickets(exhibit: Exhibit) -> None:
    """Write support tickets; a few customers wrote under an earlier name or through a role mailbox."""
    random, rows = exhibit.random("tickets"), []
    customers, agents = exhibit.people.customers, exhibit.people.staff[:8]
    married = [p for p in customers if p.earlier_family]
    for row in range(exhibit.many(600, 60)):
        person = customers[int(random.integers(len(customers)))]
        older = row < len(married) and row % 2 == 0
        person = married[row] if older else person
        language, agent = person.language, agents[int(random.integers(len(agents)))]
        name = f"{person.given} {person.earlier_family}" if older else person.name
        role = random.random() < 0.05
        address = person.office if role else person.second_email if older else person.email
        subject, _ = _draw(random, phrases.SUBJECTS[language], None)
        text = personal_text(random, person, language, int(random.random() < 0.55))
        body, spans = join([(phrases.GREETINGS[language], []), text])
        reply, reply_spans = _draw(random, phrases.REPLIES, person)
        for field, value, entity, owner in (
            ("customer_name", name, "PERSON", person),
            ("customer_email", address, "EMAIL", None if role else person),
            ("agent", agent.name, "PERSON", agent),
        ):
            owner_id = owner.person_id if owner else ""
            note_spans(exhibit, TICKETS, row, field, [(0, len(value), entity, value, owner_id, False)])
        note_spans(exhibit, TICKETS, row, "body", spans)
        note_spans(exhibit, TICKETS, row, "reply", reply_spans)
        rows.append(
            {
                "ticket_id": f"FM-{20_000 + row}",
                "opened_at": _stamp(random),
                "customer_name": name,
                "customer_email": address,
                "subject": subject,
                "body": body,
                "agent": agent.name,
                "reply": reply,
                "status": ("open", "closed", "closed", "waiting")[int(random.integers(4))],
            }
        )
    for column, entity in {"customer_name": "PERSON", "customer_email": "EMAIL", "agent": "PERSON"}.items():
        exhibit.note("columns", path=TICKETS, table="", column=column, entity=entity, note="")
    for column in ("ticket_id", "opened_at", "subject", "body", "reply", "status"):
        note = "free text with details in it" if column in {"body", "reply"} else ""
        exhibit.note("columns", path=TICKETS, table="", column=column, entity="", note=note)
    exhibit.file(
        TICKETS,
        csv_bytes(pd.DataFrame(rows)),
        "csv",
        "earlier family names, role mailboxes (office@) used by several people, agents named in every row",
    )


def _save_mail(exhibit: Exhibit) -> None:
    """Write a mailbox of support."""
    random, out = exhibit.random("mail"), ""
    writers = [*exhibit.people.passers_by, *exhibit.people.customers[:40]]
    for row in range(exhibit.many(48, 8)):
        person = writers[int(random.integers(len(writers)))]
        language = person.language
        subject, _ = _draw(random, phrases.SUBJECTS[language], None)
        body, spans = personal_text(random, person, language, 1)
        signature = f"\n\n-- \n{person.name}\n{person.phone_abroad}"
        for value, entity in ((person.name, "PERSON"), (person.phone_abroad, "PHONE")):
            at = len(body) + signature.index(value)
            spans.append((at, at + len(value), entity, value, person.person_id, False))
        note_spans(exhibit, MAILBOX, row, "body", spans)
        sender = f"{person.name} <{person.email}>"
        at = len(person.name) + 2
        head = [
            (0, len(person.name), "PERSON", person.name, person.person_id, False),
            (at, at + len(person.email), "EMAIL", person.email, person.person_id, False),
        ]
        note_spans(exhibit, MAILBOX, row, "from", head)
        role = compose("{role_email}", random)[1]
        note_spans(exhibit, MAILBOX, row, "to", role)
        day = 1 + row % 28
        out += (
            f"From {person.email} Sat Feb  1 09:00:00 2025\nFrom: {sender}\nTo: support@fennimoor.example\n"
            f"Subject: {subject}\nDate: {day:02d} Feb 2025 09:{row % 60:02d}:00 +0000\n"
            f"Message-ID: <{row}.invented@mail.example.com>\nX-Invented: yes\nMIME-Version: 1.0\n"
            f'Content-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: 8bit\n\n'
            f"{body}{signature}\n\n"
        )
    exhibit.file(MAILBOX, out, "mbox", "mail of people who are in no other file, and of some who are")


def arrow_bytes(table: pa.Table) -> bytes:
    """Write an Arrow file (its bytes depend on the pyarrow version; its content does not)."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _save_prompts(exhibit: Exhibit) -> None:
    """Write prompts with small vectors as an Arrow file."""
    random, texts = exhibit.random("prompts"), []
    customers = exhibit.people.customers
    for row in range(exhibit.many(240, 30)):
        person = customers[int(random.integers(len(customers)))]
        text, spans = personal_text(random, person, "en", int(random.random() < 0.25))
        note_spans(exhibit, PROMPTS, row, "prompt", spans)
        texts.append(text)
    vectors = random.standard_normal((len(texts), 16)).astype("f4")
    table = pa.table(
        {
            "prompt_id": pa.array(range(len(texts)), pa.int64()),
            "prompt": texts,
            "vector": pa.array(list(vectors), pa.list_(pa.float32(), 16)),
        }
    ).replace_schema_metadata({"invented": INVENTED})
    exhibit.file(
        PROMPTS, arrow_bytes(table), "arrow", "prompts beside vectors: text in a file thought to hold numbers"
    )


def make_conversations(exhibit: Exhibit) -> None:
    """Write chats, tickets, mail and prompts."""
    _save_chats(exhibit)
    _save_tickets(exhibit)
    _save_mail(exhibit)
    _save_prompts(exhibit)
