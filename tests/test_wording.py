"""Sentences from frames: right numbers, right grammar, true for every leak."""

from __future__ import annotations

import re

from leakkit import frames
from leakkit.report import wording
from tests import made_up

MODELS = frames.MODELS.from_rows([{"model_id": "m", "n_files": 1, "n_params": 2_500_000}])
NO_MODELS = MODELS.head(0)


def every_sentence(artifacts, models, access):
    """Give all sentences on one leak."""
    return [
        *wording.describe_exposure(artifacts),
        wording.describe_certainty(artifacts),
        wording.describe_kinds(artifacts),
        wording.describe_danger(artifacts),
        wording.describe_sensitivity(artifacts),
        wording.describe_access(access),
        wording.describe_overcount(artifacts),
        *wording.describe_meaning(artifacts, models),
    ]


def test_the_answer_has_the_hand_counted_numbers():
    first, second = wording.describe_exposure(made_up.artifacts())
    assert first.startswith(
        "The leak holds 6 members with 1.04 kB unpacked; pointers or listings claim 2 more"
    )
    assert second == (
        "Of 3 members searched for code that would run, dangerous: 1, to be reviewed: 0; "
        "1 member is secret by nature, and 1 could not be read."
    )


def test_kinds_give_share_and_whole():
    assert wording.describe_kinds(made_up.artifacts()) == (
        "Most bytes are of the kind weights (1.01 kB, 97% of 1.04 kB); "
        "most members are of the kind weights (2 of 6)."
    )


def test_the_tempting_sum_is_told_beside_the_right_one():
    # 40 + 10 + 20 + 5 + 1000 + 7 + 5000 + 300 = 6382 against 1042
    assert wording.describe_overcount(made_up.artifacts()) == (
        "Adding up the column gives 6.38 kB; the leak holds 1.04 kB. The first number is 6.1 times the second."
    )


def test_equal_sums_are_no_scandal():
    plain = made_up.artifacts().query("path == 'id_rsa'")
    assert wording.describe_overcount(plain).startswith("Here both ways give 5 B")


def test_the_first_anonymous_read_is_told_with_its_time():
    assert wording.describe_access(made_up.access()) == (
        "The first successful read without a login is logged at 2025-03-01 09:00:00 UTC. "
        "Without a login came 2 of 5 logged requests; for 1 the log cannot tell."
    )


def test_no_log_is_not_no_reader():
    assert "we cannot tell" in wording.describe_access(made_up.access().head(0))


def test_only_logins_are_told_as_such():
    access = made_up.access().head(2)
    assert wording.describe_access(access).startswith("No successful read without a login is logged.")


def test_a_leak_without_secrets_is_not_called_clean():
    artifacts = made_up.artifacts().query("kind != 'secret'")
    assert "one may still stand inside a text" in wording.describe_meaning(artifacts, MODELS)[1]


def test_grammar_fits_one_and_many():
    assert "1 model with 2.50 million parameters" in wording.describe_meaning(made_up.artifacts(), MODELS)[0]
    for sentence in every_sentence(made_up.artifacts(), MODELS, made_up.access()):
        assert not re.search(r"\b1 (members|models|requests)\b", sentence.replace("of 1 members", ""))


def test_every_sentence_is_true_for_an_empty_leak():
    sentences = every_sentence(made_up.artifacts().head(0), NO_MODELS, made_up.access().head(0))
    for sentence in sentences:
        assert sentence.endswith(".")
        assert "nan" not in sentence and "<NA>" not in sentence


def test_every_sentence_is_true_for_claims_alone():
    claims = made_up.artifacts().query("not present")
    assert "there are no bars" in wording.describe_kinds(claims)
    assert wording.describe_overcount(claims).endswith("the leak holds 0 B.")
