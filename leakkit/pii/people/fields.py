"""Whose field it is: the role a column's name gives ("agent", "emergency contact"), and the place in nested data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_ROLES = {
    "agent": "agent operator assignee assigned handler representative rep caseworker bearbeiter sachbearbeiter "
    "betreuer conseiller agente handled clerk support staff",
    "emergency": "emergency kin nok notfall notfallkontakt urgence emergencia ice",
    "spouse": "spouse partner husband wife ehepartner ehegatte conjoint conyuge maka make spouses",
    "parent": "parent guardian mother father mum dad mutter vater eltern mere pere madre padre tutor custodian",
    "child": "child dependent dependant kid kind enfant hijo student pupil minor",
    "manager": "manager supervisor boss lead chef vorgesetzter approver approved superior line",
    "doctor": "doctor physician gp provider practitioner nurse therapist arzt medecin clinician surgeon prescriber",
    "referee": "referee reference referrer referral referred sponsor recommender witness zeuge",
    "to": "to recipient receiver addressee empfaenger empfanger destinataire destinatario payee beneficiary "
    "consignee callee delivered rcpt",
    "cc": "cc bcc",
    "from": "from sender absender expediteur remitente payer caller author reporter",
    "created": "created creator modified updated editor reviewer uploaded owner committer reviewed",
    "seller": "seller vendor supplier landlord vermieter broker realtor host driver courier",
    "beneficiary": "heir beneficiaries insured2 second2 other2",
    "contact": "contact contacts kontakt kontaktperson ansprechpartner contacto contatto contato kontakten",
}
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words.split()}
_TEXT_WORDS = frozenset(
    "body text content message messages comment comments note notes reply prompt completion description desc summary "
    "subject remarks remark feedback letter transcript answer question response review bio about html log line raw msg "
    "bemerkung notiz kommentar nachricht texte commentaire mensaje nota details history payload query value".split()
)
_FAMILY = frozenset(
    "family surname last lastname nachname familienname nom apellido apellidos cognome achternaam efternamn etternavn "
    "nazwisko prijmeni sukunimi sobrenome lname sn familyname".split()
)
_GIVEN = frozenset(
    "first given firstname forename vorname prenom nombre nome voornaam fornamn fornavn imie jmeno etunimi fname "
    "givenname middle".split()
)
_SPLIT = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)")
_INDEX = re.compile(r"^(.*\[\d+\])")
_PART = re.compile(r"#\d+$")


@dataclass(frozen=True, slots=True)
class Field:
    """Where in a record a value stands: `place` (table or element of a list), `role`, and if it is free text.

    `name_part` is "given" or "family" for a column that holds half a name; `column` is the name as it stands.
    """

    place: str
    role: str
    is_text: bool
    name_part: str = ""
    column: str = ""


@lru_cache(maxsize=65_536)
def field_of(name: str) -> Field:
    """Read the name of a field.

    Examples
    --------
    >>> field_of("emergency_contact_phone").role, field_of("messages[3].content").place
    ('emergency', 'messages[3]')
    """
    name = _PART.sub("", name)
    found = _INDEX.match(name)
    place = found.group(1) if found else name.rpartition(".")[0]
    last = name[len(place) :] if found else name.rpartition(".")[2]
    words = [w.lower() for w in _SPLIT.split(last or place) if w]
    if not found and "." in name:  # nested objects tell whose the value is: {"agent": {"email": ...}}
        words += [w.lower() for w in _SPLIT.split(place) if w]
    role = next((_ROLE_OF[w] for w in words if w in _ROLE_OF), "")
    part = "family" if _FAMILY & set(words) else "given" if _GIVEN & set(words) else ""
    is_text = not name or any(w in _TEXT_WORDS for w in words)
    return Field(place if found else "", role, is_text, part, name)
