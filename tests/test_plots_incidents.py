"""Figures and sentences about incidents: n, unknowns and intervals are printed; labels do not overlap."""

from __future__ import annotations

import datetime
import itertools

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from leakkit import plots
from leakkit.errors import BadFrameError, BadParameterError
from leakkit.frames import AI_LEAKS, ARTIFACTS, INCIDENTS
from leakkit.incidents.a4 import measure_a4
from leakkit.incidents.beside import similar_leaks
from leakkit.incidents.delays import measure_delays
from leakkit.incidents.rates import count_by_year, count_categories
from leakkit.report import wording_incidents as wording


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def day(text):
    """Give a day."""
    return datetime.datetime.fromisoformat(text)


def leaks():
    """Give six invented leaks."""
    rows = [
        ("a", "Fennimoor Models", "2024-01-01", "2024-01-01", "2024-01-31", "bug", ["weights"], 10, "yes"),
        (
            "b",
            "Fennimoor Models",
            "2024-03-01",
            "2024-03-01",
            "2024-03-02",
            "bug",
            ["weights", "code"],
            20,
            "no",
        ),
        ("c", "Harbour <b>$x^2$</b>", "2024-05-01", None, None, "insider", ["prompts"], 30, "unknown"),
        ("d", None, "2024-06-01", None, None, "unknown", None, 1_000_000, "yes"),
        ("e", "名前", "2025-01-01", "2024-12-01", "2024-12-31", None, ["weights"], None, "no"),
        ("f", "Vale", None, None, None, "bug", [], None, None),
    ]
    return AI_LEAKS.from_rows(
        {"incident_id": key, "title": f"Leak {key}", "organisation": who, "confidence": "high",
         "date_disclosed": known and day(known), "date_disclosed_end": known and day(known),
         "date_occurred": first and day(first), "date_occurred_end": last and day(last),
         "exposure_vector": route, "artifact_types": types, "records_exposed": size, "pii": pii}
        for key, who, known, first, last, route, types, size, pii in rows
    )  # fmt: skip


def texts(ax):
    """All words of the figure of an axes."""
    legend = ax.get_legend()
    words = [ax.get_title(loc="left"), ax.get_xlabel(), ax.get_ylabel(), *(t.get_text() for t in ax.texts)]
    words += [t.get_text() for t in (*ax.get_yticklabels(), *ax.get_xticklabels())]
    words += [t.get_text() for t in legend.get_texts()] if legend else []
    note = ax.figure._supxlabel
    return " | ".join([*words, note.get_text() if note else ""])


def test_routes_carry_counts_intervals_and_what_is_unknown():
    said = texts(plots.draw_routes(count_categories(leaks(), "exposure_vector")))
    assert "Most frequent: bug" in said
    assert "3 of 4" in said
    assert "n = 4 with a known value; 1 unknown; 1 not recorded" in said


def test_groups_of_routes_have_marks_of_their_own():
    frame = leaks().assign(period=["old", "old", "old", "new", "new", "new"])
    ax = plots.draw_routes(count_categories(frame, "exposure_vector", by="period"), title="Then and now")
    said = texts(ax)
    assert "Then and now" in said and "old (n = " in said and "new (n = " in said
    assert len({line.get_marker() for line in ax.lines}) == 2


def test_slanted_ends_run_from_the_low_to_the_high_end():
    counts = count_categories(leaks(), "artifact_types")
    ax = plots.draw_slanted(counts)
    corners = ax.patches[0].get_xy()
    assert corners[1][0] == pytest.approx(float(counts["low"][0]))
    assert corners[2][0] == pytest.approx(float(counts["high"][0]))
    assert "75% (3 of 4)" in texts(ax)
    assert "Exposed most often: weights" in texts(plots.draw_artifacts(leaks()))


def test_no_label_of_the_timeline_overlaps_another_and_names_are_plain():
    many = pd.concat([leaks()] * 6, ignore_index=True)
    ax = plots.draw_timeline(many)
    ax.figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts]
    assert len(boxes) == 30
    assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2))
    said = texts(ax)
    assert "n = 30 leaks; 6 without a date" in said
    assert "□□" in said and "Harbour <b>$x^2$</b>" in said


def test_delays_are_drawn_with_what_the_dates_allow():
    delays = measure_delays(leaks())
    said = texts(plots.draw_delays(delays))
    assert "n = 3 (2 exact, 1 interval, 0 open); 3 unknown" in said
    assert "Half were disclosed within" in said


def test_sizes_show_median_and_mean():
    said = texts(plots.draw_sizes(leaks(), "records_exposed"))
    assert "median: 25" in said
    assert "mean: 250,015" in said
    assert "mean without the largest: 20" in said
    assert "n = 4 known; 2 unknown" in said
    assert "$" not in said  # no mark-up where mathematics is not read


def incident(number, **more):
    """Give one row of the incidents frame."""
    return {"incident_uid": f"vcdb:{number}", "source": "vcdb", "source_id": str(number)} | more


def test_the_grid_counts_an_incident_once_in_each_of_its_cells():
    frame = INCIDENTS.from_rows([
        incident(1, actor=["external", "internal"], action=["hacking"], attribute=["confidentiality"],
                 asset_variety=["S - Database", "S - Web application"]),
        incident(2, actor=["external"], action=["hacking"], asset_variety=["S - Mail"], attribute=["confidentiality"]),
        incident(3, action=["error"], asset_variety=["Strange"]),
        incident(4),
    ])  # fmt: skip
    cells = measure_a4(frame)
    assert cells.values.tolist() == [
        ["external", "hacking", "server", "confidentiality", 2],
        ["internal", "hacking", "server", "confidentiality", 1],
        ["unknown", "error", "unknown", "unknown", 1],
    ]
    said = texts(plots.draw_a4_grid(frame))
    assert "Most frequent: external hacking on a server, confidentiality" in said
    assert "n = 3 incidents; 1 with nothing recorded" in said
    assert "2 of 4 incidents" in wording.describe_a4(frame)


def test_nothing_is_drawn_and_said_when_there_is_nothing():
    none, no_incident = AI_LEAKS.from_rows([]), INCIDENTS.from_rows([])
    counts = count_categories(none, "exposure_vector")
    for ax in (plots.draw_routes(counts), plots.draw_slanted(counts), plots.draw_artifacts(none),
               plots.draw_timeline(none), plots.draw_delays(measure_delays(none)), plots.draw_a4_grid(no_incident),
               plots.draw_sizes(none, "records_exposed")):  # fmt: skip
        assert "nothing to draw" in texts(ax)
        ax.figure.canvas.draw()
    assert "0 rows" in wording.describe_leaks(none)[0]
    assert "0 incidents" in wording.describe_shares(counts)
    assert "0 years" in wording.describe_years(count_by_year(none, date="date_disclosed"))
    assert "0 leaks" in wording.describe_delays(measure_delays(none))
    assert "0 leaks" in wording.describe_tempting_delay(measure_delays(none))
    assert "0 of 0" in wording.describe_sizes(none, "records_exposed")
    assert "0 of 0 leaks" in wording.describe_outcomes(none)
    assert "0 incidents" in wording.describe_a4(no_incident)


def test_sentences_carry_their_numbers():
    frame = leaks()
    assert wording.describe_leaks(frame)[0].startswith(
        "The table holds 6 publicly reported leaks that became known from 2024 to 2025; 2 of them exposed personal "
        "data, and for 2 nobody can tell."
    )
    assert wording.describe_sizes(frame, "records_exposed") == (
        "Of 4 known sizes the median is 25 (interval unknown to unknown); the mean is 250,015, or 20 without the "
        "largest. 2 sizes are unknown."
    )
    assert "Most incidents fall in 2024: 4 of 6" in wording.describe_years(
        count_by_year(frame, date="date_disclosed")
    )
    assert "n = 3; for 3 more" in wording.describe_delays(measure_delays(frame))


def test_a_leak_is_put_beside_those_that_exposed_the_same():
    rows = [{"path": name, "kind": kind, "present": present, "format": "text", "format_by": "magic", "status": "ok"}
            for name, kind, present in (("m", "weights", True), ("c", "source_code", False))]  # fmt: skip
    known = leaks().assign(artifact_types=AI_LEAKS.from_rows(
        {"incident_id": key, "title": "t", "confidence": "high", "artifact_types": types}
        for key, types in (("a", ["model_weights"]), ("b", ["source_code"]), ("c", ["model_weights", "training_data"]),
                           ("d", None), ("e", []), ("f", ["system_prompt"]))
    ).sort_values("incident_id", ignore_index=True)["artifact_types"], incident_id=list("abcdef"))  # fmt: skip
    found = similar_leaks(known, ARTIFACTS.from_rows(rows))
    assert found[["incident_id", "likeness"]].values.tolist() == [["a", 1.0], ["c", 0.5]]
    with pytest.raises(BadFrameError, match="found no column present"):
        similar_leaks(known, pd.DataFrame({"kind": []}))


def test_frames_of_another_kind_are_refused():
    with pytest.raises(BadFrameError, match="category"):
        plots.draw_routes(leaks())
    with pytest.raises(BadFrameError, match="organisation"):
        plots.draw_timeline(INCIDENTS.from_rows([]))


def test_a_single_known_size_is_drawn_and_told():
    frame = leaks()
    one = frame[frame["records_exposed"].notna()].head(1)
    assert wording.describe_sizes(one, "records_exposed").startswith("Of 1 known sizes the median is ")
    assert plots.draw_sizes(one, "records_exposed").get_lines()


def test_amounts_of_several_currencies_are_neither_drawn_nor_told_together():
    frame = leaks().head(3).assign(fine_amount=[1.0, 2.0, None], fine_currency=["EUR", "USD", None])
    for show in (wording.describe_sizes, plots.draw_sizes):
        with pytest.raises(BadParameterError, match="one currency"):
            show(frame, "fine_amount")
    euros = frame.assign(fine_currency=["EUR", "EUR", None])
    assert wording.describe_sizes(euros, "fine_amount").endswith(" 1 size is unknown.")
