"""Names in letters of India in running text and in markup; all values are invented."""

from leakkit.pii.indic_names import whole_in_indic


def wholes(text, *parts):
    """Texts of the names that parts of a text become."""
    spans = [(text.index(part), text.index(part) + len(part), "PERSON", 0.6) for part in parts]
    return [text[start:end] for start, end, *_ in whole_in_indic(text, spans)]


def test_a_name_does_not_end_within_a_word():
    assert wholes("फोन करें विमला से", "वि") == ["विमला"]


def test_two_words_that_stand_together_are_one_name():
    assert wholes("आज विमला टोप्पो आई", "वि", "टोप्") == ["विमला टोप्पो"]


def test_an_element_of_markup_is_one_name():
    assert wholes("<x>विमला टोप्पो</x><y>गाँव</y>", "टोप्") == ["विमला टोप्पो"]


def test_words_with_others_between_are_two_names():
    assert wholes("विमला, टोप्पो", "वि", "टोप्") == ["विमला", "टोप्पो"]


def test_text_in_other_letters_stays_as_it_is():
    spans = [(0, 3, "PERSON", 0.6)]
    assert whole_in_indic("Annika came", spans) is spans
