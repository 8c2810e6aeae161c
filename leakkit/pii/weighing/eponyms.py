"""Names of people who are remembered in the name of a thing: ``Jensen's inequality``, ``a Bernoulli process``."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

import re

from leakkit.late import late
from leakkit.pii.weighing.known_names import is_given_name, is_given_only

_SURE = (
    r"inequalit(?:y|ies)|lemmas?|theorems?|conjectures?|corollary|paradox|equations?|formula[se]?|constants?|divergence|kappa|alpha|laws?(?! (?:firm|school|degree|offices?|practice|student))|"
    r"principle|postulates?|syndrome|disease|lymphoma|sarcoma|distributions?|polynomials?|integrals?|inequality|optimi[sz]ers?|momentum|multipliers?|quadrature|equilibri(?:um|a)|"
    r"interferometer|comet|initiali[sz]ations?|reagents?|automat(?:on|a)|entropy|matri(?:x|ces)|"
    r"Ungleichung(?:en)?|Verteilung(?:en)?|Gleichung(?:en)?|Konstante|Transformation|Prozess|Effekt|Zerlegung|Syndrom"
)
"""Things that bear the name of their finder, and are hardly anybody's own."""
_METHODS = (
    r"criteri(?:on|a)|coefficients?|kernels?|operators?|transforms?|transformations?|series|norm|metrics?|distances?|bounds?|approximations?|expansions?|"
    r"decompositions?|factori[sz]ations?|estimators?|correlations?|interpolation|iterations?|methods?|rules?|algorithms?|tests?|t-tests?|process(?:es)?|cage|belts?|indexe?s?|scheme"
)
"""Things that are known by the name of a person, with the s of possession or without."""
_OTHERS = (
    r"conditions?|spaces?|manifolds?|statistics?|information|effects?|reactions?|diagrams?|telescope|priors?|posterior|regression|smoothing|ensembles?|impurity|complement|games?|motion|levels?|radius|limit|"
    r"sampling|models?|filters?|machines?|trees?|chains?|loss(?:es)?|noise|search|sort|codes?|coding|numbers?|key exchange|gates?|indices|weights?|cycle|scale|curves?|dish|burner|counter|"
    r"values?|scores?|functions?|identit(?:y|ies)|projections?|tables?|circuit|state|product|sum|lattices?|graphs?|sets?|cube|puzzle|embeddings?|attention|activation|networks?|layers?|razor|maps?|tensors?|"
    r"apparatus|lines?|points?|bridge|plots?|variables?|trials?|vectors?|classifiers?|cipher|hash|function"
)
"""Things that have such names where no s of possession stands between."""
_BETWEEN = r"(?:[a-z][a-z\-]{2,}[ ~]){0,3}"
_AFTER = late(
    rf"(?:(?:-{{1,2}}|–)[^\W\d_]+)*(?P<own>['’]s?)?[ ~\n\-–]{{1,2}}(?:{_BETWEEN}(?P<sure>{_SURE})|(?:[a-z]+-?[a-z]+ |[tFUZ][ \-])?(?P<method>{_METHODS})|(?P<other>{_OTHERS}))(?![\w'’])"
)
_BEFORE = late(
    r"(?i:(?<![^\W_])(?:satz|lemma|theorem|algorithmus|gesetz|prinzip|formel|gleichung|ungleichung|verteilung|konstante|paradoxon|vermutung|kriterium|zerlegung|reihe|norm) (?:von|vom|des|nach)"
    r"|(?<![^\W_])(?:théorème|lemme|inégalité|loi|équation|formule|transformée|algorithme|matrice|constante|principe|critère|conjecture|paradoxe|syndrome|maladie|coefficient|indice|polynômes?|séries?|noyau|processus|test|chaîne|chaînes|divergence|entropie) (?:de|du|des)"
    r"|(?<![^\W_])(?:teorema|lema|desigualdad|ley|ecuación|fórmula|transformada|algoritmo|distribución|principio|criterio|paradoja|constante|disuguaglianza|legge|equazione|trasformata|distribuzione|paradosso|"
    r"síndrome|enfermedad|lei|equação|desigualdade|distribuição|constante) (?:de|di|del|do)"
    r"|(?<![^\W_])d['’])[ ~]?(?:[^\W\d_]+(?:-{1,2}|–))*\Z"
)
_JOINTS = (" de", " di", " do", " du", " vo", " nach")
"""What such a thing is joined to a name by: each of these words, in ASCII, holds one, or an apostrophe."""
_ELIDED = late(r"(?i:(?:théorème|lemme|inégalité|loi|équation|transformée|algorithme|principe) d['’])\Z")
_HEAD = late(
    r"(?i:satz|lemma|algorithmus|gesetz|prinzip|formel|gleichung|ungleichung|théorème|lemme|inégalité|loi|équation|transformée|algorithme|teorema|lema|desigualdad|legge|equazione) (?i:von|vom|des|de|du|di|del) "
)
_WITHIN = late(rf"(?:^|[ \-–])(?:{_SURE})$")
_LONGEST = 48


def is_eponym(text: str, start: int, end: int, entity: str) -> bool:
    """Tell whether a name is that of a law, a disease or a method, by the word behind it or before.

    Parameters
    ----------
    text : str
        The text.
    start, end, entity
        What a tagger found.

    Examples
    --------
    >>> text = "By Jensen's inequality"
    >>> is_eponym(text, 3, 9, "PERSON"), is_eponym("Jensen's car", 0, 6, "PERSON")
    (True, False)
    """
    if entity != "PERSON":
        return False
    if text[start : start + 2].lower() in ("d'", "d’"):
        start += 2
    value = text[start:end]
    if not value[:1].isupper():
        return False
    if _HEAD.match(value) or _WITHIN.search(value):
        return True
    hit = _AFTER.match(text, end, end + _LONGEST)
    if hit is not None:
        return _is_of_thing(value, hit)
    near = text[max(0, start - _LONGEST) : start]
    if near.isascii() and not _may_say(near.lower()):
        return False
    before = _BEFORE.search(text, max(0, start - _LONGEST), start)
    if before is None:
        return False
    return (
        before[0][:2].lower() not in ("d'", "d’")
        or _ELIDED.search(text, max(0, start - _LONGEST), start) is not None
    )


def _may_say(near: str) -> bool:
    """Tell whether a word with which the name of a thing may go on stands in small letters before a name."""
    return "'" in near or any(joint in near for joint in _JOINTS)


def _is_of_thing(value: str, hit: re.Match[str]) -> bool:
    """Tell whether a name and what follows it are the name of a thing, and not somebody's."""
    if hit["sure"]:
        return " " not in value or hit["own"] is None
    if " " in value or (hit["other"] and hit["own"]):
        return False
    return not is_given_name(value) if hit["own"] else not is_given_only(value)
