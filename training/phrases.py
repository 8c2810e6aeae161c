"""The templates of the invented training texts; ``{slot}`` is filled by `training.templates`."""

# ruff: noqa: E501

from __future__ import annotations


def _lines(text: str) -> list[str]:
    r"""Give the non-empty lines; ``\n`` inside a line is a line end of the text."""
    return [line.strip().replace("\\n", "\n") for line in text.strip().splitlines() if line.strip()]


SENTENCE = _lines(r"""
My name is {person} and I live in {town}.
Hello, my name is {person}, I would like to change my address to {address}.
I am {person}. Can you please call me back about my account at {organisation}?
Please transfer the money to {person}, {address}.
Could you send the parcel to {address}? It is for {person}.
{person} works at {organisation} in {town}.
{title} {surname} will meet {person} in {place} on Monday.
Dear {title} {surname}, thank you for your letter of last week.
Dear {given},\nI hope you are well. We moved to {town} in {year}.\nBest wishes,\n{person}
Sehr geehrter Herr {surname},\nvielen Dank für Ihre Nachricht. Ihr Vertrag mit der {organisation} wurde verlängert.\nMit freundlichen Grüßen\n{person}
Sehr geehrte Frau {surname}, wir bestätigen Ihren Termin in {town}.
Ich heiße {person} und wohne in {town}.
Mein Name ist {person}, ich arbeite bei {organisation}.
Je m'appelle {person} et j'habite à {town}.
Bonjour Madame {surname}, votre colis est arrivé à {town}.
Me llamo {person} y vivo en {town}, {country}.
Estimado señor {surname}: su cuenta en {organisation} ha sido cerrada.
Mi chiamo {person} e abito a {town}.
Meu nome é {person} e moro em {town}.
Nazywam się {person} i mieszkam w {town}.
Benim adım {person}, {town} şehrinde yaşıyorum.
Mijn naam is {person} en ik woon in {town}.
Jag heter {person} och bor i {town}.
Hei, nimeni on {person}.
Who is {person}?
What does {person} do for a living?
Is {person} still working for {organisation}?
I used to live in {place} before moving to {place}.
We are flying from {town} to {town} with {organisation}.
The office of {organisation} is at {address}.
Our new branch: {organisation}, {address}.
{organisation} opened a new shop in {town}, {region}.
The package was delivered to {street} in {town}.
Ship it to:\n{person}\n{address}
Bill to:\n{person}\n{organisation}\n{address}
{person}\n\n{address}\n\n{number}-{number}
{person} lives at {address}, {country}.
How do I reach {organisation} from {street}?
Attention: {person}, {organisation}.
Signed by {person} on behalf of {organisation}.
The patient, {title} {person}, was transferred to {organisation}.
Patient {person} was seen by {title} {surname} at {organisation}.
She told {given} that {given} had left for {place}.
{given} and {given} are getting married in {town}!
{given}'s brother {given} moved to {country} last year.
{surname} and {surname} (year {year}) describe the method.
As {surname} argued, the treaty between {country} and {country} failed.
{person} said the company would hire more people in {country}.
"{person} is our best player", said coach {surname}.
{organisation} said on Tuesday it would buy {organisation} for {number} million.
Shares of {organisation} fell after {person}, its chief executive, resigned.
The meeting at {organisation} was led by {person} and {person}.
{person}, {person} and {person} joined the call from {place}.
Please welcome {person} to the team. {given} joins us from {organisation}.
The contract between {organisation} and {person} ends in {year}.
Ask {given} about the invoice from {organisation}.
When is {given}'s birthday?
{person} was born in {town}, {country}, in {year}.
I bought a house in {place} with my wife {given}.
My grandmother {person} came from {place}.
You can find {organisation} on {street}.
The train from {place} to {place} is late again.
It rained all week in {place}.
{person}'s passport was issued in {country}.
Customer {person} called regarding order {number}.
The suspect, {person}, of {street}, {town}, appeared in court.
Reverend {surname} spoke at the funeral in {town}.
President {surname} visited {country} on Friday.
Prime Minister {person} met Chancellor {surname}.
Detective {surname} of the {organisation} opened a case.
Judge {person} of {region} ruled against {organisation}.
Contact {person} ({organisation}) for details.
Employee {person} has been with {organisation} since {year}.
{person} <{word}@example.com> wrote:
From: {person}\nTo: {person}\nSubject: {word} for {organisation}\n\nHi {given},\n\nplease see the file attached.\n\nThanks,\n{given}
Hi {given}, this is {given} from {organisation}.
Regards,\n{person}\n{organisation}\n{address}
Kind regards\n{given} {surname}\nHead of Sales, {organisation}
Cc: {person}; {person}; {person}
Could you tell me the opening hours of {organisation} in {place}?
Who won the match between {organisation} and {organisation}?
I study at {organisation}.
Do you deliver to {country}?
Have you ever been to {place}?
I lost my wallet in {place}, my name is {given}.
Please cancel the card of {person}.
Let me introduce {person}, who leads {organisation} in {region}.
{person} (born {year}) is a painter from {place}.
How much money does {person} owe {organisation}?
Can I change the name on my card from {person} to {person}?
The band will play in {town} and {town}, then in {country}.
There is a new branch near {street}, {town}.
Mother's maiden name: {surname}
Emergency contact: {person}, {town}
The weather today is nice and the {word} is ready.
How do I check my balance?
Please reset my password, I cannot log in.
What is the limit on my card?
The new version brings a faster {word} and better {word}.
Which version of {product} do you run?
I upgraded {product} to the latest release and the {word} broke.
We use {product} with {product} in production.
I work for {organisation}.
I have worked at {organisation} for ten years.
She is from {organisation}.
We are a supplier of {organisation} and {organisation}.
What is the address of {organisation}?
{organisation}'s office is in {town}.
{organisation}'s {person} and {organisation}'s {person} will speak next.
Speakers: {person} of {organisation}, {person} ({organisation}) and {person} from {organisation}.
{organisation}, {organisation} and {organisation} are hiring.
{organisation} is an agency based in {place}.
The {organisation} was founded in {year} in {town}.
They toured Northern {country} and Eastern {country}.
It is on the corner of {street} and {street}.
{title} {surname} flew to {town} this morning.
{title} {person} arrived at {town} by train.
{given}, can you come to the phone please?
"Good morning," said {given}.
"That is not true," says {surname}.
so happy! said {given} to {given}
My IBAN and my SSN are on the form.
My ATM card is stuck at the ATM in {town}.
{person}\nSales Manager\n{organisation}\n{address}
{person} MD\n{organisation}\n{street}\n{town}
{organisation}\n{address}\nTel. {number}
ZIP: {number}, {town}
The {word} {word} is a {year} film about {person}.
"{word} {word}" by {person} was number one.
The {organisation} Orchestra plays in {town}.
The Act of {year} protects workers against discrimination.
On Monday the Board approved the annual report.
Section {number} of the Agreement applies to the Borrower and the Lender.
Happy New Year from all of us!
Lorem ipsum dolor sit amet, consectetur adipiscing elit. Sed do {word} tempor.
English, French and German lessons every Tuesday.
The Christian and Muslim communities met in {place}.
The French minister visited the Russian embassy in {town}.
American tourists love {place}.
Read the {product} Guide before you start.
""")

ARTICLE = _lines(r"""
{person} (born {year} in {town}, {country}) is a retired footballer who played for {organisation} and {organisation}.
{person} was an English cricketer who played for {organisation} between {year} and {year}.
{surname} studied at {organisation} and later taught at {organisation}.
After the war {surname} moved to {place}, where he founded {organisation}.
{place} is a town in {region}, {country}.
{town} is a municipality in the district of {region} in {country}.
{organisation} is a company based in {town}, {country}.
{organisation} ({organisation}) is a public university in {town}, {region}.
The album was recorded in {town} and released by {organisation} in {year}.
In {year} {organisation} merged with {organisation} to form {organisation}.
{surname} died in {place} on 4 May {year}.
He was succeeded by {person}.
The Battle of {town} was fought in {year} between the armies of {country} and {country}.
The song was written by {person} and {person} for the band {organisation}.
{person}, {person}, {person} and {person} are members of the band.
The film stars {person} as Detective {surname} and {person} as {given}.
{organisation} plays its home games at {place}.
The team lost to {organisation} in the final of the National Cup.
The river rises near {town} and flows through {place} to the North Sea.
{place} lies north of {place} and east of {place}.
The school is located on {street} in {town}, {region}.
{person} represented {country} at the Summer Olympics in {town}.
{surname} was elected to the {organisation} in {year}.
King {given} of {country} married {given}, daughter of {given}.
Saint {given} is honoured in {town}.
The station is served by {organisation} trains to {town}.
{organisation} was founded by {person} in {year} as a subsidiary of {organisation}.
In {year}, {surname} joined {organisation} as a director.
The species was first described by {surname} in {year} from {country}.
The Second World War destroyed most of the town.
It won the Best Picture Award and the Golden Prize in {year}.
The Old Testament and the Middle Ages are treated in Chapter {number}.
During the Cold War many Germans and Poles left {place}.
The novel "The {word} of the {word}" was published by {organisation}.
{title} {surname} of {organisation} disagreed.
The {organisation} was the first of its kind in {country}.
He received a Bachelor of Arts from {organisation} and a Doctor of Philosophy from {organisation}.
{person} and her husband {given} live in {place} with their children {given} and {given}.
The {word} was designed by {person} of {organisation}.
The {organisation} defeated the {organisation} in {town} in the {year} season.
{surname} was drafted by the {organisation} and later traded to the {organisation}.
He attended {organisation} and {organisation}, then served in the {organisation}.
{person} was replaced by {person} on drums.
{given} of {place} was a bishop and saint.
The {place} is the largest lake in {region}.
{organisation} aired the show on {organisation} in {country} and on {organisation} in {country}.
In {year} the {organisation} opened a museum in {place}.
The Tour of {year} took {surname} to {country}, {country} and {country}.
{surname} wrote for the {organisation} and the {organisation}.
{organisation} signed a contract with {organisation} ({organisation}).
The company's headquarters are in {town}; it has offices in {town}, {town} and {town}.
""")

CHAT = _lines(r"""
user: hi, I am {person} from {town}
user: my name is {given}, I need help with my order {number}
assistant: Hello {given}! How can I help you today?
user: I work for {organisation} in {place}
assistant: Sure, {given}. Which version of {product} do you use?
user: please write to {person} at {organisation}
assistant: I cannot find an account for {person}.
user: can you write a poem about my friend {given} from {place}?
[{number}] <{given}> is {given} coming tonight?
{given}: see you in {town}
{given}: ok
{given}: did {given} call {given}?
agent: Thank you for calling {organisation}, this is {given}.
customer: yes, {surname}, {given} {surname}
customer: I live at {street}, {town}
User: What is the capital of {country}?
User: How far is {place} from {place}?
Assistant: {place} is about {number} km away.
Human: Summarise the following text about {organisation}.
user: fix this {word} please
assistant: Sure! Here is the {word} you asked for.
user: thanks a lot
bot> Welcome back, {person}
hey {given}, u going 2 {place}?
ping {given} when you are at the {organisation} office
user: ich heiße {person} und komme aus {town}
user: hola, soy {person} de {town}
user: salut, je suis {person}
""")

TWEET = _lines(r"""
{handle} did you see {person} last night?
RT {handle}: {organisation} wins against {organisation} http://t.co/abc
just landed in {place} !!! #travel
I love {person} so much omg
{person} is the best thing on tv right now
so excited to see {organisation} in {town} tonight
{place} here we come!
Breaking: {person} resigns as head of {organisation} http://t.co/xyz
{handle} {handle} lol {given} is crazy
stuck in traffic near {place} again ...
Good morning {place}
watching {organisation} vs {organisation} with {given}
Happy birthday {given}! #love
{person} to visit {country} next week - {organisation} http://t.co/q
who else is in {place} for the weekend ?
{organisation} just released a new app, check it out
RT {handle}: {given} and {given} broke up :(
can't wait for {place} this summer
at {organisation} with {handle}
{surname} scores! {organisation} 2-1 up
So {person} said no. Wow.
New job in {town}: {word} manager at {organisation} #jobs
miss you {given}
thank you {organisation} for the quick help!
police in {place} arrest two men, {organisation} reports
Flood warning for {place} and {place}
{handle} where r u? me and {given} at {place}
{given} u r the best <3
#np {person} - {word} {word}
omg this {word} is so good
I need a {word} and a {word} before Friday
Happy Monday everyone! #monday
Why is it so cold today
I just want to sleep lol
The Game was great, Merry Christmas to all
Listening to {organisation} on youtube
{person}'s speech in {place} was great
{organisation} says {country} must act now
vote {surname} ! #election
""")

FORM = _lines(r"""
Name: {person}\nCity: {town}\nCountry: {country}
Name: {person}\nEmployer: {organisation}\nAddress: {address}
Full name: {person} | Company: {organisation} | Location: {place}
Vorname: {given}\nNachname: {surname}\nOrt: {town}
Nom: {surname}\nPrénom: {given}\nVille: {town}
Nombre: {given}\nApellidos: {surname}\nCiudad: {town}
first_name: {given}\nlast_name: {surname}
from: {person}\nto: {person}
Author: {person}\nReviewer: {person}
Passenger: {surname}/{given} {title}
Applicant: {person}, {address}
Manager - {person}\nDeputy - {person}
1. {person}\n2. {person}\n3. {person}
- {person} ({organisation})\n- {person} ({organisation})
{surname}, {given}\n{surname}, {given}\n{surname}, {given}
{person}, {town}, {country}
{person}; {organisation}; {town}
{person}\n{organisation}\n{address}
{person}\n{address}\n{country}
{organisation}\n{address}
{person}\n{street}\n{town}\n{country}
Doctor: {title} {person}\nWard: {number}\nHospital: {organisation}
Sender: {person}, {street}, {town}\nReceiver: {organisation}, {address}
Witness: {person}\nPlace: {town}
Attendees: {given}, {given}, {given} and {given}
City: {town}\nState: {region}\nZIP: {number}
Name: {word}\nVersion: {number}\nLicense: MIT
Status: OK\nPriority: High\nOwner: {person}
Title: The {word} Report\nType: Document\nLanguage: English
""")

TECHNICAL = _lines(
    r"""
The {acronym} needs {number} GB of memory and a faster {acronym}.
We moved the {word} from {acronym} to {acronym} last week.
Each {acronym} has a {word}, a {acronym} and an {acronym} address.
Use the {acronym} to read the {word}; the {acronym} returns {acronym} or an Error.
{acronym} {number}, {acronym} {number}, {word} {number}
{acronym}: {number} {word} {word}
Set {acronym} to True, then restart the Server and check the Status page.
The Model was trained on {number} tokens with a batch size of {number}.
Click Settings, then Security, and enable Two Factor Authentication.
CREATE TABLE {word} (id BIGINT PRIMARY KEY, {word} VARCHAR({number}) NOT NULL UNIQUE, created_at TIMESTAMP DEFAULT NOW());
ALTER TABLE {word} ADD CONSTRAINT {word}_fk FOREIGN KEY ({word}_id) REFERENCES {word} (id) ON DELETE CASCADE;
INSERT INTO {word} (Id, Name, Status) VALUES ({number}, '{word}', 'PENDING');
SELECT DISTINCT {word} FROM {word} LEFT JOIN {word} USING (id) WHERE {word} IS NOT NULL ORDER BY {word} DESC LIMIT {number};
Item No. {number} Qty {number} SKU {number} Price {number} EUR
Order {number}: {number} x {word}, SKU-{number}, Total {number} USD
Error Code {number}: Invalid Request. See the Documentation.
Chapter {number}: Introduction to {word} and {word}
Figure {number}. Mean {word} by {word}; Table {number} shows the Results.
The Quick Start Guide explains how to install {product}.
{product} and {product} are supported; {product} is not.
Note: This Feature is Experimental. Warning: Do Not Use In Production.
Ġ{word}er {number}\nĠ{word}ing {number}\n##{word} {number}
BEGIN CERTIFICATE\nEND CERTIFICATE
Question {number}: What is a {word}? Answer: a {word} that {word}s.
Lorem ipsum dolor sit amet, consectetur adipiscing elit. Vestibulum {word} Pellentesque habitant morbi.
{word} = {number}; {word} = "{word}"; // Returns the {acronym} of the {word}
Dear Customer, your Order {number} has been shipped.
Dear Sir or Madam, please find the Invoice attached.
Please Enter Your Password. Forgot Password? Sign In With {acronym}.
Terms and Conditions apply. All Rights Reserved. Privacy Policy.
January February March April May June July Monday Tuesday Christmas Easter
"""
)

ACRONYMS = """API CPU GPU RAM SSD HDD SKU URL URI UUID GUID JSON XML YAML CSV HTML HTTP HTTPS TLS SSL TCP UDP DNS DHCP VPN LAN WAN SQL NULL TRUE
FALSE UTC GMT PDF PNG JPEG GIF SVG CSS USB HDMI BIOS UEFI KB MB GB TB MHz GHz FPS LLM RAG NLP OCR GAN CNN RNN LSTM BERT FP16 BF16 INT8 CUDA OOM
ETA TODO FIXME NOTE README FAQ ID PIN OTP MFA SSO OAuth JWT SDK CLI GUI IDE VM OS POSIX UTF ASCII EOF IO REST RPC SOAP CRUD ACID ORM MVC DOM AJAX
CDN SLA SLO KPI ROI EUR USD GBP IBAN BIC VAT SSN ATM DOB ZIP PO QA CI CD PR MR ETL OLAP DAG CRON TTL LRU FIFO MAX MIN AVG SUM COUNT UNIQUE PRIMARY
KEY INDEX TABLE VIEW DEBUG INFO WARN ERROR FATAL OK ACK SYN RST GET POST PUT DELETE PATCH HEAD""".split()

MACHINE = _lines(r"""
2024-03-0{number} 12:00:01 INFO  Starting Worker {number} on port {number}
Traceback (most recent call last):
  File "/usr/lib/python3/site-packages/{word}/{word}.py", line {number}, in {word}
ValueError: Expected {word}, got None
java.lang.NullPointerException: Cannot invoke "String.length()" because "{word}" is null
	at org.springframework.{word}.AbstractBeanFactory.doGetBean(AbstractBeanFactory.java:{number})
ERROR ConnectionRefused: Kafka Broker {number} Not Available
WARN  {product} is deprecated, use {product} instead
GET /api/v1/{word}?id={number} HTTP/1.1" 200 "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/99.0 Safari/537.36"
import {word} from "{word}"; export default class {word} extends React.Component
def {word}(self, {word}: str) -> Optional[Dict[str, Any]]:
class MyHandler(BaseHTTPRequestHandler): pass
    return new ArrayList<String>();
npm WARN deprecated {word}@{number}.0.1: Please upgrade
layer.{number}.attention.self.query.weight torch.Size([768, 768]) Float
SELECT Count(*) FROM {word} WHERE Status = 'Active' ORDER BY CreatedAt DESC;
{"id": {number}, "type": "Event", "status": "Completed", "loss": 0.{number}}
Error: Permission Denied. Please Contact Your Administrator.
model: Llama Guard, Mistral Large, Code Llama, Stable Diffusion XL
[INFO] Loading Visual Studio Code Extension Host
CUDA Out Of Memory. Tried to allocate {number} MiB (GPU 0)
Lorem Ipsum Dolor Sit Amet Consectetur
user=root session opened by (uid=0)
Jan 12 10:11:12 host sshd[{number}]: Accepted publickey for {word} from 192.0.2.1
Mon, Tue, Wed, Thu, Fri; January, February, March
Content-Type: application/json; Cache-Control: No-Cache
Released under the Apache License, Version 2.0 or the GNU General Public License
Test Case {number}: Check Login Page - Passed
Step {number}: Build Docker Image; Push To Registry
<Button onClick=doSave}>Save Changes</Button>
""")
