"""Forms that numbers of citizens, taxpayers and the insured have in one country or another, and few other things."""

from __future__ import annotations

import re

from leakkit.pii.columns.evidence import Guess
from leakkit.pii.columns.facts import Facts

_DAY, _MONTH = r"(?:0[1-9]|[12]\d|3[01])", r"(?:0[1-9]|1[0-2])"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (entity, re.compile(f"(?:{pattern})$"))
    for entity, pattern in (
        ("NATIONAL_ID", r"756\.\d{4}\.\d{4}\.\d\d"),
        ("NATIONAL_ID", rf"\d\d\.{_MONTH}\.{_DAY}-\d{{3}}\.\d\d"),
        ("NATIONAL_ID", rf"{_DAY}{_MONTH}\d\d[-+A]\d{{3}}[\dA-Y]\d?"),
        ("SE_PERSONNUMMER", rf"(?:19|20)?\d\d{_MONTH}{_DAY}[-+]\d{{4}}"),
        ("NATIONAL_ID", rf"\d\d(?:[05][1-9]|[16][0-2]){_DAY}/\d{{3,4}}"),
        ("NATIONAL_ID", rf"\d\d{_MONTH}{_DAY}-[1-8]\d{{6}}"),
        ("NATIONAL_ID", rf"\d\d{_MONTH}{_DAY}-\d\d-\d{{4}}"),
        ("NATIONAL_ID", r"\d{3}\.\d{3}\.\d{3}-\d\d"),
        ("NATIONAL_ID", r"\d{1,2}\.\d{3}\.\d{3}-[\dkK]"),
        ("NATIONAL_ID", r"\d{5}-\d{7}-\d"),
        ("NATIONAL_ID", r"\d{3}-\d{7}-\d"),
        ("NATIONAL_ID", r"784-(?:19|20)\d\d-\d{7}-\d"),
        ("NATIONAL_ID", r"[2-9]\d{3}([ -])\d{4}\1\d{4}"),
        ("NATIONAL_ID", rf"[A-Z]{{4}}\d\d{_MONTH}{_DAY}[HM][A-Z]{{5}}[A-Z\d]\d"),
        ("NATIONAL_ID", r"[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]"),
        ("NATIONAL_ID", r"[STFGM]\d{7}[A-Z]"),
        ("NATIONAL_ID", rf"[1-8]\d{{5}}(?:19|20)\d\d{_MONTH}{_DAY}\d{{3}}[\dXx]"),
        ("NATIONAL_ID", r"[A-Z]{1,2}\d{6}\([\dA]\)"),
        ("NATIONAL_ID", r"\d{8} \d [A-Z]{2}\d|\d{9}[A-Z]{2}\d"),
        ("NATIONAL_ID", r"\d{6}-?[1-8][*xX●•]{6}"),
        ("NATIONAL_ID", r"0(?:0[1-9]|[1-9]\d)[0-3]\d{8}"),
        ("DRIVER_LICENSE", r"[A-Z]{1,2}-\d{5,6} \d"),
        ("NATIONAL_ID", r"[1-9]-\d{4}-\d{5}-\d\d-\d"),
        ("UK_NINO", r"[A-CEGHJ-PR-TW-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D]"),
        ("TAX_ID", r"[A-Z]{5}\d{4}[A-Z]"),
        ("TAX_ID", r"[AP]\d{9}[A-Z]"),
        ("TAX_ID", rf"[A-ZÑ&]{{3,4}}\d\d{_MONTH}{_DAY}[A-Z\d]{{3}}"),
        (
            "MEDICAL_ID",
            r"(?:DN|HX|CH|NN|TK|HC|XK|HT|TB|NO|CT|XB|TN|CS|QN|CA|CY|XN|MS|CC|CK|CB|KC|HD|TE|BT|HN|DT|DK|XD|TS|TC|TQ"
            r"|TA|TY|HG|LS|PV|HS|SV|GB|GD)[1-5]\d{12}",
        ),
        (
            "LICENSE_PLATE",
            r"(?:AG|AI|AR|BE|BL|BS|FR|GE|GL|GR|JU|LU|NE|NW|OW|SG|SH|SO|SZ|TG|TI|UR|VD|VS|ZG|ZH) ?\d{4,6}",
        ),
    )
)
"""Of Switzerland, Belgium, the North, Czechia and Slovakia, Korea, Malaysia, Brazil, Chile, Pakistan, the Dominican
Republic, the Emirates, India, Mexico, Italy, Singapore, China, Hong Kong, Portugal, Vietnam, Thailand, Britain,
taxes of India, Kenya and Mexico, Vietnam's health insurance, and plates of the Swiss cantons."""
_AMERICAN = tuple(
    re.compile(rf"(?!000|666|9)\d{{3}}{joint}(?!00)\d\d{joint}(?!0000)\d{{4}}$") for joint in ("-", "")
)
"""Written with and without joints, in one column."""


def of_a_country(facts: Facts) -> Guess | None:
    """Tell numbers by their form, where nearly each person has another."""
    if not facts.varied(0.7) or not 6 <= facts.length <= 22:
        return None
    share, entity = max(
        ((facts.matching(form), entity) for entity, form in _FORMS), key=lambda found: found[0]
    )
    if share < 0.85 and min(facts.matching(form) for form in _AMERICAN) >= 0.2:
        share, entity = sum(facts.matching(form) for form in _AMERICAN), "US_SSN"
    if share < 0.85:
        return None
    return Guess(entity, share, 0.62, f"{share:.0%} have a form that few but one country's numbers have")
