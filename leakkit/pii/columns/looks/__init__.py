"""What one value looks like: 0 cannot be, 0.5 may be, 1 hardly anything else.

fit      the look of a value for each entity, by shape
names    people, places and firms, by word lists
numbers  cards, accounts, identifiers
written  nothing, dates, digits: what several looks share
"""
