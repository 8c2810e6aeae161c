"""Lines laid out as chats, tables of players and forms are, in which programs and things stand where people could."""

# ruff: noqa: E501 - a line of the made text stands on one line
from __future__ import annotations

import random

from draw_machine import HEX, name, number, run, version

_SERVICES = "postgres redis nginx kafka grafana celery haproxy minio vault consul".split()
_DOINGS = (
    "worker process started|listening on all interfaces|connected to upstream|reload complete|checkpoint starting|ready for connections|"
    "waiting for tasks|cloning the repository|uploading the artefacts|images pulled|images pushed|shutting down|lost the connection|"
    "temperature is fine|fan is too slow|power limit reached|binding to the port|client connected|flow deployed|found no errors"
).split("|")
_LEVELS = "room_a hall_b zone_c rack_d lane_e dock_f".split()


def _service(rng: random.Random) -> str:
    """Draw a service with its number or its part."""
    one = rng.choice(_SERVICES)
    return rng.choice(
        (
            f"{one}_{rng.randrange(1, 9)}",
            f"{one}_{name(rng)}",
            f"{name(rng)}_{name(rng)}",
            f"gpu{rng.randrange(8)}",
        )
    )


def _clock(rng: random.Random) -> str:
    """Draw a time of the day."""
    return f"{rng.randrange(24):02d}:{rng.randrange(60):02d}"


def compose_log(rng: random.Random) -> str:
    """What docker compose prints of several services."""
    return f"{_service(rng)} | {rng.choice(_DOINGS)}"


def services_that_speak(rng: random.Random) -> str:
    """Services with a time and a colon."""
    return f"{_clock(rng)}:{rng.randrange(60):02d} {_service(rng)}: {rng.choice(_DOINGS)}"


def jobs_of_the_night(rng: random.Random) -> str:
    """What a build does at which time."""
    doing = rng.choice("starting fetching linking testing packing finished copying checking".split())
    return f"[{_clock(rng)}] {doing}: {rng.choice(_DOINGS)}"


def states_of_things(rng: random.Random) -> str:
    """Things with a colon and what they are at."""
    return f"{rng.choice((*_LEVELS, _service(rng)))}: {rng.choice(_DOINGS)}"


def references(rng: random.Random) -> str:
    """Links of Markdown, named at the end of the page."""
    return f"[{name(rng)}{rng.choice(('', '_v2', '-api'))}]: https://docs.example.org/{name(rng)}/{name(rng)}"


def elements(rng: random.Random) -> str:
    """Elements of a page that are not closed."""
    return f"<{rng.choice('br p li dt dd td tr hr h2 BR P LI'.split())}> the {name(rng)} of the {name(rng)} is {rng.choice(_DOINGS)}"


def benchmarks(rng: random.Random) -> str:
    """Lists of what was measured."""
    what = rng.choice(
        "quicksort mergesort_v2 heapsort roberta_large t5-11b ens3f0 bond0.120 nvme0n1p1 tcp_cubic".split()
    )
    how = rng.choice(
        (
            f"{rng.randrange(900)} ms",
            f"{rng.randrange(900)}Gbps",
            f"{rng.randrange(90)}.{rng.randrange(10)}",
            f"{rng.randrange(9)}GB",
        )
    )
    return f"{rng.randrange(1, 40)}. {what} - {how}"


def settings_in_lists(rng: random.Random) -> str:
    """Settings as a list of points, and what numbers are of."""
    return f"- {name(rng)}_{name(rng)} {rng.choice((number(rng), str(rng.randrange(512))))}"


def declared_fields(rng: random.Random) -> str:
    """Fields of schemas and programs, with their types."""
    field = rng.choice(
        "displayName fullName firstName lastName owner contact city nickname userName phone".split()
    )
    kind = rng.choice("String String! string str Text ID! Option<String> Optional[str] VARCHAR(64)".split())
    return rng.choice(
        (
            f"  {field}: {kind}",
            f"    let {field}: {kind.partition('<')[0].strip('!')}",
            f"pub {field}: {kind}, pub size: u64",
            f"  {field}: {field[0].upper()}{field[1:]};",
            f"  string {field} = {rng.randrange(1, 40)};",
        )
    )


def forms_explained(rng: random.Random) -> str:
    """What forms say of the values that they ask for."""
    label = rng.choice(
        "Username Password Benutzername Passwort Usuario Contraseña Identifiant Utente Gebruikersnaam".split()
    )
    said = rng.choice(
        "required optional mandatory disabled erforderlich freiwillig obligatorio opcional obligatoire facultatif verplicht".split()
    )
    return f"{label}: {said}. {rng.choice(('Phone', 'Telefon', 'Nome'))}: {rng.choice(('optional', 'freiwillig', 'opcional'))}."


def passes(rng: random.Random) -> str:
    """Passes of compilers and programs, calls that pass constants on."""
    a, b = name(rng).upper(), name(rng).upper()
    return rng.choice(
        (
            f"pass {rng.randrange(1, 9)}: {rng.randrange(999)} rules, first pass 0x{run(rng, HEX, 4)}",
            f"return pass {a}_{b} to the caller",
            f"low pass {rng.randrange(99)}00Hz and high pass {rng.randrange(9)}kHz",
            f"tests: pass {rng.randrange(999)} fail {rng.randrange(9)}",
            f"the first pass of {name(rng)} is skipped, wifi channel {rng.randrange(140)}",
        )
    )


def licences(rng: random.Random) -> str:
    """Licences of programs, and numbers beside ordinary words that telephones have, too."""
    size = rng.randrange(10**5, 10**6)
    first, second = rng.randrange(1950, 2000), rng.randrange(2000, 2030)
    return rng.choice(
        (
            f"license file {name(rng)}.lic, licensed under Apache-2.0, size {size}",
            f"the fax {first} {second} era",
            f"handy tips {rng.randrange(2000, 9000)} {rng.randrange(1000, 9000)}",
            f"cell voltage {rng.randrange(3000, 4000)} {rng.randrange(3000, 4000)} mV",
            f"encodings: alias: 'utf-{rng.choice((8, 16))}le', alias: 'win-125{rng.randrange(9)}', version {version(rng)}",
        )
    )


KINDS = (
    compose_log,
    services_that_speak,
    jobs_of_the_night,
    states_of_things,
    references,
    elements,
    benchmarks,
    settings_in_lists,
    declared_fields,
    forms_explained,
    passes,
    licences,
)
