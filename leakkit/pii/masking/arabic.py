"""Names in Arabic letters as people write them in Latin ones: usual names by a list, others by rules.

Short vowels are not written, so that a name has many writings: what a list tells is sure, what rules tell is likely.
"""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

_USUAL = (
    "محمد mohamed mohammed muhammad mohammad mohamad|أحمد ahmed ahmad|محمود mahmoud mahmud|مصطفى mostafa mustafa moustafa|"
    "حامد hamed hamid|حمد hamad|علي ali aly|عمر omar umar omer|عمرو amr amro|عثمان osman othman uthman|خالد khaled khalid|"
    "حسن hassan hasan|حسين hussein hussain husain hossein|حسام hossam husam|يوسف youssef yousef yusuf yousuf youssif|"
    "إبراهيم ibrahim ebrahim ibraheem|إسماعيل ismail esmail ismael|إسلام islam eslam|سعيد saeed said saied|سعد saad|"
    "سيد sayed sayyid said|صلاح salah|طارق tarek tariq tareq|ياسر yasser yaser yasir|وليد walid waleed|وائل wael wail|"
    "شريف sherif sharif shareef cherif|هاني hany hani|هشام hesham hisham|كريم karim kareem|كمال kamal|جمال gamal jamal|"
    "جميل gamil jamil gameel|عادل adel adil|عصام essam issam|عماد emad imad|أشرف ashraf|أيمن ayman aiman|أسامة osama usama|"
    "أنور anwar|باسم bassem basem basim|بلال bilal belal|تامر tamer|حازم hazem hazim|حمدي hamdy hamdi|حمزة hamza hamzah|"
    "رامي ramy rami|رمضان ramadan ramadhan|رضا reda rida|زياد ziad zeyad ziyad|سامح sameh|سامي samy sami|سليم selim salim saleem|"
    "سليمان soliman suleiman sulaiman sulayman|سمير samir sameer|شادي shady shadi|عبدالله abdallah abdullah abdulla|"
    "عباس abbas|فادي fady fadi|فاروق farouk faruq farooq|فؤاد fouad fuad foad|فيصل faisal faysal|قاسم kassem qasim kasem qasem kasim|"
    "ماجد maged majed majid|مجدي magdy majdi|محسن mohsen muhsin mohsin|مدحت medhat|مروان marwan|منصور mansour mansur|"
    "منير mounir munir monir|مؤمن moamen momen|ناصر nasser naser nasir|نادر nader nadir|نبيل nabil nabeel|نور nour noor nur|"
    "يحيى yahya yehia yahia|يعقوب yacoub yaqub yakoub|جرجس girgis gerges guirguis|مينا mina|بطرس boutros botros|حنا hanna|"
    "مكرم makram|عيسى issa eissa isa|موسى moussa mousa musa|فاطمة fatma fatima fatema|عائشة aisha aysha aicha|مريم mariam maryam meriem|"
    "منى mona muna|مها maha|هبة heba hiba|هدى hoda huda|هالة hala|هناء hanaa hana|نجلاء naglaa najlaa nagla|نادية nadia nadya|"
    "نهى noha nuha|نورا noura nora|نورة noura nora norah|نورهان nourhan norhan nurhan|سارة sara sarah|سعاد soad suad souad|"
    "سلمى salma selma|سلوى salwa|سمية somaya sumaya|سناء sanaa|سوسن sawsan sausan|شيماء shaimaa shaima shaymaa|صفاء safaa safa|"
    "عبير abeer abir|غادة ghada|كريمة karima kareema|لبنى lobna lubna|ليلى laila layla leila leyla|ماريان marian mariane|"
    "مروة marwa marwah|ملك malak|مي mai may|ميادة mayada|نسرين nesreen nisreen nesrine|نيفين nevine neveen nivine|"
    "هند hend hind|وفاء wafaa wafa|ياسمين yasmin yasmine yasmeen|أسماء asmaa asma|أمل amal amaal amel|أميرة amira ameera|آمنة amna amina|"
    "إيمان iman eman|إيناس inas enas|آية aya|ابتسام ebtesam ibtisam|بسمة basma|تغريد taghreed taghrid|جيهان gihan jihan jehan|"
    "خديجة khadija khadiga|دعاء doaa duaa|دينا dina deena|رانيا rania ranya|رشا rasha|ريم reem rim|زينب zeinab zainab zaynab|"
    "سحر sahar|شيرين sherine shirin shereen|عوض awad|رزق rizk rizq rezk|زكي zaki zaky|مرسي morsy morsi mursi|غالي ghali ghaly|"
    "شاهين shahin shaheen chahine|صالح saleh salih|سالم salem salim|عزيز aziz|فهمي fahmy fahmi|شكري shoukry shukri choukri|"
    "صبري sabry sabri|فتحي fathy fathi|لطفي lotfy lutfi|حلمي helmy hilmi|رشدي roushdy rushdi|بدوي badawy badawi|حجازي hegazy hijazi|"
    "شوقي shawky shawqi|حداد haddad|خوري khoury khouri khuri|نجار naggar najjar|جندي gendy gindy jundi guindy|فقي feky fiqi feki|"
    "مغربي maghraby maghrabi moghrabi|مصري masry masri|شافعي shafei shafie shafey|سيسي sisi|عطار attar|حكيم hakim hakeem|قاضي kady qadi kadi|"
    "دسوقي desouky desouki dessouki dessouky desuky desuki|بسيوني bassiouny bassiouni basyouny basiouny bassiuny bassiuni"
    "|درويش darwish darwesh darweesh|توفيق tawfik tawfiq toufic toufik taufik|حمدان hamdan hemdan|حسيني husseini husseiny hussaini husaini hosseini"
    "|بغدادي baghdadi baghdady bagdadi|زهراني zahrani zahrany|فوزي fawzy fawzi fauzi|غانم ghanem ghanim|مطيري mutairi mutayri mutairy|دوسري dosari dossari dosary dawsari"
    "|صباغ sabbagh sabbag|شمري shammari shamari shammary|بلوي balawi balwi balawy|خطيب khatib khateeb|غامدي ghamdi ghamidi|حربي harbi harby|عتيبي otaibi utaibi otaybi"
    "|قحطاني qahtani kahtani qahtany|عنزي anazi anzi enazi|شهري shehri shahri|عمري omari amri umari|مالكي malki maliki|جهني juhani johani|رشيدي rashidi rashidy"
    "|عسيري asiri aseeri|خالدي khalidi khaldi|هاشمي hashemi hashimi|حلبي halabi halaby|تميمي tamimi|عبيدي obeidi obaidi ubaydi|جبوري jubouri jabouri|دليمي dulaimi"
    "|ساعدي saadi saedi|موسوي mousawi musawi moussaoui|علوي alawi alaoui|إدريسي idrissi idrisi|عمراني amrani omrani|حسني hassani hasni|داود dawood daoud dawoud daud"
    "|لطيف latif lateef|عبدالرحمن abdelrahman abdulrahman abdurrahman|جابر jaber gaber jabir|راشد rashed rashid|ماهر maher mahir|باسل basel basil|أنس anas|معاذ moaz muath muadh"
    "|حاتم hatem hatim|غسان ghassan|نزار nizar|رائد raed raid|زيد zaid zayd zeid|فارس fares faris|بدر badr bader|تركي turki turky|بندر bandar|نايف naif nayef|سلطان sultan"
    "|مشاري mishari meshari|عبدالعزيز abdulaziz abdelaziz|نواف nawaf|سعود saud saoud|فهد fahad fahd|لمى lama|جواهر jawaher|نوف nouf noof|شهد shahd shahad|رغد raghad"
    "|غدير ghadeer ghadir|هيا haya|منال manal|أروى arwa|بشرى bushra boushra|إلهام ilham elham|حنان hanan|سميرة samira sameera|لطيفة latifa lateefa|وداد widad wedad"
    "|إيهاب ehab ihab eihab|إياد iyad eyad|إلياس elias ilyas|إبراهيمي ibrahimi brahimi|بنا banna bana|خولي kholy kholi khouli khouly|شناوي shenawy shenawi shinnawi shennawy"
    "|قنديل kandil qandil qandeel kandeel|عطية attia atia attiya ateya|عطا atta ata|غريب gharib ghareeb|جمعة gomaa goma juma jumaa|رجب ragab rajab|شعبان shaaban shaban|نصر nasr"
    "|نجيب naguib najib nagib|وهبة wahba wahbeh|وهبي wahby wahbi|يونس younes younis yunus|هلال helal hilal|هاشم hashem hashim|مراد mourad murad|مختار mokhtar mukhtar"
    "|محفوظ mahfouz mahfuz|مهدي mahdi mehdi mahdy|معتز moataz mutaz motaz|كامل kamel kamil|قطب kotb qutb|فرج farag faraj|فرحات farahat farhat|فكري fikry fikri|عيد eid"
    "|عزت ezzat izzat|عزمي azmy azmi|عبدو abdo abdou|عبده abdo abdou abdu|عامر amer amir|ضياء diaa dia diya|صفوت safwat|شوكت shawkat|شحاتة shehata shahata shihata"
    "|سلامة salama salameh|زغلول zaghloul|رفعت refaat rifaat|رؤوف raouf rauf|رأفت raafat rafat|خليل khalil khaleel|خضر khedr khidr khader|حنفي hanafy hanafi|حلمى helmy hilmi"
    "|حبيب habib habeeb|جاد gad jad|ثروت tharwat sarwat|توفيقي tawfiki|بكر bakr bakir|بكري bakry bakri|أيوب ayoub ayub|أدهم adham|أكرم akram|أمين amin ameen|أمير amir ameer"
    "|أنيس anis anees|أمينة amina ameena|أماني amany amani|إسراء esraa israa isra|إنجي engy ingy|رقيه rokaya|جنا jana gana|حبيبة habiba|حنين haneen hanin|داليا dalia dahlia"
    "|رنا rana|روان rawan|ريهام reham riham|زينة zeina zaina|سلمان salman|سماح samah|سندس sondos sundus|سهام seham siham|سهير soheir suhair|سهيلة soheila suhaila"
    "|شروق shorouk shurouq|صابرين sabrine sabreen|عزة azza|علياء aliaa alia alya|عفاف afaf|غزال ghazal|فرح farah|كوثر kawthar kawsar|لينا lina leena|لمياء lamia lamiaa lamyaa"
    "|ماجدة magda majda|مديحة madiha|مروى marwa|نادين nadine nadeen|ناهد nahed nahid|نجوى nagwa najwa|ندى nada|نرمين nermin nermine narmin|نسمة nesma nasma|نعمة neama nima"
    "|نوال nawal|هاجر hagar hajar|هديل hadeel hadil|ولاء walaa wala|يارا yara|يسرا yousra yusra|رحيم rahim raheem|كاظم kadhim kazem kadhem|جواد jawad javad"
    "|عبدالكريم abdelkarim abdulkarim abdulkareem|عبدالحميد abdelhamid abdulhamid abdulhameed|عبدالقادر abdelkader abdulqader abdelqader|بوعزة bouazza|بنعلي benali"
    "|بنسعيد bensaid|حداوي haddaoui|فاسي fassi|طنجي tanji|علمي alami|بناني bennani benani|تازي tazi|برادة berrada|شرقاوي sharkawy sharqawi cherkaoui|قباني kabbani qabbani"
    "|حايك hayek|صليبا saliba|سلوم salloum|معلوف maalouf|شمعون chamoun shamoun|جعفر jaafar gaafar jafar|جعفري jafari jaafari|كعبي kaabi|لامي lami|ربيعي rubaie rubaiei"
    "|سامرائي samarrai samarraie|عزاوي azzawi|نعيمي nuaimi naimi|بلوشي balushi balooshi|حارثي harthi|كندي kindi|معمري maamari|رواحي rawahi|منصوري mansouri mansoori|كتبي ketbi"
    "|مزروعي mazrouei mazrui|سويدي suwaidi sweidi|عجمي ajmi|رميثي rumaithi|هاجري hajri|مري marri|كواري kuwari|أنصاري ansari|عوضي awadhi|صايغ sayegh sayigh|شوا shawa"
    "|برغوثي barghouti barghouthi|تلاوي tallawy"
    "|صفية safiya safia|رقية ruqaya roqaya rokaya|زهرة zahra zohra|حياة hayat|فوزية fawzia fawziya|رحمة rahma|راشدي rashdi rashedi|سبيعي subaie subaiei|قرشي qurashi qureshi"
)
_ONE = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ح": "h", "خ": "kh", "د": "d", "ر": "r", "ز": "z", "ش": "sh",
    "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "غ": "gh", "ف": "f", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h",
    "ء": "",
}  # fmt: skip
_SEVERAL = {
    "ج": ("g", "j"),
    "س": ("s", "ss"),
    "ق": ("k", "q"),
    "ذ": ("z", "dh"),
    "ع": ("a", "", "e"),
    "گ": ("g",),
    "پ": ("p",),
}
_LONG = {"و": ("ou", "o", "u"), "ي": ("i", "ee"), "ی": ("i",)}
_AS_LONG = frozenset("اىة")
_HALF, _ENDS = {"و": ("w",), "ي": ("y",), "ی": ("y",)}, ("y", "i")
_SHORT = {"a": 0.0, "e": 0.1, "i": 0.25, "o": 0.3, "u": 0.3}
"""Short vowels, and how unlikely each is."""

_CLOSED, _OPEN = 0.45, 0.5
"""What a vowel costs behind a syllable that has one already, and none where one is wanted."""
_VOWELS = frozenset("aeiou")
_ARTICLE, _SERVANT = "ال", "عبد"
_FEWEST = 3
_MOST, _KEPT = 16, 64

_ARABIC = re.compile(r"[\u0621-\u064a\u067e\u0686\u06a9\u06af\u06cc]{2,20}")


def is_arabic(word: str) -> bool:
    """Tell whether a word is of Arabic letters alone."""
    return _ARABIC.fullmatch(word) is not None


@lru_cache(maxsize=65_536)
def ways_in_latin(word: str) -> tuple[str, ...]:
    """Give the ways in which a word of Arabic letters is written in Latin ones, the likely ones first.

    Examples
    --------
    >>> ways_in_latin("طارق"), ways_in_latin("المصري")[:4]
    (('tarek', 'tariq', 'tareq'), ('masry', 'masri', 'elmasry', 'almasry'))
    """
    plain = _bare(word)
    if plain.startswith(_SERVANT + _ARTICLE) and len(plain) > len(_SERVANT + _ARTICLE) + 1:
        rest = _ways(plain[len(_SERVANT + _ARTICLE) :])
        return tuple(head + way for way in rest[:4] for head in ("abdel", "abdul", "abdal"))
    if plain.startswith(_ARTICLE) and len(plain) >= len(_ARTICLE) + _FEWEST:
        ways = _ways(plain[len(_ARTICLE) :])
        return (*ways[: _MOST - 8], *(head + way for way in ways[:4] for head in ("el", "al")))
    return _ways(plain)


def _ways(word: str) -> tuple[str, ...]:
    """Give the ways of a word without the article."""
    return _usual().get(word) or _by_rules(word)


@cache
def _usual() -> dict[str, tuple[str, ...]]:
    """Give the ways of the usual names."""
    entries = (entry.split() for entry in _USUAL.split("|"))
    return {_bare(name): tuple(ways) for name, *ways in entries}


def _bare(word: str) -> str:
    """Leave out what stands above and below letters."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))


def _by_rules(word: str) -> tuple[str, ...]:
    """Write a word letter by letter, with any short vowel between two consonants; the likeliest ways."""
    made = {("", False): 0.0}
    for letter, after in zip(word, (*word[1:], ""), strict=True):
        longer: dict[tuple[str, bool], float] = {}
        for (begun, closes), cost in made.items():
            for more, added, short in _next(begun, closes, letter, after):
                way = begun + more, short
                longer[way] = min(cost + added, longer.get(way, 99.0))
        made = dict(sorted(longer.items(), key=_by_cost)[:_KEPT])
    return tuple(dict.fromkeys(way for way, _ in made))[:_MOST]


def _by_cost(way: tuple[tuple[str, bool], float]) -> tuple[float, str]:
    """Order ways by what they cost."""
    return way[1], way[0][0]


def _next(begun: str, closes: bool, letter: str, after: str) -> list[tuple[str, float, bool]]:
    """Give what may be written for a letter behind others, how unlikely each is, and whether it has a short vowel.

    `closes`: a consonant behind a short vowel stands before it, which ends a syllable.
    """
    if letter in "اىة":
        return [("" if begun[-1:] in _VOWELS else "a", 0.0, False)]
    is_long = begun[-1:] not in _VOWELS or (letter == "و" and begun[-1] == "i")
    if letter in _LONG and begun and is_long and after not in _AS_LONG:
        written = _ENDS if letter != "و" and not after else _LONG[letter]
        return [(one, 0.15 * place, False) for place, one in enumerate(written)]
    written = _HALF.get(letter) or _SEVERAL.get(letter) or (_ONE.get(letter, ""),)
    written = written if begun[-1:] in _VOWELS else tuple(one for one in written if one != "ss")
    costs = [(one, 0.25 * place) for place, one in enumerate(written)]
    if not begun or begun[-1] in _VOWELS:
        return [(one, cost, False) for one, cost in costs]
    bare = [(one, cost + (0.0 if closes and after else _OPEN), False) for one, cost in costs]
    fill = _CLOSED if closes and after else 0.0
    return bare + [(v + one, cost + fill + low, True) for one, cost in costs for v, low in _SHORT.items()]
