"""Short cells of many rows: their findings are mostly whole values, told for all cells of a field at once.

find        the column path: which cells of a batch, field by field, and what is left to the usual search
forms       which detectors can match a value of a form at all; shapes, exact: patterns written for forms
field       one field: its values put into classes by what detectors say; search, parts, words: looking into them
judge       what values say by themselves, by columns; checks, documented: validators and documentation values
known       values that come again, with their masks and keys
outcome     what comes of a class of values; findings: the columns of the findings frame made of it
texts       large strings of Arrow as bytes and back
"""
