"""What the named tables of decisions say, in sentences made from the frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leakkit.bias.tables.decided import Decided


def describe_decided(decided: Decided) -> tuple[str, ...]:
    """Answer "do the tables treat groups differently?" in a few sentences.

    Parameters
    ----------
    decided : Decided
        What `leakkit.rate_decisions` gives.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> import leakkit as lk
    >>> leak = lk.open_leak(lk.sample_leak())
    >>> found = lk.rate_decisions(leak, lk.load_decisions(leak=leak))
    >>> print(describe_decided(found)[0])
    7 tables of decisions were named and read; in 4 of them the rate of some group is told from that of its
    reference (11 comparisons, p below .05 after correction over all of them).
    """
    n_tables, comparisons = len(decided.rated), decided.comparisons
    failed = len(decided.problems)
    if not n_tables:
        unread = f" {failed:,} that were named could not be read." if failed else ""
        return (
            "No table of decisions was measured (0 tables): somebody must name the outcome, the label that people "
            f"want, and the group.{unread}",
        )
    told = comparisons[(comparisons["p_adjusted"] < 0.05).fillna(False)]
    tables = "table" if n_tables == 1 else "tables"
    sentences = [
        f"{n_tables:,} {tables} of decisions {'was' if n_tables == 1 else 'were'} named and read; in "
        f"{told['path'].nunique():,} of them the rate of some group is told from that of its reference "
        f"({len(comparisons):,} comparisons, p below .05 after correction over all of them)."
    ]
    if len(told):
        row = told.loc[told["difference"].abs().astype(float).idxmax()]
        sentences.append(
            f"Furthest apart, {row['meaning']} in {row['path']}: {row['group']} {row['rate']:.1%} of {row['n']:,} "
            f"beside {row['reference']} {row['rate_reference']:.1%} of {row['n_reference']:,}, "
            f"{100 * row['difference']:+.1f} points (interval {100 * row['difference_low']:+.1f} to "
            f"{100 * row['difference_high']:+.1f})."
        )
    turned = decided.stratified
    turned = turned[turned["simpson"].fillna(False)] if len(turned) else turned
    if len(turned):
        sentences.append(
            f"In {turned['path'].nunique():,} of the tables the pooled difference misleads: within strata it is "
            "another."
        )
    if failed:
        sentences.append(f"{failed:,} named {'table' if failed == 1 else 'tables'} could not be read.")
    return tuple(sentences)
