"""Prose kinds of the second leak generator: letters, chats, tickets, reports, adversarial spellings, and texts of nobody."""

# ruff: noqa: E501 - whole templates and lists read better on one line
from __future__ import annotations

import random
from collections.abc import Callable

from leak_keys import neutral
from leak_lists import Builder, Lists
from leak_values import ALNUM, HEX, WORDS, Person, letters

Kind = Callable[[Builder, random.Random, Lists], None]

CHAT = [
    "hey, {given} here, just moved to {city}",
    "can you reach me on {phone}? my mail {email} is broken",
    "I'm {name} and I need my refund, order {order}",
    "my colleague {name} works for {firm}, ask them",
    "ok thanks!! will check tomorrow",
    "we live at {address}, second floor",
    "Ich heiße {name} und wohne in {city}.",
    "je m'appelle {name}, mon numéro est le {phone}",
    "hola, soy {given} {family} de {city}, trabajo en {firm}",
    "born on {born}, passport {passport} if you need it",
    "the server at {ip} dropped again, {handle} is looking",
    "pls send the money to {iban}",
    "this is {name} from {firm} speaking",
    "my name is {name}, date of birth {born}",
    "has anyone seen {given}? she was in {city} last week",
    "loss is at 2.31 after 40k steps, v1.18.2 looks fine",
    "My employer is {firm}; boss is {name}",
    "card number is {card} and it expires soon",
    "mi chiamo {name} e abito a {city}",
    "call my wife {given} on {phone}",
    "you can find me on {url} or as @{handle}",
    "my ssn is {ssn}, is that enough?",
    "did the invoice {order} go out?",
    "I was treated by Dr. {family} at {firm}",
]

LETTERS = [
    "Dear {name},\n\nThank you for your order {order}. It will be sent to {address}.\nQuestions? Write to {email} or call {phone}.\n\nKind regards,\n{firm}\n",
    "{name}\n{lines}\n{land}\n\nDear Sir or Madam,\n\nI hereby cancel my contract with {firm}. Please refund the rest to {iban}.\n\nYours faithfully\n{name}\n",
    "Sehr geehrte Frau {family},\n\nIhre Sendung {order} wird an {street}, {zip} {city} geliefert.\nRückfragen an {email}.\n\nMit freundlichen Grüßen\n{firm}\n",
    "To whom it may concern,\n\nMs {name}, born {born}, has worked at {firm} since {when}. She lives in {city}.\n\nSincerely,\nHuman Resources\n",
    "Madame, Monsieur,\n\nJe soussigné {name}, né le {born}, demeurant {street}, {zip} {city}, certifie avoir reçu le dossier.\n\nFait à {city}\n{name}\n",
    "Hello {given},\n\nyour appointment at {firm} was moved to {when}. If this does not suit you, phone {phone}.\n\nBest,\nthe team\n",
    "Estimado {name}:\n\nSu pedido {order} llegará a {street}, {city}. Para cualquier duda escriba a {email}.\n\nAtentamente,\n{firm}\n",
    "Mr {family} of {firm} asked us to change the account to {iban}. Please confirm by phone ({phone}).\n",
]

TICKETS = [
    "Ticket {order}\nRequester: {name} <{email}>\nOrganisation: {firm}\nPriority: high\n\nCustomer cannot log in as {handle}. Last login from {ip}. Callback: {phone}\n",
    "Case: {order}\nReported by: {name}\nPhone: {phone}\nDevice MAC: {mac}\n\nThe laptop of {given} does not start after update 10.4.2.\n",
    "Subject: wrong charge\nFrom: {email}\nBody: I was charged twice on card {card}. Please call me, {name}, on {phone}.\n",
    "[{order}] {name} ({firm}) writes: the export fails. Username: {handle}. Tried from {ip} and from home in {city}.\n",
]

CVS = [
    "Curriculum Vitae\n\nName: {name}\nDate of birth: {born}\nAddress: {address}\nE-mail: {email}\nMobile: {phone}\n\nExperience\n2017-2021 engineer, {firm}\n\nSkills: Python 3.11, SQL, CUDA\n",
    "{name}\n{address} | {phone} | {email} | {url}\n\nPROFILE\nBackend developer with 9 years of practice.\n\nEMPLOYMENT\n{firm}, {city}\n",
]

INVOICES = [
    "INVOICE {order}\n\nBill to:\n{name}\n{lines}\n\nDescription        Qty   Price\nGPU hours         1200   2.40\n\nTotal 2880.00 EUR\nPay to IBAN {iban}, {firm}\n",
    "Rechnung Nr. {order}\nKunde: {name}, {street}, {zip} {city}\nSteuer-ID/ID: {order}\nBetrag: 418,20 EUR\nIBAN: {iban}\n{firm}, Tel. {phone}\n",
]

MEDICAL = [
    "{firm}\nDepartment of Cardiology\n\nRe: {name}, DOB {born}\nAddress: {address}\n\nDear Dr {family},\n\nthe patient was seen on {when} with atrial fibrillation. Bisoprolol 2.5 mg was started; blood pressure 138/84.\nNext of kin: {given}, {phone}.\n",
    "Patient: {name}\nGeboren: {born}\nTelefon: {phone}\n\nDiagnose: J45.0. Labor: CRP 3.1 mg/l, HbA1c 6.1 %.\nÜberweisung durch Dr. {family}, {city}.\n",
]

REPORTS = [
    "INCIDENT REPORT {order}\n\nThe complainant, {name} (born {born}), of {address}, stated that her car, registration {plate}, was taken from {street}.\nVIN: {vin}. Witness: {name}. Officer noted licence {licence}.\n",
    "Statement of {name}\nOccupation: driver at {firm}\nI saw the vehicle {plate} leave towards {city}. I can be reached on {phone}.\n",
]

MAIL = [
    "Received: from {ip} by mx.invalid; id {order}\nFrom: {name} <{email}>\nTo: {two_name} <{two_email}>\nSubject: contract\nMessage-ID: <{message_id}>\n\nHi {two_given},\n\nplease find it attached. My passport number is {passport}.\n\n-- \n{name}\nHead of Data, {firm}\n{street}, {zip} {city}\nT {phone} | {url}\n",
    "From: \"{family}, {given}\" <{email}>\nDate: Tue, 12 Mar 2024 10:04:11 +0100\nX-Mailer: 16.0.1\n\n{two_given},\n\nthe test account is {handle}. Ask {two_name} at {firm} about the rest.\n\nCheers\n{given}\n",
]  # fmt: skip


class Pair(Person):
    """A person whose {two_...} fields belong to a second one and whose {order} is nobody's."""

    def value(self, name: str) -> tuple[str | None, str]:
        """Give type and text of a field."""
        if name == "order":
            return None, self.seen.setdefault("order", (None, neutral(self.rng, "order")))[1]
        if name == "message_id":
            return "MESSAGE_ID", neutral(self.rng, "order") + ".x@mx.invalid"
        if name.startswith("two_"):
            self.second = getattr(self, "second", None) or Person(self.rng, self.lists)
            return self.second.value(name[4:])
        return super().value(name)


def from_templates(name: str, templates: list[str], low: int = 1, high: int = 3) -> Kind:
    """Give a kind that fills its half of the templates."""

    def kind(b: Builder, rng: random.Random, lists: Lists) -> None:
        """Fill templates."""
        for _ in range(rng.randrange(low, high)):
            b.say(rng.choice(lists.half(templates)), Pair(rng, lists)).add("\n")

    kind.__name__ = name
    return kind


def chat(b: Builder, rng: random.Random, lists: Lists) -> None:
    """Chat exports of several programs."""
    style = rng.choice(("role", "phone", "irc", "json"))
    people = [Pair(rng, lists) for _ in range(2)]
    for n in range(rng.randrange(3, 9)):
        person = people[n % 2]
        line = rng.choice(lists.half(CHAT))
        if style == "role":
            b.add(("user", "assistant")[n % 2] + ": ").say(line, Pair(rng, lists)).add("\n")
        elif style == "phone":
            b.add(f"[{rng.randrange(1, 29):02d}.03.24, 18:{rng.randrange(10, 60)}:07] ").mark(
                *person.value("name")
            ).add(": ").say(line, Pair(rng, lists)).add("\n")
        elif style == "irc":
            b.add(f"18:{rng.randrange(10, 60)} <").mark(*person.value("handle")).add("> ").say(
                line, Pair(rng, lists)
            ).add("\n")
        else:
            b.add(
                '{"ts": "1710'
                + letters(rng, "0123456789", 6)
                + '.000200", "user": "U0'
                + letters(rng, "ABCDEFGH0123", 7)
                + '", "text": "'
            ).say(line, Pair(rng, lists)).add('"}\n')


def adversarial(b: Builder, rng: random.Random, lists: Lists) -> None:
    """Values written to slip through: odd spacing, full-width digits, zero-width marks, spelled-out signs."""
    for _ in range(rng.randrange(2, 5)):
        person = Person(rng, lists)
        kind = rng.choice(("email", "phone", "card", "iban"))
        label = {"email": "mail", "phone": "phone", "card": "card number", "iban": "IBAN"}[kind]
        b.add(f"my {label}: ")
        tag, value = person.value(kind)
        twist = rng.randrange(5)
        if kind == "email" and twist < 3:
            value = value.replace("@", rng.choice((" [at] ", " (at) ", " AT "))).replace(
                ".", rng.choice((".", " [dot] ", " dot "))
            )
        elif twist == 0:
            value = value.translate({ord("0") + i: 0xFF10 + i for i in range(10)})
        elif twist == 1:
            value = "\u200b".join((value[:5], value[5:]))
        elif twist == 2:
            value = " ".join(value.replace(" ", "")) if kind == "card" else value.replace(" ", "\u00a0")
        b.mark(tag, value).add(rng.choice((" ok?\n", "\n", ".\n")))


def nobody(b: Builder, rng: random.Random, lists: Lists) -> None:
    """Machine text without anybody in it."""
    for _ in range(rng.randrange(4, 12)):
        b.add(
            rng.choice(
                (
                    f"epoch {rng.randrange(40)} step {rng.randrange(10**6)} loss {rng.random():.6f} lr {rng.random() / 1000:.3e} tok/s {rng.randrange(10**6)}\n",
                    f"{letters(rng, HEX, 64)}  model-{rng.randrange(99999):05d}-of-{rng.randrange(99999):05d}.safetensors\n",
                    f'    "{rng.choice(WORDS)}": "^{neutral(rng, "version")}", // sha512-{letters(rng, ALNUM + "+/", 86)}==\n',
                    f"{rng.random():.9f},{rng.random() * 1000:.4f},{rng.randrange(10**9)},{neutral(rng, 'stamp')}\n",
                    f"{rng.randrange(10**8):08x}: {letters(rng, HEX, 4)} {letters(rng, HEX, 4)} {letters(rng, HEX, 4)} {letters(rng, HEX, 4)}  ...\n",
                    f"{neutral(rng, 'stamp')} INFO shard={rng.randrange(512)} bytes={rng.randrange(10**11)} id={neutral(rng, 'uuid')}\n",
                    f"CUDA error at {rng.choice(WORDS)}.cu:{rng.randrange(900)}: out of memory, tried {rng.randrange(10**10)} bytes\n",
                    f"The {rng.choice(WORDS)} layer maps {rng.randrange(4096)} inputs to {rng.randrange(4096)} outputs in bfloat16.\n",
                )
            )
        )


letter, ticket, cv = (from_templates(*k) for k in (("letter", LETTERS), ("ticket", TICKETS), ("cv", CVS)))
invoice, medical = from_templates("invoice", INVOICES), from_templates("medical", MEDICAL)
report, mail = from_templates("report", REPORTS), from_templates("mail", MAIL)
BOTH = (chat, chat, letter, ticket, cv, invoice, mail, medical, adversarial, nobody)
HELD_ONLY = (report,)
