"""Whose it is: findings joined into people, and how many there are.

join        the frame of people, and what each lost; estimate, twice: how many, and who is counted twice
light       findings made light; fields: whose field each stands in; mentions: what two must share to agree
records     the findings of a record parted into mentions; columns, lines, blocks, texts: of tables, logs, cards, prose
links       mentions of one person over the whole leak; edges, telephones: what joins them
names       what a name alone can say; given: what stands alone given to whose it is
"""
