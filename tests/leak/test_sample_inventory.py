"""The inventory of the bundled leak, whole, against everything that was planted in it."""

import pandas as pd
import pytest

import leakkit as lk


@pytest.fixture(scope="module")
def joined():
    found = lk.open_leak(lk.sample_leak()).artifacts()
    lk.frames.ARTIFACTS.validate(found)
    return (
        lk.sample_truth()
        .set_index("path")
        .merge(
            found.set_index("path"),
            left_index=True,
            right_index=True,
            how="outer",
            suffixes=("_true", ""),
            indicator="where",
        )
    )


def differing(frame, column):
    """Give the paths on which truth and inventory differ, missing equal to missing."""
    true, found = (
        frame[name].astype(object).where(frame[name].notna(), None).replace("", None)
        for name in (f"{column}_true", column)
    )
    return frame.index[[a != b for a, b in zip(true, found, strict=True)]].tolist()


def test_every_planted_member_has_a_row_and_every_other_row_is_only_claimed(joined):
    assert joined.index[joined["where"] == "left_only"].tolist() == []
    extra = joined[joined["where"] == "right_only"]
    claimed = lk.sample_truth("claimed")
    assert not extra["present"].any()
    listed = claimed.loc[
        (claimed["source"] == "bucket-listing.xml") & ~claimed["in_leak"].astype(bool), "path"
    ]
    absent = [path for path in listed if path not in joined.index]  # one has a pointer in its place
    assert len(absent) >= 5 and sorted(extra.index) == sorted(
        f"bucket-listing.xml!/{path}" for path in absent
    )


@pytest.mark.parametrize("column", ["format", "kind", "status", "present"])
def test_column_equals_the_truth(joined, column):
    assert differing(joined[joined["where"] == "both"], column) == []


def test_danger_equals_the_truth_where_nothing_runs_counts_as_none_found(joined):
    planted = joined[joined["where"] == "both"]
    found = planted["danger"].astype(object).fillna("none_found")
    assert planted.index[found != planted["danger_true"]].tolist() == []


def test_parameters_of_weights_equal_the_truth(joined):
    weights = joined[(joined["where"] == "both") & (joined["kind"] == "weights")]
    assert weights["n_params_true"].notna().sum() >= 10
    assert differing(weights, "n_params") == []


def test_licences_that_a_member_states_itself_are_found(joined):
    stating = joined[
        joined["format"].isin(["source-code", "model-card", "licence"]) & joined["licence_true"].notna()
    ]
    assert len(stating) >= 8
    assert differing(stating, "licence") == []


def test_hashes_of_whole_members_equal_the_truth(joined):
    whole = joined[(joined["where"] == "both") & (joined["status"] == "ok") & joined["present"].fillna(False)]
    assert differing(whole, "sha256") == []


def test_part_of_a_member_has_no_hash(joined):
    assert joined.loc["uploads/interrupted.zip!/b.txt", "sha256"] is pd.NA


def test_models_are_counted_once(joined):
    models = lk.open_leak(lk.sample_leak()).models().set_index("model_id")
    shards = joined[
        joined.index.str.startswith("models/tern-0.6m-base/model-") & (joined["format"] == "safetensors")
    ]
    assert models.loc["tern-0.6m-base", "n_params"] == shards["n_params_true"].sum()
    assert models.loc["tern-0.6m-base", "licence"] == "Apache-2.0"
    assert models.loc["tern-7b-preview", "size_claimed"] == 5 * 2**30
