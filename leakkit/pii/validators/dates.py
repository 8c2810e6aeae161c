"""Checks of dates with names of months: in some fifty languages, Roman, with eras, Buddhist and Persian years."""

# ruff: noqa: E501, RUF001 - lists of words read better on long lines, in their own scripts

from __future__ import annotations

import re

from leakkit.pii.validators.checksums import real_date
from leakkit.pii.validators.documents import birth_date

MONTHS = frozenset(
    """
    january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
    januar jänner februar feber märz maerz mai juni juli oktober dezember mrz okt dez
    janvier février fevrier mars avril juin juillet août aout septembre octobre novembre décembre decembre janv févr fév avr juil déc
    enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre ene abr ago dic
    gener febrer març maig juny juliol agost setembre desembre xaneiro febreiro xuño xullo outubro decembro
    janeiro fevereiro março marco maio junho julho setembro novembro dezembro fev out
    gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre gen mag giu lug set ott
    marts januari februari maart mei augustus maj augusti desember januarie februarie junie julie
    ianuarie martie aprilie iunie iulie septembrie octombrie noiembrie decembrie ian iun iul
    stycznia lutego marca kwietnia maja czerwca lipca sierpnia września wrzesnia października pazdziernika listopada grudnia sty lut kwi cze lip sie wrz paź lis gru
    ledna února unora března brezna dubna května kvetna června cervna července cervence srpna září zari října rijna listopadu prosince
    januára februára apríla mája júna júla augusta septembra októbra novembra decembra
    januarja februarja aprila junija julija avgusta oktobra avgust
    siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna studenoga studenog prosinca januara februara marta jula juna
    јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра јануар фебруар март април мај јуни јули август септември октомври ноември декември
    януари февруари май юни юли
    января февраля апреля мая июня июля сентября октября ноября декабря янв фев апр авг сен сент окт ноя дек
    січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня студзеня лютага сакавіка красавіка траўня чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня
    janúar febrúar apríl maí júní júlí ágúst nóvember október
    tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta
    jaanuar jaanuaril veebruar veebruaril märts märtsil aprill aprillil mail juunil juuli juulil augustil septembril oktoobril oktoober novembril detsembril detsember juuni
    janvāris janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī decembrī
    sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio
    január február március április május június július augusztus szeptember
    ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου μαίου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
    ocak şubat subat mart nisan mayıs mayis haziran temmuz ağustos agustos eylül eylul ekim kasım kasim aralık aralik yanvar fevral aprel iyun iyul avqust sentyabr oktyabr noyabr dekabr
    pebruari maret agustus ogos disember mac julai
    pebrero marso hunyo hulyo setyembre oktubre nobyembre disyembre
    machi aprili agosti septemba oktoba novemba desemba
    janar shkurt prill qershor korrik gusht shtator tetor nëntor dhjetor
    ionawr chwefror mawrth ebrill mehefin gorffennaf awst medi hydref tachwedd rhagfyr eanáir feabhra márta aibreán bealtaine meitheamh iúil lúnasa
    urtarrilaren otsailaren martxoaren apirilaren maiatzaren ekainaren uztailaren abuztuaren irailaren urriaren azaroaren abenduaren
    يناير فبراير مارس أبريل ابريل مايو يونيو يوليو يوليوز أغسطس اغسطس غشت سبتمبر شتنبر أكتوبر اكتوبر نوفمبر نونبر ديسمبر دجنبر كانون شباط آذار نيسان أيار حزيران تموز آب أيلول جانفي فيفري أفريل ماي جوان جويلية أوت
    فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر
    בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
    जनवरी फरवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर सितम्बर अक्टूबर अक्तूबर नवंबर नवम्बर दिसंबर दिसम्बर जानेवारी फेब्रुवारी एप्रिल जुलै ऑगस्ट सप्टेंबर ऑक्टोबर नोव्हेंबर डिसेंबर
    জানুয়ারি জানুয়ারী ফেব্রুয়ারি ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর
    มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.
    იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი ნოემბერი დეკემბერი იანვარს თებერვალს მარტს აპრილს მაისს ივნისს ივლისს
    հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի սեպտեմբերի հոկտեմբերի նոյեմբերի դեկտեմբերի
    ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்
    """.split()
)
"""Names of months, as they stand in dates, and short forms of them."""

_ROMAN = re.compile(r"(?i)[ ./\-](?:xi{0,2}|i[xv]|vi{0,3}|i{1,3})[ ./\-]")
_ERA = re.compile(r"[年년]|tháng|[昭平SHTR]\d")
_WORD = re.compile(r"[^\W\d_][^\s\d,;:()\"'/\-]*")
_NUMBER = re.compile(r"\d+")
_YEARS = ((1890, 2035), (2430, 2580), (1270, 1415))
"""Years of the Gregorian, the Buddhist and the Persian calendar in which people now alive were born, and some dead."""


def told_birth_date(text: str) -> bool:
    """Say whether a date has a real month, by name or number, and a year in which people may be born.

    Examples
    --------
    >>> told_birth_date("3 de mayo de 1941"), told_birth_date("7 XI 1968"), told_birth_date("3 Leute 1941")
    (True, True, False)
    """
    numbers = [int(number) for number in _NUMBER.findall(text)]
    if _ERA.search(text):
        return all(1 <= number <= 31 for number in numbers[1:] if number < 1000)
    if len(numbers) == 3 and not _WORD.search(text):
        return birth_date(text) is True
    if not (_ROMAN.search(text) or any(map(_is_month, _WORD.findall(text)))):
        return False
    years = [number for number in numbers if number > 99] or numbers[-1:]
    days = [number for number in numbers if number not in years] or numbers[:1]
    return any(low <= year <= high for year in years for low, high in ((0, 99), *_YEARS)) and all(
        real_date(2000, 1, day) for day in days
    )


def _is_month(word: str) -> bool:
    """Tell whether a word, with or without its point or ending, is a month."""
    small = word.lower().rstrip(".")
    return small in MONTHS or word in MONTHS
