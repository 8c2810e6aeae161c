"""What the values of a column tell by themselves, whatever its name.

forms          mail, keys, hashes, telephones: evident by their own form
issued         numbers that pass the check digits of a detector's rule
certain        databases, devices, accounts, diagnoses: little else is written so
national       forms of numbers that one country gives
marked         titles, signs of accounts, numbers of houses
guess          names, places, streets, firms by words and spread
provinces      states and towns by closed lists of one country; placed: streets by houses, towns by endings
beside_people  what is believed only beside people: births, postcodes, telephones, plates
"""
