"""Short forms of given names: "Bill Lee" of one list may be the William Lee of another.

A hand-made list of everyday forms in a few languages; it is used only where something else agrees (a telephone, an
address, a number). Forms that are as often a name of their own ("Max", "Tina") are left out.
"""

from __future__ import annotations

_FULL = """
william: bill billy willy liam; robert: bob bobby rob robbie; richard: dick rick rich ricky richie; james: jim
jimmy jamie; john: johnny jack; joseph: joe joey; thomas: tom tommy; michael: mike mick mickey michi michal
misha micha; charles: charlie chuck; edward: ed eddie ted ned; daniel: dan danny; david: dave davy; steven:
steve; stephen: steve; christopher: chris kit; matthew: matt matty; anthony: tony; andrew: andy drew; kenneth:
ken kenny; gregory: greg; jeffrey: jeff; geoffrey: geoff; gerald: gerry jerry; lawrence: larry; nicholas: nick
nicky; patrick: pat paddy; peter: pete; philip: phil; phillip: phil; raymond: ray; ronald: ron ronnie; donald:
don donnie; samuel: sam sammy; benjamin: ben benny benji; alexander: alex sandy sascha sasha; timothy: tim
timmy; theodore: ted teddy; walter: walt; frederick: fred freddy freddie; francis: frank; franklin: frank;
leonard: len lenny; vincent: vince vinnie; zachary: zach zack; jonathan: jon; joshua: josh; jacob: jake;
nathaniel: nate nathan; nathan: nate; douglas: doug; bradley: brad; edwin: ed; albert: al bert; alfred: alf
fred; arthur: art; harold: harry hal; henry: harry hank; eugene: gene; elizabeth: liz lizzie beth betty bess
eliza libby; margaret: peggy maggie meg madge marge; katherine: kate kathy katie kat; catherine: kate cathy
katie cat; kathleen: kathy kate; patricia: pat patty tricia trish; jennifer: jen jenny; deborah: deb debbie;
debra: deb debbie; barbara: barb babs; susan: sue susie; suzanne: sue susie; rebecca: becky becca; victoria:
vicky tori; jessica: jess jessie; christine: chris christy tina; christina: chris tina christy; stephanie:
steph; pamela: pam; cynthia: cindy; sandra: sandy; judith: judy; dorothy: dot dottie dolly; virginia: ginny;
kimberly: kim; amanda: mandy; samantha: sam; alexandra: alex sandra lexi; abigail: abby; jacqueline: jackie;
theresa: terry tess; teresa: terry tess; nancy: nan; constance: connie; frances: fran; gabrielle: gabby;
melissa: mel missy; michelle: shelly; valerie: val; danielle: dani; allison: allie; natalie: nat; angela: angie;
maureen: mo; francisco: paco pancho curro; jose: pepe; ignacio: nacho; manuel: manolo; guadalupe: lupe; dolores:
lola; concepcion: concha; rosario: charo; enrique: quique; eduardo: edu; roberto: beto; alberto: beto;
guillermo: memo; rafael: rafa; mercedes: merche; isabel: isa; beatriz: bea; teresita: tere; johannes: hans
hannes; joachim: jochen achim; josef: sepp; wolfgang: wolf; friedrich: fritz; heinrich: heinz; ulrich: uli;
matthias: matze; sebastian: basti; maximilian: max; elisabeth: lisl sissi; margarete: gretel grete; katharina:
kathi; johanna: hanna; franziska: franzi; susanne: susi; gabriele: gabi; ursula: uschi; brigitte: gitte;
giuseppe: beppe peppe; francesco: checco; luigi: gigi; domenico: mimmo; salvatore: toto turi; giovanni: gianni
nanni; wilhelmus: wim; cornelis: kees; johannes: jan; hendrik: henk; gerardus: gerrit; antonius: ton; petrus:
piet; jacobus: sjaak; aleksandr: sasha shura; aleksei: alyosha lyosha; dmitrii: dima mitya; dmitry: dima mitya;
mikhail: misha; ivan: vanya; nikolai: kolya; vladimir: vova volodya; sergei: seryozha; evgenii: zhenya;
evgeniya: zhenya; ekaterina: katya; mariya: masha; natalya: natasha; tatyana: tanya; olga: olya; elena: lena;
anastasiya: nastya; svetlana: sveta; yuliya: yulya; stanislaw: staszek stas; tomasz: tomek; krzysztof: krzysiek;
andrzej: jedrek; wojciech: wojtek; katarzyna: kasia; malgorzata: gosia; agnieszka: aga; joanna: asia; magdalena:
magda; barbara: basia; aleksandra: ola; antonio: toni tonho; jose: ze; francisco: chico; joao: joaozinho;
sebastiao: tiao; fernanda: nanda
"""


def _read() -> dict[str, tuple[str, ...]]:
    """Give the full names of each short form."""
    full: dict[str, list[str]] = {}
    for entry in _FULL.replace("\n", " ").split(";"):
        name, _, forms = entry.partition(":")
        for form in forms.split():
            full.setdefault(form, []).append(name.strip())
    return {form: tuple(dict.fromkeys(names)) for form, names in full.items()}


NICKNAMES = _read()
"""Full names by short form, in lower case without accents."""
