"""Words beside a number that say it is of an order, a parcel, a file or a meter, and so no telephone's."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from leakkit.late import late
from leakkit.pii.folding import without_marks
from leakkit.pii.weighing.phrases import MARKS

_REACH = 40
_FILLERS = frozenset(
    "no nos nr nrs n num nums nummer nummern nummeret numret number numbers numéro numéros numero numeri número números numer numeru numery "
    "numurs numeris numărul nº id ids code codes kode kod kodu kód kódu koodi código codigo codice ref is was ist war lautet lauten es est fue è é "
    "la el il le los las lo the de du des di do da dei der die das den o a to är var er on is's je jest bylo było jest var "
    "номер номера номером номеру ном код кода код αρ αριθμός αριθμού αριθμ κωδικός κωδ η ο το του της رقم رقمه کد شماره نمبر מספר מס קוד आईडी नंबर नम्बर संख्या নম্বর নং "
    "numarası numarasi numara no'su št številka stevilka br broj č č. čís číslo čísle sz szám száma számú nomor nomer nombor namba nambari số so sayılı bank banco banca banque banku banka du della dell del".split()
)
_END = late(r"[ .:：#№=(\"'“„«+\-–—/]{0,5}\Z")
_GROUPS = late(r"(?<![\d.,:/])(?:\(?\d{1,4}\)?[ .\-]){1,3}\Z")
"""The first groups of a longer number."""
_SIGNED = late(r"(?:(?P<word>[^\W\d_]+)[ .:]{0,2})?#\Z")
_BANK_CODE = late(r"/\d{4}(?!\d)|[ \-]\d{3,4}[ \-]\d{2,}")
"""What follows the number of an account, and the first groups of a longer number."""
_EVERYDAY = frozenset(
    "part case file run po sag sak item issue hall room gate seat job report art part raum zimmer platz fall nota dio".split()
)
"""Words for things that sentences are full of: they say something only right before a number."""
_LETTERS = rf"[^\W\d_](?:[^\W\d_]|[{MARKS}])*"
_TOKEN = late(rf"(?<![^\W\d_])(?<![{MARKS}]){_LETTERS}(?:['’\"״][^\W\d_]{{1,3}})?°?\.?['’]?\Z")
_PART = late(r"[ .:#№°º\-/'\"_]{0,3}\Z")
_WORD = late(_LETTERS)
_MOST_FILLERS = 4
_ABBREVIATION = late(r"[A-ZÀ-Þ]{2,6}\Z")
_ACCOUNT_OF_TELEPHONE = late(
    r"(?:whats ?app|viber|telegram|signal|gcash|paytm|phonepe|bkash|nagad|alipay|支付宝|m-?pesa|venmo|zelle|paypal|swish|vipps|momo|zalo|wechat|imo)[ '’s]{0,3}\Z"
)
_NUMBER_WORD = late(
    r"(?:s?nummer[ns]?|s?nummeret|number|numret|snr|nr|numero|numero[na]|numeroon|numerosta|szám[aú]?|koden?|kod|id)\Z"
)
_NAMED = late(
    r"([^\W\d_]{2,})\.?[ :#]{1,2}(?:(?:no|nr|n[°º]|num)\.?[ :]?)?(?=[\dA-Z/.\- ]*\d)[\dA-Z/.\- ]{1,24}"
)
_READING = late(r"[A-Z]{2,4} \d{2,3}")
_STANDARD = late(
    r"(?:DIN|ISO|IEC|ASTM|ANSI|IEEE|RFC|JIS|GOST|ÖNORM|NEN|UNE|UNI|NF|BS|EN)(?: (?:EN|ISO|IEC))* \d{2,6}\b"
)
"""A standard and its number, whatever follows."""
_LABELLED = late(r"[A-Z]{2,5}\.? (?:\d[ .\-/]?){5,}\d")
"""Capitals and a long number in groups: a number of a person, a tax office or a register."""
_SMALL_AND_NUMBER = late(r"[^\W\d_A-Z]{2,14}\.? (?:\d[ .\-]?){6,14}")
"""A word in small letters and a number far too long for a house."""
_PART_AFTER = late(r"/\d")
_UNPARTED = tuple(
    "受注番号 受付番号 伝票 請求書番号 合同号 发票号 工单号 注文番号 注文 订单号 订单 订单编号 快递单号 주문번호 주문 송장번호 伝票番号 คำสั่งซื้อ".split()
)
_UNPARTED_BESIDE_TELEPHONES = tuple(
    "会員番号 予約番号 整理番号 管理番号 製造番号 問い合わせ番号 問合せ番号 追跡番号 追跡 口座番号 口座 社員番号 学籍番号 登録番号 型番 品番 部品番号 免許証番号 保険証番号 "
    "マイナンバー 診察券番号 案件番号 顧客番号 証券番号 確認番号 単号 单号 單號 編號 编号 運單 运单 快递 快遞 取件码 验证码 驗證碼 會員號 会员号 卡号 卡號 银行账户 银行卡 付款账号 收款账号 汇款账号 对公账号 銀行帳號 銀行賬號 银行账号 訂單 "
    "訂單號 學號 学号 工号 身份证号 身份证 證號 证号 票號 票号 案號 案号 保單 保单 流水号 参考号 型号 型號 批号 批號 序列号 序號 序号 房号 群号 송장 운송장 운송장번호 택배 예약번호 "
    "접수번호 회원번호 고객번호 사번 학번 계좌 계좌번호 등록번호 사업자번호 주민번호 일련번호 관리번호 승인번호 사건번호 พัสดุ เลขพัสดุ ออเดอร์ ใบเสร็จ ใบสั่งซื้อ เลขบัตร "
    "บัญชี เลขบัญชี เลขที่บัญชี สัญญา លេខកូដ ကုဒ်".split()
) + (
    "đơn hàng",
    "vận đơn",
    "hóa đơn",
    "hoá đơn",
    "hợp đồng",
    "hồ sơ",
    "tài khoản",
    "khách hàng",
    "biên lai",
    "no resi",
)
_AFTER_UNPARTED = late(r"[はが는은:： 为為是]{0,3}\Z")
_DENIED = late(
    r"[\s\"'”»),;:.\-–—]{0,4}(?:\S{1,12} ){0,2}?(?:(?:is|was|it'?s|that'?s) (?:not|no)\b|isn[’']?t\b|not (?:a|my|your|the|an)\b|ist (?:kein|nicht)|keine?\b|"
    r"n[’']est pas|pas un\b|no es\b|não é\b|non è\b|is (?:geen|niet)|geen\b|nie jest|to nie|není|nie je\b|ei ole|är inte|er ikke|nem\b|nu (?:e|este)\b|"
    r"nije\b|ni\b|ne e\b|не|це не|не е|değil|ليس|not)[ \xa0]?(?P<what>[^\n]{0,40})"
)
_TELEPHONE = late(
    r"(?i)\b(?:phone|t[eé]l|handy|rufn|mobil|cell|portable|fixe|móvil|celular|num|telem|puh|gsm|komór|тел|мобил|номер|τηλ|הטל|טל|هاتف)"
)
_EXPLAINED = late(
    r"[\s\"'”»)]{0,3}(?:is|was|ist|war|est|es|era|è|é|to|jest|är|er|on|je|is)\b(?: (?:the|a|an|my|your|our|his|her|its|just|only|die|der|das|eine?|meine|deine|unsere|le|la|"
    r"l[’']|un|une|mon|votre|el|il|lo|o|mi|su|de|het|een|mijn|uw|et|en|du|do|da|del|della|of|van)\b){0,3}[ ’']"
    r"(?P<what>[^\W\d_]+(?: (?:number|no|code|id))?)"
)
_UNPARTED_DENIALS = late(
    r"[ 、,]*(?:(?:は|が)?(?:電話|携帯)?(?:番号)?(?:ではあり|ではな|じゃな)|(?:这|這)?个?不是(?:电话|電話|手机|手機)|[은는이]? ?전화(?:번호)?가? ?아)"
)


@cache
def _things() -> tuple[frozenset[str], frozenset[str]]:
    """Read the words for things with a number, and those together that only telephones are asked about."""
    text = (files("leakkit.pii.weighing") / "numbered_things.txt").read_text(encoding="utf-8")
    parts = [
        frozenset(
            writing
            for line in part.splitlines()
            if line[:1] != "#"
            for word in line.split()
            for writing in (word, without_marks(word))
        )
        for part in text.split("\n# ---\n")
    ]
    return parts[0], parts[0] | parts[1]


@lru_cache(4096)
def is_of_thing(before: str, telephone: bool = False) -> bool:
    """Tell whether what stands right before a number makes it that of an order, a file or the like.

    Parameters
    ----------
    before : str
        What stands before the number on its line, or the end of that.
    telephone : bool
        Whether it would be a telephone's: then words for accounts and documents say no as well.

    Examples
    --------
    >>> is_of_thing("Bestelling "), is_of_thing("Nr zgłoszenia "), is_of_thing("call me tomorrow on ")
    (True, True, False)
    >>> is_of_thing("Meter EDF no. ", telephone=True), is_of_thing("WhatsApp account ", telephone=True)
    (True, False)
    """
    tail = before[-_REACH:]
    if telephone:
        tail = _GROUPS.sub("", tail)
        if (signed := _SIGNED.search(tail)) and not _is_of_telephones(signed["word"] or ""):
            return True
    if (thing := _thing_in(tail, telephone)) is not None:
        return thing
    if tail.isascii() and not telephone:
        return False
    bare = _AFTER_UNPARTED.sub("", tail)
    return bare.endswith(_UNPARTED) or (telephone and bare.lower().endswith(_UNPARTED_BESIDE_TELEPHONES))


def _thing_in(tail: str, telephone: bool) -> bool | None:
    """Look for a word for a thing right before the number; None where there is none."""
    if not any(_is_thing(word, telephone) for word in _WORD.findall(tail.lower())):
        return None
    return _walked(_END.sub("", tail), telephone)


def _walked(rest: str, telephone: bool) -> bool | None:
    """Walk back word by word; in what stands before a telephone the name of one office may stand between."""
    skipped = False
    for _ in range(_MOST_FILLERS + 1):
        found = _TOKEN.search(rest)
        if found is None:
            return None
        word = found[0].rstrip(".'’°").lower()
        rest = rest[: found.start()]
        if _is_thing(word, telephone):
            return not _is_meant_otherwise(word, rest)
        if word not in _FILLERS:
            if not telephone or skipped or not _is_abbreviation(found[0]):
                return None
            skipped = True
        rest = _PART.sub("", rest)
    return None


def _is_meant_otherwise(word: str, before: str) -> bool:
    """Tell whether a word for a thing means none here: "in case ...", an account that is called by a telephone."""
    if word == "case":
        return before.lower().endswith("in ")
    return word.startswith("acc") and _ACCOUNT_OF_TELEPHONE.search(before.lower()) is not None


def _is_abbreviation(word: str) -> bool:
    """Tell whether a word in capitals stands for a firm or an office, and not for a telephone."""
    return _ABBREVIATION.match(word) is not None and not _is_of_telephones(word)


def _is_of_telephones(word: str) -> bool:
    """Tell whether a word is one that stands beside telephones, or says only "number"."""
    from leakkit.pii.detector import listed_words

    return word.lower() in _FILLERS or word.lower() in listed_words("telephones")


@lru_cache(4096)
def _is_thing(word: str, telephone: bool = False) -> bool:
    """Tell whether a word, or a compound with a word for its number, means a thing with a number."""
    things = _things()[telephone]
    return word in things or _NUMBER_WORD.sub("", word) in things


@lru_cache(4096)
def is_about_thing(near: str) -> bool:
    """Tell whether some word in a stretch of text means a thing with a number, or a document of a person."""
    return any(word not in _EVERYDAY and _is_thing(word, True) for word in _WORD.findall(near.lower()))


@lru_cache(4096)
def is_denied(after: str) -> bool:
    """Tell whether what stands right behind a number says that it is no telephone's, or which other one it is.

    Examples
    --------
    >>> is_denied(" is not a phone number"), is_denied(" ist die Vertragsnummer"), is_denied(" is not mine")
    (True, True, False)
    """
    if _BANK_CODE.match(after):
        return True
    if (found := _DENIED.match(after)) and _TELEPHONE.search(found["what"]):
        return True
    if (told := _EXPLAINED.match(after)) and any(
        _is_thing(word.lower(), True) for word in told["what"].split()[:1]
    ):
        return True
    return not after.isascii() and _UNPARTED_DENIALS.match(after) is not None


def names_a_thing(text: str, start: int, end: int) -> bool:
    """Tell whether a span is a word for a thing with its number, or a reading, and so no place.

    Examples
    --------
    >>> (
    ...     names_a_thing("Az. 15 C 972/23", 0, 12),
    ...     names_a_thing("RR 135/80", 0, 6),
    ...     names_a_thing("Lot 5 Elm", 0, 9),
    ... )
    (True, True, False)
    """
    value = text[start:end]
    found = _NAMED.fullmatch(value)
    if found and found[1].lower() in _things()[False]:
        return True
    if _STANDARD.match(value) or _LABELLED.fullmatch(value) or _SMALL_AND_NUMBER.fullmatch(value):
        return True
    return _READING.fullmatch(value) is not None and _PART_AFTER.match(text, end) is not None
