"""Small frames with hand-counted content, for tests of figures, tables and reports."""

from __future__ import annotations

import pandas as pd

from leakkit import frames

HOSTILE = "x<script>alert(1)</script>\x1b[31m\u202e$x^2$=cmd().csv"
"""A name with live markup, a terminal escape, a direction override, mathtext and a formula."""


def artifacts(*extra: dict) -> pd.DataFrame:
    """Nine rows: a zip with two members, an LFS pointer, a listed object, key, weights, log, a broken file.

    Held and counted once: m1 (10 B), m2 (20 B), key (5 B), weights (1,000 B), log (no size), broken (7 B) =
    6 members, 1,042 B. Claimed: pointer (5,000 B) and listed object (300 B) = 2 members, 5,300 B.
    """
    held = {"present": True, "format_by": "magic", "status": "ok"}
    rows = [
        {
            **held,
            "path": "a.zip",
            "size": 40,
            "format": "zip",
            "kind": "archive",
            "danger": "yes",
            "danger_rules": ["inside:pickle-import:posix.system"],
        },
        {
            **held,
            "path": "a.zip!/m1.pkl",
            "container": "a.zip",
            "size": 10,
            "format": "pickle",
            "kind": "weights",
            "danger": "yes",
            "danger_rules": ["pickle-import:posix.system"],
            "veris_variety": "Copyrighted",
        },
        {
            **held,
            "path": "a.zip!/m2.csv",
            "container": "a.zip",
            "size": 20,
            "format": "csv",
            "kind": "dataset",
            "veris_variety": "Personal",
            "ext_mismatch": True,
        },
        {
            **held,
            "path": "id_rsa",
            "size": 5,
            "format": "ssh-private-key",
            "kind": "secret",
            "veris_variety": "Credentials",
            "sensitivity": "critical",
        },
        {
            **held,
            "path": "w.safetensors",
            "size": 1000,
            "format": "safetensors",
            "kind": "weights",
            "danger": "none_found",
            "veris_variety": "Copyrighted",
            "model_id": "m",
            "n_params": 250,
        },
        {**held, "path": "server.log", "size": None, "format": "log", "kind": "log", "danger": "none_found"},
        {
            **held,
            "path": "broken.bin",
            "size": 7,
            "format": "unknown",
            "kind": "other",
            "status": "corrupt",
            "error": "ends in the middle",
        },
        {
            **held,
            "path": "big.safetensors",
            "size": 5000,
            "present": False,
            "hash_source": "pointer",
            "format": "git-lfs-pointer",
            "kind": "weights",
        },
        {
            **held,
            "path": "listing.xml!/far.csv",
            "container": "listing.xml",
            "size": 300,
            "present": False,
            "hash_source": "listing",
            "format": "csv",
            "kind": "dataset",
        },
        *({**held, **row} for row in extra),
    ]
    return frames.ARTIFACTS.from_rows(rows)


def hostile_row(kind: str = "dataset") -> dict:
    """Give a row whose name tries everything."""
    return {
        "path": HOSTILE,
        "size": 1,
        "format": "csv",
        "kind": kind,
        "danger": "review",
        "danger_rules": [HOSTILE],
    }


def access() -> pd.DataFrame:
    """Five requests: two with login, two anonymous (one refused, one answered), one that cannot be told."""
    seen = [
        ("06:00", True, 200),
        ("07:00", True, 200),
        ("08:00", False, 403),
        ("09:00", False, 200),
        ("10:00", None, 200),
    ]
    rows = [
        {
            "time": pd.Timestamp(f"2025-03-01T{clock}:00Z"),
            "client": "203.0.113.7",
            "method": "GET",
            "path": "/x",
            "status": status,
            "authenticated": known,
            "source_path": "access.log",
            "row": number,
        }
        for number, (clock, known, status) in enumerate(seen)
    ]
    return frames.ACCESS.from_rows(rows)
