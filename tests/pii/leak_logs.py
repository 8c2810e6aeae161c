"""Logs, traces, histories and dumps of the second leak generator."""

# ruff: noqa: E501 - whole templates and lists read better on one line
from __future__ import annotations

import random
from urllib.parse import quote

from leak_keys import neutral, snake
from leak_lists import Builder, Lists
from leak_tables import put, rows
from leak_values import ALNUM, HEX, WORDS, Person, letters


class Caller(Person):
    """A person whose log lines also name machines: addresses that evaluations may count or not."""

    def value(self, name: str) -> tuple[str | None, str]:
        """Give type and text of a field."""
        machines = {"service": ("SERVICE", "https://api.invalid/v1/models"), "inside": ("INSIDE", "10.0.3.7")}
        return machines.get(name) or super().value(name)


def logfmt(b: Builder, rng: random.Random, lists: Lists) -> None:
    """Lines of key=value."""
    keys, people = rows(rng, lists, fields=(2, 5))
    for person in people:
        b.add(
            f'ts={neutral(rng, "stamp").replace(" ", "T")} level=info msg="{rng.choice(("account updated", "login ok", "export done"))}"'
        )
        for key in keys:
            spaced = bool(key.field) and " " in person.value(key.field)[1] or key.neutral == "stamp"
            b.add(f" {snake(key.name)}=" + ('"' if spaced else ""))
            put(b, key, person)
            b.add('"' if spaced else "")
        b.add(f" took={rng.randrange(900)}ms\n")


def web_log(b: Builder, rng: random.Random, lists: Lists) -> None:
    """Access logs of web servers, with users and query strings."""
    for _ in range(rng.randrange(4, 10)):
        person = Person(rng, lists)
        b.mark(*person.value("ip")).add(" - ")
        if rng.random() < 0.4:
            b.mark(*person.value("handle"))
        else:
            b.add("-")
        b.add(
            f' [{rng.randrange(1, 29):02d}/Mar/2024:0{rng.randrange(10)}:11:{rng.randrange(10, 60)} +0000] "GET /'
        )
        if rng.random() < 0.5:
            b.add(f"{rng.choice(('reset', 'subscribe', 'invite'))}?{rng.choice(('email', 'mail', 'to'))}=")
            b.mark("EMAIL", person.value("email")[1].replace("+", "%2B"))
            if rng.random() < 0.4:
                b.add(f"&{rng.choice(('token', 'access_token', 'api_key', 'sig'))}=").mark(
                    "SECRET", letters(rng, ALNUM, 32)
                )
        else:
            b.add(f"static/{letters(rng, HEX, 20)}.js?v={neutral(rng, 'version')}")
        b.add(
            f' HTTP/1.1" {rng.choice((200, 302, 404))} {rng.randrange(99999)} "-" "Mozilla/5.0 (X11; Linux x86_64; rv:1{rng.randrange(10, 30)}.0) Gecko/20100101"\n'
        )


def system_log(b: Builder, rng: random.Random, lists: Lists) -> None:
    """Lines of syslog and the journal."""
    for _ in range(rng.randrange(5, 12)):
        person = Caller(rng, lists)
        b.add(
            f"Mar {rng.randrange(1, 29):2d} 0{rng.randrange(10)}:{rng.randrange(10, 60)}:{rng.randrange(10, 60)} {rng.choice(WORDS)}-{rng.randrange(9)} "
        )
        b.say(
            rng.choice(
                (
                    "sshd[4411]: Accepted publickey for {handle} from {ip} port 51824 ssh2: RSA SHA256:"
                    + letters(rng, ALNUM, 43),
                    "sshd[992]: Failed password for invalid user {handle} from {ip} port 40022 ssh2",
                    "sudo: {handle} : TTY=pts/3 ; PWD=/srv ; USER=root ; COMMAND=/usr/bin/systemctl restart hub",
                    "dhcpd: DHCPACK on {ip} to {mac} via eth0",
                    f"kernel: [{rng.randrange(99999)}.{rng.randrange(10**6):06d}] nvme0n1: I/O Cmd(0x2) @ LBA {rng.randrange(10**10)}, 8 blocks",
                    "postfix/smtp[771]: "
                    + letters(rng, "0123456789ABCDEF", 10)
                    + ": to=<{email}>, relay=mx.invalid[{ip}]:25, delay=0.84, dsn=2.0.0, status=sent",
                    "systemd[1]: Started Session 18" + str(rng.randrange(10)) + " of user {handle}.",
                    "dovecot: imap-login: Login: user=<{email}>, method=PLAIN, rip={ip}, lip={inside}, TLS",
                )
            )
            + "\n",
            person,
        )


def git_log(b: Builder, rng: random.Random, lists: Lists) -> None:
    """Commits with authors."""
    for _ in range(rng.randrange(2, 6)):
        b.add(f"commit {letters(rng, HEX, 40)}\n")
        b.say("Author: {name} <{email}>\n", Person(rng, lists))
        b.add(
            f"Date:   Tue Mar {rng.randrange(1, 29)} 14:0{rng.randrange(10)}:22 2024 +0100\n\n    {rng.choice(('Fix', 'Speed up', 'Test'))} the {rng.choice(WORDS)} loader (#{rng.randrange(9999)})\n\n"
        )
        if rng.random() < 0.4:
            b.say("    Signed-off-by: {name} <{email}>\n\n", Person(rng, lists))


def stack_trace(b: Builder, rng: random.Random, lists: Lists) -> None:
    """Traces with values in the message."""
    person = Person(rng, lists)
    b.add(
        'Exception in thread "main" java.lang.IllegalStateException: '
        if rng.random() < 0.5
        else "Traceback (most recent call last):\n"
    )
    for _ in range(rng.randrange(2, 6)):
        b.add(
            f'  File "/srv/{rng.choice(WORDS)}/{rng.choice(WORDS)}.py", line {rng.randrange(2000)}, in {rng.choice(WORDS)}\n'
        )
    b.say(
        rng.choice(
            (
                "psycopg.errors.UniqueViolation: Key (email)=({email}) already exists.\n",
                "ValueError: invalid phone number {phone} for user {handle}\n",
                "AuthError: token {token} was rejected for {email}\n",
                "ConnectionError: {ip}:443 refused, url {url}\n",
                "KeyError: customer {name} has no address\n",
            )
        ),
        person,
    )
    b.add(
        f"  at com.invalid.Hub.run(Hub.java:{rng.randrange(900)})\n  at 0x{letters(rng, HEX, 12)} libc.so.6+0x{letters(rng, HEX, 5)}\n"
    )


def shell_history(b: Builder, rng: random.Random, lists: Lists) -> None:
    """Commands somebody typed."""
    for _ in range(rng.randrange(4, 10)):
        b.say(
            rng.choice(
                (
                    "ssh {handle}@{ip}\n",
                    "mysql -u {handle} -p{password} hub\n",
                    "export HF_TOKEN={token}\n",
                    "curl -H 'Authorization: Bearer {token}' {service}\n",
                    'git config --global user.email {email}\ngit config --global user.name "{name}"\n',
                    "scp out.tar.gz {handle}@{ip}:/tmp/\n",
                    "sshpass -p '{password}' ssh deploy@gate\n",
                    f"python train.py --lr 3e-4 --seed {rng.randrange(9999)} --out runs/{letters(rng, HEX, 8)}\n",
                    "docker login -u {handle} --password {password} registry.invalid\n",
                    f"git checkout {letters(rng, HEX, 10)} && make -j{rng.randrange(2, 64)}\n",
                )
            ),
            Caller(rng, lists),
        )


def http_dump(b: Builder, rng: random.Random, lists: Lists) -> None:
    """Requests with headers, cookies and form bodies."""
    for _ in range(rng.randrange(1, 4)):
        person = Person(rng, lists)
        b.add(
            f"POST /v1/{rng.choice(WORDS)} HTTP/1.1\nHost: api.invalid\nX-Request-Id: {neutral(rng, 'uuid')}\nX-Forwarded-For: "
        ).mark(*person.value("ip"))
        b.add("\nAuthorization: Bearer ").mark(*person.value("token")).add(
            "\nCookie: theme=dark; sessionid="
        ).mark("SECRET", letters(rng, ALNUM, 32))
        b.add("\nContent-Type: application/x-www-form-urlencoded\n\nname=").mark(
            "PERSON", quote(person.value("name")[1]).replace("%20", "+")
        )
        b.add("&email=").mark("EMAIL", person.value("email")[1].replace("@", "%40")).add("&password=").mark(
            "SECRET", letters(rng, ALNUM, 12)
        ).add(f"&build={rng.randrange(9999)}\n\n")


BOTH = (logfmt, web_log, system_log, stack_trace, shell_history)
HELD_ONLY = (git_log, http_dump)
