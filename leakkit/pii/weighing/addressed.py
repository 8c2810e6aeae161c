"""Words with which people are addressed beside their names, and which are no part of them: "Tante Lilo", "Fidan Hanım"."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

_BEFORE = frozenset(
    "tante onkel oma opa mama uncle aunt auntie aunty granny grandma grandpa sister brother pastor reverend imam rabbi chief coach captain officer nurse sergeant constable "
    "inspector detective hausmeister hausmeisterin lehrer lehrerin trainer trainerin kollege kollegin sachbearbeiter sachbearbeiterin schwester pfarrer pater tía tío tia tio zia zio "
    "nonna nonno babcia dziadek ciocia wujek strýc teta baka djed gospodin gospođa gospa bapak pak ibu bu mbak kak kang kuya ate aling mang ginang ginoo tita tito nanay tatay kagawad mzee "
    "bwana bibi kaka baba chị cô chú bác ông bà sheikh hajji ustaz ustadh vereador vereadora deputado enfermeira professora maestra maestro profe suor soeur frère tonton tata mémé mamie "
    "docteur maître inspektor slečna paní tetka ujak дядя тётя тетя баба дед дядько тітка пан пані чичо леля бай господин госпожа κυρία κύριος κύριε".split()
)
_BEHIND = frozenset(
    "dede hanım hanim bey abi abla ağabey amca teyze usta bhai bhaiya bhaiyya didi saab sahib sahab sir madam néni bácsi sensei san sama xanım müəllim aka uncle aunty akka garu".split()
)


def without_address(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the name of a person without the words of address before and behind it.

    Parameters
    ----------
    text : str
        The text.
    start, end : int
        What a tagger found.

    Examples
    --------
    >>> text = "Tante Lilo, Fidan Hanım"
    >>> [text[slice(*without_address(text, a, b))] for a, b in ((0, 10), (12, 23))]
    ['Lilo', 'Fidan']
    """
    while (gap := text.find(" ", start, end)) > 0 and _is_before(text[start:gap], text[gap + 1]):
        start = gap + 1
    gap = text.rfind(" ", start, end)
    if gap > start and text[gap + 1 : end].lower() in _BEHIND:
        end = gap
    return start, end


def _is_before(word: str, next_sign: str) -> bool:
    """Tell whether a word is one of address, and the next is written as names are, or both in small letters."""
    return word.lower().rstrip(".") in _BEFORE and (next_sign.isupper() or word.islower())
