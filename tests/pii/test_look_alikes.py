"""What looks like data of people and is none, and beside it what looks alike and is."""

from __future__ import annotations

from pathlib import Path

import pytest

import leakkit as lk
from leakkit.pii.layout.goods import are_goods
from leakkit.pii.readings.known_rows import is_known_row, is_row
from leakkit.pii.talk import is_said, is_series, is_talk, is_thing
from leakkit.pii.turns import nicks
from leakkit.pii.weighing.declared import is_type
from leakkit.pii.weighing.denied import is_denied_before, is_denied_behind, kind_of
from leakkit.pii.weighing.said_of_values import is_said_of_value


def likely(text: str, names: str | None = "auto") -> list[tuple[str, str]]:
    """Give what is found in a text at "likely" and above: entities and values."""
    found = lk.find_pii([text], names=names)
    real = found[~found["placeholder"].fillna(False) & found["likelihood"].ge("likely")]
    return [(one.entity, text[one.start : one.end]) for one in real.itertuples()]


NOBODY = [
    # what programs print
    "postgres_1 | starting the server\npostgres_1 | ready\nredis_2 | ready to accept connections",
    "12:00:01 nginx_proxy: worker started\n12:00:02 nginx_proxy: listening\n12:00:04 api_gateway: connected",
    "[21:04] starting: the nightly build\n[21:05] fetching: the packages\n[21:12] starting: the test run",
    "[10:02:11] webpack_dev: compiled successfully\n[10:02:13] tsc_watch: found 0 errors",
    "[10:01] deploy_staging: started by schedule\n[10:09] smoke_tests: 12 of 12 green",
    "main.c: In function 'main':\nmain.c: warning: unused variable\nutil_2.c: In function 'login':",
    "gpu0: temperature is fine\ngpu1: fan is too slow\ngpu0: power limit reached\ngpu_monitor: all good",
    "agent_1: I will look at the first file\ntool_2: returned 14 lines\nagent_1: the bug is in line 9",
    "2024-03-04 10:11 <cron_daily> rotated 12 files\n2024-03-04 10:12 <cron_daily> removed 3",
    "[10:11:12] gradle_daemon: idle\n[10:11:14] kotlin_compiler: warming up",
    "AuthError: bad credentials for user None",
    "[guide]: https://docs.example.org/guide\n[api_v2]: https://docs.example.org/api\n[faq]: ./faq.md",
    "<br> first line of the page\n<br> second line\n<BR> third line",
    "[Smith2019] On the theory of graphs. 2019.\n[Jones_20] Deep nets for shallow problems. 2020.",
    "1. quicksort - 12 ms\n2. mergesort_v2 - 15 ms\n3. heapsort - 19 ms",
    "1. bert-base 84.6\n2. roberta_large 90.2\n3. t5-11b 91.7",
    "* ens3f0 25Gbps\n* ens3f1 25Gbps\n* bond0.120 50Gbps",
    "1. tcp_cubic 941\n2. tcp_bbr 989\n3. tcp_reno 902",
    "- apples_red 12\n- pears_green 7\n- plums_blue 30",
    "Level_1: find the key\nlevel_2: open the gate\nlevel_1: coins behind the wall\nboss_3: needs four hits",
    "intent_greet: hi\nintent_bye: see you\nintent_yes: yes please\nintent_bye: bye",
    "speaker_a | do you like it\nspeaker_b | yes i do\nspeaker_a | me too",
    "npc_guard: Halt! Who goes there?\nnpc_guard: You may pass.\nnpc_smith: I can sharpen your sword.",
    # what schemas and forms say
    "type User {\n  displayName: String\n  userName: String!\n  password: String!\n}",
    "struct User {\n  let fullName: String\n  let contact: Contact\n}",
    "pub struct Owner { pub name: String, pub city: Option<String>, pub phone: u64 }",
    "onLogin: (name: string) => void; city: City }",
    "Username: required. Password: required. Phone: optional.",
    "Benutzername: ohne Leerzeichen. Passwort: mindestens 8 Zeichen.",
    "Usuario: obligatorio. Contraseña: obligatorio. Teléfono: opcional.",
    "Имя пользователя: обязательно. Телефон: необязательно.",
    "login.password=Passwort\nlogin.username=Benutzername",
    "hostname: web-01\nlogin: disabled",
    "encodings = { alias: 'utf-16le', name: 'latin1', alias: 'win-1252', alias: 'shift_jis' }",
    "if status == PASS_OK: return  # pass ERR_TIMEOUT to the caller, or pass NULL_PTR",
    "license key count 123456\nlicence keys sold: 884512",
    # numbers
    "The fax 1990 2000 era was the peak of paper offices.",
    "handy tips 1234 5678 and cell voltage 3041 2231 for mobile apps 2345 6789",
    "The Fibonacci numbers: zero one one two three five eight thirteen twenty-one thirty-four.",
    "Pi ist drei eins vier eins fünf neun zwei sechs fünf drei fünf acht neun.",
    "円周率は三・一四一五九二六五三五",
    "Le nombre pi : trois un quatre un cinq neuf deux six cinq trois cinq huit.",
    "lottery numbers: three eleven twenty-two thirty-five forty-one forty-nine",
    "binary one zero one one zero zero one zero",
    "grid one two seven four five six three eight",
    "refund of 49.00 for the customer with that national id; NCM 8471.30.12",
    "mean age 54.2 years, median age 51; members only area; member count 41233912",
    "account period 202403; account class 4711; accounts receivable 1400100",
    "plate heat exchanger, plate number 40 of 120, plate size 450 x 1200",
    "tax class 1, tax code 1257L, tax year 2023/24, VAT code 20",
    "driver version 535.104.05; driver license GPL; driver date 06-21-2006; driver rank 00FF0001",
    "Postal code format: 99999 or 99999-9999",
    # what is denied
    "078-05-1121 is not a social security number but a part.",
    "P1234567 is not a passport number but a part of the pump.",
    "Die Nummer C01X0006H ist keine Passnummer und kein Ausweis.",
    "El código 12345678Z no es un DNI, es una referencia.",
    "Il codice RSSMRA85T10A562S non è un codice fiscale valido ma un esempio.",
    "O número 529.982.247-25 não é um CPF, é um código de peça.",
    "Numer 44051401359 to nie jest PESEL, tylko numer partii.",
    "Het nummer 111222333 is geen BSN maar een ordernummer.",
    "Ceci n'est pas un numéro de passeport : 12AB34567",
    "811228-9874 är inte ett personnummer. 131052-308T ei ole henkilötunnus.",
    "110101199003074258不是身份证号。",
    "+49 30 901820 is no telephone.",
]


@pytest.mark.parametrize("names", [None, "auto"])
@pytest.mark.parametrize("text", NOBODY)
def test_nothing_is_likely_where_nobody_is_told_of(text: str, names: str | None) -> None:
    assert likely(text, names) == []


PEOPLE = [
    ("[21:04] anna: hi\n[21:05] joao_z40: hey, you there?\n[21:06] anna: yes", "USERNAME", "joao_z40"),
    ("12:00:01 dark_raven: anyone up for a raid\n12:00:02 moonfox99: me", "USERNAME", "dark_raven"),
    ("pwned_pete | anyone got it yet\nkat3.s | not yet\npwned_pete | dm me", "USERNAME", "pwned_pete"),
    ("juli.a | ich komme später\nben_01 | alles klar\njuli.a | bis gleich", "USERNAME", "ben_01"),
    ("14:00 xena_p: who is coming\n14:01 b0risk: me and jon\n14:05 xena_p: great", "USERNAME", "b0risk"),
    ("webby_joe: the site is down\nsusi_q: i know, look\nwebby_joe: ok", "USERNAME", "webby_joe"),
    ("1. shadow_kat - 2310 pts\n2. noob_slayer77 - 2120 pts", "USERNAME", "shadow_kat"),
    ("#1 ritter_kunz 9120\n#2 petrah1984 8810\n#3 el_chapulin 7600", "USERNAME", "ritter_kunz"),
    ("Benutzername: ohnesorg_t", "USERNAME", "ohnesorg_t"),
    ("18:04 <mara_e> hello\n18:05 <jot4> hi", "USERNAME", "mara_e"),
    ("[14:02] ania.p: hello there", "USERNAME", "ania.p"),
    ("alias: 'nightowl_77'", "USERNAME", "nightowl_77"),
    ("bad credentials for user jsmith", "USERNAME", "jsmith"),
    ("displayName: Anna Berger\nemail: a.berger@firma-berger.de", "PERSON", "Anna Berger"),
    ("my handy is 0171 5550 123", "PHONE", "0171 5550 123"),
    ("Fax 8234 5678 or ask reception", "PHONE", "8234 5678"),
    ("oh seven nine double one three four six two eight five, ring any time", "PHONE", None),
    ("driver license D1234567", "DRIVER_LICENSE", "D1234567"),
    ("My SSN is 219-09-9998, not 219-09-9997.", "US_SSN", "219-09-9998"),
    ("The SSN 219-09-9998 is not a secret any more.", "US_SSN", "219-09-9998"),
    ("passport X1234567 is not expired", "PASSPORT", "X1234567"),
    ("PESEL 44051401359 to nie jest numer telefonu", "NATIONAL_ID", "44051401359"),
    ("call +49 30 901820, not a mobile", "PHONE", "+49 30 901820"),
    ("the pass is hunter2#Blue", "PASSWORD", "hunter2#Blue"),
]


@pytest.mark.parametrize(("text", "entity", "value"), PEOPLE)
def test_what_looks_alike_and_is_of_a_person_is_found(text: str, entity: str, value: str | None) -> None:
    found = likely(text)
    assert entity in [kind for kind, _ in found]
    assert value is None or (entity, value) in found


def test_talk_and_names_of_things() -> None:
    assert is_talk("kommst du mit") and is_talk("又来了") and not is_talk("listening on port 50051")
    assert is_thing("mergesort_v2") and is_thing("opening_hall") and not is_thing("cavalju")
    assert is_series({"pod_a", "pod_b"}) and not is_series({"mike.t", "joao_z40"})
    assert not is_said(["col_a", "col_b"], ["the first column", "the second column"])
    assert nicks("1. lr_base 0.001\n2. lr_top 0.002\n3. wd_jx 0.1") == []


def test_rows_of_numbers_that_all_know() -> None:
    assert is_known_row("31415926535") and is_known_row("0110100") and not is_known_row("07700900418")
    assert is_row([2, 4, 5, 7, 8]) and is_row([2, 3, 5, 8, 13, 21]) and not is_row([9, 1, 2, 3, 4])


def test_types_stand_behind_the_names_of_fields() -> None:
    text = "contact: Contact\nowner: Ana"
    assert is_type(text, 9, 16)
    assert not is_type(text, 24, 27)


def test_a_denial_speaks_of_its_own_kind() -> None:
    assert kind_of("PASSPORT", "government_id") == "passports"
    assert is_denied_behind(" is no ssn", "ids") and not is_denied_behind(" is no ssn", "cards")
    assert is_denied_behind(" 86 это не снилс", "ids")
    assert not is_denied_before("It is not her ID ", "ids")
    assert is_denied_before("(no es un DNI) ", "ids")


def test_words_that_are_said_of_values() -> None:
    assert (
        is_said_of_value("obligatorio.") and is_said_of_value("utf-16le") and not is_said_of_value("ohnesorg")
    )


GOODS = "sku,name,price\n1002,Rose Garden Set,49.90\n1003,Robin Lamp,19.90\n1004,Jasmin Cup,9.90\n"


def test_names_beside_prices_are_of_goods_unless_people_are_listed(tmp_path: Path) -> None:
    def people(text: str) -> int:
        (tmp_path / "a.csv").write_text(text, encoding="utf-8")
        found = lk.scan(tmp_path, workers=1, progress=False).findings()
        return int((found["entity"].eq("PERSON") & found["likelihood"].ge("likely")).sum())

    named = GOODS.replace("Rose Garden Set", "Marta Wolny").replace("Robin Lamp", "Piotr Nowak")
    assert people(GOODS) == 0
    assert people(named) >= 2
    assert [kind for kind, _ in likely(GOODS)] == []
    assert are_goods("data.name", ["Rose Garden Set"], ["data.name", "data.price", "user.email"])
    assert not are_goods("name", ["Robin Lamp"], ["name", "price", "email"])
    assert not are_goods("full_name", ["Robin Lamp"], ["full_name", "price"])


PEOPLE_THAT_LOOK_LIKE_TYPES = {
    "last_name: Long": "Long",
    "first_name,last_name,phone\nAnna,Short,0170 1234567\nMark,Long,0171 1234567": "Short",
    "frank: Frank": "Frank",
    "username: mac42": "mac42",
    "username,email\nbig7,a.b@mail.org\nmac42,c.d@mail.org": "big7",
    "anna_lee: hi you\nanna_may: lol ok\nanna_lee: yes": "anna_may",
    '[{"name":"Anna","price":3},{"name":"Olga","price":4}]': "Olga",
}


@pytest.mark.parametrize("text", PEOPLE_THAT_LOOK_LIKE_TYPES)
def test_people_called_as_types_goods_or_encodings_are_found(text):
    found = lk.find_pii([text])
    values = {text[start:end] for start, end in zip(found.start, found.end, strict=True)}
    assert PEOPLE_THAT_LOOK_LIKE_TYPES[text] in values


LABELLED_BEFORE_A_DENIAL = (
    "SSN: 123-45-6780, not the ID of my wife",
    "SSN 123-45-6780 not identical",
    "passport 925665416 is not an ID card",
    "customer passport 925665416. Not ID verified yet",
    "DE89370400440532013000 ist kein Konto bei uns",
)


@pytest.mark.parametrize("text", LABELLED_BEFORE_A_DENIAL)
def test_a_denial_of_another_kind_or_behind_a_label_takes_nothing(text):
    assert lk.find_pii([text], min_likelihood="likely").entity.tolist()


@pytest.mark.parametrize(
    "text",
    ["Brief von Anna Schmidt von Olga Müller", 'Anna Schmidt "und" Olga Müller'],
)
def test_two_people_stay_two(text):
    found = lk.find_pii([text])
    values = [text[start:end] for start, end in zip(found.start, found.end, strict=True)]
    assert values == ["Anna Schmidt", "Olga Müller"]


def test_a_letter_beyond_ascii_in_an_iban_ends_nothing():
    assert lk.find_pii(["iban: DE89İ70400440532013000"]).row.tolist() in ([], [0])
