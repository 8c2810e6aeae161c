"""Clauses and words of Chinese, Japanese and Korean that stand where a name might, and are none."""

from __future__ import annotations

from leakkit.late import late

_FIRST = "\u3040"
"""Signs before this one are of other scripts."""

_CLAUSE = late(
    r".*(?:(?:です|でした|ます|ました|ません|ましょう|ください|下さい|お願い|ありがとう|しました|して|された|している"
    r"|のか|ですか|ですね|ない|たい|よう|から|まで|ので|けど)$"
    r"|[をへ]|[一-龥々ァ-ヶー](?:は|が|に|で|と|も)[一-龥々ァ-ヶー]"
    r"|(?:니다|니까|세요|해요|네요|어요|아요|군요|까요|할게요|습니다만|하는|에서|에게|으로)$"
    r"|[的们們这這那哪吗嗎呢您你我她它把被])"
    r"|.*(?:者|担当|予定|完了|確認|報告|連絡|資料|会議|面接|登録|株式会社|部長|課長|先生方|各位|情報|管理|システム"
    r"|候选人|面试|完成|确认|报告|会议|公司|部门|经理|系统|客服|项目|負責人|负责人|联系人|지원자|담당자|관리자|고객|회의|완료|확인)$"
)


def is_clause(text: str) -> bool:
    """Tell whether a text in one of these scripts is a clause or a word of office life, and no name.

    Examples
    --------
    >>> [is_clause(text) for text in ("確認お願いします", "遠藤 裕子", "候補者", "김민준", "감사합니다")]
    [True, False, True, False, True]
    """
    return text[:1] >= _FIRST and _CLAUSE.match(text) is not None
