"""Signs that a line is about people: pronouns, greetings, titles, kin, what only people do, and labels of posts.

Texts about machines have none of them: whatever looks like a name there is that of a part, a product or a heading.
"""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

import re

_WORDS = frozenset(
    # pronouns
    "he she him her his hers himself herself i'm i've i'll i'd ich mich mir mein meine meinen meinem ihr ihm je j'ai yo io мой моя мне она он ja jag jeg "
    # greetings
    "hi hello dear thanks regards sincerely cheers hallo moin servus liebe lieber grüße grüßen gruß mfg bonjour salut cordialement cher chère hola saludos estimado estimada querido querida "
    "ciao saluti caro cara gentile groeten groetjes beste hej hälsningar cześć pozdrawiam olá obrigado obrigada здравствуйте привет merhaba "
    # titles
    "mr mr. mrs mrs. ms. miss madam sir herr herrn frau fräulein señor señora sra. signor signora sig. sig.ra monsieur madame mme mlle mevrouw meneer dhr. mevr. fru pan pani panu pana доктор prof prof. dr dr. "
    # kin, and what people are to each other
    "mother father wife husband daughter sister brother uncle aunt cousin grandmother grandfather girlfriend boyfriend colleague colleagues friend friends teacher pupil pupils students "
    "tenant landlord neighbour neighbor witness plaintiff defendant claimant applicant employee employees "
    "mère père fille sœur soeur frère épouse mari amie collègue élève élèves locataire madre padre hijo hija hermano hermana esposa marido amigo amiga alumno alumna "
    "figlio figlia fratello sorella moglie marito amico amica alunno moeder vader zoon dochter broer zus vriend matka ojciec syn córka brat siostra datter søn "
    # what only people do
    "born lives lived married divorced died retired resigned hired said asked thanked replied emailed phoned attended visited agreed complained apologised apologized spoke talked met mentioned congratulated "
    "suggested volunteered graduated studied promised hopes wants recalls "
    "geboren geb. wohnt wohnhaft verheiratet ledig geb sagte sagt meint meinte schrieb bittet dankt berichtet berichtete betont erläutert wünscht fehlt krank urlaub entschuldigt anwesend abwesend teilnehmer teilnehmende protokollführung "
    "né née habite mariée décédé dit déclare remercie présents présentes absents excusés nacido nacida vive dijo asistentes nato nata abita disse presenti assenti geboren getrouwd zei aanwezig afwezig urodzony urodzona mieszka obecni född gift "
    # about people
    "birthday birthdate surname nickname spouse maiden geburtstag geburtsdatum vorname nachname prénom apellido cognome attendees participants apologies biography biographie lebenslauf curriculum".split()
)
"""Words in lower case, some with the signs that stand at their ends."""
_KIN = frozenset(
    "mutter vater sohn tochter schwester bruder ehefrau ehemann freund freundin kollege kollegin kollegen chefin lehrer lehrerin schüler schülerin schülerinnen mieter mieterin vermieter patientin mitarbeiter "
    "mitarbeiterin zeuge zeugin eltern familie teilnehmer teilnehmerin teilnehmende geburtstag geburtsdatum vorname nachname lebenslauf urlaub protokollführung grüße grüßen".split()
)
"""Those of German that begin with a capital always."""
_NO_VERBS = ("initiali", "init", "normal", "uniform", "et")
"""What follows the name He."""
_TITLES = frozenset(
    "mr mr. mrs mrs. ms. miss herr herrn frau señor señora sra. signora sig. monsieur madame mme mlle mevrouw dhr. pani prof prof. dr dr. anwesend entschuldigt attendees présents asistentes presenti dear liebe lieber "
    "hello hallo bonjour hola ciao".split()
)
"""Those of them that stand beside names only, in lines of words with capitals."""
_WORDS |= _KIN | _TITLES
_DOTTED = frozenset(word for word in _WORDS if word[-1] == ".")
_SMALL = re.compile(r"(?<![^\W_])[^\W\d_A-ZÀ-Þ][^\W\d_]")
_LABEL = re.compile(
    r"(?i)(?<![\w\-.])(?:author|reviewer|reviewed by|approved by|approver|prepared by|written by|signed|owner|assignee|reporter|contact|attn|cc|attendees|present|absent|"
    r"minutes|chair|coach|trainer|full name|first name|last name|patient|customer|client|employee|maintainer|translator|editor|directed by|composer|singer|captain|"
    r"autor|autorin|verfasser|prüfer|freigabe|bearbeiter|bearbeiterin|ansprechpartner|kontakt|verantwortlich|kunde|kundin|fahrer|leitung|vorsitz|absender|empfänger|"
    r"auteur|relecteur|responsable|cliente|expéditeur|destinataire|revisor|autore|responsabile|opgesteld door|imię i nazwisko)s?\s?(?:\*\*)?\s?[:=]"
)
"""Labels before what may be the name of a person, and before much else."""
_INITIAL = re.compile(
    r"(?<![\w.])(?:[A-ZÀ-Þ]\.[ \-]?){1,2} ?[A-ZÀ-Þ][a-zà-ÿ]{2,}(?:['’\-][A-ZÀ-Þ][a-zà-ÿ]+)?(?![\w(])|\bet al\b"
)
_MY = re.compile(
    r"\b[Mm]y [a-z]{2}|\bI (?:am|was|have|had|will|think|would|can|could|need|want|hope|know|met|saw|went|got)\b"
)
"""What people say of themselves; some languages of programs have the first word, before a sign."""
_EDGES = ".,;:!?\"'()[]{}<>*_“”‘’«»…|-–—"
_LONGEST = 4000


def speaks_of_people(line: str) -> bool:
    """Tell whether a line holds a sign of people.

    Examples
    --------
    >>> speaks_of_people("Her brother drove the van."), speaks_of_people("The Sparse Router drops the batch.")
    (True, False)
    """
    line = line[:_LONGEST]
    words = line.replace("’", "'").split()
    lower = [word.lower().strip(_EDGES) for word in words]
    if not _WORDS.isdisjoint(lower) or not _DOTTED.isdisjoint(map(str.lower, words)):
        wanted = _WORDS if _SMALL.search(line) else _TITLES
        if any(_is_sign(place, lower[place], words, wanted) for place in range(len(words))):
            return True
    return _MY.search(line) is not None or _INITIAL.search(line) is not None


def _is_sign(place: int, word: str, words: list[str], wanted: frozenset[str]) -> bool:
    """Tell whether a word is a sign, and no part of a name or a title: ``Bundle of His``, ``He initialisation``."""
    told = words[place].lower() in _DOTTED and words[place][0].isupper()
    if not told and word not in wanted:
        return False
    if told or word in _TITLES or word in _KIN or words[place].strip(_EDGES)[:1].islower():
        return True
    if word == "he" and place + 1 < len(words) and words[place + 1].startswith(_NO_VERBS):
        return False
    return place == 0 or words[place - 1][-1] in '.!?:;|*#-–—>"”»' or words[place - 1].isdigit()


def has_label(line: str) -> bool:
    """Tell whether a line holds a label that may stand before the name of a person: ``Reviewed by: ...``."""
    return (":" in line or "=" in line) and _LABEL.search(line[:_LONGEST]) is not None
