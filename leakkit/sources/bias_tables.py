"""Tables of decisions on people that are published for study: address, licence, whom to credit, known harms."""

from __future__ import annotations

from leakkit.sources.source import Source

_COMPAS = "bafff5da3f2e45eca6c2d5055faad269defd135a"
_RDATASETS = "1dcc2bf5"
_PROPUBLICA = "https://github.com/propublica/compas-analysis"
_UCI = "https://archive.ics.uci.edu"
_LARSON = (
    "Jeff Larson, Surya Mattu, Lauren Kirchner and Julia Angwin, How We Analyzed the COMPAS Recidivism "
    "Algorithm, ProPublica (2016)"
)
_COMPAS_HARMS = (
    "it names real defendants with dates of birth and case numbers, which our reader drops at once; arrests "
    "stand for crimes, and policing differs by group; the two-year sample keeps re-offenders too often (Barenstein "
    "2019); race was entered by officers; never use it to score persons"
)
_ADULT_HARMS = (
    "census of 1994 with a threshold of 50,000 dollars that few women reached: results turn on it (Ding and others "
    "2021); race and sex are coded in few values"
)
_COMPAS_COLUMNS = ("sex", "age_cat", "race", "priors_count", "v_score_text", "two_year_recid")


def _rdatasets(
    name: str, what: str, path: str, sha256: str, attribution: str, harms: str, columns: tuple[str, ...]
) -> Source:
    """Give a table from the collection of R's data sets."""
    package, _, file = path.partition("/")
    return Source(
        name,
        what,
        f"https://vincentarelbundock.github.io/Rdatasets/doc/{package}/{file}.html",
        f"https://github.com/vincentarelbundock/Rdatasets/raw/{_RDATASETS}/csv/{path}.csv",
        f"{file}.csv",
        "GPL-2.0-or-later (the R package's)" if package == "datasets" else "GPL-2.0-only OR GPL-3.0-only",
        attribution,
        _RDATASETS,
        sha256,
        b"rownames,",
        kind="table",
        harms=harms,
        columns=columns,
    )


def _uci(name: str, what: str, path: str, attribution: str, harms: str, **more: object) -> Source:
    """Give a table of the machine learning repository of the University of California, Irvine."""
    return Source(
        name,
        what,
        f"{_UCI}/dataset/{2 if path.startswith('adult') else 144}",
        f"{_UCI}/ml/machine-learning-databases/{path}",
        path.rpartition("/")[2],
        "CC-BY-4.0",
        attribution,
        kind="table",
        harms=harms,
        **more,  # type: ignore[arg-type]
    )


BIAS_TABLES = (
    Source(
        "compas",
        "COMPAS risk scores and two-year re-offending, Broward County 2013-2014: 7,214 defendants",
        _PROPUBLICA,
        f"{_PROPUBLICA}/raw/{_COMPAS}/compas-scores-two-years.csv",
        "compas-scores-two-years.csv",
        "none stated; published by ProPublica for re-use",
        _LARSON,
        _COMPAS,
        begins=b"id,",
        kind="table",
        harms=_COMPAS_HARMS,
        columns=(*_COMPAS_COLUMNS, "score_text"),
    ),
    Source(
        "compas_violent",
        "COMPAS scores of violence and violent re-offending, Broward County 2013-2014: 4,743 defendants",
        _PROPUBLICA,
        f"{_PROPUBLICA}/raw/{_COMPAS}/compas-scores-two-years-violent.csv",
        "compas-scores-two-years-violent.csv",
        "none stated; published by ProPublica for re-use",
        _LARSON,
        _COMPAS,
        begins=b"id,",
        kind="table",
        harms=_COMPAS_HARMS,
        columns=_COMPAS_COLUMNS,
    ),
    _rdatasets(
        "hmda",
        "Mortgage applications in Boston 1990-1991 (Home Mortgage Disclosure Act): 2,380 applicants",
        "AER/HMDA",
        "d142067a4bad8835339f562f57dd2b402e9a5ba7f3b77238d72f0f4efa6fee54",
        "Alicia Munnell and others, American Economic Review 86 (1996) 25-53; R package AER (Kleiber, Zeileis)",
        "history, ratios and credit records were shaped by earlier unequal treatment, so holding them equal can "
        "hide it; who never applied is not in it; errors in the records were long disputed",
        ("deny", "pirat", "afam"),
    ),
    _rdatasets(
        "resume",
        "Call-backs to fictitious resumes, Boston and Chicago 2001-2002: 4,870 resumes",
        "AER/ResumeNames",
        "9ece4fea6e77a3fa7ed8737ced8b02250b6b768d9cd15be26360e00a4c29e1aa",
        "Marianne Bertrand and Sendhil Mullainathan, American Economic Review 94 (2004) 991-1013; R package AER",
        "first names stand for a race as employers may read it, and for class as well: never infer anyone's "
        "group from a name; several resumes went to each employer, so rows are not quite independent",
        ("call", "ethnicity", "gender"),
    ),
    _rdatasets(
        "ucb",
        "Admissions to the University of California, Berkeley, 1973, six departments: 4,526 applicants in 24 counts",
        "datasets/UCBAdmissions",
        "92ae5a362fd3a09847ee388823286381b847b48fd1c9a1eca387c987a1b5eba3",
        "Peter Bickel, Eugene Hammel and William O'Connell, Science 187 (1975) 398-404; R datasets",
        "two genders and six departments of one year; why departments differ is not in it",
        ("Admit", "Gender", "Dept", "Freq"),
    ),
    _uci(
        "adult",
        "Census income 1994, training rows: 32,561 people",
        "adult/adult.data",
        "Barry Becker and Ronny Kohavi, Adult, UCI Machine Learning Repository (1996)",
        _ADULT_HARMS,
        sha256="5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d",
        begins=b"39, ",
        fields=15,
    ),
    _uci(
        "adult_test",
        "Census income 1994, test rows: 16,281 people; load_bias_table('adult') adds them once they are here",
        "adult/adult.test",
        "Barry Becker and Ronny Kohavi, Adult, UCI Machine Learning Repository (1996)",
        _ADULT_HARMS,
        begins=b"|1x3 ",
        fields=15,
    ),
    _uci(
        "german",
        "Credits of a bank in southern Germany, 1973-1975: 1,000 people",
        "statlog/german/german.data",
        "Hans Hofmann, Statlog (German Credit Data), UCI Machine Learning Repository (1994)",
        "bad credits are in it more often than they were; the code list that came with it is partly wrong, so that "
        "sex cannot be told from it and foreign workers are turned round (Grömping 2019)",
        sha256="b21f3d81db8071257d5ff1deaeba1fd4303b62712e6fcc9715c7a86202cb5871",
        begins=b"A11 6 ",
        fields=21,
    ),
)
"""Tables by name. Pinned is the hash of those whose published bytes were at hand when this was written."""
