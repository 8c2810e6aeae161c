"""What in a batch tells of persons: findings of them, words in texts, names of fields and of members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from leakkit.pii.detector import LIKELIHOOD_FLOORS
from leakkit.pii.places import NEAR, Places, are_of
from leakkit.pii.weighing.system_accounts import SYSTEM_ACCOUNTS

if TYPE_CHECKING:
    import pyarrow as pa

FEWEST_TEXTS = 8
"""Texts of a member from which on it would show whether it is about persons."""
_HEAD = 40
"""Texts at the beginning of a member that are asked for words of persons."""
_SURE = 0.5
"""Score from which on another finding tells of a person in the records beside it."""
_SILENT = ("network", "credential")
_OF_NOBODY = ("ORGANIZATION", "LOCATION", "CITY", "STATE", "COUNTRY", "COORDINATES", "COMPANY_ID")
"""Families and entities of findings that machines and things have, too."""

OF_USERS = (
    r"(?i)(?:^|[^a-z])(?:"
    r"users?(?:names?|[ _\-]?ids?)?[\"']? ?[=:/]|(?:for|by|from|of|invalid|the|new) user |log[io]n(?:$|[^a-z])"
    r"|logged[ _\-](?:in|on|out|off)|sign(?:ed|ing)?[ _\-]in(?:$|[^a-z])|authenticated|(?:accepted|failed) password"
    r"|sudo|dhcp|vpn|wi-?fi|wlan|customers?|employees?|patients?|subscribers?|students?|passengers?|guests?"
    r"|households?|benutzer|kunden?|mitarbeiter|utilisateurs?|clientes?|usuarios?|utenti?"
    r"|mozilla/[0-9]|opera/[0-9])"
)
"""What in a record says that a person stands behind an address: a user, a login, a device at home, a browser."""
OF_PERSONS = (
    r"(?i)(?:^|[^a-z])(?:first[ _\-]?name|last[ _\-]?name|sur[ _\-]?name|full[ _\-]?name|family[ _\-]?name|birth"
    r"|persons?|people|members?hip|gender|passport|salary|e-?mails?|residents?"
    r"|assignee|nachname|vorname|geburt|nombre|apellidos?|prénom|naissance|cognome|nascita)(?:$|[^a-z])"
)
"""What in a member says that it is about persons."""
_SERVICES = (
    r"(?:root|nobody|daemon|backup|prometheus|zabbix|nagios|postgres|mysql|www-data|git|jenkins|deploy|ubuntu|ansible|hadoop"
    r"|docker|systemd-[a-z\-]+|kube-[a-z\-]+|[a-z_]{1,12}[_\-]exporter"
    r"|(?:svc|srv)[_\-][a-z0-9_\-]+|_[a-z\-]+|sshd|messagebus|sync|mail|"
    + "|".join(sorted(SYSTEM_ACCOUNTS))
    + r")(?:$|[^a-z0-9_.\-]|[.]service|[.]$|[.] )"
)
_OF_SERVICES = (
    r"(?im)^[ \-]{0,20}[\"']?user[\"']?: ?[\"']?(?:[0-9$]"
    r"|(?:root|nobody|app|node|nginx|postgres|redis|www-data)[\"':]?\s*$)"
    rf"|(?:(?:ansible|ssh|remote)_user|\buser) ?[=:] ?{_SERVICES}|(?:for|by|from|of|the|new) user {_SERVICES}"
    rf"|sudo(?:\[[0-9]+\])?: {{1,4}}{_SERVICES}|pam_unix\(sudo"
)
"""Users who are none: numbers of accounts, and accounts of services."""


class Telling:
    """What in a batch tells of persons.

    Parameters
    ----------
    batch : pyarrow.RecordBatch
        What was searched: columns path, row, field, text.
    found : pyarrow.Table
        What was found in it.
    doubted : numpy.ndarray
        The findings that are asked about, and tell of nobody.
    """

    def __init__(self, batch: pa.RecordBatch, found: pa.Table, doubted: np.ndarray) -> None:
        self._batch = batch
        self.places = Places(batch, found)
        score = found.column("score").to_numpy()
        silent = are_of(found, "family", *_SILENT) | are_of(found, "entity", *_OF_NOBODY)
        public = are_of(found, "entity", "IP_ADDRESS")
        silent[doubted], public[doubted] = True, False
        beside = (score >= _SURE) & (~silent | public)
        self._persons = self.places.members[~silent & (score >= LIKELIHOOD_FLOORS["likely"])]
        near = self.places.found[beside][:, None] + np.arange(-NEAR, NEAR + 1)
        self._near = np.unique(near)

    def beside(self, asked: np.ndarray, words: str) -> np.ndarray:
        """Tell which findings have beside them another finding of a person, or in their record one of some words."""
        own = self.places.found[asked]
        rows = np.flatnonzero(np.isin(self.places.batch, np.unique(own)))
        told = self.places.batch[rows[self._hold(rows, words)]]
        return np.isin(own, self._near) | np.isin(own, told)

    def nowhere(self, asked: np.ndarray, *words: str) -> np.ndarray:
        """Tell which findings stand in a member of some texts of which nothing tells of a person."""
        of_batch = self.places.members_of_batch
        members, own, counts = np.unique(of_batch, return_inverse=True, return_counts=True)
        quiet = (counts >= FEWEST_TEXTS) & ~np.isin(members, self._persons)
        places = np.searchsorted(members, self.places.members[asked])
        asked = asked[quiet[places]]
        if len(asked):
            rows = self._looked_at(asked)
            for some in words:
                quiet[own[rows[self._hold(rows, some)]]] = False
        return quiet[places]

    def somewhere(self, asked: np.ndarray, words: str) -> np.ndarray:
        """Tell which findings stand in a member that holds one of some words."""
        rows = self._looked_at(asked)
        told = self.places.members_of_batch[rows[self._hold(rows, words)]]
        return np.isin(self.places.members[asked], told)

    def in_texts(self, asked: np.ndarray, words: str) -> np.ndarray:
        """Tell which findings stand in a record of which a text holds one of some words."""
        rows = np.flatnonzero(np.isin(self.places.batch, self.places.found[asked]))
        return np.isin(self.places.found[asked], self.places.batch[rows[self._hold(rows, words)]])

    def _looked_at(self, asked: np.ndarray) -> np.ndarray:
        """Give the rows at the beginning of members, and near some findings of them."""
        of_batch = self.places.members_of_batch
        members, firsts, own = np.unique(of_batch, return_index=True, return_inverse=True)
        near = np.unique(self.places.found[asked][:, None] + np.arange(-NEAR, NEAR + 1))
        some = np.isin(members, self.places.members[asked])[own]
        head = np.arange(len(of_batch)) - firsts[own] < _HEAD
        return np.flatnonzero(some & (head | np.isin(self.places.batch, near)))

    def _hold(self, rows: np.ndarray, words: str) -> np.ndarray:
        """Tell which of some rows hold words in their text, or the names of their field and member."""
        import pyarrow as pa
        import pyarrow.compute as pc

        some = pa.array(rows)
        texts: Any = pc.fill_null(self._batch.column("text").take(some), "")
        told = pc.match_substring_regex(texts, words).to_numpy(zero_copy_only=False)
        held = np.flatnonzero(told)
        if len(held) and words == OF_USERS:
            asked = texts.take(pa.array(held))
            counts = [pc.count_substring_regex(asked, one).to_numpy() for one in (words, _OF_SERVICES)]
            told = told.copy()
            told[held] = counts[0] > counts[1]
        return told | self._named(some, "field", words) | self._named(some, "path", words)

    def _named(self, some: Any, column: str, words: str) -> np.ndarray:
        """Tell which rows have words in the name of their field or member."""
        import pyarrow as pa
        import pyarrow.compute as pc

        coded = self._batch.column(column).take(some)
        coded = coded if pa.types.is_dictionary(coded.type) else coded.dictionary_encode()
        names: Any = pc.binary_join_element_wise(
            pc.fill_null(coded.dictionary.cast(pa.string()), ""), "=", ""
        )
        told = pc.match_substring_regex(names, words).to_numpy(zero_copy_only=False)
        codes = pc.fill_null(coded.indices, len(told)).to_numpy(zero_copy_only=False)
        return np.append(told, False)[codes]


def texts_of(column: Any, places: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """Give the texts at some places of a column by number, and those texts alone: each is asked about once."""
    import pyarrow as pa

    some = column.take(pa.array(places))
    some = some.combine_chunks() if isinstance(some, pa.ChunkedArray) else some
    some = some if pa.types.is_dictionary(some.type) else some.dictionary_encode()
    codes = some.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    used, own = np.unique(codes, return_inverse=True)
    texts = [""] * len(used)
    if len(some.dictionary):
        texts = some.dictionary.take(pa.array(np.maximum(used, 0))).to_pylist()
    return own, [text if code >= 0 else "" for code, text in zip(used.tolist(), texts, strict=True)]
