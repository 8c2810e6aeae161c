"""What each column of a table holds: values vote, name and neighbours speak.

types       the verdicts as a frame; verdict: all voices weighed
read        a bounded sample of a frame or file; mended: texts that were misread
facts       what the values of a column are like; words: lists and flags they are looked up in
looks       what one value looks like
values      what the values tell by themselves
named       whether the values may be what the name says; company: what names mean beside one another
neighbours  what the columns beside a column say of it
plain       values plain in themselves, asked where the name is vague or wrong; trust: whether names are shuffled
evidence    a verdict, a guess and a column while it is judged
"""
