"""Words in small letters that begin no name, though lists of names have them."""

from __future__ import annotations

EVERYDAY = (
    "from were said into began shall among else fought begun grew blew ours versa exec auch einer haben aber "
    "mehr kann eine dans bien hasta durante contra aan worden werd heeft"
).split()
"""Words that the lists have as a name, and not as common."""

FREQUENT = (
    "the you with one have will all are can just like her who via got back she new over der then see say been "
    "last don die still good night call here first more going days del since man con und too them est ask how "
    "show hat tell every per long even van till same bring other well than way wait til won made much look put "
    "being let fine both pour met ich six due das ever set near las needs must mon les nine none most nice times "
    "keep mean few each ten later given hey bot sin par nur isn didn doesn haha key side comes okay mein une "
    "cant sur het what when where for and not but was has had your our their his him this that they its did does "
    "any out off now yes only own some such about after before again because very also could would should there "
    "these those which while auf aus bei bis ein einen eines dem den des dass doch hab habe hast ist mal mir mit "
    "nach nicht noch oder schon sich sie sind uns vom von vor war wenn wer wie wir wird zum zur avec elle ils "
    "mais nous pas plus que qui sont tout vous como cuando ella esta este hay los mas muy nos para pero por son "
    "sus una unos che dei della gli nel non poi sono suo alla com dos ela ele esse isso não num pela pelo sem "
    "seu sua uma een niet voor zijn naar ook maar dat time name many people number world work part early water "
    "group large end small down human school word area common less right book line case never come men study "
    "power means areas music half point space change person along best members energy party short systems read "
    "code low seen force class certain head done field weeks far post base surface strong thus give economy "
    "research start run rather parts service real current able range test office reason technology find list "
    "company cases level whole care standard child story true check friend ago takes record media send points "
    "turn card paper goes room money page job services cover ready bad shows pay matter smaller fields trial "
    "around hard basic below loss larger risk rise shown fall ground clear lead rule chance kind soon try gone "
    "books spoken global double cut lines year years thing things morning tonight tomorrow yesterday today week "
    "month please thanks thank hello dont didnt wont lol yeah sure really actually maybe someone anyone nobody "
    "everyone everything something nothing without between under against during through another onto upon within"
).split()
"""Words that stand in many texts in small letters, and are no names there."""
