"""Members read line by line: a letter is one text, records down the page are records, a log is a text for each line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from leakkit.pii.people.blocks import by_row, of_block, without_streets, written_down
from leakkit.pii.people.halves import places_of_halves, whole_in_lines, with_halves
from leakkit.pii.people.mentions import ACCOUNT, NAME, OTHER, Finding, Mention, account_fits
from leakkit.pii.people.roles import OF_ONE
from leakkit.pii.people.speakers import without_speakers
from leakkit.pii.people.texts import NEAR_LINES, of_text

_TIME_OF_DAY = len("09:30:00")
_FEWEST_SENDERS = 5
_SIGNED, _ONE_EACH = 0.5, 0.85
"""Share of messages that name one person, and of telephones and names that go together alone, if senders sign."""

_LONGEST_LETTER = 60
_FEWEST_SERVED = 3
"""Different numbers of people beside an account from which on it is of a clerk."""

_CARDS = (".vcf", ".vcard", ".ldif")
"""How files of cards are called: they are records, whatever the short names of their lines tell."""

_OF_ONE = (".vcf", ".vcard")
"""Those whose cards are of one person each; an entry of a directory may name a manager."""

_ALIASES = ".mailmap"
"""How Git calls the file in which each line is of one person."""


def of_lines(findings: list[Finding], path: str) -> Iterator[Mention]:
    """Give the mentions of a member read line by line: a letter is one text, a log is a text for each line."""
    if path.endswith(_ALIASES):
        yield from _of_aliases(findings, path)
        return
    findings, halves = whole_in_lines(without_streets(findings))
    lines = by_row(findings)
    records = written_down(lines, 0.0) if path.lower().endswith(_CARDS) else written_down(lines)
    places = places_of_halves(findings) if records is not None else frozenset()
    senders, is_card = _places_of_senders(lines), path.lower().endswith(_OF_ONE)
    if records is not None:
        texts = records
    elif not senders and _is_letter(findings):
        texts = [findings]
    else:
        texts = _blocks(lines, senders)
    texts = without_speakers(_without_clerks(texts)) if records is None else texts
    for text in texts:
        mentions = of_text(text) if records is None else _of_card(text) if is_card else of_block(text, places)
        for mention in with_halves(mentions, halves):
            mention.path, mention.row, mention.is_text = path, mention.findings[0].row, records is None
            yield mention


def _of_aliases(findings: list[Finding], path: str) -> Iterator[Mention]:
    """Give a mention for each line of a file that tells under which names and addresses people have committed."""
    for row, line in by_row(findings).items():
        for mention in _of_card(line):
            mention.path, mention.row = path, row
            yield mention


def _without_clerks(texts: list[list[Finding]]) -> list[list[Finding]]:
    """Put the accounts of those who look up or serve many people, line by line, apart from the people's numbers."""
    beside: dict[tuple[str, str], set[str]] = defaultdict(set)
    for text in texts:
        numbers = {f.key for f in text if f.entity in OF_ONE}
        for found in text if len(numbers) == 1 else ():
            if found.kind == ACCOUNT:
                beside[found.entity, found.key] |= numbers
    clerks = {account for account, numbers in beside.items() if len(numbers) >= _FEWEST_SERVED}
    if len(clerks) < 2 and len(beside) > len(clerks):
        return texts
    result = []
    for text in texts:
        apart = [f for f in text if f.kind == ACCOUNT and (f.entity, f.key) in clerks]
        if apart and any(f.entity in OF_ONE for f in text):
            result += [[f for f in text if f not in apart], apart]
        else:
            result.append(text)
    return result


def _of_card(record: list[Finding]) -> list[Mention]:
    """Give the mention of a card of contacts: it is one person's, in whatever letters it repeats the name.

    The whole name is told below its halves, of which the family's may have two words.
    """
    mention = Mention()
    for found in record:
        mention.add(found)
    for found in record:
        if found.kind == NAME and mention.name is not None and set(mention.name.words) < set(found.words):
            mention.name = found
    return [mention]


def _is_letter(findings: list[Finding]) -> bool:
    """Tell whether a member names but a few people and their accounts, so that all its lines are one text."""
    names = {found.key for found in findings if found.kind == NAME and not found.one_word}
    accounts = {found.key for found in findings if found.kind == ACCOUNT}
    return 0 < len(names) <= 3 and len(accounts) <= 2 * len(names) + 1 and len(findings) <= _LONGEST_LETTER


def of_elements(findings: list[Finding], path: str) -> list[Mention] | None:
    """Give the mentions of a page read element by element, where these make records (the cells of a table)."""
    records = written_down(by_row(findings), least_keyed=0.0)
    if records is None:
        return None
    mentions = [mention for record in records for mention in of_block(record)]
    for mention in mentions:
        mention.path, mention.row = path, mention.findings[0].row
    return mentions


def _blocks(lines: dict[int, list[Finding]], senders: frozenset[int]) -> list[list[Finding]]:
    """Let lines without a name or account follow the named line before them; other lines stand alone.

    An address on a line of its own, near below a name it is made of, follows as well (a card of contacts).
    """
    texts: list[list[Finding]] = []
    last = -NEAR_LINES
    names: list[Finding] = []
    sign = bool(senders) and _senders_sign(list(lines.values()), senders)
    for row, values in sorted(lines.items()):
        is_other = all(found.kind == OTHER for found in values)
        follows = bool(texts) and row - last <= NEAR_LINES and (is_other or _is_made_of(values, names))
        if values[0].entity == "PHONE" and values[0].start in senders:
            follows = False
            if not sign and any(
                found.kind == NAME for found in values
            ):  # whom a message names is not who sent it
                texts.append(values[:1])
                values = values[1:]
        if follows:
            texts[-1] += values
        else:
            texts.append(list(values))
        if any(found.kind == NAME for found in values):
            last, names = row, [found for found in values if found.kind == NAME]
        elif not is_other and not follows:
            last = -NEAR_LINES
    return texts


def _places_of_senders(lines: dict[int, list[Finding]]) -> frozenset[int]:
    """Find where in a line of an exported chat its sender stands, if most are but telephones; else nothing.

    Who is in the owner's contacts has a name there, everybody else a telephone. In cards of contacts ("Name:   Ann")
    both may stand at one place, too, but there are no more telephones than names.
    """
    firsts = [min(values, key=lambda found: found.start) for values in lines.values()]
    phones = [found for found in firsts if found.entity == "PHONE" and found.start >= _TIME_OF_DAY]
    places = frozenset(found.start for found in phones)
    names = {found.key for found in firsts if found.kind == NAME and found.start in places}
    return places if len({found.key for found in phones}) > max(len(names), _FEWEST_SENDERS) else frozenset()


def _senders_sign(lines: list[list[Finding]], places: frozenset[int]) -> bool:
    """Tell whether most messages name one person, each telephone its own: those who write to an office sign."""
    sent = [line for line in lines if line[0].entity == "PHONE" and line[0].start in places]
    pairs: set[tuple[str, str]] = set()
    signed = 0
    for line in sent:
        names = {found.key for found in line if found.kind == NAME and not found.one_word}
        signed += len(names) == 1
        pairs |= {(line[0].key, name) for name in names}
    different = min(len({phone for phone, _ in pairs}), len({name for _, name in pairs}))
    return signed >= max(_FEWEST_SENDERS, _SIGNED * len(sent)) and different >= _ONE_EACH * len(pairs)


def _is_made_of(values: list[Finding], names: list[Finding]) -> bool:
    """Tell whether a line has no name, and only accounts made of the names before."""
    accounts = [found for found in values if found.kind == ACCOUNT]
    if not accounts or any(found.kind == NAME for found in values):
        return False
    return all(any(account_fits(name, account) for name in names) for account in accounts)
