"""Addresses of an office or machine and names of manuals: found and reported, but nobody's own."""

from __future__ import annotations

import re

ROLE_LOCALS = frozenset(
    # RFC 2142 and what is usual beside it, then other languages.
    """
    info support sales contact contacts admin admins administrator office hello hi help helpdesk service services
    servicedesk noreply donotreply postmaster webmaster hostmaster abuse security privacy legal billing account
    accounts accounting invoice invoices payments finance payroll hr jobs job careers recruiting recruitment press
    media marketing team mail email post orders order shop store newsletter news notification notifications notify
    alert alerts root daemon mailerdaemon mailer feedback enquiries enquiry inquiries reception booking bookings
    reservations it ops devops dev developers engineering ci bot git build deploy monitoring cron system robot
    research data dataprotection dpo gdpr compliance moderation trust safety community events partner partners
    customerservice customercare customers care returns warranty logistics shipping warehouse purchasing procurement
    general enquire frontdesk desk staff everyone all board secretary secretariat admissions registrar library
    usenet nntp news uucp ftp www noc subscribe unsubscribe bounce bounces list lists listserv oncall incident
    incidents licensing license models hub api platform infra infrastructure
    kontakt anfrage anfragen buero poststelle zentrale rechnung rechnungen buchhaltung bewerbung bewerbungen presse
    verwaltung empfang bestellung bestellungen kundenservice kundendienst datenschutz vertrieb einkauf personal
    contacto ventas soporte administracion facturacion prensa empleo atencion clientes
    contact-us bonjour accueil commande facturation comptabilite rh presse vente ventes recrutement
    contatti vendite assistenza amministrazione segreteria ordini fatture redazione
    biuro sekretariat kontakty sprzedaz faktury kadry obchod fakturace podpora
    verkoop klantenservice inkoop factuur balie receptie
    kundtjanst faktura order ekonomi kundeservice salg bogholderi asiakaspalvelu
    contato vendas suporte financeiro geral
    """.split()
)
SAMPLE_NAMES = frozenset(
    (
        "doe john|doe jane|doe johnny|max mustermann|erika mustermann|test test|test user|bar foo|example user|"
        "demo user|name user|john q public|joe bloggs|fred bloggs|fulano tal|dupont jean-test|first last|"
        "firstname lastname|first last name|full name|your name|tester testy|admin test"
    ).split("|")
)
"""Names of manuals and forms, folded, words sorted: nobody's."""

_TAIL = re.compile(r"[\d]+$")
_SIGNS = re.compile(r"[._\-]+")


def is_role_mailbox(address: str) -> bool:
    """Tell whether an address belongs to a role by its local part (RFC 2142 and usual names).

    Country and number parts beside the role word are looked past (``support-uk``, ``info2``). A person
    who calls the mailbox "hello" is taken for a role.

    Examples
    --------
    >>> [
    ...     is_role_mailbox(a)
    ...     for a in ("no-reply@example.org", "support-uk@example.org", "ann.hill@example.org")
    ... ]
    [True, True, False]
    """
    local = address.rpartition("@")[0].strip("<>\"' ").lower().removeprefix("mailto:").partition("+")[0]
    if _TAIL.sub("", _SIGNS.sub("", local)) in ROLE_LOCALS:
        return True
    words = [_TAIL.sub("", word) for word in _SIGNS.split(local)]
    return (
        len(words) > 1 and words[0] in ROLE_LOCALS and all(w in ROLE_LOCALS or len(w) <= 3 for w in words[1:])
    )
