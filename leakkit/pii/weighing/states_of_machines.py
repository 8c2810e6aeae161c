"""Words for the states of machines, jobs and tickets, and names of their parts, which stand where data of people could."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

import re

_STATES = frozenset(
    "normal warning warn critical idle ready active inactive pending running stopped failed failure success successful done open closed new unknown other none ok error fault faulty alarm alert degraded healthy unhealthy "
    "online offline up down on off open opening closing closed enabled disabled complete completed cancelled canceled queued waiting blocked draft published archived approved rejected accepted denied starting stopping started "
    "terminated creating created deleted deleting updating suspended paused resumed standby maintenance locked unlocked connected disconnected valid invalid expired default primary secondary leader follower candidate "
    "syncing synced stable unstable low medium high nominal charging discharging full empty present absent asserted deasserted scheduled todo backlog review merged reopened resolved wontfix duplicate draining drained cordoned "
    "bereit gestört störung betrieb wartung wartend warten angehalten gestartet gestoppt läuft aktiv inaktiv offen geschlossen fehler warnung kritisch unbekannt abgeschlossen erledigt neu in bearbeitung ausstehend leerlauf "
    "marche arrêt arrêté alerte alarme défaut prêt inactif ouvert fermé terminé échoué erreur inconnu suspendu veille critique avertissement activé désactivé attente "
    "activo inactivo parado marcha paro pendiente abierto cerrado terminado fallido desconocido advertencia crítico listo espera detenido completado alarma bloqueado "
    "attivo inattivo fermo allarme aperto chiuso pronto errore sconosciuto attesa critico avviso completato sospeso guasto normale "
    "ativo inativo parado aberto fechado pronto falha desconhecido pendente concluído normalny gotowy aktywny nieaktywny błąd oczekuje zatrzymany otwarty zamknięty nieznany "
    "actief inactief gereed storing normaal klaar fout open gesloten wachtend gestopt aktiv inaktiv redo stoppad väntar fel öppen stängd норма нормально готов активен ошибка ожидание остановлен работает авария 正常 异常 警告 待机 运行 停止 就绪 故障 異常 稼働 待機".split()
)
_PARTS = frozenset(
    "server client worker main master slave proxy sidecar init app web api backend frontend db database cache redis nginx http https grpc tcp udp metrics data config tmp logs log volume node pod container primary replica "
    "gateway router queue scheduler monitor agent build test tests deploy lint release default system service services root port ports env secret secrets token model models tokenizer trainer dataset loader index id key value name type "
    "image label labels input output source target host path file version size count step loss rate status state level message event job task pipeline stage runner exporter controller operator manager driver plugin module package "
    "shared-data dev prod production staging local public private internal external example sample demo docs site blog shop store registry broker producer consumer topic storage bucket network subnet cluster pool shard".split()
)

_NOBODY = re.compile(
    r"(?i)(?:unknown|undefined|missing|invalid|unexpected|unnamed|unbekannt\w{0,2}|inconnu|desconocido) [^\W\d_]"
)
"""What stands before a word where a name is missing or wrong."""
_GROUP = re.compile(
    r"(?i)(?:(?:^|[ \-])(?:teams?|squad|crew|committee|department|automation|help ?desk|everyone|everybody|on[ \-]call|customers?|users?|folks|guys|colleagues)"
    r"|^world|^there|^all|(?:build|release|ci|deploy|merge|slack) (?:bot|train))\Z"
)
"""What many are called, or a program."""
_ANYTHING = frozenset(
    "other others unknown none n/a internal external global main default various misc miscellaneous remote tbd tba unspecified andere anderes sonstige sonstiges unbekannt intern extern keine autre autres inconnu interne externe aucun "
    "otro otros otra desconocido interno externo ninguno altro altri sconosciuto nessuno outro outros overig onbekend geen annan okänd inny inne nieznany другое неизвестно".split()
)
"""Choices of lists that stand for no value of theirs."""


def is_state(value: str) -> bool:
    """Tell whether a value is the state of a machine, a job or a ticket, in one of several languages.

    Examples
    --------
    >>> is_state("Normal"), is_state("In Bearbeitung"), is_state("Ohio")
    (True, True, False)
    """
    words = value.casefold().replace("_", " ").replace("-", " ").split()
    return 0 < len(words) <= 2 and _STATES.issuperset(words)


def is_part(value: str) -> bool:
    """Tell whether a value is what containers, jobs and ports are called: ``server``, ``TEST``."""
    return (value.lower() if value.isupper() else value) in _PARTS


def is_nobody(value: str) -> bool:
    """Tell whether a value says that a name is missing, or is that of a group: ``Unknown Field``, ``Platform Team``."""
    return _NOBODY.match(value) is not None or _GROUP.search(value) is not None


def is_anything(value: str) -> bool:
    """Tell whether a value is a choice that stands for none: ``Other``."""
    return value.casefold() in _ANYTHING
