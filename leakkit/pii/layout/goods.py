"""Names of goods: a column "name" beside a price or a stock, with nothing of people beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from leakkit.pii.gazetteer.lookup import is_given_name
from leakkit.pii.keys import entity_of_key
from leakkit.pii.weighing.known_names import is_full_name

_ANY_NAME = 0.6
"""Strength up to which a column's name may say what a thing is called as well as a person."""
_SAMPLE = 100
_OF_GOODS = frozenset(
    "price unitprice listprice sku stock instock qtyinstock barcode ean upc gtin asin colour color brand msrp "
    "preis lagerbestand bestand farbe marke prix couleur marque precio existencias prezzo colore prijs voorraad "
    "pris cena preço preco fiyat цена 价格 価格".split()
)
_OF_PEOPLE = frozenset(
    "EMAIL PHONE STREET_ADDRESS NATIONAL_ID DATE_OF_BIRTH FIRST_NAME LAST_NAME USERNAME IBAN CREDIT_CARD POSTCODE "
    "PASSPORT US_SSN AGE GENDER".split()
)
_SIGNS = re.compile(r"[\W_]+")


def are_goods(own: object, values: Sequence[str], keys: Iterable[object]) -> bool:
    """Tell whether a column of names is one of goods, by the keys of the columns beside it and its own values.

    Parameters
    ----------
    own : object
        The key of the column; no text where it has none.
    values : sequence of str
        Its values.
    keys : iterable
        The keys of all columns of its table.

    Examples
    --------
    >>> are_goods("name", ["Robin Lamp", "Jasmin Cup"], ["name", "price"])
    True
    >>> are_goods("name", ["Robin Lamp", "Jasmin Cup"], ["name", "price", "email"])
    False
    >>> are_goods("name", ["Anna", "Olga"], ["name", "price"])
    False
    """
    sense = entity_of_key(own) if isinstance(own, str) else None
    if sense is None or sense.entity != "PERSON" or sense.strength > _ANY_NAME:
        return False
    place = str(own).rpartition(".")[0]
    parts = [key.rpartition(".") for key in keys if isinstance(key, str) and key != own]
    beside = [last for before, _, last in parts if before == place]
    if not any(_SIGNS.sub("", key.casefold()) in _OF_GOODS for key in beside):
        return False
    if any(entity_of_key(key).entity in _OF_PEOPLE for key in beside):
        return False
    some = values[:_SAMPLE]
    return 2 * sum(map(is_full_name, some)) < len(some) and not all(map(is_given_name, some))
