import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.pii.masking.case import Case
from leakkit.pii.masking.many_forms import normalise_array
from leakkit.pii.masking.normalise import normalise
from leakkit.pii.masking.rows import FEW
from leakkit.pii.masking.values import mask_array, mask_value
from tests.pii.many_values import ODD, REALISTIC, texts_of_all_kinds

CASE = Case(b"a salt that only tests use")


@given(st.sampled_from([*REALISTIC, "PASSWORD", "AGE", "NO_SUCH_ENTITY"]), texts_of_all_kinds())
def test_keys_of_an_array_are_the_keys_one_by_one(entity, texts):
    made = CASE.key_array(entity, pa.array(["filler", *texts], pa.string())[1:])
    given_texts = [text for text in texts if text is not None]
    expected = iter(CASE.keys([entity] * len(given_texts), given_texts))
    assert made.to_pylist() == [None if text is None else next(expected) for text in texts]
    assert made.type == pa.string()


@given(st.sampled_from(["PERSON", "EMAIL", "USERNAME", "URL"]), texts_of_all_kinds())
def test_traits_of_an_array_are_the_traits_one_by_one(entity, texts):
    made = CASE.trait_array(entity, pa.array(["filler", *texts], pa.string())[1:])
    assert made.to_pylist() == [None if text is None else CASE.traits(entity, text) for text in texts]
    assert made.type == pa.string()


@pytest.mark.parametrize("entity", ["PERSON", "EMAIL", "USERNAME"])
def test_traits_of_realistic_arrays_are_the_traits_one_by_one(entity):
    texts = [text for values in REALISTIC.values() for text in values]
    made = CASE.trait_array(entity, pa.array(texts, pa.large_string()))
    assert made.to_pylist() == [CASE.traits(entity, text) for text in texts]


@pytest.mark.parametrize("entity", REALISTIC)
def test_an_array_of_one_odd_text_again_and_again_is_worked_on(entity):
    for text in ODD:
        array = pa.array([text] * FEW)
        assert set(mask_array(entity, array).to_pylist()) == {mask_value(entity, text)}
        assert set(CASE.key_array(entity, array).to_pylist()) == {CASE.key(entity, text)}
        assert set(CASE.trait_array(entity, array).to_pylist()) == {CASE.traits(entity, text)}


@pytest.mark.parametrize("machine", [(), ("app@maps.iam.firm.io",)])
def test_addresses_of_machines_are_told_by_what_stands_in_one_of_them(machine):
    texts = ["ann.hill@firm.ia", "m.x@firm.io", *machine] * FEW
    made = CASE.trait_array("EMAIL", pa.array(texts)).to_pylist()
    assert made == [CASE.traits("EMAIL", text) for text in texts]
    assert made.count("role-mailbox") == len(machine) * FEW


def test_long_arrays_are_worked_on_in_parts():
    texts = [f"ann.hill{number}@firm.io" if number % 7 else None for number in range(10_000)]
    keys = CASE.key_array("EMAIL", pa.array(texts)).to_pylist()
    assert [key is None for key in keys] == [text is None for text in texts]
    assert len({key for key in keys if key}) == sum(text is not None for text in texts)
    assert keys[9_999] == CASE.key("EMAIL", texts[9_999])
    assert CASE.trait_array("EMAIL", pa.array(texts))[9_999].as_py() == CASE.traits("EMAIL", texts[9_999])


@pytest.mark.parametrize("entity", REALISTIC)
def test_forms_of_an_array_are_the_forms_one_by_one(entity):
    made = normalise_array(entity, pa.array(REALISTIC[entity], pa.large_string()))
    assert made.to_pylist() == [normalise(entity, text) for text in REALISTIC[entity]]


@pytest.mark.parametrize("entity", ["PERSON", "CITY", "USERNAME", "EMAIL"])
def test_forms_of_each_letter_of_europe_are_the_form_one_by_one(entity):
    letters = [chr(number) for number in range(0x20, 0x250)]
    texts = [
        form.replace("{}", letter)
        for letter in letters
        for form in ("{}", "a{}", "{}b", "x{} {}y", "ab{}{}@firm.io")
    ]
    made = normalise_array(entity, pa.array(texts))
    assert made.to_pylist() == [normalise(entity, text) for text in texts]


def test_an_array_of_nothing_has_keys_of_nothing():
    for entity in REALISTIC:
        assert CASE.key_array(entity, pa.array([], pa.string())).to_pylist() == []
        assert CASE.key_array(entity, pa.array([None] * 99, pa.string())).null_count == 99
        assert CASE.trait_array(entity, pa.array([], pa.string())).to_pylist() == []
        assert CASE.trait_array(entity, pa.array([None] * 99, pa.string())).null_count == 99
        assert set(CASE.key_array(entity, pa.array([""] * 99)).to_pylist()) == {CASE.key(entity, "")}
