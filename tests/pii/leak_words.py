"""Words of the second leak generator: names of many cultures, towns, streets, firms, keys; all common words, no person."""

# ruff: noqa: E501 - whole templates and lists read better on one line
from __future__ import annotations

CULTURES = {
    "English": (
        "Oliver Harriet George Beatrice Alfie Imogen Rupert Poppy Callum Freya Nigel Maureen",
        "Ashworth Pemberton Whitlock Hargreaves Thistlewood Bramley Cartwright Winstanley Ogden Fairclough",
    ),
    "American": (
        "Tyler Savannah Brandon Madison Dakota Brianna Wyatt Kaylee Trevor Mackenzie Shawna Darnell",
        "Hutchins Crenshaw McAllister Stoddard Vickers Langley Pruitt Tillman Bradshaw Haskell",
    ),
    "German": (
        "Heinrich Annegret Jürgen Sieglinde Torsten Gudrun Uwe Heike Detlef Mareike Lutz Wiebke",
        "Böhringer Steinmeier Kächele Hülsmann Oberdörfer Westphal Niemeyer Schönfeld Grünwald Tiedemann",
    ),
    "French": (
        "Thibault Océane Guillaume Élodie Bastien Margaux Yves Solène Aurélien Maëlle Gaëtan Noémie",
        "Lefèvre Dubreuil Charpentier Beaumont Rousselle Delacroix Marchand Guérin Vasseur Lemoine",
    ),
    "Spanish": (
        "Álvaro Rocío Joaquín Pilar Íñigo Macarena Gonzalo Lucía Ramiro Consuelo Borja Almudena",
        "Echeverría Navarrete Castellanos Villalobos Quintana Aguirre Peñalver Montoya Salcedo Barrientos",
    ),
    "Portuguese": (
        "João Conceição Thiago Luísa Vasco Inês Rui Graça Anderson Fernanda Caetano Jussara",
        "Figueiredo Albuquerque Nogueira Magalhães Teixeira Sampaio Carvalhal Bragança Furtado Mesquita",
    ),
    "Italian": (
        "Giacomo Ludovica Ettore Ginevra Raffaele Chiara Tommaso Ilaria Corrado Beatrice Ugo Fiorella",
        "Bonaventura Castiglione Fioravanti Lombardini Pellegrino Santangelo Zanetti Mazzarella Quaglia Ferrante",
    ),
    "Dutch": (
        "Joost Marijke Sjoerd Anneke Wouter Fenna Ruud Liesbeth Bram Tineke Gijs Saskia",
        "van der Meer|de Groot|Hoekstra|ter Horst|van den Broek|Kuijpers|Dijkgraaf|Zwart|Vermeulen|Terpstra",
    ),
    "Polish": (
        "Zbigniew Małgorzata Przemysław Agnieszka Wojciech Katarzyna Grzegorz Bożena Łukasz Jadwiga Mirosław Ewelina",
        "Wiśniewska Szczepański Kowalczyk Dąbrowski Wójcik Zieliński Jabłoński Krawczyk Piątek Sikorska",
    ),
    "Czech": (
        "Jaroslav Zdeňka Bohumil Ludmila Radek Markéta Vlastimil Ivana Čeněk Jitka Tomáš Šárka",
        "Dvořáková Procházka Novotný Černý Havlíček Růžička Pokorný Kučerová Beneš Horáková",
    ),
    "Hungarian": (
        "Zoltán Ildikó Gergely Piroska László Erzsébet Ferenc Orsolya Attila Zsófia Béla Mariann",
        "Szabó Horváth Kovács Bíró Fekete Takács Gulyás Balogh Lakatos Juhász",
    ),
    "Romanian": (
        "Bogdan Ileana Mihai Ruxandra Dragoș Ioana Cătălin Anca Răzvan Smaranda Costel Florentina",
        "Ionescu Popescu Dumitrescu Munteanu Stănescu Bălan Ciobanu Drăgulescu Moldoveanu Lungu",
    ),
    "Greek": (
        "Konstantinos Eleftheria Spyridon Despina Panagiotis Vasiliki Stavros Kyriaki Evangelos Aspasia",
        "Papadopoulos Karagiannis Theodorou Mavridis Anagnostou Vlachos Samaras Zervas Kostopoulos Lambrakis",
    ),
    "Swedish": (
        "Göran Ingegerd Håkan Birgitta Lennart Annika Torbjörn Maj-Britt Anders Solveig Björn Åsa",
        "Lindqvist Söderström Bergkvist Åkesson Hallberg Nyström Sjögren Wallin Engström Lundmark",
    ),
    "Finnish": (
        "Pekka Aino Jukka Tuulikki Eero Päivi Heikki Marjatta Antti Kaisa Väinö Helmi",
        "Virtanen Korhonen Mäkelä Heikkinen Laitinen Niskanen Hämäläinen Karjalainen Salonen Rantanen",
    ),
    "Turkish": (
        "Mehmet Ayşe Kemal Gülşen Orhan Zeynep Çağlar Elçin Serkan Nurgül Hakan Dilara",
        "Yıldırım Öztürk Kaya Demirci Aydoğan Şahin Çelik Karaca Kılıç Bozkurt",
    ),
    "Arabic": (
        "Khalid Fatima Tariq Layla Hisham Mariam Yousef Noura Bilal Samira Anwar Zainab",
        "al-Rashid|El Mansouri|Haddad|Bin Saleh|Khoury|Al-Farsi|Benali|Najjar|Shehadeh|Abu Zayd",
    ),
    "Hebrew": (
        "Yael Avraham Shira Eitan Tamar Gilad Noa Moshe Rivka Uri",
        "Ben-David|Mizrahi|Peretz|Azoulay|Shapira|Goldfarb|Katzir|Biton|Halevi|Ohayon",
    ),
    "Indian": (
        "Rajesh Lakshmi Venkat Priyanka Suresh Kavitha Arjun Meenakshi Harpreet Sunita Gaurav Deepika",
        "Krishnamurthy Chatterjee Deshpande Venkataraman Bhattacharya Agarwal Iyer Sandhu Choudhury Nambiar",
    ),
    "Pakistani": (
        "Imran Saima Waqar Nadia Faisal Rukhsana Zubair Bushra Asad Shazia",
        "Qureshi Siddiqui Malik Chaudhry Bhatti Mirza Khattak Lodhi Durrani Gillani",
    ),
    "Chinese": (
        "Wei Xiaoming Jing Lihua Zhiqiang Meiling Guowei Yuting Haoran Xiulan",
        "Zhang Ouyang Huang Zhou Xu Deng Cao Liang Tang Shen",
    ),
    "Japanese": (
        "Hiroshi Sakura Takeshi Yumiko Kenji Haruka Daisuke Ayumi Shinichi Naoko",
        "Yamamoto Nakagawa Fujiwara Matsuda Kobayashi Shimizu Hasegawa Okamoto Inoue Takahashi",
    ),
    "Korean": (
        "Min-jun Seo-yeon Ji-hoon Hye-jin Dong-hyun Eun-ji Sung-min Yoon-ah Tae-woo Bo-ram",
        "Kim Park Choi Jung Kang Yoon Lim Shin Kwon Hwang",
    ),
    "Vietnamese": (
        "Minh Thuy Quang Huong Tuan Linh Duc Phuong Hieu Ngoc",
        "Nguyen Tran Pham Hoang Vo Dang Bui Ngo Duong Truong",
    ),
    "Nigerian": (
        "Chukwuemeka Adaeze Oluwaseun Ngozi Babatunde Folake Ifeanyi Aisha Emeka Yetunde",
        "Okonkwo Adeyemi Balogun Nwosu Eze Afolabi Obi Ogunleye Danjuma Uche",
    ),
    "Kenyan": (
        "Wanjiru Kipchoge Achieng Mwangi Njeri Otieno Wambui Kamau Akinyi Barasa",
        "Odhiambo Kariuki Mutua Wekesa Cheruiyot Omondi Githinji Nyambura Koech Maina",
    ),
    "Ethiopian": (
        "Abebe Tigist Dawit Selamawit Haile Meseret Yonas Almaz Bekele Hanna",
        "Tesfaye Gebremariam Wolde Alemu Kebede Mekonnen Girma Desta Tadesse Assefa",
    ),
    "Indonesian": (
        "Budi Siti Agus Dewi Bambang Wahyuni Joko Ratna Eko Sri",
        "Santoso Wibowo Kusuma Hartono Setiawan Pratama Suryadi Hidayat Nugroho Lestari",
    ),
    "Filipino": (
        "Jomar Marites Rodel Luzviminda Danilo Rowena Arnel Cherry Benigno Jocelyn",
        "Dela Cruz|Bautista|Magsaysay|Pangilinan|Macaraeg|Dimaculangan|Tolentino|Evangelista|Salonga|Manalo",
    ),
    "Ukrainian": (
        "Oleksandr Oksana Taras Halyna Bohdan Svitlana Mykola Larysa Andriy Iryna",
        "Shevchenko Kovalenko Tkachuk Bondarenko Melnyk Lysenko Hrytsenko Savchuk Polishchuk Kravets",
    ),
    "Russian": (
        "Dmitri Svetlana Vladislav Natalya Gennady Lyudmila Arkady Tatiana Yegor Galina",
        "Kuznetsov Sokolova Morozov Lebedeva Volkov Zaitseva Baranov Fyodorova Belyaev Gusev",
    ),
    "Welsh and Irish": (
        "Rhys Siobhan Gethin Niamh Padraig Carys Eoghan Aoife Dylan Saoirse",
        "O'Sullivan|Llewellyn|O'Brien|Griffiths|McGrath|ap Rhys|Gallagher|Prydderch|Ní Dhomhnaill|FitzGerald",
    ),
}

PLACES = {
    "GB": ("Macclesfield Dunfermline Scunthorpe Ludlow Aberystwyth Taunton Stirling Warrington", "## Rosemary Lane|##a Station Road|Flat #, ### Victoria Street|The Old Forge, Mill Lane|### Kingsway", "MK## #QP|SY# #DL|EH## #JF", "United Kingdom|UK|England"),
    "US": ("Tulsa|Spokane|Fort Wayne|Baton Rouge|Des Moines|Boise|Chattanooga|Worcester", "#### Maple Avenue|### W 8th St|#### Sunset Blvd Apt ##|#### County Road ###|P.O. Box ####|### N Lincoln Ave, Suite ###", "7####|9####-####|3####", "USA|United States"),
    "DE": ("Wuppertal|Göttingen|Bad Homburg|Zwickau|Osnabrück|Tübingen|Cottbus|Freiburg im Breisgau", "Lindenallee ##|Goethestraße #|Am Marktplatz #|Bahnhofstr. ##a|Untere Gasse ##", "3####|8####", "Deutschland|Germany"),
    "FR": ("Clermont-Ferrand|Besançon|Saint-Étienne|Quimper|Angoulême|Villeurbanne", "## rue de la République|# avenue Jean Jaurès|##bis boulevard Voltaire|# place du Marché", "6####|2####", "France"),
    "ES": ("Valladolid|Badajoz|Santiago de Compostela|Gijón|Almería|Huesca", "Calle Mayor ##, #º izq|Avenida de la Constitución ##|C/ Serrano ###|Plaza España #", "4####|0####", "España|Spain"),
    "IT": ("Ferrara|Reggio Emilia|Catanzaro|Pescara|Bergamo|L'Aquila", "Via Garibaldi ##|Corso Vittorio Emanuele ###|Piazza San Marco #|Viale dei Mille ##/B", "4####|0####", "Italia|Italy"),
    "NL": ("Apeldoorn|'s-Hertogenbosch|Zwolle|Leeuwarden|Enschede|Breda", "Kerkstraat ##|Prinsengracht ###|Dorpsweg #a|Burgemeester Visserlaan ##", "#### KP|#### AB", "Nederland|Netherlands"),
    "PL": ("Bydgoszcz|Rzeszów|Białystok|Częstochowa|Zielona Góra|Gliwice", "ul. Kościuszki ##|al. Niepodległości ##/#|ul. Długa #|os. Słoneczne ##", "##-###", "Polska|Poland"),
    "SE": ("Västerås|Örebro|Norrköping|Umeå|Sundsvall|Kalmar", "Storgatan ##|Drottninggatan #B|Björkvägen ##", "### ##", "Sverige|Sweden"),
    "CH": ("Winterthur|La Chaux-de-Fonds|Bellinzona|Schaffhausen", "Seestrasse ###|Rue du Lac ##|Dorfplatz #", "8###", "Schweiz|Switzerland"),
    "IN": ("Coimbatore|Visakhapatnam|Lucknow|Thiruvananthapuram|Nagpur|Indore", "##, MG Road|Flat ###, Lotus Apartments, Sector ##|#/## Gandhi Nagar|Plot No. ##, Jubilee Hills", "5#####|4#####", "India"),
    "BR": ("Florianópolis|Ribeirão Preto|Belo Horizonte|Uberlândia|São Luís|Campinas", "Rua das Flores, ###|Av. Paulista, ####|Travessa São João, ##", "#####-###", "Brasil|Brazil"),
    "MX": ("Guadalajara|Mérida|Querétaro|Culiacán|Morelia", "Av. Insurgentes Sur ####|Calle Hidalgo #|Blvd. Juárez ###", "6####|0####", "México|Mexico"),
    "JP": ("Hamamatsu|Kagoshima|Sendai|Kanazawa|Matsuyama", "#-##-# Nishishinjuku|#-#-## Honcho", "###-####", "Japan"),
    "AU": ("Toowoomba|Ballarat|Wagga Wagga|Geelong|Launceston", "## Wattle Street|Unit #/## Ocean Parade|### Great Western Highway", "3###|2###", "Australia"),
    "CA": ("Saskatoon|Moncton|Trois-Rivières|Kelowna|Sudbury", "#### Portage Avenue|## Chemin du Roi|### Yonge St Unit ####", "V#B #T#|H#X #K#", "Canada"),
    "ZA": ("Bloemfontein|Polokwane|Gqeberha|Pietermaritzburg", "## Voortrekker Road|# Jacaranda Close", "9###|6###", "South Africa"),
    "NG": ("Ibadan|Enugu|Kaduna|Port Harcourt|Abeokuta", "## Awolowo Road|No. # Ahmadu Bello Way", "######", "Nigeria"),
    "TR": ("Eskişehir|Gaziantep|Trabzon|Kayseri|Denizli", "Atatürk Caddesi No: ##|Cumhuriyet Mah. Lale Sok. No:#/#", "#####", "Türkiye|Turkey"),
    "KR": ("Daejeon|Gwangju|Changwon|Jeonju", "## Sejong-daero|###-# Yeonnam-dong", "#####", "South Korea"),
}  # fmt: skip

FIRMS = (
    "Halvorsen Marine|Brightwater Analytics|Kestrel Logistics|Nordlicht Software|Tidewell Health|Arbutus Capital|Orchard & Vine|"
    "Sablefish Robotics|Copperline Energy|Meridian Textiles|Quillon Systems|Larkspur Media|Ironbridge Consulting|Solace Pharma|"
    "Basalt Networks|Fernhill Dairy|Tamarind Foods|Whitegate Insurance|Pinnacle Freight|Umber Design"
).split("|")
FIRM_ENDINGS = "Ltd|GmbH|Inc.|LLC|S.A.|AG|B.V.|Oy|AB|SpA|S.L.|Pty Ltd|Corp|plc|Kft.|sp. z o.o.|& Co. KG|Group|Holdings||||".split(
    "|"
)
BODIES = (
    "University of {city}|{city} General Hospital|{city} City Council|Stadtwerke {city}|{city} Police Department|"
    "Bank of {city}|{city} Institute of Technology|Universidad de {city}|{city} School District|Klinikum {city}"
).split("|")

KEYS = {
    "PERSON": "name|full name|customer name|cust nm|patient|contact person|Name des Kunden|nom complet|nombre completo|nome|naam|imię i nazwisko|"
    "display name|holder|account holder|employee|recipient|sender name|owner|author|assignee|insured person|guardian|next of kin|ansprechpartner|"
    "beneficiary|titular|prénom nom|姓名|氏名|الاسم",
    "GIVEN": "first name|fname|given name|vorname|prénom|nombre|firstname|voornaam|imię|keresztnév|given|forename|nome",
    "FAMILY": "last name|lname|surname|nachname|nom de famille|apellidos|family name|achternaam|nazwisko|cognome|sobrenome|lastname",
    "EMAIL": "email|e-mail|mail|email address|contact email|correo|courriel|e-mail adresse|user email|primary email|login email|notify to",
    "PHONE": "phone|tel|telephone|mobile|cell|phone number|telefon|handy|téléphone|teléfono|celular|fax|contact no|mobile phone|msisdn|gsm|work phone",
    "STREET": "street|address line 1|addr1|street address|straße|adresse|rue|calle|dirección|indirizzo|straat|ulica|address 1|home address|endereço",
    "CITY": "city|town|ort|stadt|ville|ciudad|città|plaats|miasto|locality|cidade|city name",
    "ZIP": "zip|postcode|plz|code postal|postal code|cp|cap|zip code|cep|kod pocztowy|pin code",
    "COUNTRY": "country|land|pays|país|paese|country name|nation",
    "ADDRESS": "address|full address|anschrift|mailing address|shipping address|domicilio|billing address|residence|location|adres",
    "ORGANIZATION": "company|employer|organisation|organization|firma|entreprise|empresa|azienda|org|account name|vendor|bedrijf|workplace|company name",
    "DATE": "dob|date of birth|birth date|geburtsdatum|date de naissance|fecha de nacimiento|born|birthday|data di nascita|birthdate|geb dat",
    "US_SSN": "ssn|social security number|social sec no|soc sec|us ssn|ssn number",
    "PASSPORT": "passport|passport no|passport number|reisepass|passeport|pasaporte|travel document|paszport nr",
    "DRIVER_LICENSE": "driver license|dl number|driving licence|führerschein|permis de conduire|licencia de conducir|driver licence no|dl no",
    "CREDIT_CARD": "card|card number|cc number|pan|credit card|kreditkarte|carte bancaire|tarjeta|cc num|payment card",
    "IBAN": "iban|bank account|account|konto|compte|cuenta|iban number|payout account",
    "BANK_ACCOUNT": "account number|acct no|bank account number|kontonummer|routing number|sort code|aba|account no|numero de cuenta",
    "CRYPTO": "wallet|btc address|eth address|crypto wallet|payout wallet|bitcoin",
    "USERNAME": "username|user|login|user name|handle|benutzername|nick|screen name|uid|account login|utilisateur|usuario|github",
    "IP": "ip|client ip|remote addr|ip address|last ip|src|source ip|login ip|host ip|x forwarded for",
    "MAC": "mac|mac address|hw addr|device mac|ether|bssid",
    "URL": "url|website|homepage|link|profile url|avatar|callback url|web",
    "PLATE": "license plate|plate|kennzeichen|registration|vehicle reg|matrícula|immatriculation|targa|number plate",
    "VIN": "vin|vehicle id|chassis number|fahrgestellnummer|vin number",
    "SECRET": "password|passwd|pwd|secret|api key|token|access token|passwort|mot de passe|contraseña|client secret|db password|auth token|secret key|private token",
}

NEUTRAL = {
    "id": "int", "order id": "order", "created at": "stamp", "version": "version", "build sha": "sha", "status": "word",
    "score": "float", "request id": "uuid", "amount": "money", "retries": "small", "region": "region", "sku": "sku", "etag": "hex",
    "updated": "stamp", "latency ms": "small", "model": "model", "lang": "lang", "tracking no": "order", "checksum": "sha", "flags": "hex",
}  # fmt: skip
