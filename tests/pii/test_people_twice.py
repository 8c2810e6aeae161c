"""How many people known by a name alone may be counted already; all values are invented."""

import pytest

from leakkit.pii.people.join import count_people
from tests.pii.test_people import found, record

GIVEN = "Mara Ines Olga Peter Tomas".split()
FAMILY = "Okafor Larsen Dubois Costa Yilmaz Brandt Novak Weiss Lindgren Moreau Pereira Horvat".split()
NAMES = [f"{given} {family}" for family in FAMILY for given in GIVEN]


@pytest.mark.parametrize(("named", "least", "most"), [(40, 50, 50), (30, 40, 44)])
def test_names_alone_are_not_those_of_people_whose_names_are_known(named, least, most):
    rows = []
    for n in range(40):
        number = ("MEDICAL_ID", f"X{n}55431{n:02}")
        rows += record("index.csv", n, no=number, mail=("EMAIL", f"q{n}blue@post.example"))
        rows += record("letters.csv", n, no=number, name=("PERSON", NAMES[n])) if n < named else []
    for n in range(40, 50):
        rows += record("letters.csv", n, name=("PERSON", NAMES[n]))
    assert least <= count_people(found(*rows)).best <= most
