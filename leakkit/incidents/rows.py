"""One row of a table of facts: cells that must fit each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from leakkit.incidents.cells import DATE_FORMS, parsed_date
from leakkit.incidents.tables import Table

Cells = Mapping[str, str]
RowFault = tuple[str, str, str]
"""Column, what was expected, what to do."""

_ROUNDING = 1e-4
_HOURS = {"hours": 1, "calendar_days": 24}
_NEEDS = {
    "higher_of": ("fine_fixed_amount", "fine_turnover_percent"),
    "turnover_capped_at_fixed": ("fine_fixed_amount", "fine_turnover_percent"),
    "either": ("fine_fixed_amount", "fine_turnover_percent"),
    "fixed": ("fine_fixed_amount",),
    "turnover_only": ("fine_turnover_percent",),
    "lower_of_for_SME": (),
}


def row_faults(table: Table, row: Cells) -> Iterator[RowFault]:
    """Give what does not fit in a row whose cells are well formed each for itself."""
    for check in _CHECKS[table.name]:
        yield from check(row)


def _dates(row: Cells) -> Iterator[RowFault]:
    """Nothing is disclosed before it happened; the precision is that of the date of disclosure."""
    occurred, disclosed = parsed_date(row["date_occurred"]), parsed_date(row["date_disclosed"])
    if occurred and disclosed and occurred[0] > disclosed[1]:
        yield (
            "date_disclosed",
            f"a date not before date_occurred, {row['date_occurred']}",
            "look both dates up",
        )
    precision = DATE_FORMS.get(len(row["date_disclosed"]), "unknown")
    if row["date_precision"] != precision:
        yield "date_precision", f"{precision}, the precision of date_disclosed", f"write {precision}"


def _leak_fine(row: Cells) -> Iterator[RowFault]:
    """An amount has a currency, and a currency an amount."""
    if row["fine_amount"] and not row["fine_currency"]:
        yield "fine_currency", "a currency, as there is an amount", "write its ISO 4217 code"
    if row["fine_currency"] and not row["fine_amount"]:
        yield "fine_amount", "an amount, as there is a currency", "write it, or empty fine_currency"
    if row["fine_amount"] and not row["regulator_action"]:
        yield "regulator_action", "who imposed the fine and when", "fill it in"


def _people(row: Cells) -> Iterator[RowFault]:
    """Where people are counted there is personal data."""
    if row["pii"] == "no" and row["people_affected"] not in ("", "0"):
        yield "pii", "yes or unknown, as people_affected counts people", "write yes, or empty people_affected"


def _leak_sources(row: Cells) -> Iterator[RowFault]:
    """What is claimed to have been read has an address."""
    if row["confidence"] in ("medium", "high"):
        for column in ("source_title", "source_url"):
            if not row[column]:
                yield column, f"a source, as confidence is {row['confidence']}", "fill it in, or write low"


def _high_sources(row: Cells) -> Iterator[RowFault]:
    """High confidence needs an address."""
    if row["confidence"] == "high" and not row["source_url"]:
        yield "source_url", "an address, as confidence is high", "fill it in, or write medium in confidence"


def _titled(row: Cells) -> Iterator[RowFault]:
    """Each row names its source."""
    if not row["source_title"]:
        yield "source_title", "the name of the source", "fill it in"


def _deadline(row: Cells) -> Iterator[RowFault]:
    """Value and unit go together; hours are filled for hours and calendar days only."""
    value, unit = row["deadline_value"], row["deadline_unit"]
    if value and not unit:
        yield "deadline_unit", "a unit, as there is a deadline_value", "write hours, calendar_days, ..."
    if unit and not value:
        yield "deadline_value", "a number, as there is a deadline_unit", "write it, or empty deadline_unit"
    hours = str(int(value) * _HOURS[unit]) if value and unit in _HOURS else ""
    if row["deadline_hours"] != hours and bool(value) == bool(unit):
        meant = f"{hours} hours ({value} {unit})" if hours else "nothing, as no calendar is known"
        yield "deadline_hours", meant, f"write {hours}" if hours else "leave it empty"


def _ceiling(row: Cells) -> Iterator[RowFault]:
    """A ceiling of fines has a rule and what the rule needs; other duties have none."""
    if row["duty"] != "fine_ceiling":
        for column in ("fine_rule", "fine_fixed_amount", "fine_turnover_percent"):
            if row[column]:
                yield (
                    column,
                    "nothing, as duty is not fine_ceiling",
                    "leave it empty; the fine has its own row",
                )
        return
    if not row["fine_rule"]:
        yield "fine_rule", "a rule, as duty is fine_ceiling", f"write one of {', '.join(_NEEDS)}"
    for column in _NEEDS.get(row["fine_rule"], ()):
        if not row[column]:
            yield column, f"a number, as fine_rule is {row['fine_rule']}", "fill it in"
    if row["fine_fixed_amount"] and not row["fine_currency"]:
        yield "fine_currency", "a currency, as there is an amount", "write its ISO 4217 code"


def _from_when(row: Cells) -> Iterator[RowFault]:
    """A law still to come says from when."""
    if row["status"] == "enacted_future" and not row["in_force_from"]:
        yield "in_force_from", "a day, as status is enacted_future", "fill it in"


def _rate(row: Cells) -> Iterator[RowFault]:
    """The rate is our division of two other cells."""
    if not (row["count"] and row["corpus_documents"]):
        return
    if int(row["corpus_documents"]) == 0:
        yield "corpus_documents", "more than zero documents", "leave it empty where unknown"
        return
    rate = 1000 * int(row["count"]) / int(row["corpus_documents"])
    if not row["rate_per_1000_documents"] or abs(float(row["rate_per_1000_documents"]) - rate) > _ROUNDING:
        yield "rate_per_1000_documents", "1000 * count / corpus_documents", f"write {rate:.7g}"


def _unit(row: Cells) -> Iterator[RowFault]:
    """A value has a unit."""
    if row["value"] and not row["unit"]:
        yield "unit", "a unit, as there is a value", "fill it in"


_CHECKS: dict[str, tuple[Callable[[Cells], Iterator[RowFault]], ...]] = {
    "ai_leaks": (_dates, _leak_fine, _people, _leak_sources),
    "legal_duties": (_titled, _deadline, _ceiling, _from_when, _high_sources),
    "corpus_pii_prevalence": (_titled, _rate, _high_sources),
    "harm_reference_points": (_titled, _unit, _high_sources),
}
