"""Links between catalogues: names, texts, domain and dates speak; references never do."""

from __future__ import annotations

import datetime

import numpy as np
import pandas as pd
import pytest

from leakkit.errors import BadFrameError, BadParameterError
from leakkit.frames import INCIDENT_LINKS, INCIDENTS
from leakkit.incidents.link_candidates import (
    MOST_NAMESAKES,
    MOST_PARTNERS,
    Records,
    find_candidates,
    word_weights,
)
from leakkit.incidents.links import link_incidents, links_to_review


def record(uid, title=None, *, day=None, end=None, basis="occurred", **more):
    """Give one row of the incidents frame."""
    first = datetime.datetime.fromisoformat(day) if day else None
    last = datetime.datetime.fromisoformat(end) if end else first
    source, number = uid.split(":")
    return {
        "incident_uid": uid, "source": source, "source_id": number, "title": title, "incident_date": first,
        "incident_date_end": last, "date_basis": basis, **more,
    }  # fmt: skip


def links(*rows, **options):
    """Link rows."""
    return link_incidents(INCIDENTS.from_rows(rows), **options)


def decisions(found):
    """Give the decision of each pair."""
    return {(a, b): d for a, b, d in zip(found["uid_a"], found["uid_b"], found["decision"], strict=True)}


def test_one_title_in_two_catalogues_is_a_link_whatever_the_lag_of_publication():
    found = links(
        record("aiid:68", "Security Robot Drowns Itself in a Fountain", day="2017-07-17"),
        record("avid:V8", "Security robot drowns itself in a fountain!", day="2022-12-23", basis="disclosed"),
        record("aiid:69", "Worker Hurt by Welding Robot", day="2017-07-18"),
    )
    assert decisions(found) == {("aiid:68", "avid:V8"): "accept"}
    assert found["days_apart"].tolist() == [1985]
    INCIDENT_LINKS.validate(found)


def test_a_name_and_a_near_date_link_victims_and_a_far_date_does_not():
    found = links(
        record("vcdb:A", "Fennimoor Models hacking", victim="Fennimoor Models, Inc.", day="2019-03-02"),
        record("hibp:F", "Fennimoor Models", victim="Fennimoor Models", day="2019-03-04"),
        record("hhs:1", "Fennimoor Models LLC", victim="Fennimoor Models LLC", day="2024-03-04"),
    )
    assert decisions(found) == {("hibp:F", "vcdb:A"): "accept"}


def test_a_victim_with_two_incidents_near_in_time_is_for_review():
    found = links(
        record("vcdb:A", "Fennimoor hacking", victim="Fennimoor", day="2019-03-02"),
        record("vcdb:B", "Fennimoor error", victim="Fennimoor", day="2019-03-03"),
        record("hibp:F", "Fennimoor", victim="Fennimoor", day="2019-03-03"),
    )
    assert set(decisions(found).values()) == {"review"}
    assert links_to_review(found)["uid_b"].tolist() == ["vcdb:A", "vcdb:B"]


def test_a_date_known_to_the_year_is_not_enough_for_a_name():
    found = links(
        record("vcdb:A", "Fennimoor hacking", victim="Fennimoor", day="2019-01-01", end="2019-12-31"),
        record("hibp:F", "Fennimoor", victim="Fennimoor", day="2019-03-03"),
    )
    assert decisions(found) == {("hibp:F", "vcdb:A"): "review"}


def test_one_domain_and_a_near_date_are_a_link_when_the_names_differ():
    found = links(
        record("vcdb:A", "Harbour Nine hacking", victim="Harbour Nine", victim_domain="WWW.fennimoor.example",
               day="2019-03-02"),
        record("hibp:F", "Fennimoor", victim="Fennimoor", victim_domain="fennimoor.example", day="2019-03-02"),
    )  # fmt: skip
    assert found[["method", "decision"]].values.tolist() == [["domain+date", "accept"]]
    assert found["same_domain"].tolist() == [True]


def test_two_tales_of_one_company_at_one_time_are_for_review():
    found = links(
        record(
            "aiid:1",
            "Chatbot insults customers in a shop",
            deployer=["Fennimoor"],
            developer=["Fennimoor"],
            day="2023-03-01",
        ),
        record("ai_leak:w", "Model weights put on a torrent", victim="Fennimoor", day="2023-03-01"),
    )
    assert decisions(found) == {("ai_leak:w", "aiid:1"): "review"}


def test_references_and_numbers_of_catalogues_do_not_speak():
    plain = [
        record("aiid:6", "Chatbot turns rude", summary="It was taken down."),
        record("avid:V1", "A study of poisoned data", summary="Nothing alike."),
    ]
    told = [
        plain[0] | {"reference": ["https://example.org/6"], "summary": "It was taken down. Incident 6"},
        plain[1] | {"reference": ["https://example.org/6"],
                    "summary": "Nothing alike. https://example.org/cite/6 Incident 6 AML.CS0009"},
    ]  # fmt: skip
    assert links(*plain, accept=0.05, review=0).empty
    assert links(*told, accept=0.05, review=0).empty


def test_a_report_before_the_incident_takes_something_off():
    title = "Robot spills paint"
    late = record("avid:V1", title, day="2020-01-01", basis="disclosed")
    early = record("avid:V1", title, day="2018-01-01", basis="disclosed")
    happened = record("aiid:1", title, day="2019-06-01")
    assert links(happened, early)["score"][0] < links(happened, late)["score"][0]


def test_no_link_is_made_within_one_catalogue_or_from_unknown_names():
    assert links(
        record("vcdb:A", "Unknown hacking", victim="Unknown", day="2019-03-02"),
        record("vcdb:B", "Unknown hacking", victim="Unknown", day="2019-03-02"),
        record("hibp:B", "Unknown", victim="unknown", day="2019-03-02"),
    ).empty


def test_nothing_gives_an_empty_frame_and_the_order_of_rows_does_not_matter():
    assert links().empty
    assert links(record("vcdb:A")).empty
    assert links(record("vcdb:A"), record("hibp:A")).empty
    rows = [
        record(f"aiid:{n}", f"Robot {w} falls over", day="2020-01-01")
        for n, w in enumerate("xk qz ju".split())
    ]
    rows += [record(f"avid:{n}", f"robot {w} falls over") for n, w in enumerate("ju xk qz".split())]
    assert links(*rows).equals(links(*rows[::-1]))


def namesakes(many, few, **more):
    """Give two catalogues whose records all share one name, on days spread over years; each ninth has no date."""
    start = datetime.date(2015, 1, 1)
    days = [
        None if n % 9 == 8 else (start + datetime.timedelta(n * 7 % 2900)).isoformat() for n in range(many)
    ]
    rows = [record(f"vcdb:{n:05}", victim="Fennimoor", day=days[n], **more) for n in range(many)]
    return rows + [record(f"hibp:{n:05}", victim="Fennimoor", day=days[n], **more) for n in range(few)]


def candidates(rows):
    """Give the records of rows in order of uid, and the pairs that are looked at."""
    frame = INCIDENTS.from_rows(rows).sort_values("incident_uid", ignore_index=True)
    records = Records.of(frame)
    return records, find_candidates(records, word_weights(records.texts))


@pytest.mark.parametrize("more", [{}, {"victim_domain": "fennimoor.example"}])
def test_one_name_or_domain_on_every_record_gives_few_pairs_a_record(more):
    records, pairs = candidates(namesakes(10_000, 1_000, **more))
    assert 10_000 < len(pairs) <= (2 * MOST_NAMESAKES + MOST_PARTNERS) * 11_000
    assert len(np.unique(pairs, axis=0)) == len(pairs)
    assert (records.source[pairs[:, 0]] != records.source[pairs[:, 1]]).all()


def test_the_partners_of_many_namesakes_are_the_nearest_in_date_and_of_those_the_first_uids():
    records, pairs = candidates(namesakes(300, 100, victim_domain="fennimoor.example"))
    never = 2**40
    begins = [never if np.isnat(day) else int(day.astype(int)) for day in records.first]
    expected = set()
    for a in range(400):
        others = [b for b in range(400) if records.source[b] != records.source[a]]
        others.sort(key=lambda b: (abs(begins[a] - begins[b]), b))
        expected |= {(min(a, b), max(a, b)) for b in others[:MOST_NAMESAKES]}
    assert set(map(tuple, pairs.tolist())) == expected


def test_many_namesakes_are_all_paired_up_to_the_cap_and_one_day_for_all_is_no_trouble():
    day = {"victim": "Fennimoor", "day": "2020-01-01"}
    rows = [record(f"{s}:{n:04}", **day) for s in ("vcdb", "hibp") for n in range(MOST_NAMESAKES)]
    assert len(candidates(rows)[1]) == MOST_NAMESAKES**2
    rows = [record(f"{s}:{n:04}", **day) for s in ("vcdb", "hibp") for n in range(500)]
    assert len(candidates(rows)[1]) == 2 * 500 * MOST_NAMESAKES - MOST_NAMESAKES**2


def test_links_of_many_namesakes_do_not_depend_on_the_order_of_rows():
    rows = namesakes(500, 100) + [record("hibp:x", "Robot drowns in fountain", day="2016-01-01")]
    rows += [record("vcdb:x", "Robot Drowns in a Fountain", day="2016-01-01")]
    frame = INCIDENTS.from_rows(rows)
    found = link_incidents(frame, accept=0.1, review=0)
    assert len(found) > MOST_NAMESAKES * 100
    pd.testing.assert_frame_equal(
        found, link_incidents(frame.sample(frac=1, random_state=5), accept=0.1, review=0)
    )
    assert decisions(link_incidents(frame))["hibp:x", "vcdb:x"] == "accept"


def test_hostile_titles_pass_through_escaped_by_their_reader_only():
    title = "<script>alert(1)</script> $(x) ‮ {{7*7}}"
    found = links(record("aiid:1", title), record("avid:1", title))
    assert found["title_a"].tolist() == [title]


def test_thresholds_and_frames_are_checked():
    with pytest.raises(BadParameterError, match="review 0.9 and accept 0.5"):
        links(accept=0.5, review=0.9)
    with pytest.raises(BadFrameError, match="victim_domain"):
        link_incidents(INCIDENTS.from_rows([]).drop(columns="victim_domain"))
