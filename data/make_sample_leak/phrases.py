"""Sentences of chats, tickets and mail, written for this sample. Slots in braces: see spans.py."""

from __future__ import annotations

TOPICS = "invoice password adapter export quota webhook tokenizer checkpoint seat refund"
MODELS = "tern-0.6m-base tern-0.6m-support gull-0.6m-base"

# language: openings without personal data
QUESTIONS = {
    "en": (
        "How do I reset the {topic} for {model}?",
        "My {topic} stopped working after the update. What should I check first?",
        "Write a short product text about a {thing} for our shop.",
        "Explain gradient clipping to a {job} in three sentences.",
        "Summarise: the meeting was moved to Thursday, the {thing} is late, and nobody told the {job}.",
        "Why does {model} answer in German when I ask in English?",
        "Give me five names for a café near a harbour.",
        "Translate 'the {thing} is broken' into French.",
        "Which batch size fits into 24 GB for {model}?",
        "Make a table of the planets by distance.",
    ),
    "de": (
        "Wie setze ich {topic} für {model} zurück?",
        "Schreib eine kurze Produktbeschreibung für ein {thing}.",
        "Warum bricht der Download von {model} bei 80 % ab?",
        "Fasse zusammen: Die Lieferung kommt später, der Preis bleibt gleich.",
    ),
    "fr": (
        "Comment réinitialiser {topic} pour {model} ?",
        "Écris une courte annonce pour un {thing}.",
        "Pourquoi {model} répond-il en anglais ?",
    ),
    "sv": ("Hur återställer jag {topic} för {model}?", "Skriv en kort text om en {thing}."),
}
THINGS = "kettle bicycle lamp teapot scarf backpack notebook guitar tent radio"
JOBS = "baker nurse engineer teacher carpenter librarian driver accountant"

ANSWERS = {
    "en": (
        "Of course. First open the settings page, then choose {topic} and confirm.",
        "Here is a draft: a {thing} that lasts, made to be mended.",
        "That depends on the sequence length; start with 8 and double until memory is full.",
        "I cannot see your account, but a member of the support team can.",
        "Thank you. I have noted this; is there anything else?",
    ),
    "de": (
        "Gern. Öffnen Sie zuerst die Einstellungen und wählen Sie {topic}.",
        "Hier ist ein Entwurf über ein {thing}.",
    ),
    "fr": (
        "Bien sûr. Ouvrez d'abord les réglages, puis choisissez {topic}.",
        "Voici une proposition pour un {thing}.",
    ),
    "sv": ("Självklart. Öppna inställningarna och välj {topic}.", "Här är ett utkast om en {thing}."),
}

# language: sentences in which people give themselves away
DETAILS = {
    "en": (
        "My name is {name} and my email is {email}.",
        "Please call me back on {phone}, I am {name}.",
        "I live at {street}, {town}, {postcode}. Can you send the invoice there?",
        "My date of birth is {born} and the account is under {email}.",
        "Rewrite this: Dear landlord, this is {name} from {street}, {town}. My number is {phone_abroad}.",
        "Refund it to my account {iban}, holder {name}.",
        "The card {card} was charged twice. {signed}",
        "For the form you need my number {government_id}, I was born on {born}.",
        "I used to be {earlier_name}; the old address was {second_email}.",
        "It failed from {ip}, user {username}.",
        "Draft a CV for {name}, born {born}, phone {phone}, mail {email}.",
    ),
    "de": (
        "Ich heiße {name}, meine E-Mail ist {email}.",
        "Bitte rufen Sie mich unter {phone} an. Mit freundlichen Grüßen, {name}",
        "Ich wohne {street}, {postcode} {town}.",
        "Überweisen Sie bitte auf {iban}, Kontoinhaber {name}.",
        "Meine Steuer-ID lautet {government_id}, geboren am {born}.",
    ),
    "fr": (
        "Je m'appelle {name}, mon adresse est {email}.",
        "Vous pouvez me joindre au {phone}. {name}",
        "J'habite {street}, {postcode} {town}.",
        "Mon numéro de sécurité sociale est le {government_id}, né(e) le {born}.",
    ),
    "sv": (
        "Jag heter {name} och min e-post är {email}.",
        "Ring mig på {phone}. Hälsningar {name}",
        "Mitt personnummer är {government_id}, jag bor på {street}, {postcode} {town}.",
    ),
}
PLACEHOLDER_LINES = (
    "For example, use jane's address {doc_email} and the card {doc_card} in the sandbox.",
    "The manual shows {doc_ssn} as a sample number; that is not mine.",
    "Set the gateway to {doc_ip} as in the documentation, or dial {doc_phone}.",
    "I wrote to {role_email} last week and got no answer.",
)
# numbers that look like something and are nothing
NOISE_LINES = (
    "The step was 1612003144 and the loss 0.4929081003.",
    "Version 4.48.0, build 20250217, commit 9f8e7d6c5b4a39281706f5e4d3c2b1a098765432.",
    "Order 4929-0810-0339 has size 12 x 30 x 555.",
    "See ISBN 978-0-00-000000-2 and ticket 020-7946.",
    "The run took 3h 14m 15s on 8 cards; node 12 was idle.",
)

SUBJECTS = {
    "en": (
        "Cannot sign in",
        "Question about my {topic}",
        "Change of address",
        "Charged twice",
        "Delete my data please",
    ),
    "de": ("Anmeldung nicht möglich", "Frage zur Rechnung", "Neue Adresse"),
    "fr": ("Connexion impossible", "Question sur ma facture", "Changement d'adresse"),
    "sv": ("Kan inte logga in", "Fråga om faktura"),
}
GREETINGS = {"en": "Hello,", "de": "Guten Tag,", "fr": "Bonjour,", "sv": "Hej,"}
REPLIES = (
    "Hello {given}, we changed it. Regards, {role_email}",
    "Dear {name}, we wrote to {email} and will ring {phone} tomorrow.",
    "Thank you for your message. The {topic} works again.",
)
WORDS = {"topic": TOPICS, "model": MODELS, "thing": THINGS, "job": JOBS}
