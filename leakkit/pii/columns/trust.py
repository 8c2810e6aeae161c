"""Whether the names of a table's columns may be heard: shifted or shuffled ones contradict what their values are."""

from __future__ import annotations

from collections.abc import Sequence

from leakkit.pii.columns.evidence import Column

_SPEAKS, _FEWEST, _MOST_HIDDEN = 0.7, 2, 3
_FORMED = frozenset(
    "EMAIL PHONE IBAN CREDIT_CARD US_SSN NATIONAL_ID IP_ADDRESS PERSON STREET_ADDRESS".split()
)
_ALIKE = (
    frozenset("US_SSN NATIONAL_ID TAX_ID COMPANY_ID UK_NHS UK_NINO FR_NIR DE_TAX_ID SE_PERSONNUMMER PASSPORT "
              "DRIVER_LICENSE MEDICAL_ID MEDICAL_LICENSE EMPLOYEE_ID BANK_ACCOUNT ROUTING_NUMBER DEVICE_ID".split()),
    frozenset("STREET_ADDRESS CITY STATE COUNTRY LOCATION POSTCODE NATIONALITY COORDINATES".split()),
    frozenset("PERSON USERNAME EMAIL SOCIAL_PROFILE ORGANIZATION URL DEVICE_ID".split()),
    frozenset("PASSWORD PASSWORD_HASH API_KEY GENERIC_SECRET COOKIE JWT CONNECTION_STRING CRYPTO_KEY".split()),
    frozenset("CREDIT_CARD IBAN BANK_ACCOUNT ROUTING_NUMBER CRYPTO_ADDRESS CARD_SECURITY_CODE".split()),
    frozenset("IP_ADDRESS MAC_ADDRESS URL DEVICE_ID IMEI IMSI VIN LICENSE_PLATE".split()),
    frozenset("DATE_OF_BIRTH AGE".split()),
)  # fmt: skip
"""Entities that people put under one another's name; that is no sign of shuffled names."""


def are_shuffled(columns: Sequence[Column]) -> bool:
    """Say whether more names are contradicted by their values than agree with them, and several are."""
    against = sum(_contradicts(column) for column in columns)
    agree = sum(_agrees(column) for column in columns)
    hidden = sum(_hides(column) for column in columns)
    return (against >= _FEWEST and against > agree) or (hidden >= _MOST_HIDDEN and hidden > agree)


def _hides(column: Column) -> bool:
    """Say whether a name that speaks of no personal data stands over values that are some by their form."""
    sense, told = column.sense, column.verdict
    says_not = sense.entity is None and sense.strength >= _SPEAKS
    return says_not and told.entity in _FORMED and told.confidence >= 0.8 and column.facts.n_distinct >= 5


def _speaks(column: Column) -> bool:
    """Say whether the name of a column with several values claims an entity."""
    return (
        column.sense.entity is not None and column.sense.strength >= _SPEAKS and column.facts.n_distinct >= 5
    )


def _agrees(column: Column) -> bool:
    """Say whether the verdict is what the name says."""
    return _speaks(column) and _are_alike(column.sense.entity, column.verdict.entity)


def _contradicts(column: Column) -> bool:
    """Say whether the values are another thing by their form, or cannot be what the name says."""
    if not _speaks(column):
        return False
    told = column.verdict
    if told.entity is None:
        return column.facts.mean(str(column.sense.entity)) < 0.25
    return told.confidence >= 0.6 and not _are_alike(column.sense.entity, told.entity)


def _are_alike(one: str | None, other: str | None) -> bool:
    """Say whether two entities are one, or near enough."""
    return one == other or any(one in kin and other in kin for kin in _ALIKE)
