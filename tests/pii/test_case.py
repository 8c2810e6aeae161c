import pickle
import stat
import subprocess
import sys

import pytest

from leakkit.errors import BadOutputError, BadParameterError, LeakNotFoundError
from leakkit.pii.masking.case import Case, default_case
from leakkit.pii.masking.normalise import normalise, value_class
from leakkit.pii.masking.writings import local_parts, name_parts
from leakkit.pii.weighing.role_mailboxes import is_role_mailbox

CASE = Case(b"a salt that only tests use")


@pytest.mark.parametrize(
    ("entity", "one", "other"),
    [
        ("EMAIL", "Ann.Lee@Example.COM", " ann.lee@example.com "),
        ("EMAIL", "mailto:ann@bücher.example", "ann@xn--bcher-kva.example"),
        ("PHONE", "+44 (0)20 7946 0888", "020 7946 0888"),
        ("PHONE", "+1 902 555 0120", "(902) 555-0120"),
        ("PHONE", "0049 30 23125 001", "030/23125001"),
        ("PHONE", "+353 20 912 3456", "020 912 3456"),
        ("CREDIT_CARD", "4000 0000 0000 0002", "4000-0000-0000-0002"),
        ("IBAN", "gb33 fnmr 2020 1555 5555 55", "GB33FNMR20201555555555"),
        ("PERSON", "García, Marta", "Marta  GARCÍA"),
        ("PERSON", "Dr. Marta García", "García Marta"),
        ("USERNAME", "MGarcia", "mgarcia"),
        ("DATE_OF_BIRTH", "1951-03-19", "03/19/1951"),
        ("DATE_OF_BIRTH", "19.03.1951", "19 March 1951"),
        ("DATE_OF_BIRTH", "19. März 1951", "19510319"),
        ("IP_ADDRESS", "2001:DB8:0:0::1", "2001:db8::1"),
        ("STREET_ADDRESS", "12 Rue de l’Été", "12, rue de l'ete"),
    ],
)
def test_two_writings_of_a_value_have_one_key(entity, one, other):
    assert CASE.key(entity, one) == CASE.key(entity, other)


@pytest.mark.parametrize(
    ("entity", "one", "other"),
    [
        ("EMAIL", "ann.lee@example.com", "annlee@example.com"),
        ("PERSON", "Marta García", "Marta Garcia Ruiz"),
        ("PASSWORD", "Winter", "winter"),
        ("PHONE", "020 7946 0888", "020 7946 0889"),
        ("DATE_OF_BIRTH", "1951-03-19", "1951-03-20"),
    ],
)
def test_two_values_have_two_keys(entity, one, other):
    assert CASE.key(entity, one) != CASE.key(entity, other)


def test_the_same_number_under_two_names_has_one_key():
    assert CASE.key("DE_TAX_ID", "01 234 567 897") == CASE.key("NATIONAL_ID", "01234567897")
    assert value_class("US_SSN") == value_class("UK_NHS") == "id"


def test_the_same_text_as_two_kinds_of_value_has_two_keys():
    assert CASE.key("USERNAME", "rosa") != CASE.key("PERSON", "rosa")


def test_two_cases_cannot_be_compared():
    assert Case().key("EMAIL", "a@example.com") != Case().key("EMAIL", "a@example.com")


def test_many_keys_at_once_are_the_keys_one_by_one():
    entities = ["EMAIL", "PHONE", "PERSON", "PHONE", "US_SSN", "EMAIL"]
    texts = ["A@example.com", "no digits", "Ann Lee", "", "773-12-3456", "\ud800 odd"]
    assert CASE.keys(entities, texts) == [CASE.key(e, t) for e, t in zip(entities, texts, strict=True)]


def test_the_salt_is_in_no_printed_form():
    salt = b"0123456789abcdef0123456789abcdef"
    case = Case(salt)
    for shown in (repr(case), str(case), f"{case}"):
        assert "0123456789" not in shown and salt.hex() not in shown
    assert pickle.loads(pickle.dumps(case)) == case


def test_a_saved_case_comes_back_and_is_its_owners_alone(tmp_path):
    path = tmp_path / "case.json"
    case = Case()
    case.save(path)
    assert Case.load(path).key("EMAIL", "a@example.com") == case.key("EMAIL", "a@example.com")
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(BadOutputError):
        case.save(path)


def test_what_is_no_case_file_is_refused_without_its_content(tmp_path):
    (tmp_path / "x").write_text('{"salt": "canary-51"}')
    with pytest.raises(BadParameterError) as caught:
        Case.load(tmp_path / "x")
    assert "canary" not in str(caught.value)
    with pytest.raises(LeakNotFoundError):
        Case.load(tmp_path / "none")


def test_a_case_file_of_another_version_is_refused_with_the_way_out(tmp_path):
    path = tmp_path / "case.json"
    Case().save(path)
    old = path.read_text().replace('"version": 2', '"version": 1')
    (tmp_path / "old.json").write_text(old)
    with pytest.raises(BadParameterError, match="new case"):
        Case.load(tmp_path / "old.json")


def test_a_pass_phrase_gives_the_same_case_again_and_another_by_another_name():
    one, again = Case.from_passphrase("four words of length"), Case.from_passphrase("four words of length")
    assert one == again != Case.from_passphrase("four words of length", "other")
    with pytest.raises(BadParameterError):
        Case.from_passphrase("short")
    with pytest.raises(BadParameterError):
        Case(b"short")


def _key_in_a_new_process(**environment):
    code = "from leakkit.pii.masking.case import default_case; print(default_case().key('EMAIL', 'a@example.com'))"
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True)
    return run.stdout


def test_report_runs_give_equal_keys_for_one_leak_and_sessions_do_not(monkeypatch, tmp_path):
    import os

    ours = {k: v for k, v in os.environ.items() if not k.startswith("LEAKKIT_")}
    ours["PYTHONPATH"] = os.pathsep.join(sys.path)
    static = ours | {"LEAKKIT_STATIC": "1", "LEAKKIT_LEAK": "/one/place/leak"}
    moved = static | {"LEAKKIT_LEAK": "/another/place/leak/"}
    assert _key_in_a_new_process(**static) == _key_in_a_new_process(**moved)
    assert _key_in_a_new_process(**ours) != _key_in_a_new_process(**ours)


def test_a_case_file_named_in_the_environment_is_used(monkeypatch, tmp_path):
    case = Case()
    case.save(tmp_path / "case.json")
    monkeypatch.setenv("LEAKKIT_CASE", str(tmp_path / "case.json"))
    assert default_case() == case


def _words(entity, text):
    flags = dict(flag.partition("=")[::2] for flag in CASE.traits(entity, text).split(","))
    return {word for name in ("words", "glued") for word in flags.get(name, "").split(".") if word}


def test_traits_let_a_name_and_its_address_find_each_other():
    name = _words("PERSON", "Dr. José Núñez")
    for address in ("jose.nunez@example.org", "jnunez84@example.org", "nunez.j@example.org"):
        assert _words("EMAIL", address) and _words("EMAIL", address) <= name
    assert not _words("EMAIL", "ann.hill@example.org") & name


def test_a_login_and_an_address_of_the_same_letters_share_a_handle():
    login, address = CASE.traits("USERNAME", "Ann_Hill84"), CASE.traits("EMAIL", "ann.hill84@example.org")
    assert login.partition("handle=")[2] == address.partition("handle=")[2] != ""
    assert "handle" not in CASE.traits("USERNAME", "ann")


def test_half_a_name_is_told_from_a_whole_one():
    halves = ("Ann", "Mr Hill", "Jean-Pierre", "O'Neil")
    assert all("one-word" in CASE.traits("PERSON", name) for name in halves)
    assert "one-word" not in CASE.traits("PERSON", "Hill,Ann") + CASE.traits("PERSON", "Ann Hill")


def test_an_accounts_number_is_told_from_a_login():
    assert all("opaque" in CASE.traits("USERNAME", t) for t in ("u0034411", "12345", "9f3ab27c41d08e55"))
    assert not any("opaque" in CASE.traits("USERNAME", t) for t in ("ann_lee84", "jdoe1984", "xena"))


def test_names_of_manuals_are_marked():
    assert "sample-name" in CASE.traits("PERSON", "DOE, Jane") and "sample" not in CASE.traits(
        "PERSON", "Jane Hill"
    )


def test_traits_hold_no_word_of_the_value():
    for entity, text in (
        ("PERSON", "José Núñez"),
        ("EMAIL", "jose.nunez@example.org"),
        ("US_SSN", "773121234"),
    ):
        traits = CASE.traits(entity, text).lower()
        assert not any(word in traits for word in ("jose", "josé", "nunez", "núñez", "773"))
    assert CASE.traits("US_SSN", "773121234") == ""


def test_role_mailboxes_are_marked_and_people_are_not():
    roles = "info support no-reply NoReply sales.uk office kontakt support2 mailer-daemon team+tag".split()
    assert all(CASE.traits("EMAIL", f"{r}@example.com") == "role-mailbox" for r in roles)
    people = "ann.hill a.info-mann sales.maria marta mhill84 service-anna.hill".split()
    assert not any(is_role_mailbox(f"{p}@example.com") for p in people)


def test_name_and_local_parts():
    assert name_parts("Hill, Ann") == ["ann", "hill", "annhill", "hillann", "ahill", "hann", "annh", "hilla"]
    assert name_parts("Ann") == ["ann"] and name_parts("李 小龙")[:2] == ["李", "小龙"]
    assert local_parts("a.hill_84+news@example.com") == ["hill"]


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "١٢٣", "x" * 100_000, "9" * 100_000, "\ud800", ", ,", "@", "+"]
)
def test_hostile_values_have_keys_and_forms(text):
    from leakkit.pii.detector import entities

    for entity in [*entities(), "NO_SUCH_ENTITY"]:
        assert isinstance(normalise(entity, text), str)
        assert len(CASE.key(entity, text)) == 32
        CASE.traits(entity, text)
