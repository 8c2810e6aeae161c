"""Words for the numbers from 0 to 999 in some forty languages, as they are said in telephone and other numbers."""

# ruff: noqa: E501, RUF001 - lists of words read better on long lines, in their own scripts

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

_ENGLISH = "zero/oh/o/nought/naught/nil one two three four five six seven eight nine/niner"
_TABLES = (
    f"en | {_ENGLISH} | ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen | twenty thirty forty/fourty fifty sixty seventy eighty ninety | hundred | and |",
    "de | null eins/ein/eine zwei/zwo drei vier fünf/fuenf sechs sieben acht neun | zehn elf zwölf/zwoelf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn | zwanzig dreißig/dreissig vierzig fünfzig/fuenfzig sechzig siebzig achtzig neunzig | hundert | und | before",
    "nl | nul een/één twee drie vier vijf zes zeven acht negen | tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien | twintig dertig veertig vijftig zestig zeventig tachtig negentig | honderd | en | before",
    "af | nul een twee drie vier vyf ses sewe/sewwe agt nege | tien elf twaalf dertien veertien vyftien sestien sewentien agtien negentien | twintig dertig veertig vyftig sestig sewentig tagtig negentig | honderd | en | before",
    "fr | zéro/zero un/une deux trois quatre cinq six sept huit neuf | dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf | vingt/vingts trente quarante cinquante soixante septante quatre-vingt/huitante/octante/quatre-vingts nonante | cent/cents | et | teens",
    "es | cero uno/un/una dos tres cuatro cinco seis siete ocho nueve | diez once doce trece catorce quince dieciséis/dieciseis diecisiete dieciocho diecinueve | veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa | cien/ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos | y |",
    "ca | zero u/un dos tres quatre cinc sis set vuit nou | deu onze dotze tretze catorze quinze setze disset divuit dinou | vint trenta quaranta cinquanta seixanta setanta vuitanta noranta | cent/cents | i |",
    "pt | zero um/uma dois/duas três/tres quatro cinco seis/meia sete oito nove | dez onze doze treze catorze/quatorze quinze dezesseis/dezasseis dezessete/dezassete dezoito dezenove/dezanove | vinte trinta quarenta cinquenta/cinqüenta sessenta setenta oitenta noventa | cem/cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos | e |",
    "it | zero uno/un/una due tre quattro cinque sei sette otto nove | dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove | venti trenta quaranta cinquanta sessanta settanta ottanta novanta | cento | e | after",
    "ro | zero unu/una/un doi/două/doua trei patru cinci șase/şase/sase șapte/şapte/sapte opt nouă/noua | zece unsprezece doisprezece treisprezece paisprezece cincisprezece șaisprezece/saisprezece șaptesprezece/saptesprezece optsprezece nouăsprezece/nouasprezece | douăzeci/douazeci treizeci patruzeci cincizeci șaizeci/saizeci șaptezeci/saptezeci optzeci nouăzeci/nouazeci | sută/sute/suta | și/şi/si |",
    "pl | zero jeden/jedna dwa/dwie trzy cztery pięć/piec sześć/szesc siedem osiem dziewięć/dziewiec | dziesięć/dziesiec jedenaście/jedenascie dwanaście/dwanascie trzynaście/trzynascie czternaście/czternascie piętnaście/pietnascie szesnaście/szesnascie siedemnaście/siedemnascie osiemnaście/osiemnascie dziewiętnaście/dziewietnascie | dwadzieścia/dwadziescia trzydzieści/trzydziesci czterdzieści/czterdziesci pięćdziesiąt/piecdziesiat sześćdziesiąt/szescdziesiat siedemdziesiąt/siedemdziesiat osiemdziesiąt/osiemdziesiat dziewięćdziesiąt/dziewiecdziesiat | sto dwieście/dwiescie trzysta czterysta pięćset/piecset sześćset/szescset siedemset osiemset dziewięćset/dziewiecset | i |",
    "cs | nula jedna/jeden/jedno dva/dvě/dve tři/tri čtyři/ctyri pět/pet šest/sest sedm osm devět/devet | deset jedenáct/jedenact dvanáct/dvanact třináct/trinact čtrnáct/ctrnact patnáct/patnact šestnáct/sestnact sedmnáct/sedmnact osmnáct/osmnact devatenáct/devatenact | dvacet třicet/tricet čtyřicet/ctyricet padesát/padesat šedesát/sedesat sedmdesát/sedmdesat osmdesát/osmdesat devadesát/devadesat | sto/sta/stě/set | a | before:a",
    "sk | nula jedna/jeden dva/dve tri štyri/styri päť/pat šesť/sest sedem osem deväť/devat | desať/desat jedenásť dvanásť trinásť štrnásť pätnásť šestnásť sedemnásť osemnásť devätnásť | dvadsať/dvadsat tridsať/tridsat štyridsať/styridsat päťdesiat/patdesiat šesťdesiat/sestdesiat sedemdesiat osemdesiat deväťdesiat/devatdesiat | sto dvesto tristo štyristo päťsto šesťsto sedemsto osemsto deväťsto | a | after",
    "sl | nič/nula ena/en/eno dve/dva tri štiri/stiri pet šest/sest sedem osem devet | deset enajst dvanajst trinajst štirinajst petnajst šestnajst sedemnajst osemnajst devetnajst | dvajset trideset štirideset petdeset šestdeset sedemdeset osemdeset devetdeset | sto dvesto tristo štiristo petsto šeststo sedemsto osemsto devetsto | in | before:in",
    "hr | nula/ništica jedan/jedna dva/dvije tri četiri/cetiri pet šest/sest sedam osam devet | deset jedanaest dvanaest trinaest četrnaest/cetrnaest petnaest šesnaest/sesnaest sedamnaest osamnaest devetnaest | dvadeset trideset četrdeset/cetrdeset pedeset šezdeset/sezdeset sedamdeset osamdeset devedeset | sto dvjesto/dvesta/dvjesta/dvesto tristo/trista četiristo petsto šeststo/šesto sedamsto osamsto devetsto | i |",
    "sr | нула један/једна два/две три четири пет шест седам осам девет | десет једанаест дванаест тринаест четрнаест петнаест шеснаест седамнаест осамнаест деветнаест | двадесет тридесет четрдесет педесет шездесет седамдесет осамдесет деведесет | сто двеста/двјеста триста четиристо петсто шестсто/шесто седамсто осамсто деветсто | и |",
    "bg | нула едно/един/една две/два три четири пет шест седем осем девет | десет единадесет/единайсет дванадесет/дванайсет тринадесет/тринайсет четиринадесет/четиринайсет петнадесет/петнайсет шестнадесет/шестнайсет/шейсетнайсет седемнадесет/седемнайсет осемнадесет/осемнайсет деветнадесет/деветнайсет | двадесет/двайсет тридесет/трийсет четиридесет/четирийсет петдесет шестдесет/шейсет седемдесет осемдесет деветдесет | сто двеста триста четиристотин петстотин шестстотин седемстотин осемстотин деветстотин | и |",
    "mk | нула еден/една/едно два/две три четири пет шест седум осум девет | десет единаесет дванаесет тринаесет четиринаесет петнаесет шеснаесет седумнаесет осумнаесет деветнаесет | дваесет триесет четириесет педесет шеесет седумдесет осумдесет деведесет | сто двесте триста четиристотини петстотини шестотини седумстотини осумстотини деветстотини | и |",
    "ru | ноль/нуль один/одна два/две три четыре пять шесть семь восемь девять | десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать | двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто | сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот | и |",
    "uk | нуль/ноль один/одна два/дві три чотири п'ять/пять шість сім вісім дев'ять/девять | десять одинадцять дванадцять тринадцять чотирнадцять п'ятнадцять/пятнадцять шістнадцять сімнадцять вісімнадцять дев'ятнадцять/девятнадцять | двадцять тридцять сорок п'ятдесят/пятдесят шістдесят сімдесят вісімдесят дев'яносто/девяносто | сто двісті триста чотириста п'ятсот/пятсот шістсот сімсот вісімсот дев'ятсот/девятсот | і |",
    "sv | noll ett/en två/tva tre fyra fem sex sju åtta/atta nio | tio elva tolv tretton fjorton femton sexton sjutton arton/aderton nitton | tjugo/tjugi trettio/tretti fyrtio/fyrti femtio/femti sextio/sexti sjuttio/sjutti åttio/åtti/attio nittio/nitti | hundra | och | after",
    "no | null en/én/ett to tre fire fem seks sju/syv åtte ni | ti elleve tolv tretten fjorten femten seksten sytten atten nitten | tjue/tyve tretti/tredve førti femti seksti sytti åtti nitti | hundre | og | after",
    "da | nul en/et/ét/én to tre fire fem seks syv otte ni | ti elleve/elve tolv tretten fjorten femten seksten sytten atten nitten | tyve tredive fyrre/fyrretyve halvtreds tres/treds halvfjerds firs halvfems | hundrede | og | before:og",
    "is | núll einn/ein/eitt tveir/tvær/tvö þrír/þrjú fjórir/fjögur fimm sex sjö átta níu | tíu ellefu tólf þrettán fjórtán fimmtán sextán sautján átján nítján | tuttugu þrjátíu fjörutíu fimmtíu sextíu sjötíu áttatíu níutíu | hundrað | og |",
    "fi | nolla yksi/yks kaksi/kaks kolme neljä/nelja viisi/viis kuusi/kuus seitsemän/seitseman/seiska kahdeksan/kasi yhdeksän/yhdeksan/ysi | kymmenen yksitoista kaksitoista kolmetoista neljätoista viisitoista kuusitoista seitsemäntoista kahdeksantoista yhdeksäntoista | kaksikymmentä kolmekymmentä neljäkymmentä viisikymmentä kuusikymmentä seitsemänkymmentä kahdeksankymmentä yhdeksänkymmentä | sata/sataa | ja | after",
    "et | null üks kaks kolm neli viis kuus seitse kaheksa üheksa | kümme üksteist kaksteist kolmteist neliteist viisteist kuusteist seitseteist kaheksateist üheksateist | kakskümmend kolmkümmend nelikümmend viiskümmend kuuskümmend seitsekümmend kaheksakümmend üheksakümmend | sada kakssada kolmsada nelisada viissada kuussada seitsesada kaheksasada üheksasada | ja |",
    "lv | nulle viens/viena divi/divas trīs četri/četras pieci/piecas seši/sešas septiņi/septiņas astoņi/astoņas deviņi/deviņas | desmit vienpadsmit divpadsmit trīspadsmit četrpadsmit piecpadsmit sešpadsmit septiņpadsmit astoņpadsmit deviņpadsmit | divdesmit trīsdesmit četrdesmit piecdesmit sešdesmit septiņdesmit astoņdesmit deviņdesmit | simts/simti/simt | un |",
    "lt | nulis vienas/viena du/dvi trys keturi penki šeši septyni aštuoni devyni | dešimt vienuolika dvylika trylika keturiolika penkiolika šešiolika septyniolika aštuoniolika devyniolika | dvidešimt trisdešimt keturiasdešimt penkiasdešimt šešiasdešimt septyniasdešimt aštuoniasdešimt devyniasdešimt | šimtas/šimtai | ir |",
    "hu | nulla/zéró egy kettő/két/ketto három/harom négy/negy öt/ot hat hét/het nyolc kilenc | tíz/tiz tizenegy tizenkettő/tizenkét tizenhárom tizennégy tizenöt tizenhat tizenhét tizennyolc tizenkilenc | húsz/huszon harminc negyven ötven hatvan hetven nyolcvan kilencven | száz | és | after",
    "el | μηδέν/μηδεν ένα/ενα δύο/δυο/δύο τρία/τρια τέσσερα/τεσσερα πέντε/πεντε έξι/εξι επτά/εφτά/επτα/εφτα οκτώ/οχτώ/οκτω/οχτω εννέα/εννιά/εννεα/εννια | δέκα/δεκα έντεκα/εντεκα/ένδεκα δώδεκα/δωδεκα δεκατρία δεκατέσσερα δεκαπέντε δεκαέξι/δεκάξι δεκαεπτά/δεκαεφτά δεκαοκτώ/δεκαοχτώ δεκαεννέα/δεκαεννιά | είκοσι/εικοσι τριάντα/τριαντα σαράντα/σαραντα πενήντα/πενηντα εξήντα/εξηντα εβδομήντα/εβδομηντα ογδόντα/ογδοντα ενενήντα/ενενηντα | εκατό/εκατόν διακόσια τριακόσια τετρακόσια πεντακόσια εξακόσια επτακόσια/εφτακόσια οκτακόσια/οχτακόσια εννιακόσια | και |",
    "tr | sıfır/sifir bir iki üç/uc dört/dort beş/bes altı/alti yedi sekiz dokuz | on onbir oniki onüç ondört onbeş onaltı onyedi onsekiz ondokuz | yirmi otuz kırk/kirk elli altmış/altmis yetmiş/yetmis seksen doksan | yüz/yuz | ve | after",
    "az | sıfır bir iki üç dörd beş altı yeddi səkkiz doqquz | on onbir oniki onüç ondörd onbeş onaltı onyeddi onsəkkiz ondoqquz | iyirmi otuz qırx əlli altmış yetmiş səksən doxsan | yüz | və |",
    "id | nol/kosong satu dua tiga empat/ampat lima enam tujuh delapan/lapan sembilan | sepuluh sebelas - - - - - - - - | - - - - - - - - | ratus | dan |",
    "vi | không một/mốt hai ba bốn/tư năm/lăm sáu bảy/bẩy tám chín | mười - - - - - - - - - | - - - - - - - - | trăm | và |",
    "sw | sifuri/zero moja mbili tatu nne tano sita saba nane tisa | kumi - - - - - - - - - | ishirini thelathini arobaini hamsini sitini sabini themanini tisini | mia | na |",
    "tl | wala/siro isa/uno/one dalawa/dos/two tatlo/tres/three apat/kwatro/four lima/singko/five anim/sais/six pito/siyete/seven walo/otso/eight siyam/nuwebe/nine | sampu - - - - - - - - - | - - - - - - - - | daan | at |",
    "sq | zero një/nje dy tre/tri katër/kater pesë/pese gjashtë/gjashte shtatë/shtate tetë/tete nëntë/nente | dhjetë njëmbëdhjetë dymbëdhjetë trembëdhjetë katërmbëdhjetë pesëmbëdhjetë gjashtëmbëdhjetë shtatëmbëdhjetë tetëmbëdhjetë nëntëmbëdhjetë | njëzet tridhjetë dyzet pesëdhjetë gjashtëdhjetë shtatëdhjetë tetëdhjetë nëntëdhjetë | qind | e |",
    "eu | zero/huts bat bi/biga hiru lau bost sei zazpi zortzi bederatzi | hamar hamaika hamabi hamahiru hamalau hamabost hamasei hamazazpi hemezortzi hemeretzi | hogei - berrogei - hirurogei - laurogei - | ehun | eta |",
    "cy | dim/sero un dau/dwy tri/tair pedwar/pedair pump chwech saith wyth naw | deg - - - - - - - - - | - - - - - - - - | cant | a |",
    "hl | shunya/sunya/zero ek/one do/two teen/tin/three chaar/char/four paanch/panch/five chhe/chhah/chah/che/six saat/sat/seven aath/ath/eight nau/no/nine | das gyarah barah terah chaudah pandrah solah satrah atharah unnis | bees tees chalis pachas saath sattar assi nabbe | sau | aur |",
    "hi | शून्य/जीरो/ज़ीरो एक दो तीन चार पांच/पाँच छह/छः/छै/छे सात आठ नौ | दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस | बीस तीस चालीस पचास साठ सत्तर अस्सी नब्बे | सौ | और |",
    "mr | शून्य एक दोन तीन चार पाच सहा सात आठ नऊ | दहा - - - - - - - - - | वीस तीस चाळीस पन्नास साठ सत्तर ऐंशी नव्वद | शंभर | आणि |",
    "bn | শূন্য/জিরো এক দুই তিন চার পাঁচ/পাচ ছয় সাত আট নয় | দশ - - - - - - - - - | - - - - - - - - | শত | এবং |",
    "ur | صفر/زیرو ایک دو تین چار پانچ چھ/چھے سات آٹھ نو | دس - - - - - - - - - | بیس تیس چالیس پچاس ساٹھ ستر اسی نوے | سو | اور |",
    "fa | صفر یک دو سه چهار پنج شش/شیش هفت هشت نه | ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده | بیست سی چهل پنجاه شصت هفتاد هشتاد نود | صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد | و |",
    "ar | صفر واحد/واحدة اثنين/اثنان/اتنين/إثنين ثلاثة/تلاتة/ثلاث أربعة/اربعة/اربع خمسة/خمس ستة/ست سبعة/سبع ثمانية/تمانية/تمنية تسعة/تسع | عشرة أحد اثناعشر - - - - - - - | عشرين/عشرون ثلاثين/تلاتين/ثلاثون أربعين/اربعين خمسين ستين سبعين ثمانين/تمانين تسعين | مية/مئة/مائة | و | before:و",
    "he | אפס אחת/אחד שתיים/שתים/שניים שלוש/שלושה ארבע/ארבעה חמש/חמישה שש/שישה שבע/שבעה שמונה תשע/תשעה | עשר - - - - - - - - - | עשרים שלושים ארבעים חמישים שישים שבעים שמונים תשעים | מאה | ו | before:ו",
    "th | ศูนย์ หนึ่ง/เอ็ด สอง/โท สาม สี่ ห้า หก เจ็ด แปด เก้า | สิบ - - - - - - - - - | - - - - - - - - | ร้อย | และ |",
    "ka | ნული ერთი ორი სამი ოთხი ხუთი ექვსი შვიდი რვა ცხრა | ათი - - - - - - - - - | ოცი - ორმოცი - სამოცი - ოთხმოცი - | ასი | და |",
    "hy | զրո մեկ երկու երեք չորս հինգ վեց յոթ ութ ինը | տասը - - - - - - - - - | քսան երեսուն քառասուն հիսուն վաթսուն յոթանասուն ութսուն իննսուն | հարյուր | և |",
    "ta | பூஜ்ஜியம்/சைபர் ஒன்று/ஒண்ணு இரண்டு/ரெண்டு மூன்று/மூணு நான்கு/நாலு ஐந்து/அஞ்சு ஆறு ஏழு எட்டு ஒன்பது/ஒம்பது | பத்து - - - - - - - - - | - - - - - - - - | நூறு | மற்றும் |",
)
"""Language, units, 10 to 19, tens, hundreds (or the word for one), "and", how tens and units are put together."""

THOUSANDS = frozenset(
    "thousand thousands tausend duizend duisend mille mil mila mii mie tysiąc tysiące tysięcy tisíc tisíce tisic tisíc tisoč tisuća tisuće hiljada hiljade tusen tusind "
    "þúsund tuhat tuhatta tuhande tūkstotis tūkstoši tūkstantis tūkstančiai ezer χίλια χιλιάδες bin ribu nghìn ngàn elfu mijë mila hazar hazaar हजार हज़ार হাজার ہزار هزار ألف الاف "
    "אלף тысяча тысячи тысяч тисяча тисячі тисяч хиляда хиляди хиляда хиљада илјада million millionen millions milhão milhões millón millones milione milioni milion miljoen miljoner "
    "миллион миллионов мільйон euro euros dollars pounds zł złotych рублей руб крон kronor lakh crore".split()
)
"""Words beside which a number is a count, and no number of a telephone or document."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """What one word stands for in one language.

    Parameters
    ----------
    kind : str
        ``unit``, ``whole`` (complete), ``tens`` (a unit may follow), ``added`` (tens for the unit before, with "and"),
        ``hundred`` (more may follow), ``times100``, ``times10`` and ``plus10`` (for the unit before).
    value : int
        The number.
    """

    kind: str
    value: int


@dataclass(slots=True)
class Language:
    """Words of one language, its "and", and whether it says units first or goes on from 60 and 80 with 10 to 19."""

    words: dict[str, Numeral] = field(default_factory=dict)
    joint: str = ""
    units_first: bool = False
    teens_follow: bool = False


@cache
def languages() -> dict[str, Language]:
    """Give all words of all languages."""
    return {parts[0]: _language(parts) for parts in (_parts(table) for table in _TABLES)}


def _parts(table: str) -> list[str]:
    """Give the columns of one table."""
    return [part.strip() for part in table.split("|")]


def _language(parts: list[str]) -> Language:
    """Give one language from its columns."""
    name, *lists, joint, style = parts
    units, teens, tens, hundreds = ([word.split("/") for word in some.split()] for some in lists)
    made = Language(joint=joint, units_first=style.startswith("before"), teens_follow=style == "teens")
    words = made.words
    if style and not made.teens_follow:
        _add_glued(words, units, tens, style, joint)
    for place, held in ((0, units), (10, teens)):
        for number, told in enumerate(held, place):
            words |= dict.fromkeys(told, Numeral("whole" if number > 9 else "unit", number))
    if name in _OPEN_TEN:
        words |= dict.fromkeys(teens[0], Numeral("tens", 10))
    for number, told in enumerate(tens):
        words |= dict.fromkeys(told, Numeral("tens", 20 + 10 * number))
    _add_hundreds(words, hundreds, style in ("before", "after"))
    words |= _MULTIPLIERS.get(name, {})
    words.pop("-", None)
    return made


_OPEN_TEN = ("tr", "az", "vi", "sw", "th")
"""Languages that say 12 as "ten two"."""

_MULTIPLIERS = {
    "id": {"belas": Numeral("plus10", 10), "puluh": Numeral("times10", 10)},
    "vi": {"mươi": Numeral("times10", 10)},
    "es": {
        "veinti" + unit: Numeral("whole", 20 + digit)
        for digit, some in enumerate(
            "uno/ún/un dos/dós tres/trés cuatro cinco seis/séis siete ocho nueve".split(), 1
        )
        for unit in some.split("/")
    },
}


def _add_glued(
    words: dict[str, Numeral], units: list[list[str]], tens: list[list[str]], style: str, joint: str
) -> None:
    """Add tens and units in one word: "ventidue", "vierundzwanzig", "drieëndertig"."""
    glue = style.partition(":")[2] or joint
    for number, some_tens in enumerate(tens):
        value = 20 + 10 * number
        if glue in ("و", "ו"):
            words |= dict.fromkeys([glue + ten for ten in some_tens], Numeral("added", value))
            continue
        for digit, some in enumerate(units[1:], 1):
            for ten in some_tens:
                for unit in some:
                    made = _behind(ten, unit) if style == "after" else _before(ten, unit, glue)
                    words |= dict.fromkeys(made, Numeral("whole", value + digit))


def _behind(ten: str, unit: str) -> set[str]:
    """Give tens with a unit right behind them."""
    return {ten + unit} | (
        {ten[:-1] + unit} if unit[0] in "uo" else {ten + "tré"} if unit == "tre" else set()
    )


def _before(ten: str, unit: str, glue: str) -> set[str]:
    """Give tens with a unit and "and" right before them."""
    return {unit + glue + ten, unit + ("ën" if glue == "en" and unit[-1] == "e" else glue) + ten} | (
        {unit + ten} if glue == unit[-1] == "a" else set()
    )


def _add_hundreds(words: dict[str, Numeral], hundreds: list[list[str]], glued: bool) -> None:
    """Add hundreds: nine words, or one that multiplies and may be part of a longer word."""
    if len(hundreds) == 9:
        for number, told in enumerate(hundreds, 1):
            words |= dict.fromkeys(told, Numeral("hundred", 100 * number))
        return
    below = {word: one.value for word, one in words.items() if one.value}
    units = {word: value for word, value in below.items() if value < 10} | {"": 1}
    for word in hundreds[0]:
        for unit, digit in units.items() if glued else ():
            words[unit + word] = Numeral("hundred", 100 * digit)
            words |= {
                unit + word + rest: Numeral("whole", 100 * digit + value) for rest, value in below.items()
            }
        words[word] = Numeral("times100", 100)


def pieces() -> set[str]:
    """Give words, and parts of longer ones, of which told numbers are made."""
    found = {"und", "en", "ën", "et", "og", "és", "și", "and", "in", " e ", " y ", " i ", " и "}
    for table in _TABLES:
        _, *lists, _, style = _parts(table)
        found |= {word for some in lists for word in some.replace("/", " ").replace("-", " ").split()}
        found |= {ten[:-1] for ten in lists[2].split()} if style == "after" else set()
    return _with_capitals({piece for piece in found if len(piece) > 1})


def pairs() -> set[tuple[str, str]]:
    """Give two words for digits of one language, one after the other."""
    units = [[word.split("/")[0] for word in table.split("|")[1].split()] for table in _TABLES]
    return {(one, other) for words in units for one in words for other in words}


def stems() -> set[str]:
    """Give words for tens and hundreds, or what they begin with, that are long enough to be rare."""
    return _with_capitals(
        {
            word
            for table in _TABLES
            for some in table.split("|")[3:5]
            for told in some.replace("/", " ").replace("-", " ").split()
            if len(word := told.rstrip("aei") if told.isascii() else told) >= _LONG and word not in _COMMON
        }
    )


def _with_capitals(words: set[str]) -> set[str]:
    """Add words in capitals where these are not ASCII, Turkish ones among them."""
    wide = {word for word in words if not (word + word.replace("i", "İ").upper()).isascii()}
    return (
        words
        | {word.upper() for word in wide}
        | {word.replace("i", "İ").upper() for word in wide if len(word) > 2}
    )


_LONG = 5
_COMMON = frozenset(
    "honderd hundert hundre hundred hundra hundr hundrede cento ciento quatr cents trist tristo hamsin sabin sitin tisin ratus sattar "
    "saath pachas chalis treds sekst trett octant attio".split()
)
"""Stems that stand in many other words."""
