"""Names of accounts and passwords as chats, exports, records and notes in many languages tell them."""

from __future__ import annotations

import pytest

from leakkit.pii.adapter import detect
from leakkit.pii.layout.nick_columns import are_of_users
from leakkit.pii.odd_nicks import odd_nicks
from leakkit.pii.turns import nicks
from leakkit.pii.validators.nicks import is_login, is_nick, is_role


def told(text: str, kind: str) -> list[str]:
    """Give the values of one kind that are found in a text."""
    return [text[start:end] for start, end, found, _ in detect([text])[0] if found == kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[21:04] cavalju: do you have it?\n[21:05] joao_z40: yes\n[21:06] cavalju: thanks", 3),
        ("tuuli_k: hei vaan\nPekkaraptor: jees joo\ntuuli_k: muista huominen", 3),
        ("アオイ猫: おつかれ\nmochi_p: おつ\nアオイ猫: またね", 3),
        ("riversve90  10:41\nhello all\nolga-ember  10:52\nok", 2),
        ("1. [xiaoyu_2003] 充值没到账\n2. [老王修车] 地址写错了\n3. [匿名] 不错", 2),
        ("Agent (support_lena): one moment please", 1),
        ("crumbqueen wrote:\n> I use flour", 1),
        ("1. zorro_bcn — 1420 pts\n2. LaMarieta — 1388 pts", 2),
    ],
)
def test_who_speaks_in_a_chat_is_an_account(text: str, expected: int) -> None:
    assert len(nicks(text)) == len(told(text, "USERNAME")) == expected


@pytest.mark.parametrize(
    "text",
    [
        "[14:02:11] server: started\n[14:02:12] web01: restarted\n[14:02:13] server: ready",
        "name: x\nport: 80\nname: y",
        "12:00 INFO: start\n12:01 kafka2: ERROR it is lost\n12:02 kafka2: gone",
        "RAX: 0000272542327c1b\nR10: 888133489406abcd\nRAX: 0000cf2be6f66eaa",
        "SPEAKER_00: so you grew up here\nSPEAKER_01: very much\nSPEAKER_00: and now",
    ],
)
def test_settings_programs_and_roles_do_not_speak(text: str) -> None:
    assert nicks(text) == []


def test_a_column_of_nicks_beside_people_needs_no_name() -> None:
    text = (
        " 1204 | petrichor | Noor Al-Masri | noor@petrichor.example.org\n"
        " 1377 | sk8ml | Deividas Balsys | deividas.balsys@example.org\n"
    )
    assert told(text, "USERNAME") == ["petrichor", "sk8ml"]
    assert told(text.replace("petrichor", "PO-7763").replace("sk8ml", "PO-7764"), "USERNAME") == []


def test_the_user_of_a_section_is_an_account() -> None:
    assert told("[auth]\nuser = penhaligoni\npasswd = tr0ub4dor_80", "USERNAME") == ["penhaligoni"]
    assert not are_of_users("auth.user", ["Mara Example"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"annotator": "sodhila", "ts": 1699365890}', "sodhila"),
        ("PUT /hub/tokens/418 200\n  owner: dr_oetinger", "dr_oetinger"),
        ("<6>Mar  7 11:45:03 gw-2 radius: reject j.vd.merwe from 5C-F9-38-A7-71-0E", "j.vd.merwe"),
        ("# TODO(dnakamura): remove before push", "dnakamura"),
        ("Co-authored-by: mariokaf86 <mario@example.org>", "mariokaf86"),
        ("-rw-r--r--  1 mkexample  staff  912 Mar  3 10:22 todo.md", "mkexample"),
        (r"KONZERN\p.langer hat die Datei gesperrt", "p.langer"),
        ('requests.get(API, auth=("azumam", "Ex4mple!9"), timeout=5)', "azumam"),
        ("he logs in as root_beer, since Monday", "root_beer"),
        ("ログイン情報は ID: azumam / パスワード: Ex4mple!9 です。", "azumam"),
        ("Moi c'est loutre_en_ski sur l'appli", "loutre_en_ski"),
    ],
)
def test_an_account_is_told_by_what_stands_around_it(text: str, expected: str) -> None:
    assert expected in told(text, "USERNAME")


@pytest.mark.parametrize(
    "text",
    [
        '[{"user":"U06577KQ","text":"the report is ready"}]',
        "the column heart_rate of the table is read first",
        "owner: config.author",
        "the values of learning_rate and batch_size were changed by hand",
        "sign in with GitHub and continue",
    ],
)
def test_things_of_programs_are_no_accounts(text: str) -> None:
    assert told(text, "USERNAME") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moin, Startpasswort Sprotte#1882, bitte ändern", "Sprotte#1882"),
        ("Kasutajanimi tiit.mets ja parool Kalev!2031", "Kalev!2031"),
        ("пароль от гильдии снежок2211, никому", "снежок2211"),
        ("curl -u ayli54:tr0ub4dor_67 -X POST http://files.example.org", "tr0ub4dor_67"),
        ("wifi office: cyclone-anvil-48", "cyclone-anvil-48"),
        ("door code for floor 3 = 8969", "8969"),
        ("De code van het fietsenhok is 2580 en verder", "2580"),
        ("현관 비번 0917* ", "0917*"),
        ("VPN user clw_tbalogun pin 772041", "772041"),
        ("Login: root_cellar / beets4ever", "beets4ever"),
        (
            '"user":"dk","session":"sess_NQMmO4FJHNrepX7HR46WxUJLQEI1S4XH"',
            "sess_NQMmO4FJHNrepX7HR46WxUJLQEI1S4XH",
        ),
        ("| Shared pw | `River#6940` |", "River#6940"),
        ("the network Kastanie, the code is Nussknacker_04!ja and", "Nussknacker_04!ja"),
        ("Senha do cofre: 31-8-44-7. Só eu", "31-8-44-7"),
        ("pls revoke token ghx_Kp27vRt0aLmQ now", "ghx_Kp27vRt0aLmQ"),
        ("przy ul. Wiolinowej 8, kod odbioru 618403.", "618403"),
    ],
)
def test_a_secret_is_told_by_what_stands_around_it(text: str, expected: str) -> None:
    assert expected in told(text, "SECRET")


@pytest.mark.parametrize(
    "text",
    [
        "Startpasswort: vergeben, das Einmalkennwort gilt 24 Stunden",
        '"session":"82a416c59a484e9ca10c29cd939875d2"',
        "wifi: rt-ac68, 802.11ac",
        "access code is required, the door code of 2019",
        "the lock was opened 12-05-24",
    ],
)
def test_what_is_said_of_passwords_is_none(text: str) -> None:
    assert told(text, "SECRET") == []


def test_a_text_is_read_alike_wherever_it_stands_among_others() -> None:
    text = "hannes.hx / Kx985vQ!z2p\nwifi ok"
    first, second = detect([text, text])
    assert first == second != []


def test_the_writing_of_accounts() -> None:
    assert is_nick("mara_e") and is_login("jlauritsen")
    assert is_role("helpbot") and not is_nick("read_id") and not is_login("page")
    assert odd_nicks("docker ps: NAMES jolly_mendel, angry_curie") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Uporabnik v sistemu: cmavric.", "cmavric"),
        ("intento fallido para usuario jcvillalobos (cliente", "jcvillalobos"),
        ("Olen tuolla hilla.suo, sähköposti tulee", "hilla.suo"),
        ("$ whoami\npelumi\n$ hostname", "pelumi"),
        ("eleni    pts/0   2024-05-14 09:12 (10.2.0.7)", "eleni"),
    ],
)
def test_an_account_is_told_by_the_word_before_it(text: str, expected: str) -> None:
    assert expected in told(text, "USERNAME")


@pytest.mark.parametrize(
    "text",
    [
        "user friendly pages",
        "it's version2.3 of it",
        "from layer_norm import attention",
        "owner manual of the car",
    ],
)
def test_words_of_a_language_behind_it_are_none(text: str) -> None:
    assert told(text, "USERNAME") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mira@devbox:~/src$ git log --oneline", ["mira"]),
        ("ticket 8831 | opened by kfaraday | status: waiting", ["kfaraday"]),
        ("Van: joost_81x\nAan: mieke_h2\nBericht: zie je zo", ["joost_81x", "mieke_h2"]),
        ("[21:40] ember: gg\n[21:41] lampje: rematch?\n[21:42] ember: yes", ["ember", "lampje", "ember"]),
        ("user mkowal77 is locked, so mail mkowal77 again", ["mkowal77", "mkowal77"]),
        ("access granted for gvandijk, then Anna Kowalska and gvandijk left", ["gvandijk", "gvandijk"]),
    ],
)
def test_an_account_told_once_is_told_again(text: str, expected: list[str]) -> None:
    assert told(text, "USERNAME") == expected


def test_the_pin_of_a_thing_is_no_year() -> None:
    assert told("PIN do szafki 6631 i tyle", "SECRET") == ["6631"]
    assert told("pin of the year 2019 was", "SECRET") == []
