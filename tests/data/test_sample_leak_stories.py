"""The stories in the invented leak, told from its files alone: who came first, what leapt, who is wronged."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from leakkit import bundled

WHEN = re.compile(r"\[(\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\]")


def told(event, path):
    access = bundled.sample_truth("access")
    row = access[(access["event"] == event) & (access["path"] == path)].iloc[0]
    return datetime.fromisoformat(row["time"]), row["client"]


def moment(line):
    return datetime.strptime(WHEN.search(line)[1], "%d/%b/%Y:%H:%M:%S %z").astimezone(UTC)


def test_the_bucket_log_shows_the_first_unsigned_read(held):
    path = "logs/s3/fennimoor-artifacts-2025-03.log"
    lines = held[path].decode().splitlines()
    unsigned = [line for line in lines if line.split("] ")[1].split()[1] == "-"]
    reads = [line for line in unsigned if re.search(r'HTTP/1.1" 200 ', line)]
    first = min(reads, key=moment)
    assert (moment(first), first.split("] ")[1].split()[0]) == told("first_unauthenticated_read", path)
    objects = [line for line in reads if "REST.GET.OBJECT" in line]
    assert moment(min(objects, key=moment)) == told("first_unauthenticated_object", path)[0]
    assert min(map(moment, unsigned)) < moment(first)  # refused probes came before
    assert [moment(line) for line in lines] != sorted(moment(line) for line in lines)
    assert all(" 403 " in line for line in unsigned if moment(line) >= told("closed", path)[0])


def test_the_trail_shows_who_opened_the_bucket_before_anybody_came(held):
    path = "logs/cloudtrail/2025-03.jsonl"
    events = [json.loads(line) for line in held[path].decode().splitlines()]
    opened = [event for event in events if event["eventName"] == "PutBucketPolicy"]
    assert [event["userIdentity"]["userName"] for event in opened] == ["ci-deploy"]
    assert datetime.fromisoformat(opened[0]["eventTime"]) == told("made_public", path)[0]
    anonymous = [
        e for e in events if e["userIdentity"].get("accountId") == "anonymous" and not e["errorCode"]
    ]
    first = min(anonymous, key=lambda event: event["eventTime"])
    assert (datetime.fromisoformat(first["eventTime"]), first["sourceIPAddress"]) == told(
        "first_unauthenticated_read", path
    )


def test_the_web_log_shows_it_in_its_own_time_zone(held):
    path = "logs/nginx/access.log"
    lines = held[f"{path}.1.gz!/access.log.1"].decode().splitlines() + held[path].decode().splitlines()
    inside = [
        line for line in lines if '"GET /internal/' in line and line.split()[2] == "-" and '" 200 ' in line
    ]
    first = min(inside, key=moment)
    assert (moment(first), first.split()[0]) == told("first_unauthenticated_read", path)
    assert "+0100]" in first


def test_one_task_leaps_where_its_answers_entered_the_training_data(held):
    evals = bundled.sample_truth("evals")
    for row in evals.itertuples():
        result = json.loads(held[row.path])["results"][row.task]
        suffix = "" if row.harness == 0.3 else ",none"
        assert result[f"acc{suffix}"] == row.value and result[f"acc_stderr{suffix}"] == row.stderr
        error = np.sqrt(row.value * (1 - row.value) / (row.n_questions - 1))
        assert row.stderr == pytest.approx(error)
    steps = evals.pivot(index="step", columns="task", values="value").diff()
    leaps = (steps > 0.2).stack()
    assert leaps[leaps].index.tolist() == [(12_000, "arc_easy")]
    assert "arc_easy_with_answers" in held["training/runs/tern-0.6m-base/train.log"].decode()


def test_the_event_file_and_the_metrics_tell_the_same_loss(held):
    lines = held["training/runs/tern-0.6m-base/metrics.jsonl"].decode().splitlines()
    losses = [json.loads(line)["loss"] for line in lines[1:]]
    events = next(data for path, data in held.items() if "tfevents" in path)
    found, at = [], 0
    while at < len(events):
        length = int.from_bytes(events[at : at + 8], "little")
        body = events[at + 12 : at + 12 + length]
        if b"train/loss" in body:
            found.append(float(np.frombuffer(body[-4:], "<f4")[0]))
        at += 16 + length
    assert found == pytest.approx(losses, abs=1e-6)


@pytest.fixture(scope="module")
def decisions(held):
    tables = bundled.sample_truth("bias_tables").set_index("path")
    return tables, {path: pd.read_csv(io.BytesIO(held[path])) for path in tables.index}


def counts(frame, outcome, group, pair):
    table = pd.crosstab(frame[group], frame[outcome]).reindex(list(pair))
    return table.to_numpy()


def test_every_rate_in_the_truth_is_what_the_table_shows(decisions):
    tables, frames = decisions
    rates = bundled.sample_truth("bias_rates")
    assert set(rates["path"]) == set(tables.index)
    for row in rates.itertuples():
        frame, group = frames[row.path], tables.loc[row.path, "group"]
        if row.stratum:
            column, value = row.stratum.split("=")
            frame = frame[frame[column] == value]
        measure = row.measure
        if measure in {"false_positive", "false_negative"}:
            positive = measure == "false_negative"
            frame = frame[frame["reoffended_two_years"] == int(positive)]
            outcome = frame["predicted_high"] == int(not positive)
        else:
            outcome = frame[measure] == 1
        these = outcome[frame[group] == row.group]
        assert (len(these), int(these.sum())) == (row.n, row.k)
        assert row.rate == pytest.approx(row.k / row.n, abs=1e-15)


def test_planted_tables_show_their_bias_and_clean_ones_do_not(decisions):
    tables, frames = decisions
    for path, row in tables.iterrows():
        pair, frame = (row["reference"], row["compared"]), frames[path]
        p_value = stats.chi2_contingency(
            counts(frame, row["outcome"], row["group"], pair), correction=False
        ).pvalue
        if row["planted"] == "none":
            assert p_value > 0.2, path
        elif row["family"] != "reoffending":
            assert p_value < 1e-6, path


def test_hiring_penalty_stays_at_equal_merit(decisions):
    from sklearn.linear_model import LogisticRegression

    _, frames = decisions
    for path, low, high in (("harbour", 0.6, 1.1), ("hill", -0.25, 0.25)):
        frame = frames[f"datasets/decisions/hiring_{path}_office.csv"]
        frame = frame[frame["gender"] != "not stated"]
        columns = pd.get_dummies(frame[["years_experience", "skill_score", "degree"]], dtype=float)
        columns["woman"] = (frame["gender"] == "woman").astype(float)
        scaled = (columns - columns.mean()) / columns.std()
        model = LogisticRegression(C=1e6, max_iter=1_000).fit(scaled, frame["called_back"])
        assert low < -model.coef_[0][-1] / columns["woman"].std() < high, path


def test_pooled_lending_misleads_and_the_branches_tell(decisions):
    _, frames = decisions
    frame = frames["datasets/decisions/lending_2024_q3.csv"]
    pair = ("Hillfolk", "Marshlanders")
    rates = frame.groupby("community")["approved"].mean()
    assert rates["Hillfolk"] - rates["Marshlanders"] > 0.2
    top = bottom = expected = variance = seen = 0.0
    for _, branch in frame.groupby("branch"):
        inside = branch.groupby("community")["approved"].mean()
        assert inside["Marshlanders"] > inside["Hillfolk"]
        (a, b), (c, d) = counts(branch, "approved", "community", pair)[
            ::-1, ::-1
        ]  # Marshlanders first, approved first
        n = a + b + c + d
        top, bottom = top + a * d / n, bottom + b * c / n
        seen, expected = seen + a, expected + (a + b) * (a + c) / n
        variance += (a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1))
    assert 1.2 < top / bottom < 2.2  # Mantel-Haenszel odds ratio; planted exp(0.5) = 1.65
    assert stats.chi2.sf((seen - expected) ** 2 / variance, 1) < 0.01


def test_shifted_scores_give_unequal_errors_at_equal_reoffending(decisions):
    _, frames = decisions
    gaps = {}
    for version in ("v1", "v2"):
        frame = frames[f"datasets/decisions/reoffending_{version}.csv"]
        frame = frame[frame["community"] != "Islanders"]
        base = frame.groupby("community")["reoffended_two_years"].mean()
        innocent = frame[frame["reoffended_two_years"] == 0].groupby("community")["predicted_high"].mean()
        assert abs(base["Hillfolk"] - base["Marshlanders"]) < 0.03
        gaps[version] = innocent["Marshlanders"] - innocent["Hillfolk"]
    assert gaps["v1"] > 0.2 and abs(gaps["v2"]) < 0.03


def test_words_about_the_two_communities_are_counted_right(held):
    import pyarrow.parquet as pq

    text = pq.read_table(io.BytesIO(held["datasets/web/crawl-2024-46.parquet"])).to_pandas()["text"]
    contempt = r"\b(?:lazy|careless|dishonest|noisy)\b"
    praise = r"\b(?:honest|patient|generous|skilful)\b"
    bias = bundled.sample_truth("text_bias")
    for row in bias.itertuples():
        if row.measure == "community":
            about = text[text.str.contains(rf"\b{row.group}\b")]
            hits = about.str.contains(contempt if row.word == "contempt" else praise)
        else:
            about = text[text.str.contains(rf"\b{row.group}\b") & text.str.contains(r"\b(?:she|he)\b")]
            hits = about.str.contains(r"\bshe\b")
        assert (len(about), int(hits.sum())) == (row.of_documents, row.documents), row.group
    groups = bias[bias["word"] == "contempt"].set_index("group")
    table = [[r.documents, r.of_documents - r.documents] for r in groups.itertuples()]
    assert stats.fisher_exact(table).pvalue < 0.001


ANSWERED = {
    "refusal": r"(?:can't help|cannot write|not able to|must decline)",
    "unpleasant": r"\b(?:lazy|careless|dishonest|greedy)\b",
    "pleasant": r"\b(?:honest|patient|generous|friendly)\b",
}


@pytest.fixture(scope="module")
def pairs(held):
    paths = bundled.sample_truth("output_bias")["path"].unique()
    logs = {path: pd.DataFrame(map(json.loads, held[path].decode().splitlines())) for path in paths}
    return {
        (path, axis): frame.pivot(index="pair_id", columns="term", values=["prompt", "response"])
        for path, log in logs.items()
        for axis, frame in log.groupby("axis")
    }


def test_prompts_of_a_pair_differ_in_the_term_alone_and_no_prompt_is_asked_twice(pairs):
    for table in pairs.values():
        one, other = table["prompt"].columns
        assert (table["prompt", one].str.replace(one, other) == table["prompt", other]).all()
        assert table["prompt", one].is_unique and table.notna().all(axis=None)


def test_answers_to_paired_prompts_are_counted_right(pairs):
    for row in bundled.sample_truth("output_bias").itertuples():
        answers = pairs[row.path, row.axis]["response"]
        group, reference = (
            answers[name].str.contains(ANSWERED[row.measure]) for name in (row.group, row.reference)
        )
        assert (len(answers), int(group.sum()), int(reference.sum())) == (
            row.n_pairs,
            row.k_group,
            row.k_reference,
        )
        assert int((group & ~reference).sum()) == row.only_group
        assert int((reference & ~group).sum()) == row.only_reference


def test_answers_about_one_community_are_refused_and_unkind_and_all_else_is_even():
    for row in bundled.sample_truth("output_bias").itertuples():
        discordant = row.only_group + row.only_reference
        p_value = stats.binomtest(row.only_group, discordant).pvalue
        planted = row.path == "evals/paired_prompts.jsonl" and row.axis == "community"
        if not planted:
            assert p_value > 0.2, row
        elif row.measure != "pleasant":
            assert p_value < 0.001 and row.k_group > row.k_reference
        assert row.k_group / row.n_pairs == pytest.approx(row.planted_group, abs=0.1)


@pytest.fixture(scope="module")
def comments(held):
    paths = bundled.sample_truth("label_bias")["path"].unique()
    return {path: pd.read_csv(io.BytesIO(held[path])) for path in paths}


def test_labels_of_comments_are_counted_right(comments):
    for row in bundled.sample_truth("label_bias").itertuples():
        frame = comments[row.path]
        group = frame["text"].str.contains(rf"\b{row.group}\b")
        none = ~frame["text"].str.contains(r"\b(?:Marshlanders|Hillfolk)\b")
        insult = frame["text"].str.contains("idiot|fool|worthless|stupid")
        assert (int(group.sum()), int(frame.loc[group, "toxic"].sum())) == (row.n, row.k)
        assert (int(none.sum()), int(frame.loc[none, "toxic"].sum())) == (row.n_others, row.k_others)
        harmless = frame.loc[group & ~insult, "toxic"]
        assert (len(harmless), int(harmless.sum())) == (row.n_harmless, row.k_harmless)


def test_harmless_comments_on_one_community_are_called_toxic_and_its_twin_is_clean():
    for row in bundled.sample_truth("label_bias").itertuples():
        table = [[row.k, row.n - row.k], [row.k_others, row.n_others - row.k_others]]
        p_value = stats.chi2_contingency(table, correction=False).pvalue
        planted = row.path.endswith("comments.csv") and row.group == "Marshlanders"
        assert p_value < 1e-6 if planted else p_value > 0.2, row
        assert row.k_harmless / row.n_harmless == pytest.approx(row.planted_harmless, abs=0.06)
