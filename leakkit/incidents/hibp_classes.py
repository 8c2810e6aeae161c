"""Classes of data of Have I Been Pwned in the words of VERIS (data.variety, 1.4.1); a table of leakkit's own.

VERIS: *Personal* is what identifies or describes a person, *Sensitive Personal* what falls under special
categories or is as intimate (health apart: *Medical*), *Bank* is accounts and money, *Payment* cards.
Classes that are a person's words or doings are *Personal*: VERIS has no term for content.
"""

from __future__ import annotations

_BY_VARIETY = {
    "Credentials": """
        Historical passwords | Password hints | Password strengths | Passwords | PINs
        Security questions and answers | Usernames | Recovery email addresses
    """,
    "Session key": "Auth tokens",
    "Secrets": "Encrypted keys | Mnemonic phrases",
    "API key": "API keys",
    "Virtual currency": "Cryptocurrency wallet addresses | Cryptocurrency wallet hashes",
    "Payment": "Credit card CVV | Credit cards | Partial credit card data | Credit card numbers | Payment methods",
    "Bank": """
        Account balances | Bank account numbers | Credit status information | Financial investments
        Financial transactions | Loan information | Payment histories | Utility bills
        Taxation records | Bank statements
    """,
    "Medical": "HIV statuses | Health insurance information | Personal health data | Medical records",
    "Sensitive Personal": """
        Biometric data | Citizenship statuses | Criminal records | Drinking habits | Drug habits
        Driver's licenses | Ethnicities | Government issued IDs | Mothers maiden names | Nationalities
        Partial government issued IDs | Passport numbers | Political donations | Political views | Races
        Religions | Sexual fetishes | Sexual orientations | Social security numbers | Nude images
        Immigration statuses | Smoking habits
    """,
    "System": """
        Apps installed on devices | Browser user agent details | Device information | Device serial numbers
        IMEI numbers | IMSI numbers | IP addresses | MAC addresses | Cellular network names | Login histories
        Device usage tracking data | Telecommunications carrier
    """,
    "Internal": "Support tickets | Customer feedback | Customer interactions | Warranty claims | Survey results",
    "Personal": """
        Address book contacts | Age groups | Ages | Appointments | Astrological signs | Audio recordings
        Avatars | Beauty ratings | Bios | Browsing histories | Buying preferences | Car ownership statuses
        Career levels | Charitable donations | Chat logs | Clothing sizes | Comments | Company names
        Dates of birth | Deceased date | Deceased statuses | Delivery instructions | Eating habits
        Education levels | Email addresses | Email messages | Employers | Employment statuses
        Family members' names | Family structure | Fitness levels | Flights taken | Genders
        Geographic locations | Home ownership statuses | Homepage URLs | Income levels
        Instant messenger identities | Job applications | Job titles | Licence plates | Living costs
        Loyalty program details | Marital statuses | Names | Net worths | Nicknames | Occupations
        Parenting plans | Partial dates of birth | Partial phone numbers | Personal descriptions
        Personal interests | Phone numbers | Photos | Physical addresses | Physical attributes
        Places of birth | Private messages | Professional skills | Profile photos | Purchases
        Purchasing habits | Relationship statuses | Reward program balances | SMS messages | Salutations
        School grades (class levels) | Social connections | Social media profiles | Spoken languages
        Spouses names | Tattoo status | Time zones | Travel habits | Travel plans | User statuses
        User website URLs | Vehicle details | Vehicle identification numbers (VINs) | Website activity
        Work habits | Years of professional experience
    """,
}

VARIETY: dict[str, str] = {
    name.casefold(): variety
    for variety, names in _BY_VARIETY.items()
    for line in names.strip().splitlines()
    for name in (part.strip() for part in line.split(" | "))
}
"""VERIS variety by class of data, in small letters."""
