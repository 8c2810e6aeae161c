"""VERIS records, above all the VERIS Community Database: forms of input, terms, rows."""

from __future__ import annotations

from leakkit.incidents.veris.read import load_vcdb, read_vcdb

__all__ = ["load_vcdb", "read_vcdb"]
