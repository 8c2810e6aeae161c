"""Addresses of an office or machine and names of manuals: found and reported, but nobody's own."""

from __future__ import annotations

import re
from collections.abc import Collection

from leakkit.pii.weighing.system_accounts import SYSTEM_ACCOUNTS, SYSTEM_MARKS

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
    members membership committee treasurer chair chairman chairperson president volunteers club council parents
    students alumni faculty announce announcements users groups forum discuss discussion digest campaigns donations
    management managers employees colleagues personnel interns dispatch
    mitglieder vorstand kassenwart schatzmeister geschaeftsstelle verein tresorier tresorerie membres association
    soci tesoriere socios tesorero tesoreria zarzad skarbnik pokladnik ledenadministratie penningmeester bestuur
    styrelsen medlem
    soc csirt cert psirt sre secops netops grammateia logistirio toimisto laskutus hallinto sekreterare expedition
    """.split()
)
SAMPLE_NAMES = frozenset(
    (
        "doe john|doe jane|doe johnny|max mustermann|erika mustermann|test test|test user|bar foo|example user|"
        "demo user|name user|john q public|joe bloggs|fred bloggs|fulano tal|dupont jean-test|first last|"
        "firstname lastname|first last name|full name|your name|tester testy|admin test|nordmann ola|kari nordmann|"
        "fulana tal|山田太郎|太郎 山田|山田花子|山田 花子|홍길동|张三|李四|王五|王小明|張三|иван иванов иванович|"
        "بن فلان فلان|بنت فلان فلانة|"
        "matti meikalainen|maija meikalainen|hans muster|anna muster|max muster|"
        "gipsz jakab|elek teszt|ali veli|perez pepito|jan przykladowy"
    ).split("|")
)
"""Names of manuals and forms, folded, words sorted: nobody's."""

TEST_WORDS = frozenset(
    "test tests testing tester testuser demo dummy asdf asdfasdf qwerty qwertz azerty foo bar baz foobar sample "
    "lorem ipsum xxx xyz abc abcd aaa qa blah user account customer muster prueba prova essai teste".split()
)
"""Words that test rows are named with: a name of nothing else is nobody's."""

FIRM_WORDS = frozenset(
    "ltd limited llc llp inc incorporated corp corporation plc gmbh mbh ag kg kgaa ohg ug gbr sarl sasu eurl srl spa "
    "slu snc oy oyj ab aps bv nv kft zrt nyrt kkt kht bt doo dooel eood ood sro zoo ooo pty pvt bhd pte jsc pjsc "
    "lda ltda eireli holding holdings group company gruppe groupe associates associados asociados associati "
    "partners sons hijos filhos figli söhne soehne sohne társa brothers hermanos bros solutions systems consulting "
    "industries services stiftung verein foundation university versicherung insurance bot app".split()
)
"""Legal forms and the like: with one of them last, a name is a firm's."""

FIRM_BEGINS = frozenset(
    "grupo grupa groupe gruppo industrias proyectos despacho laboratorios corporacin corporación corporacion club "
    "asociación asociacion fundación fundacion compañía sociedad empresa construcciones transportes talleres "
    "stowarzyszenie fundacja spółka firma ооо зао тов оао société societe association établissements stiftung "
    "verein gemeente gemeinde stadt landkreis provincie ayuntamiento comune municipio município municipality mairie "
    "gmina urząd obec kommun kommune belediyesi prefeitura ministerie ministerium ministère ministerio ministero "
    "ministerstwo politie polizei polizia".split()
)
"""What firms' and authorities' names begin with."""

_DOTTED_FORMS = tuple("s.r.o. s.a. o.o. d.o.o. b.v. n.v. a.c. c.v. r.l. s.c. s.l. a.s. s.p.a. l.l.c.".split())

AND_WORDS = frozenset("and und et y e i og och en ja та и ve és es a".split()) | {"&"}

SERVICE_MARKS = (
    frozenset("svc srv bot daemon noreply donotreply runner serviceaccount".split()) | SYSTEM_MARKS
)
SERVICE_FIRST = frozenset(
    "backup printer scanner jenkins deploy deployer cron nagios zabbix monitoring service system docker gitlab github "
    "ansible terraform kafka spark airflow".split()
)
SERVICE_WHOLE = (
    frozenset(
        "oracle postgres postgresql mysql mariadb redis mongodb elastic elasticsearch ubuntu debian centos fedora pi "
        "vagrant docker hadoop tomcat nginx apache apache2 www-data nobody guest user users test tests testuser demo "
        "sysadmin superuser ec2 ec2user default anonymous operator backup jenkins airflow nagios zabbix puppet "
        "ansible ftpuser ftpadmin sshd systemd messagebus student jira confluence calendar trello asana zapier giphy "
        "sentry pagerduty datadog grafana prometheus circleci travis dependabot renovate hubot slackbot deploybot "
        "buildbot gitbot mergebot reviewbot releasebot chatbot alertbot standupbot webhook webhooks "
        "sa simulator emulator inferd inference trainer ingest ingestion crawler spider indexer importer etl pipeline "
        "mlops autoscaler orchestrator autograder proj project team group grp dept acct account tenant org node queue "
        "partition alloc cluster".split()
    )
    | ROLE_LOCALS
    | SYSTEM_ACCOUNTS
    | SERVICE_MARKS
    | SERVICE_FIRST
)
"""User names of programs, machines and offices, and what attackers try first."""

SERVICE_LAST = frozenset(
    "agent exporter operator controller scheduler worker watcher collector proxy gateway loader sync cron hook".split()
)
"""With which names of programs end, behind another word: ``node-agent``."""

_OF_SERVICE = ("sa-",)
"""What names of services' accounts begin with, where words that people have follow ("sa-trainer-3f")."""

MACHINE_HOST = ".iam."
"""Part of the hosts whose addresses are all those of services."""

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
    local, _, host = address.rpartition("@")
    if MACHINE_HOST in host:
        return True
    local = local.strip("<>\"' ").lower().removeprefix("mailto:").partition("+")[0]
    if _TAIL.sub("", _SIGNS.sub("", local)) in ROLE_LOCALS:
        return True
    words = [_TAIL.sub("", word) for word in _SIGNS.split(local)]
    return (
        len(words) > 1 and words[0] in ROLE_LOCALS and all(w in ROLE_LOCALS or len(w) <= 3 for w in words[1:])
    )


def is_service_account(name: str) -> bool:
    """Tell whether a user name or local part is a program's, a machine's or an office's.

    Examples
    --------
    >>> [is_service_account(n) for n in ("svc-backup", "node-agent", "proj7", "sa-loader-3f", "annatest")]
    [True, True, True, True, False]
    """
    words = [word for word in (_TAIL.sub("", w) for w in _SIGNS.split(name.lower())) if word]
    if not words:
        return False
    if SERVICE_MARKS & set(words) or words[0] in SERVICE_FIRST or name.lower().startswith(_OF_SERVICE):
        return True
    if len(words) > 1 and words[-1] in SERVICE_LAST:
        return True
    return "".join(words) in SERVICE_WHOLE or SERVICE_WHOLE.issuperset(words)


def is_firm(name: str) -> bool:
    """Tell whether a name is a firm's: a legal form at its end, or family names in a row ("Lee, Ray and Hill").

    Examples
    --------
    >>> [is_firm(n) for n in ("Lee, Ray and Hill", "Hill & Sons", "Ann Lee", "Ann Lee, Bob Ray and Cy Hill")]
    [True, True, False, False]
    """
    name = name.casefold()
    words = re.findall(r"[^\W_]+", name)
    if len(words) > 1 and (
        words[-1] in FIRM_WORDS or words[0] in FIRM_BEGINS or name.endswith(_DOTTED_FORMS)
    ):
        return True
    listed, comma, last = name.rpartition(",")
    joined = last.split()
    single = all(len(part.split()) == 1 for part in listed.removeprefix("de ").split(","))
    return bool(comma) and single and len(joined) == 3 and joined[1] in AND_WORDS


def is_test_name(words: Collection[str]) -> bool:
    """Tell whether a name is made of nothing but what testers type."""
    return bool(words) and TEST_WORDS.issuperset(words)
