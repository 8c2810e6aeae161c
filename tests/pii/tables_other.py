"""Invented tables of twelve trades in a dozen languages, to measure column verdicts; not used for tuning.

Every table is a list of ``(column, values, entity or None)``. Names of columns are those of the trade, some
mislead. All values are invented: reserved domains, documentation addresses, unissued numbers.
"""

from __future__ import annotations

import random
from collections.abc import Callable

Column = tuple[str, list[str], str | None]

PEOPLE = {
    "pl": (
        "Agnieszka Tomasz Zofia Krzysztof Bożena Wojciech Halina Paweł",
        "Kowalczyk Wrona Zieliński Dudek Mazur Sikora Gajda Bielak",
    ),
    "tr": (
        "Ayşe Mehmet Elif Mustafa Zeynep Emre Fatma Hakan",
        "Yılmaz Demir Şahin Çelik Aydın Öztürk Kaplan Doğan",
    ),
    "es": (
        "Lucía Javier Carmen Pablo Marta Álvaro Rocío Iván",
        "Fernández Ortega Molina Castaño Rubio Serrano Vidal Campos",
    ),
    "ja": ("翔太 美咲 健一 陽子 大輔 さくら 直樹 恵子", "佐藤 鈴木 高橋 田中 渡辺 伊藤 山本 中村"),
    "id": (
        "Budi Siti Agus Dewi Eko Putri Hendra Wulan",
        "Santoso Wijaya Nugroho Lestari Hidayat Saputra Kusuma Rahayu",
    ),
    "sv": (
        "Astrid Nils Ingrid Gustav Maja Oskar Linnea Axel",
        "Lindqvist Bergström Sjöberg Holm Åkesson Nyström Wallin Ekman",
    ),
    "ru": (
        "Ольга Дмитрий Наталья Сергей Ирина Алексей Марина Павел",
        "Кузнецова Соколов Лебедева Морозов Волкова Зайцев Громова Фёдоров",
    ),
    "pt": (
        "Beatriz Thiago Larissa Rafael Fernanda Gustavo Camila Bruno",
        "Oliveira Carvalho Barbosa Teixeira Moreira Cardoso Ribeiro Azevedo",
    ),
    "it": (
        "Chiara Lorenzo Giulia Matteo Francesca Davide Elisa Stefano",
        "Esposito Ferraro Colombo Marchetti Rinaldi Galli Bruno Caputo",
    ),
    "ar": ("محمد فاطمة أحمد عائشة خالد مريم يوسف ليلى", "العلي الحسن المصري الخطيب النجار حداد منصور سالم"),
    "nl": (
        "Sanne Daan Femke Bram Lotte Jeroen Anouk Thijs",
        "de Vries Jansen van Dijk Bakker Visser Smit Mulder Bos",
    ),
    "fi": (
        "Aino Juhani Helmi Mikko Kaisa Antti Päivi Jukka",
        "Korhonen Virtanen Mäkinen Nieminen Heikkinen Laine Koskinen Salo",
    ),
}
TOWNS = {
    "pl": "Gdynia Rzeszów Toruń Bielsko-Biała Olsztyn Kielce",
    "tr": "Bursa Konya Antalya Kayseri Eskişehir Trabzon",
    "es": "Zaragoza Murcia Valladolid Badajoz Lugo Huesca",
    "sv": "Västerås Örebro Linköping Gävle Umeå Borås",
    "ru": "Самара Казань Воронеж Пермь Томск Рязань",
    "pt": "Campinas Curitiba Recife Fortaleza Goiânia Natal",
    "it": "Bergamo Lecce Parma Trieste Pescara Udine",
    "id": "Surabaya Bandung Semarang Makassar Denpasar Malang",
    "nl": "Haarlem Zwolle Breda Tilburg Leiden Amersfoort",
    "fi": "Tampere Oulu Kuopio Lahti Joensuu Vaasa",
    "ja": "横浜市 名古屋市 札幌市 神戸市 福岡市 仙台市",
    "ar": "الإسكندرية جدة عمّان الدار البيضاء",
}
ROWS = 48


class Trade:
    """Draws values by one seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)

    def of(self, draw: Callable[[], object]) -> list[str]:
        return [str(draw()) for _ in range(ROWS)]

    def pick(self, words: str, by: str | None = None) -> str:
        return self.dice.choice(words.split(by) if by else words.split())

    def first(self, lang: str) -> str:
        return self.pick(PEOPLE[lang][0])

    def last(self, lang: str) -> str:
        return self.pick(PEOPLE[lang][1])

    def digits(self, n: int) -> str:
        return "".join(self.dice.choice("0123456789") for _ in range(n))

    def number(self, low: int, high: int) -> int:
        return self.dice.randint(low, high)

    def day(self, low: int, high: int, form: str = "{y}-{m:02}-{d:02}") -> str:
        return form.format(y=self.number(low, high), m=self.number(1, 12), d=self.number(1, 28))

    def card(self) -> str:
        body = "400000" + self.digits(9)
        total = sum(int(c) if i % 2 else (int(c) * 2 - 9 * (int(c) > 4)) for i, c in enumerate(body))
        return body + str(-total % 10)

    def iban(self, country: str, length: int) -> str:
        body = "00" + self.digits(length - 6)
        check = 98 - int(body + "".join(str(int(c, 36)) for c in country) + "00") % 97
        return f"{country}{check:02}{body}"


def clinic(t: Trade) -> list[Column]:
    return [
        ("lp", [str(i + 1) for i in range(ROWS)], None),
        ("imie", t.of(lambda: t.first("pl")), "PERSON"),
        ("nazwisko", t.of(lambda: t.last("pl")), "PERSON"),
        ("data_ur", t.of(lambda: t.day(1938, 2015, "{d:02}.{m:02}.{y}")), "DATE_OF_BIRTH"),
        ("przyjęto", t.of(lambda: t.day(2023, 2024)), None),
        ("miejscowosc", t.of(lambda: t.pick(TOWNS["pl"])), "CITY"),
        ("kod", t.of(lambda: f"{t.digits(2)}-{t.digits(3)}"), "POSTCODE"),
        ("rozpoznanie", t.of(lambda: t.pick("J45.0 E11.9 I10 M54.5 F32.1 K21.0")), "DIAGNOSIS"),
        ("tel_kontaktowy", t.of(lambda: f"+48 {t.digits(3)} {t.digits(3)} {t.digits(3)}"), "PHONE"),
        ("oddział", t.of(lambda: t.pick("Chirurgia Kardiologia Pediatria")), None),
    ]


def school(t: Trade) -> list[Column]:
    return [
        ("öğrenci", t.of(lambda: f"{t.first('tr')} {t.last('tr')}"), "PERSON"),
        ("veli_cep", t.of(lambda: f"05{t.digits(2)} {t.digits(3)} {t.digits(2)} {t.digits(2)}"), "PHONE"),
        ("sınıf", t.of(lambda: f"{t.number(1, 12)}-{t.pick('A B C')}"), None),
        ("not_ort", t.of(lambda: round(t.dice.uniform(20, 100), 1)), None),
        ("şehir", t.of(lambda: t.pick(TOWNS["tr"])), "CITY"),
        ("dogum_tarihi", t.of(lambda: t.day(2005, 2016, "{d:02}/{m:02}/{y}")), "DATE_OF_BIRTH"),
        (
            "veli_eposta",
            t.of(lambda: f"{t.pick('ayse mehmet elif can')}{t.number(1, 99)}@example.com"),
            "EMAIL",
        ),
        ("devamsizlik", t.of(lambda: t.number(0, 20)), None),
    ]


def parcels(t: Trade) -> list[Column]:
    return [
        ("guia", t.of(lambda: f"ES{t.digits(11)}"), None),
        ("destinatario", t.of(lambda: f"{t.first('es')} {t.last('es')} {t.last('es')}"), "PERSON"),
        (
            "domicilio",
            t.of(lambda: f"Calle {t.pick('Mayor Olmo Sol Prado Luna')} {t.number(1, 90)}, {t.number(1, 6)}º"),
            "STREET_ADDRESS",
        ),
        ("poblacion", t.of(lambda: t.pick(TOWNS["es"])), "CITY"),
        ("cp", t.of(lambda: f"{t.number(1, 52):02}{t.digits(3)}"), "POSTCODE"),
        ("peso_kg", t.of(lambda: round(t.dice.uniform(0.1, 30), 2)), None),
        ("movil", t.of(lambda: f"6{t.digits(8)}"), "PHONE"),
        ("entregado", t.of(lambda: t.pick("si no")), None),
        ("direccion", t.of(lambda: t.pick("norte sur entrada salida")), None),
        ("nif", t.of(lambda: f"{t.digits(8)}{t.pick('A B C D E F')}"), "TAX_ID"),
    ]


def payroll(t: Trade) -> list[Column]:
    return [
        ("社員番号", t.of(lambda: f"E{t.digits(5)}"), "EMPLOYEE_ID"),
        ("氏名", t.of(lambda: f"{t.last('ja')} {t.first('ja')}"), "PERSON"),
        ("部署", t.of(lambda: t.pick("営業部 総務部 開発部")), None),
        ("入社日", t.of(lambda: t.day(2001, 2023, "{y}/{m:02}/{d:02}")), None),
        ("生年月日", t.of(lambda: t.day(1960, 2001, "{y}/{m:02}/{d:02}")), "DATE_OF_BIRTH"),
        ("給与", t.of(lambda: t.number(200, 900) * 1000), None),
        (
            "メールアドレス",
            t.of(lambda: f"{t.pick('sato suzuki tanaka ito')}{t.number(1, 99)}@example.co.jp"),
            "EMAIL",
        ),
        ("勤務地", t.of(lambda: t.pick(TOWNS["ja"])), "CITY"),
        ("郵便番号", t.of(lambda: f"{t.digits(3)}-{t.digits(4)}"), "POSTCODE"),
    ]


def telecom(t: Trade) -> list[Column]:
    return [
        ("nama", t.of(lambda: f"{t.first('id')} {t.last('id')}"), "PERSON"),
        ("msisdn", t.of(lambda: f"628{t.digits(10)}"), "PHONE"),
        ("imei", t.of(lambda: f"35{t.digits(13)}"), "IMEI"),
        ("paket", t.of(lambda: t.pick("Hemat Super Ultra")), None),
        ("kuota_mb", t.of(lambda: t.number(100, 9000)), None),
        ("kota", t.of(lambda: t.pick(TOWNS["id"])), "CITY"),
        (
            "alamat",
            t.of(lambda: f"Jl. {t.pick('Merdeka Melati Diponegoro Kenanga')} No. {t.number(1, 99)}"),
            "STREET_ADDRESS",
        ),
        ("aktif_sejak", t.of(lambda: t.day(2019, 2024)), None),
        ("cell", t.of(lambda: f"{t.number(100, 999)}-{t.number(10, 99)}"), None),
        ("ip_address", t.of(lambda: f"192.0.2.{t.number(1, 254)}"), "IP_ADDRESS"),
    ]


def shop(t: Trade) -> list[Column]:
    return [
        ("ordernr", [str(880012 + i) for i in range(ROWS)], None),
        (
            "namn",
            t.of(lambda: t.pick("Ullfilt,Bordslampa,Kaffekopp,Trädgårdsslang,Ryggsäck,Stekpanna", ",")),
            None,
        ),
        ("kund", t.of(lambda: f"{t.first('sv')} {t.last('sv')}"), "PERSON"),
        ("postort", t.of(lambda: t.pick(TOWNS["sv"])), "CITY"),
        (
            "gatuadress",
            t.of(lambda: f"{t.pick('Storgatan Björkvägen Kyrkogatan Parkvägen')} {t.number(1, 80)}"),
            "STREET_ADDRESS",
        ),
        ("pris", t.of(lambda: f"{t.number(19, 1999)},00"), None),
        ("färg", t.of(lambda: t.pick("röd blå grön svart")), None),
        ("kortnummer", t.of(t.card), "CREDIT_CARD"),
        (
            "personnummer",
            t.of(lambda: f"{t.day(1950, 2003, '{y}{m:02}{d:02}')}-98{t.digits(2)}"),
            "SE_PERSONNUMMER",
        ),
        ("land", t.of(lambda: t.pick("SE NO DK FI DE")), "COUNTRY"),
    ]


def forum(t: Trade) -> list[Column]:
    return [
        ("id", [str(i + 1) for i in range(ROWS)], None),
        ("ник", t.of(lambda: t.pick("volk_77 Snezhinka zloy.kot moroz_x tikhaya kub1k")), "USERNAME"),
        ("фио", t.of(lambda: f"{t.last('ru')} {t.first('ru')}"), "PERSON"),
        ("город", t.of(lambda: t.pick(TOWNS["ru"])), "CITY"),
        ("сообщений", t.of(lambda: t.number(0, 9000)), None),
        ("почта", t.of(lambda: f"{t.pick('olga dima sergey irina')}.{t.number(1, 99)}@example.org"), "EMAIL"),
        (
            "пароль",
            t.of(lambda: "$2b$12$" + "".join(t.dice.choice("abcXYZ0189./") for _ in range(53))),
            "PASSWORD_HASH",
        ),
        ("тема", t.of(lambda: t.pick("Ремонт Музыка Погода Шахматы")), None),
        ("регистрация", t.of(lambda: t.day(2012, 2024, "{d:02}.{m:02}.{y}")), None),
        ("ip", t.of(lambda: f"198.51.100.{t.number(1, 254)}"), "IP_ADDRESS"),
    ]


def bank(t: Trade) -> list[Column]:
    return [
        ("cliente", t.of(lambda: f"{t.first('pt')} {t.last('pt')}"), "PERSON"),
        ("conta", t.of(lambda: t.iban("PT", 25)), "IBAN"),
        ("saldo", t.of(lambda: round(t.dice.uniform(-500, 90000), 2)), None),
        ("gerente", t.of(lambda: f"{t.first('pt')} {t.last('pt')}"), "PERSON"),
        ("agencia", t.of(lambda: t.digits(4)), None),
        ("telemovel", t.of(lambda: f"9{t.digits(8)}"), "PHONE"),
        ("cidade", t.of(lambda: t.pick(TOWNS["pt"])), "CITY"),
        ("moeda", t.of(lambda: t.pick("EUR USD GBP")), None),
        ("risco", t.of(lambda: t.pick("baixo medio alto")), None),
        ("sexo", t.of(lambda: t.pick("M F")), "GENDER"),
    ]


def rental(t: Trade) -> list[Column]:
    return [
        (
            "targa",
            t.of(lambda: f"{t.pick('AB CD EF GH')}{t.digits(3)}{t.pick('KL MN PR ST')}"),
            "LICENSE_PLATE",
        ),
        (
            "telaio",
            t.of(
                lambda: (
                    "ZZZ"
                    + "".join(t.dice.choice("ABCDEFGHJKLMNPRSTUVWXYZ0123456789") for _ in range(8))
                    + t.digits(6)
                )
            ),
            "VIN",
        ),
        ("modello", t.of(lambda: t.pick("Lepre Falco Rondine Gabbiano")), None),
        ("conducente", t.of(lambda: f"{t.first('it')} {t.last('it')}"), "PERSON"),
        (
            "patente_nr",
            t.of(lambda: f"U1{t.pick('A B C D')}{t.digits(6)}{t.pick('F G H')}"),
            "DRIVER_LICENSE",
        ),
        ("km", t.of(lambda: t.number(10, 120000)), None),
        ("ritiro", t.of(lambda: t.day(2024, 2024) + f" {t.number(8, 19):02}:30"), None),
        ("citta", t.of(lambda: t.pick(TOWNS["it"])), "CITY"),
        (
            "indirizzo",
            t.of(lambda: f"Via {t.pick('Roma Verdi Dante Cavour')} {t.number(1, 120)}"),
            "STREET_ADDRESS",
        ),
        ("codice", t.of(lambda: f"RN-{t.digits(4)}"), None),
    ]


def instruments(t: Trade) -> list[Column]:
    return [
        ("name", t.of(lambda: t.pick("pump_a,pump_b,valve-3,heater,mixer_2", ",")), None),
        ("address", t.of(lambda: f"0x{t.number(4096, 65535):04x}"), None),
        ("location", t.of(lambda: t.pick("rack-1 rack-2 bench hood")), None),
        ("state", t.of(lambda: t.pick("on off idle fault")), None),
        ("phone", t.of(lambda: t.pick("yes no")), None),
        ("temperature", t.of(lambda: round(t.dice.uniform(18, 95), 2)), None),
        ("operator", t.of(lambda: f"{t.first('fi')} {t.last('fi')}"), "PERSON"),
        ("serial", t.of(lambda: f"SN{t.digits(10)}"), None),
        ("mac", t.of(lambda: "02:" + ":".join(f"{t.number(0, 255):02x}" for _ in range(5))), "MAC_ADDRESS"),
        ("lat", t.of(lambda: round(t.dice.uniform(0.1, 9.9), 3)), None),
    ]


def training(t: Trade) -> list[Column]:
    return [
        ("model_name", t.of(lambda: t.pick("tern-7b gull-1b heron-13b")), None),
        ("token", t.of(lambda: t.number(0, 32000)), None),
        ("author", t.of(lambda: f"{t.first('nl')} {t.last('nl')}"), "PERSON"),
        ("loss", t.of(lambda: round(t.dice.uniform(0.5, 4), 5)), None),
        ("run", t.of(lambda: f"{t.digits(4)}-{t.digits(4)}"), None),
        ("url", t.of(lambda: f"https://example.net/run/{t.number(1, 999)}"), "URL"),
        (
            "prompt",
            t.of(
                lambda: (
                    "please write a short story about a "
                    + t.pick("fox,boat,long winter", ",")
                    + " and a lamp"
                )
            ),
            None,
        ),
        ("language", t.of(lambda: t.pick("en de fr nl")), None),
        ("commit", t.of(lambda: "".join(t.dice.choice("0123456789abcdef") for _ in range(40))), None),
        ("country", t.of(lambda: t.number(1, 190)), None),
    ]


def insurer(t: Trade) -> list[Column]:
    return [
        ("الاسم", t.of(lambda: f"{t.first('ar')} {t.last('ar')}"), "PERSON"),
        ("المدينة", t.of(lambda: t.pick(TOWNS["ar"])), "CITY"),
        ("رقم الجوال", t.of(lambda: f"+9665{t.digits(8)}"), "PHONE"),
        ("تاريخ الميلاد", t.of(lambda: t.day(1950, 2004)), "DATE_OF_BIRTH"),
        ("policy", t.of(lambda: f"PL{t.digits(8)}"), None),
        (
            "insurer",
            t.of(lambda: t.pick("Tahoma Insurance Ltd,Marsa Takaful Co.,Nahda Group", ",")),
            "ORGANIZATION",
        ),
        ("claims", t.of(lambda: t.number(0, 9)), None),
        ("contact", t.of(lambda: f"{t.pick('info sales help')}{t.number(1, 99)}@example.net"), "EMAIL"),
        ("ssn", t.of(lambda: f"{t.number(773, 899)}-{t.number(10, 99)}-{t.number(1000, 9999)}"), "US_SSN"),
        ("home", t.of(lambda: f"{t.number(1, 99)} {t.pick('Palm Harbour Olive')} Street"), "STREET_ADDRESS"),
    ]


TRADES = (
    clinic,
    school,
    parcels,
    payroll,
    telecom,
    shop,
    forum,
    bank,
    rental,
    instruments,
    training,
    insurer,
)


def tables(seed: int) -> dict[str, list[Column]]:
    """Give all tables of one seed."""
    return {trade.__name__: trade(Trade(seed + place)) for place, trade in enumerate(TRADES)}
