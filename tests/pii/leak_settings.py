"""Configurations of the second leak generator: environments, manifests, state, source with values in it."""

# ruff: noqa: E501 - whole templates and lists read better on one line
from __future__ import annotations

import random
import re

from leak_keys import neutral
from leak_lists import Builder, Lists
from leak_values import ALNUM, HEX, WORDS, Person, letters


def kubernetes(b: Builder, rng: random.Random, lists: Lists) -> None:
    """A Secret's stringData and a Deployment's environment."""
    person = Person(rng, lists)
    b.add(
        f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: {rng.choice(WORDS)}-credentials\n  uid: {neutral(rng, 'uuid')}\n  annotations:\n    owner: "
    )
    b.mark(*person.value("email")).add("\ntype: Opaque\nstringData:\n")
    for name, kind in rng.sample(
        [
            ("DB_PASSWORD", "password"),
            ("api-key", "token"),
            ("smtpPassword", "password"),
            ("SESSION_SECRET", "hexkey"),
            ("registry-token", "token"),
        ],
        3,
    ):
        b.add(f"  {name}: ").mark(*Person(rng, lists).value(kind)).add("\n")
    b.add(
        f"---\napiVersion: apps/v1\nkind: Deployment\nspec:\n  replicas: 3\n  template:\n    spec:\n      containers:\n      - image: ghcr.invalid/hub@sha256:{letters(rng, HEX, 64)}\n"
    )


def compose(b: Builder, rng: random.Random, lists: Lists) -> None:
    """Docker compose with secrets in the environment and connection strings."""
    b.add(f"services:\n  api:\n    image: hub:{neutral(rng, 'version')}\n    environment:\n")
    for name in rng.sample(
        (
            "POSTGRES_PASSWORD",
            "REDIS_PASSWORD",
            "STRIPE_SECRET_KEY",
            "JWT_SECRET",
            "MAIL_PASSWORD",
            "ADMIN_PASSWORD",
        ),
        3,
    ):
        b.add(f"      {rng.choice(('- ', '')) and ''}{name}: ").mark(
            *Person(rng, lists).value("password" if "PASSWORD" in name else "secret")
        ).add("\n")
    connection(b.add("      DATABASE_URL: "), rng, lists)
    b.add('\n    ports:\n      - "8080:80"\n')


def connection(b: Builder, rng: random.Random, lists: Lists) -> None:
    """Append a connection string; the password is the secret."""
    person = Person(rng, lists)
    b.add(rng.choice(("postgresql", "mysql", "mongodb+srv", "redis", "amqp")) + "://")
    b.mark("ACCOUNT", rng.choice(("app", "hub_rw", "svc"))).add(":").mark(
        "SECRET", re.sub(r"[^A-Za-z0-9]", "", person.value("password")[1])
    )
    b.add(f"@{rng.choice(WORDS)}.internal:{rng.randrange(3000, 9000)}/{rng.choice(WORDS)}")


def terraform(b: Builder, rng: random.Random, lists: Lists) -> None:
    """A piece of Terraform state."""
    person = Person(rng, lists)
    b.add(
        '{\n  "version": 4,\n  "serial": 118,\n  "lineage": "'
        + neutral(rng, "uuid")
        + '",\n  "resources": [\n    {"type": "aws_db_instance", "attributes": {\n'
    )
    b.add('      "endpoint": "db.internal:5432",\n      "master_password": "').mark(
        "SECRET", person.value("password")[1]
    ).add('",\n')
    b.add('      "allowed_cidr": "').mark("IP", person.value("ip")[1]).add(
        '/32",\n      "tags": {"Owner": "'
    ).mark(*person.value("name"))
    b.add('", "Contact": "').mark(*person.value("email")).add('"},\n      "secret_access_key": "').mark(
        "SECRET", letters(rng, ALNUM + "+/", 40)
    ).add('"\n    }}\n  ]\n}\n')


def environment(b: Builder, rng: random.Random, lists: Lists) -> None:
    """Dotenv, properties or ini."""
    style = rng.choice(("env", "properties", "ini"))
    b.add({"env": "", "properties": "# application\n", "ini": f"[{rng.choice(WORDS)}]\n"}[style])
    sep = {"env": "=", "properties": "=", "ini": " = "}[style]
    secrets = "DB_PASSWORD SMTP_PASS API_KEY AUTH_TOKEN SECRET_KEY STRIPE_KEY S3_SECRET ENCRYPTION_KEY BOT_TOKEN HF_TOKEN".split()
    for _ in range(rng.randrange(4, 9)):
        person = Person(rng, lists)
        kind = rng.random()
        export = "export " if style == "env" and rng.random() < 0.2 else ""
        if kind < 0.4:
            name = rng.choice(secrets)
            b.add(export + (name if style == "env" else name.lower().replace("_", ".")) + sep)
            b.mark(*person.value("password" if "PASS" in name else rng.choice(("token", "hexkey")))).add("\n")
        elif kind < 0.6:
            field, name = rng.choice(
                (
                    ("email", "ADMIN_EMAIL"),
                    ("phone", "ONCALL_PHONE"),
                    ("ip", "DB_HOST"),
                    ("url", "CALLBACK_URL"),
                    ("handle", "DB_USER"),
                    ("name", "MAINTAINER"),
                )
            )
            b.add(export + name + sep).mark(*person.value(field)).add("\n")
        elif kind < 0.7:
            connection(b.add(export + "DATABASE_URL" + sep), rng, lists)
            b.add("\n")
        else:
            key, value = rng.choice(
                (
                    ("RELEASE", "version"),
                    ("BUILD_SHA", "sha"),
                    ("MAX_WORKERS", "small"),
                    ("TRACE_ID", "uuid"),
                    ("MODEL", "model"),
                    ("LEARNING_RATE", "float"),
                )
            )
            b.add(f"{key}{sep}{neutral(rng, value)}\n")


def settings_source(b: Builder, rng: random.Random, lists: Lists) -> None:
    """Source code with values written into it."""
    person = Person(rng, lists)
    b.add(f'import os\n\nVERSION = "{neutral(rng, "version")}"\nCOMMIT = "{neutral(rng, "sha")}"\n')
    b.add(f'{rng.choice(("API_KEY", "client_secret", "PRIVATE_TOKEN"))} = "').mark(
        *person.value("token")
    ).add('"\n')
    b.add(rng.choice(("const password = '", "db.connect(password='", "String pwd = '"))).mark(
        "SECRET", person.value("password")[1]
    ).add("')\n")
    b.add('OWNER = {"name": "').mark(*person.value("name")).add('", "email": "').mark(
        *person.value("email")
    ).add('"}\n')
    b.add(
        f"def forward(x):\n    return x * {rng.random():.6f} + {rng.random():.6f}  # {letters(rng, HEX, 12)}\n"
    )


BOTH = (environment,)
DEV_ONLY = (compose,)
HELD_ONLY = (kubernetes, terraform, settings_source)
