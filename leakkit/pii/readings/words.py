"""Words for "@", for the dot of an address and for the signs in names of mailboxes, in some forty languages."""

# ruff: noqa: E501, RUF001 - lists of words read better on long lines, in their own scripts

from __future__ import annotations

TELLING_AT = tuple(
    "arroba/arroa/arobase/arobas/arobaz/arrobas/a commercial/a commerciale/chiocciola/chiocciolina/klammeraffe/klammeraffen/affenschwanz/at-zeichen/at-sign/"
    "at sign/apenstaartje/apenstaart/apestaartje/apestaart/apie/zavinac/zavináč/zavináčik/malpa/małpa/małpka/snabel-a/snabela/snabel a/krøllalfa/krollalfa/alfakrøll/alfakrull/kanelbulle/"
    "ät/ät-merkki/miukumauku/kissanhäntä/miuku/kukac/afna/coadă de maimuță/coada de maimuta/afon/majmun/majmunče/majmunsko a/маймунско а/кльомба/мајмун/мајмунче/лудо а/собака/собачка/собаки/"
    "собачкою/равлик/песик/мавпочка/вушко/малпа/papaki/papáki/παπάκι/παπακι/kuyruklu a/kuyruklu/at işareti/et işareti/ət işarəti/kuçe/eta/ett/kepa/a còng/a móc/a vòng/còng/а коммерческое/"
    "at-merkki/at-tecken/at-tegn/at merki/keong/a keong/שטרודל/כרוכית/آت/ات ساین/ادساین/ایت/ऐट/एट/অ্যাট/แอท/แอด".split(
        "/"
    )
)
"""Words for "@" that mean little else beside a host."""
WIDE_AT = ("アットマーク", "アット", "골뱅이", "앳", "艾特", "小老鼠", "圈a")
"""Words for "@" of languages that set no blanks."""
WEAK_AT = ("at", "et", "aet", "chez", "pri", "bij", "bei", "hos", "presso", "ved")
"""Words for "@" that are common words: they tell where the dots of the host are told as well."""
AT_WORDS = (*TELLING_AT, *WEAK_AT)
DOT_WORDS = tuple(
    "dot/punkt/punto/ponto/point/punt/kropka/piste/tecka/tečka/tocka/točka/tačka/bodka/pont/nokta/nöqtə/taškas/punktum/prikk/punctul/punct/punkts/puntu/puntua/pikë/pike/titik/nukta/"
    "tuldok/точка/тачка/крапка/кропка/τελεία/τελεια/teleia/chấm/נקודה/نقطة/نقطه/دات/ڈاٹ/डॉट/डाट/ডট/จุด".split(
        "/"
    )
)
WIDE_DOT = ("ドット", "点", "點", "점", "닷", "쩜")
"""Words for the dot of languages that set no blanks."""
JOINTS = {
    word: sign
    for sign, words in (
        (
            "_",
            "underscore/under score/underline/unterstrich/tiret bas/tiret du bas/sous-tiret/souligné/guion bajo/guión bajo/barra baja/guió baix/sublinhado/traço inferior/traço baixo/"
            "trattino basso/onderstrepingsteken/liggend streepje/laag streepje/lage streep/understreck/understrek/understregning/bundstreg/podtržítko/podtrhovník/podčiarkovník/podkreślnik/"
            "podkreślenie/podłoga/donja crta/podcrta/podvlaka/podčrtaj/alaviiva/alakriips/pasvītra/apatinis brūkšnys/aláhúzás/alulvonás/alsóvonás/alt çizgi/alttan çizgi/alt tire/"
            "нижнее подчёркивание/нижнее подчеркивание/подчёркивание/подчеркивание/нижний пробел/підкреслення/нижнє підкреслення/долна черта/доња црта/κάτω παύλα/garis bawah/gạch dưới/"
            "gạch chân/liniuță de subliniere/linie jos/अंडरस्कोर",
        ),
        (
            "-",
            "dash/hyphen/minus/bindestrich/tiret/trait d'union/guion/guión/guió/guionet/trattino/lineetta/hífen/traço/streepje/koppelteken/bindestreck/bindestrek/bindestreg/pomlčka/spojovník/"
            "myślnik/łącznik/kreska/crtica/vezaj/pomišljaj/viiva/tavuviiva/väliviiva/sidekriips/domuzīme/brūkšnelis/kötőjel/cratimă/liniuță/kısa çizgi/tire/дефис/тире/чёрточка/черточка/"
            "тирето/цртица/παύλα/strip/tanda hubung/gạch ngang/gạch nối/हाइफ़न/डैश",
        ),
    )
    for word in words.split("/")
}
"""Words for what stands between the parts of the name in an address."""
TOP = frozenset(
    "com net org edu gov io ai co info dev de fr it es nl uk eu pl pt ch at be se no dk fi cz ie us ca br in jp ru biz app me tv in au bg hr si sk hu ro gr lt lv ee rs mk ba md ua by kz tr mx ar cl pe ve ec uy kr sg vn th ph nz za ng ke eg tn il ae sa qa ir pk bd lk np tw hk cn lu li mt cy ge az id my is al cat eus gal am uz ma dz jo lb cr gt bo py do pa cu sv hn pr gh tz ug et site online shop cloud xyz email cymru wales scot berlin hamburg koeln wien tirol bayern saarland nrw paris bzh london africa amsterdam frl example test ру ком укр рф бг мкд срб".split()
)
"""Ends of addresses that words may stand before."""
