"""Source code of the invented hub: four languages, three licences, a secret in a script, a notebook."""

from __future__ import annotations

import json

from data.make_sample_leak.exhibit import INVENTED, Exhibit
from data.make_sample_leak.licences import MIT, header
from data.make_sample_leak.secret_files import AWS_ID
from data.make_sample_leak.spans import note_lines

LOADER = '''
"""Read the crawl in batches. Part of an invented company's training code."""

import json


def rows(path, batch=64):
    """Yield lists of documents."""
    held = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            held.append(json.loads(line))
            if len(held) == batch:
                yield held
                held = []
    if held:
        yield held
'''

UPLOAD = '''
"""Copy a checkpoint to the bucket. Do not commit with keys in it (somebody did)."""

import subprocess

AWS_ACCESS_KEY_ID = "{key}"
ADMIN = "{email}"


def upload(folder):
    """Copy everything; the bucket is meant to be private."""
    subprocess.run(["aws", "s3", "sync", folder, "s3://fennimoor-artifacts/models/"], check=True)
'''

TOKENISER = """
//! Count byte pairs. Part of an invented company's tokenizer.

use std::collections::HashMap;

pub fn pairs(text: &[u8]) -> HashMap<(u8, u8), usize> {
    let mut counts = HashMap::new();
    for window in text.windows(2) {
        *counts.entry((window[0], window[1])).or_insert(0) += 1;
    }
    counts
}
"""

WIDGET = """
// A chat box. Part of an invented company's site.
export function say(box, text) {
  const line = document.createElement("p");
  line.textContent = text;
  box.append(line);
}
"""

SCHEMA = """
-- Tables of the hub. Part of an invented company's site.
CREATE TABLE accounts (
  account_id INTEGER PRIMARY KEY,
  login TEXT NOT NULL,
  contact_email TEXT,
  display_name TEXT,
  created TEXT
);
INSERT INTO accounts VALUES (1, 'admin', 'root@fennimoor.example', 'Root', '2023-01-01');
"""


def _notebook() -> str:
    """Give a small notebook with one stored output."""
    cells = [
        {"cell_type": "markdown", "id": "a1", "metadata": {}, "source": [f"# Loss by step\n\n{INVENTED}"]},
        {
            "cell_type": "code",
            "id": "a2",
            "execution_count": 1,
            "metadata": {},
            "source": [
                "import json\n",
                "rows = [json.loads(x) for x in open('metrics.jsonl')]\n",
                "len(rows)",
            ],
            "outputs": [
                {
                    "output_type": "execute_result",
                    "execution_count": 1,
                    "metadata": {},
                    "data": {"text/plain": ["201"]},
                }
            ],
        },
    ]
    whole = {
        "cells": cells,
        "metadata": {"language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(whole, indent=1) + "\n"


def make_source_files(exhibit: Exhibit) -> None:
    """Write src/."""
    admin = exhibit.people.staff[0].email
    upload = header("Apache-2.0", "#") + UPLOAD.format(key=AWS_ID, email=admin)
    owner = exhibit.people.staff[0].person_id
    note_lines(exhibit, "src/train/upload.py", upload, [(admin, "EMAIL", owner)])
    note_lines(exhibit, "src/train/upload.py", upload, [(AWS_ID, "AWS_ACCESS_KEY", "")], placeholder=True)
    exhibit.file("src/train/upload.py", upload, "source-code", "a key in a script", licence="Apache-2.0")
    exhibit.file(
        "src/train/loader.py", header("Apache-2.0", "#") + LOADER, "source-code", licence="Apache-2.0"
    )
    exhibit.file(
        "src/tokenizer/pairs.rs",
        header("GPL-3.0-only", "//") + TOKENISER,
        "source-code",
        "a copyleft licence inside a product",
        licence="GPL-3.0-only",
    )
    exhibit.file("src/hub/chat_widget.js", header("MIT", "//") + WIDGET, "source-code", licence="MIT")
    schema = header("MIT", "--") + SCHEMA
    exhibit.file(
        "src/hub/schema.sql",
        schema,
        "source-code",
        "SQL that inserts rows is data: the row has a contact address",
        kind="dataset",
        licence="MIT",
    )
    note_lines(exhibit, "src/hub/schema.sql", schema, [("root@fennimoor.example", "EMAIL", "")])
    exhibit.file(
        "src/LICENSE", MIT, "licence", "MIT for the folder; single files say otherwise", licence="MIT"
    )
    exhibit.file("src/notebooks/loss.ipynb", _notebook(), "notebook")
