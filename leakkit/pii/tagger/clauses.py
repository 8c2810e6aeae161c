"""Clauses and words of Chinese, Japanese, Korean and Arabic that stand where a name might, and are none."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

from leakkit.late import late
from leakkit.pii.tagger.features import CONNECTORS

_FIRST = "\u3040"
"""Signs before this one are of other scripts."""

_CLAUSE = late(
    r".*(?:(?:です|でした|ます|ました|ません|ましょう|ください|下さい|お願い|ありがとう|しました|して|された|している"
    r"|のか|ですか|ですね|ない|たい|よう|から|まで|ので|けど)$"
    r"|くて$|(?:さん|くん|ちゃん|さま|さんに|さんの|さんは|さんが|さんと)$|[をへ]|[一-龥々ァ-ヶー](?:は|が|に|で|と|も)[一-龥々ァ-ヶー]"
    r"|(?:니다|니까|세요|해요|네요|어요|아요|군요|까요|할게요|습니다만|하는|에서|에게|으로)$"
    r"|[的们們这這那哪吗嗎呢您你我她它把被])"
    r"|(?:马上|现在|今天|明天|昨天|刚刚|立刻|已经|谢谢|您好|你好|今日|明日|昨日|本日|現在|至急|了解|承知)"
    r"|.*(?:者|担当|予定|完了|確認|報告|連絡|資料|会議|面接|登録|株式会社|部長|課長|先生方|各位|情報|管理|システム"
    r"|候选人|面试|完成|确认|报告|会议|公司|部门|经理|系统|客服|项目|負責人|负责人|联系人|지원자|담당자|관리자|고객|회의|완료|확인)$"
)
_WIDE = late(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NUMBERED = late(
    r"(?:月|日|点|時|时|分|円|元|年|회|시에)|.*(?:[0-9０-９]{1,4}[ ]?(?:月|日|点|時|时|分|円|元|万|億|亿|回|件|人|시|월|일|분|원|개|명)|\d-\d{3,4}|[ㅋㅎㅠㅜ]{2})"
)
_PLACED = late(
    r"(?!.*(?:\d{2,4}-\d{3,4}-\d{4}|内線|外線|直通|電話|电话|手机)).*[市区區县縣省州都道府県町村郡镇镇乡鄉路街巷弄里段号號番丁目楼樓室国國洲島岛山川河湖港]"
    r"|.*[가-힣](?:시|도|구|군|동|읍|면|리|로|길|역|국|섬|산|강)(?: |\d|,|$)"
    r"|(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충청|충북|충남|전라|전북|전남|경상|경북|경남|제주|한국|대한민국|북한|일본|중국|미국|영국|독일)"
    r"|(?:北京|上海|天津|重庆|广州|深圳|香港|台北|澳门|东京|東京|大阪|京都|日本|中国|美国|英国|韩国|台湾)"
)
_TOWN_OF_HAN = late(r"[一-龥]{2,3}")
_PERSON_OF_KOREA = late(r"(?:[가-힣]{1,2} [가-힣]{1,3}|[가-힣]{2,4}|[가-힣]{2,5} [가-힣]{2,5})\Z")
_VERB_OF_KOREA = late(
    r".*(?:[가-힣](?:이|가|은|는|을|를|아|야|어|꺼|거|요|음|함|됨|네|지|고|면|서|까|래|자|데|만|도|의) |(?:꺼|요|음|함|됨|네|면서|까지|는데|지만|해서|하고|이다|했다|한다|였잖아|잖아|거든|인데)\Z)"
)
_SMALL_WORDS_OF_ARABIC = frozenset(
    "من في على عن إلى الى مع المبلغ الحساب أرسل ارسل أرسلت حول حولت دفع دفعت قال قالت اتصل اتصلت يوم باسم رقم بتاريخ هذا هذه الذي التي "
    "كان كانت قد لم لن لا ثم أو بعد قبل عند حتى كل بعض غدا اليوم أمس الهاتف الجوال البريد العنوان الرقم الطلب الفاتورة".split()
)
_ARABIC = "\u0600", "\u06ff"
_AND = late(r" (?:and|und|or|oder|och|og|sowie|&) ")


def is_clause(text: str) -> bool:
    """Tell whether a text in one of these scripts is a clause or a word of office life, and no name.

    Examples
    --------
    >>> [is_clause(text) for text in ("確認お願いします", "遠藤 裕子", "候補者", "김민준", "감사합니다")]
    [True, False, True, False, True]
    """
    return text[:1] >= _FIRST and _CLAUSE.match(text) is not None


def is_no_name(text: str, entity: str) -> bool:
    """Tell whether what a tagger calls a name is a small word, or a stretch of a sentence in a script without capitals.

    Examples
    --------
    >>> [
    ...     is_no_name(text, "PERSON")
    ...     for text in ("7月さくら祭り", "하늘이 맑음", "김하늘", "مريم المبلغ إلى", "Mara")
    ... ]
    [True, True, False, True, False]
    >>> [is_no_name(text, "LOCATION") for text in ("売上は31万円", "仙台市青葉区3-1", "서울 강남구", "von")]
    [True, False, False, True]
    """
    if text.isascii():
        return text in CONNECTORS
    if _ARABIC[0] <= text[0] <= _ARABIC[1]:
        words = text.split()
        return any(word in _SMALL_WORDS_OF_ARABIC for word in words)
    if _WIDE.search(text) is None:
        return False
    if entity == "ORGANIZATION":
        return False
    if entity == "PERSON":
        return _NUMBERED.match(text) is not None or _is_korean_clause(text)
    return _PLACED.match(text) is None and (_TOWN_OF_HAN.fullmatch(text) is None or is_clause(text))


def _is_korean_clause(text: str) -> bool:
    """Tell whether Korean words are other than one or two short ones, or end like verbs."""
    if not "\uac00" <= text[0] <= "\ud7af":
        return False
    return _PERSON_OF_KOREA.match(text) is None or _VERB_OF_KOREA.match(text) is not None


def people_of(text: str) -> list[tuple[int, int]]:
    """Give the places of the people in what a tagger calls one person ("Anna Kaufmann und Karl Voss").

    Examples
    --------
    >>> people_of("Kaufmann und Schneider"), people_of("Ramón y Cajal")
    ([(0, 8), (13, 22)], [(0, 13)])
    """
    places, at = [], 0
    for joint in _AND.finditer(text):
        places.append((at, joint.start()))
        at = joint.end()
    return [*places, (at, len(text))]
