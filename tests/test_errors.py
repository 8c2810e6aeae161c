"""Errors have three parts, can be caught by habit or by family, and survive a process border."""

import pickle

import pytest

from leakkit import errors

CLASSES = [value for value in vars(errors).values() if isinstance(value, type)]


@pytest.mark.parametrize("error", CLASSES, ids=lambda c: c.__name__)
def test_every_error_is_of_the_family_and_survives_a_process_border(error):
    raised = error("one", "limit") if error is errors.BadMemberError else error("one", "two", "three")
    assert isinstance(raised, errors.LeakkitError)
    assert str(pickle.loads(pickle.dumps(raised))) == str(raised)


@pytest.mark.parametrize(
    "error", [c for c in CLASSES if c is not errors.LeakkitError], ids=lambda c: c.__name__
)
def test_every_error_is_also_a_builtin_that_habits_catch(error):
    assert any(base.__module__ == "builtins" and base is not Exception for base in error.__mro__[1:-3])


def test_message_has_three_parts():
    assert (
        str(errors.BadOutputError("Expected a", "found b", "do c"))
        == "Expected a; found b. What to do: do c."
    )
