"""Words that stand behind a label and say something of its value, or are a label themselves: ``Username: required``.

Encodings have an alias, too.
"""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

from leakkit.late import late

_SAID = frozenset(
    "required optional mandatory compulsory needed disabled enabled missing empty invalid incorrect unavailable taken locked suspended without should minimum maximum lowercase uppercase letters alphanumeric between "
    "erforderlich pflicht pflichtfeld notwendig freiwillig gesperrt deaktiviert fehlt leer ungültig ohne mindestens höchstens muss darf "
    "obligatoire requis facultatif facultative optionnel désactivé manquant vide invalide minimum doit "
    "obligatorio obligatoria requerido requerida opcional desactivado vacío inválido mínimo debe "
    "obbligatorio obbligatoria richiesto richiesta facoltativo facoltativa opzionale disattivato mancante vuoto senza minimo "
    "obrigatório obrigatória requerido opcional desativado vazio inválido "
    "verplicht vereist optioneel uitgeschakeld leeg ongeldig zonder minimaal maximaal obligatorisk krävs valfri valfritt utan minst påkrevd påkrævet valgfri valgfritt uden uten "
    "pakollinen vaaditaan valinnainen ilman wymagane wymagana wymagany obowiązkowe obowiązkowy opcjonalne opcjonalny bez povinné povinný povinná volitelné volitelný nepovinné nepovinný voliteľné "
    "kötelező nélkül obligatoriu opțional zorunlu gerekli isteğe bağlı obavezno neobavezno obvezno neobvezno "
    "обязательно обязательный обязательное необязательно необязательное требуется без не обов'язково задължително υποχρεωτικό προαιρετικό wajib diperlukan "
    "必須 任意 必填 选填 選填 필수 선택".split()
)
_LABELS = frozenset(
    "username login password passwd passwort kennwort benutzername benutzer nutzername anmeldename nickname usuario contraseña utilisateur identifiant utente gebruikersnaam wachtwoord användarnamn lösenord brukernavn "
    "brugernavn käyttäjätunnus salasana użytkownik hasło uživatel heslo felhasználónév jelszó utilizator parola kullanıcı şifre логин пароль пользователь 用户名 密码 ユーザー名 パスワード".split()
)
_SIGNS = " .,;:!?()'\"`"
_ENCODING = late(
    r"(?:utf|ucs)[-_]?\d{1,2}(?:[-_]?[lb]e)?|iso[-_ ]?8859(?:[-_]\d{1,2})?|(?:windows|win)[-_]?(?:125\d|874)|(?:cp|ibm)[-_]?\d{3,5}|koi8[-_]?[ru]|"
    r"latin[-_]?\d{1,2}|mac[-_]?roman|euc[-_]?(?:kr|jp|cn|tw)|big5[-_]hkscs|gb(?:2312|18030|k)|shift[-_]?jis"
)


def is_demand(value: str) -> bool:
    """Tell whether a word says what is asked of a value: that it must be given, or how it must be.

    Examples
    --------
    >>> is_demand("required."), is_demand("Benutzername")
    (True, False)
    """
    return value.strip(_SIGNS).casefold() in _SAID


def is_said_of_value(value: str) -> bool:
    """Tell whether a word says something of the value that could stand there, or is the label of one.

    Examples
    --------
    >>> is_said_of_value("required."), is_said_of_value("Benutzername"), is_said_of_value("jlauritsen")
    (True, True, False)
    """
    word = value.strip(_SIGNS).casefold()
    return word in _SAID or word in _LABELS or _ENCODING.fullmatch(word) is not None
