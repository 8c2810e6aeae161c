"""Names in the scripts of India, which have no capitals: known by their Latin writings and the words around them."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from leakkit.late import late
from leakkit.pii.gazetteer.lookup import COMMON, GIVEN, LARGE_TOWN, SURNAME, lookup
from leakkit.pii.masking.indic import ways_in_latin

Span = tuple[int, int, str, float]

_HAS = late(r"[\u0900-\u0963\u0971-\u0d7f]")
_WORDS = late(r"[\u0900-\u0963\u0971-\u0d7f\u200c\u200d]+")
_SIGN = r"[\u0900-\u0963\u0970-\u0d7f\u200c\u200d]"
_WHOLE = late(rf"{_SIGN}+")
"""A word with the sign that cuts it short (रा॰)."""
_ELEMENT = late(rf"(?<=>)\s*(?P<name>{_SIGN}+(?: {_SIGN}+){{1,3}})\s*(?=</)")
"""A whole element of markup of a few words."""
_SPEAKS = late(
    r"(?:मेरा (?:शुभ )?नाम|मेरी (?:बेटी|पत्नी|माँ|बहन) का नाम|मेरे (?:बेटे|पति|पिता|भाई) का नाम|(?:उनका|उसका|आपका|इनका|जिसका) नाम|माझे नाव|माझं नाव|त्यांचे नाव|मेरो नाम"
    r"|আমার নাম|তার নাম|তাঁর নাম|મારું નામ|તેમનું નામ|ਮੇਰਾ ਨਾਮ|ਮੇਰਾ ਨਾਂ|ମୋ ନାମ|ମୋର ନାମ"
    r"|என் பெயர்|எனது பெயர்|என்னுடைய பெயர்|நா பேரு|నా పేరు|ఆమె పేరు|అతని పేరు|ನನ್ನ ಹೆಸರು|ಅವರ ಹೆಸರು|എന്റെ പേര്"
    r"|(?:\b|(?<=[\s(]))(?:श्रीमती|श्रीमान|श्री|सुश्री|कुमारी|डॉक्टर|डॉ\.?|प्रो\.?|पंडित|शिक्षक|মিস্টার|শ্রীমতী|শ্রী|জনাব|ডাক্তার|ডাঃ|ડૉ\.?|શ્રીમતી|શ્રી|ਸ਼੍ਰੀਮਤੀ|ਸ਼੍ਰੀ|ਸਰਦਾਰ|ਡਾ\.?"
    r"|திருமதி|திரு\.?|செல்வி|டாக்டர்|శ్రీమతి|శ్రీ|డాక్టర్|డా\.?|ಶ್ರೀಮತಿ|ಶ್ರೀ|ಡಾ\.?|ശ്രീമതി|ശ്രീ|ഡോ\.?)"
    r"|(?:पूरा नाम|नाम|नाव|নাম|નામ|ਨਾਮ|ਨਾਂ|பெயர்|పేరు|ಹೆಸರು|പേര്|ନାମ|संपर्क व्यक्ति|मरीज|रोगी|ग्राहक|आवेदक|खाताधारक|प्रेषक|प्राप्तकर्ता|রোগী|গ্রাহক|প্রাপক|প্রেরক|நோயாளி|வாடிக்கையாளர்)[ ]?[:：\-–])"
    r"[ ]{1,2}(?P<name>[\u0900-\u0963\u0971-\u0d7f.]{2,24}(?:[ ][\u0900-\u0963\u0971-\u0d7f]{2,24}){0,3})"
)
"""What stands before a name: who speaks, a title, a label."""
_LIVES = late(
    r"(?:पूरा पता|पता|पत्ता|ठेगाना|ठिकाना|ঠিকানা|સરનામું|ਪਤਾ|முகவரி|చిరునామా|ವಿಳಾಸ|വിലാസം|ଠିକଣା)[ ]?[:：\-–][ ]{0,2}"
    r"(?P<place>[^\n।|;]{4,90}?)(?=[ ]*(?:$|[\n।|;]|\. |[.,]?[ ]?(?:फ़ोन|फोन|मोबाइल|मोबाईल|मो\.|ईमेल|दूरभाष|ফোন|মোবাইল|ইমেইল|ફોન|મોબાઇલ|ਫ਼ੋਨ|ਫੋਨ|ਮੋਬਾਈਲ"
    r"|தொலைபேசி|போன்|கைபேசி|ఫోన్|మొబైల్|ಫೋನ್|ಮೊಬೈಲ್|ഫോൺ|മൊബൈൽ|ଫୋନ୍|Phone|Tel|Email|Mobile)))"
)
_PLACED = late(
    r"\A[ ]?(?:में|मध्ये|से|के|का|की|निवासी|शहर|येथे|থেকে|শহরে|થી|માં|ਤੋਂ|ਵਿੱਚ|ਵਿਚ|,|\.|।|-?[ ]?\d{6}|[ ]\d{3}[ ]\d{3})|\A\Z"
)
_HONOUR = late(
    r"\A[ ]?(?:जी|साहब|साहेब|सर|मैडम|मैम|भैया|भाई|दीदी|बेन|ভাই|দা|দি|বাবু|ভাবী|આપા|ભાઈ|બેન|ਜੀ|ਸਿੰਘ|அண்ணா|அக்கா|ஐயா|సార్|గారు|గారి|ಅವರು|ಅವರ|സാർ|ചേട്ടൻ)(?![\u0900-\u0d7f])"
)
_TOWNS = frozenset(
    (
        "दिल्ली मुंबई मुम्बई कोलकाता चेन्नई बेंगलुरु बंगलौर हैदराबाद अहमदाबाद पुणे सूरत जयपुर लखनऊ कानपुर नागपुर इंदौर इन्दौर भोपाल पटना वडोदरा लुधियाना आगरा नासिक नाशिक "
        "फरीदाबाद मेरठ राजकोट वाराणसी श्रीनगर औरंगाबाद धनबाद अमृतसर इलाहाबाद प्रयागराज रांची राँची हावड़ा जबलपुर ग्वालियर जोधपुर रायपुर कोटा गुवाहाटी चंडीगढ़ सोलापुर मुरादाबाद "
        "गुड़गांव गुरुग्राम नोएडा गाजियाबाद ठाणे अलीगढ़ जालंधर भुवनेश्वर गोरखपुर बीकानेर अमरावती देहरादून उदयपुर अजमेर जमशेदपुर भिलाई कटक उज्जैन बरेली शिमला झांसी झाँसी मथुरा हरिद्वार "
        "ऋषिकेश कोल्हापुर सांगली सातारा नांदेड़ जलगांव अकोला लातूर पनवेल काठमांडू काठमाडौं पोखरा ललितपुर भक्तपुर विराटनगर "
        "ঢাকা চট্টগ্রাম কলকাতা হাওড়া শিলিগুড়ি দুর্গাপুর আসানসোল খুলনা রাজশাহী সিলেট বরিশাল রংপুর কুমিল্লা ময়মনসিংহ নারায়ণগঞ্জ গাজীপুর যশোর বগুড়া দিনাজপুর দিল্লি মুম্বাই চেন্নাই গুয়াহাটি আগরতলা "
        "અમદાવાદ સુરત વડોદરા રાજકોટ ભાવનગર જામનગર ગાંધીનગર જૂનાગઢ આણંદ નવસારી મુંબઈ ભુજ મહેસાણા વલસાડ "
        "ਅੰਮ੍ਰਿਤਸਰ ਲੁਧਿਆਣਾ ਜਲੰਧਰ ਪਟਿਆਲਾ ਬਠਿੰਡਾ ਮੋਹਾਲੀ ਚੰਡੀਗੜ੍ਹ ਫਿਰੋਜ਼ਪੁਰ ਹੁਸ਼ਿਆਰਪੁਰ ਮੋਗਾ ਦਿੱਲੀ "
        "சென்னை கோயம்புத்தூர் மதுரை திருச்சி திருச்சிராப்பள்ளி சேலம் திருநெல்வேலி ஈரோடு வேலூர் தூத்துக்குடி தஞ்சாவூர் திண்டுக்கல் கொழும்பு யாழ்ப்பாணம் புதுச்சேரி பெங்களூரு மும்பை டெல்லி காஞ்சிபுரம் நாகர்கோவில் "
        "హైదరాబాద్ విజయవాడ విశాఖపట్నం గుంటూరు వరంగల్ తిరుపతి నెల్లూరు కర్నూలు రాజమండ్రి కాకినాడ నిజామాబాద్ కరీంనగర్ చెన్నై బెంగళూరు ముంబై ఢిల్లీ సికింద్రాబాద్ అనంతపురం ఖమ్మం "
        "ಬೆಂಗಳೂರು ಮೈಸೂರು ಮಂಗಳೂರು ಹುಬ್ಬಳ್ಳಿ ಬೆಳಗಾವಿ ದಾವಣಗೆರೆ ಬಳ್ಳಾರಿ ಶಿವಮೊಗ್ಗ ತುಮಕೂರು ಉಡುಪಿ ಧಾರವಾಡ ಹಾಸನ ಕಲಬುರಗಿ ವಿಜಯಪುರ ಚೆನ್ನೈ ಮುಂಬೈ "
        "കൊച്ചി തിരുവനന്തപുരം കോഴിക്കോട് തൃശ്ശൂർ തൃശൂർ കൊല്ലം കണ്ണൂർ ആലപ്പുഴ കോട്ടയം പാലക്കാട് മലപ്പുറം എറണാകുളം കാസർകോട് ചെന്നൈ മുംബൈ ബെംഗളൂരു "
        "ଭୁବନେଶ୍ୱର କଟକ ପୁରୀ ରାଉରକେଲା ସମ୍ବଲପୁର ବ୍ରହ୍ମପୁର"
    ).split()
)
_NEVER = frozenset(
    (
        "है हैं हूँ हूं हो था थी थे गया गई गए रहा रही रहे कर करके करें करना करो किया की के का को से में पर ने तक और या कि तो भी ही न ना नहीं मत यह ये वह वो वे इस उस इन उन जो जब तब अब कब क्या क्यों कैसे कौन "
        "कहाँ कहां यहाँ यहां वहाँ मेरा मेरी मेरे आपका आपकी आपके हमारा हमारी हमारे उसका उसकी उनका उनकी अपना अपनी अपने मैं हम तुम आप मुझे हमें उन्हें उसे इसे सब कुछ कोई बहुत थोड़ा ज़्यादा ज्यादा कम अच्छा अच्छी बुरा नया नई "
        "पुराना बड़ा छोटा सुंदर साथ बाद पहले लिए लिये द्वारा बारे अगर लेकिन मगर इसलिए क्योंकि फिर आज कल परसों अभी सुबह शाम रात दिन समय साल महीना हफ्ता सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार "
        "नमस्ते नमस्कार धन्यवाद कृपया शुक्रिया नाम पता फोन फ़ोन मोबाइल नंबर नम्बर ईमेल खाता बैंक रसीद संख्या आदेश ऑर्डर बिल राशि रुपये रुपए भुगतान दिनांक तारीख जन्म जन्मतिथि आधार पैन पासपोर्ट गली मकान शहर राज्य देश "
        "जिला गाँव गांव नगर मार्ग रोड सड़क थाना डाकघर घर दफ्तर कार्यालय स्कूल अस्पताल डॉक्टर मरीज ग्राहक कंपनी सेवा शिकायत आवेदन फॉर्म फूल पानी मौसम बारिश गाड़ी काम बात लोग बच्चे बेटा बेटी पत्नी पति माँ पिता भाई बहन "
        "शांति प्रेम आशा ज्योति विकास प्रकाश कमल कमला सूरज चाँद तारा गंगा यमुना सागर वर्षा भारत हिंदी पुलिस बस रेल ट्रेन टिकट सीट दूध चाय सब्जी बाजार बाज़ार कीमत दाम पैसा पैसे एक दो तीन चार पाँच छह सात आठ नौ दस "
        "आहे आहेत नाही होते होता आणि माझे माझा माझी तुमचे आपले त्यांचे नाव पत्ता क्रमांक दूरध्वनी कृपा उद्या आता छ हुन्छ गर्नु मेरो तपाईं "
        "আমার আমি তুমি আপনি আপনার তার তাঁর আছে নাই নেই হয় ছিল হবে এবং ও বা কিন্তু যে কি কে কেন কোথায় এখন আজ কাল এই সেই নাম ঠিকানা ফোন মোবাইল নম্বর নমস্কার ধন্যবাদ দয়া করে টাকা রসিদ অর্ডার তারিখ জন্ম বাড়ি রাস্তা শহর গ্রাম ডাক্তার রোগী ভাই "
        "মারું મારો મારી છે છું હતો હતી અને પણ નથી નામ સરનામું ફોન મોબાઇલ નંબર રસીદ આજે કાલે નમસ્તે આભાર કૃપા કરીને મારું બહુ વરસાદ તારીખ "
        "ਮੇਰਾ ਮੇਰੀ ਹੈ ਹਨ ਹਾਂ ਨਹੀਂ ਅਤੇ ਤੇ ਨਾਮ ਪਤਾ ਫੋਨ ਫ਼ੋਨ ਨੰਬਰ ਧੰਨਵਾਦ ਅੱਜ "
        "என் எனது நான் நீங்கள் அவர் அவள் அவன் இது அது இந்த அந்த மற்றும் ஆனால் இல்லை உள்ளது வணக்கம் நன்றி பெயர் முகவரி தொலைபேசி எண் கைபேசி தேதி இன்று நாளை ஆர்டர் ரசீது "
        "నా నేను మీరు ఆమె అతను ఇది అది మరియు కానీ లేదు ఉంది నమస్తే ధన్యవాదాలు పేరు చిరునామా ఫోన్ నంబర్ తేదీ ఈ రోజు రేపు రసీదు "
        "ನನ್ನ ನಾನು ನೀವು ಅವರು ಇದು ಅದು ಮತ್ತು ಆದರೆ ಇಲ್ಲ ಇದೆ ನಮಸ್ಕಾರ ಧನ್ಯವಾದ ಹೆಸರು ವಿಳಾಸ ಫೋನ್ ಸಂಖ್ಯೆ ದಿನಾಂಕ ಇಂದು ನಾಳೆ "
        "എന്റെ ഞാൻ നിങ്ങൾ അവർ ഇത് അത് കൂടാതെ പക്ഷേ ഇല്ല ആണ് ഉണ്ട് നമസ്കാരം നന്ദി പേര് വിലാസം ഫോൺ നമ്പർ തീയതി ഇന്ന് നാളെ"
    ).split()
)
"""Everyday words: whatever their Latin writing, no name has them in running text."""
_GIVEN_TOO = frozenset("शांति प्रेम आशा ज्योति विकास प्रकाश कमल कमला सूरज तारा गंगा यमुना सागर वर्षा भारत".split())
"""Everyday words that are given names, too: behind a title or a label they are."""
_FIRST = frozenset(
    "aakash aarav aarti abhay abhijit abhishek aditi aditya ajay ajit akash akhil akshay alka alok aman amar amit amita amrita anand ananya anil anita anjali anju ankit ankita anup anupam "
    "anuradha anurag aparna archana arjun arun aruna arvind asha ashish ashok ashwin atul avinash bharat bhavna bhavesh chandan chandra chetan darshan deepa deepak deepika devendra devi dhruv "
    "dinesh divya farhan fatima ganesh gauri gaurav geeta gita girish gopal govind harish harpreet hari hemant himanshu imran indira irfan isha jagdish jaya jayesh jignesh jitendra jyoti kabir kailash "
    "kajal kalpana kamal kamla kanchan karan karthik kartik kaushik kavita kavya kiran kirti kishor krishna kunal lakshmi lalit lata laxmi leela lokesh madhu madhuri mahesh mamta manav mangesh manish "
    "manisha manjeet manju manoj maya meena meenakshi megha mohan mohit mukesh nagesh naresh narendra naveen neelam neeraj neha nikhil nilesh nisha nitin omkar pallavi pankaj parul pawan payal pooja "
    "poonam prabhakar pradeep prakash pramod pranav prasad prashant pratibha praveen preeti prem prerna priya priyanka rachna radha radhika raghav rahim rahul raj raja rajan rajendra rajesh rajeev rajiv rajkumar "
    "raju rakesh ram raman ramesh rani ranjit rashmi ravi ravindra rekha renu reshma ritu rohan rohit roshni rupa sachin sagar sameer sandeep sandhya sangeeta sanjay sanjeev santosh sarita sarika "
    "satish saurabh savita seema shabana shalini shankar shanti sharad sheela shilpa shivam shreya shubham shweta siddharth sita smita sneha sonal sonia sonu subhash sudha sudhir sujata sukhwinder suman sumit "
    "sunil sunita suraj suresh surya sushil sushma swati tanvi tanuja tara tejas uma umesh urmila usha vaibhav vandana varsha varun vasant vidya vijay vikas vikram vimal vinay vineet vinod vipul virat vishal vivek "
    "yash yogesh zainab zeenat mohammad muhammad abdul abdur aisha ayesha sadia salma nasrin shahin tanvir rafiq karim jamal kamrul sultana nusrat murugan selvi senthil kumaran saravanan tamilselvi venkatesh "
    "srinivas padma sridhar suresh gowri nagaraj manjunath basavaraj shobha sreedevi biju rajani unni ammini gurpreet manpreet jaspreet baljit kuldeep".split()
)
_FAMILY = frozenset(
    "agarwal aggarwal ahmed ahmad ansari arora banerjee bandopadhyay begum bhatia bhatt bhattacharya bhattacharjee bhullar biswas bose chakraborty chakrabarti chatterjee chattopadhyay chaudhary chaudhari choudhary choudhury "
    "chauhan chavan chopra das dasgupta desai deshmukh deshpande dey dhillon dubey dutta dutt gaikwad gandhi garg ghosh gill goel gowda gupta hegde hossain hussain islam iyer iyengar jadhav jain jha joshi kamble "
    "kapoor kapur kaur khan khanna khatun krishnan kulkarni kumar kumari lal mahato majumdar malhotra malik mandal mondal mehta menon mishra misra mitra mukherjee mukhopadhyay murthy naidu naik nair nambiar nath "
    "nayak negi pal pandey pandit parmar patel pathak patil pawar pillai prajapati prasad puri qureshi rahman rajan raju rajput raman rao rathod rathore rawat ray reddy roy saha sahu saini salve sandhu sarkar "
    "saxena sen sethi shah shaikh sheikh sharma shetty shinde shukla sidhu siddiqui singh sinha sodhi solanki soni srivastava subramanian swamy thakur thapa tiwari tripathi trivedi tyagi uddin upadhyay vaidya "
    "varma verma venkatesan vyas yadav sikdar talukdar gurung tamang shrestha rai adhikari bhandari karki poudel acharya".split()
)
"""Given and family names of India and its neighbours in Latin letters, as the lists lack some of the commonest."""
_LEAST = 4
"""Letters of the Latin writing of a word that may be known by it."""
_MOST_WORDS = 3
"""Words of a name that is put together."""
_AROUND = 200
"""Signs before and behind a name in which another of its line would stand."""


def is_indic(text: str) -> bool:
    """Tell whether a text has a letter of one of these scripts."""
    return not text.isascii() and _HAS.search(text) is not None


def with_indic(text: str, names: list[Span]) -> list[Span]:
    """Put the names of these scripts among those that a tagger found in a text; its own of them only count alone.

    Vowel signs are no letters to a tagger: names become of whole words, and those that stand together one.

    Parameters
    ----------
    text : str
        The text.
    names : list of (start, end, entity, score)
        What the tagger found.

    Examples
    --------
    >>> text = "<n>टोप्पो गीता रावत</n>"
    >>> [text[start:end] for start, end, *_ in with_indic(text, [])]
    ['टोप्पो गीता रावत']
    """
    own = indic_names(text)
    kept = [
        name
        for name in names
        if (not is_indic(text[name[0] : name[1]]) or _stands_alone(text, *name[:2]))
        and _is_free(own, *name[:2])
    ]
    return _of_whole_words(text, sorted([*kept, *own]))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a name is all of a text or of a line of it, few words, none of them an everyday one."""
    words = _WORDS.findall(text[start:end])
    if len(words) > 4 or any(word in _NEVER for word in words):
        return False
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return not (before.rpartition("\n")[2] + after.partition("\n")[0]).strip(" ,.|*-")


def _of_whole_words(text: str, names: list[Span]) -> list[Span]:
    """Make names of whole words, or of the elements of markup they stand in, and put those that go on into one."""
    if not names:
        return names
    words = [found.span() for found in _WHOLE.finditer(text)]
    elements = [found.span("name") for found in _ELEMENT.finditer(text)] if "</" in text else []
    made: list[Span] = []
    for start, end, entity, score in names:
        if entity == "PERSON":
            start, end = _grown(elements, start, end)
        start, end = _grown(words, start, end)
        if made and _goes_on(text, made[-1], (start, end, entity, score)):
            first, last, _, best = made[-1]
            made[-1] = first, max(last, end), entity, max(best, score)
        else:
            made.append((start, end, entity, score))
    return made


def _grown(spans: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Give a span with all of those that it overlaps, of some in order that are apart."""
    first, last = bisect_left(spans, (start,)) - 1, bisect_left(spans, (end,)) - 1
    return (
        spans[first][0] if first >= 0 and spans[first][1] > start else start,
        max(end, spans[last][1]) if last >= 0 else end,
    )


def _goes_on(text: str, one: Span, other: Span) -> bool:
    """Tell whether a name goes on with what comes next: it overlaps, or but a blank stands between few words."""
    if one[2] != other[2]:
        return False
    if other[0] < one[1]:
        return True
    return (
        text[one[1] : other[0]] == " "
        and all("\u0900" <= text[start] <= "\u0d7f" for start in (one[0], other[0]))
        and len(text[one[0] : other[1]].split()) <= _MOST_WORDS
    )


def _is_free(spans: Sequence[Span], start: int, end: int) -> bool:
    """Tell whether none of some spans, which are apart and in order, overlaps a place."""
    before = bisect_left(spans, (end,)) - 1
    return before < 0 or spans[before][1] <= start


def indic_names(text: str) -> list[Span]:
    """Give the names of people and towns, and the addresses, in a text with words of these scripts.

    Examples
    --------
    >>> text = "मेरा नाम गीता रावत है, पता: गली 9, जयपुर 302001"
    >>> [(text[start:end], entity) for start, end, entity, _ in indic_names(text)]
    [('गीता रावत', 'PERSON'), ('गली 9, जयपुर 302001', 'LOCATION')]
    """
    kept: list[Span] = []
    for span in (*_told(text), *_addresses(text), *_known(text)):
        if _is_free(kept, *span[:2]):
            insort(kept, span)
    return kept


def _told(text: str) -> Iterator[Span]:
    """Give the names that stand behind a title, a label or who speaks."""
    for found in _SPEAKS.finditer(text):
        start, end = found.start("name"), found.start("name")
        for word in _WORDS.finditer(text, *found.span("name")):
            if word[0] in _NEVER and (end > start or word[0] not in _GIVEN_TOO):
                break
            end = word.end()
        if end - start > 2:
            yield start, end, "PERSON", 0.85


def _addresses(text: str) -> Iterator[Span]:
    """Give the addresses behind their label."""
    for found in _LIVES.finditer(text):
        start, end = found.span("place")
        end = start + len(text[start:end].rstrip(" ,.-"))
        if any(map(str.isdigit, text[start:end])) or "," in text[start:end]:
            yield start, end, "LOCATION", 0.85


def _known(text: str) -> Iterator[Span]:
    """Give two or three words that are known as names, one known before a form of address, and known towns."""
    words = [(found.start(), found.end(), found[0]) for found in _WORDS.finditer(text)]
    place = 0
    while place < len(words):
        start, end, word = words[place]
        last = place
        while last + 1 < min(len(words), place + 3) and text[words[last][1] : words[last + 1][0]] == " ":
            if word in _NEVER or not _kind(words[last + 1][2]) & (GIVEN | SURNAME):
                break
            last += 1
        if last > place and _kind(word) & GIVEN and _kind(words[last][2]) & SURNAME:
            yield start, words[last][1], "PERSON", 0.7
            place = last
        elif word in _TOWNS:
            yield start, end, "CITY", 0.7
        elif _kind(word) & GIVEN and _HONOUR.match(text[end : end + 12]):
            yield start, end, "PERSON", 0.6
        elif (
            _kind(word) & LARGE_TOWN
            and not _kind(word) & (GIVEN | COMMON)
            and _PLACED.match(text[end : end + 10])
        ):
            yield start, end, "CITY", 0.45
        place += 1


@lru_cache(4096)
def _kind(word: str) -> int:
    """Give what the lists say of a word by its usual Latin writings."""
    if word in _NEVER:
        return 0
    written = ways_in_latin(word)
    own = GIVEN * any(way in _FIRST for way in written) + SURNAME * any(way in _FAMILY for way in written)
    ways = [way for way in written[:6] if len(way) >= _LEAST]
    return own | (int(np.bitwise_or.reduce(lookup(ways))) if ways else 0)
