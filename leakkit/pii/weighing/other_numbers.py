"""Words right before a number that say it is of an order, a parcel, a file or a meter, and so no telephone's."""

# ruff: noqa: E501 - lists of words read better on long lines

from __future__ import annotations

import re
from functools import lru_cache

_REACH = 40
_FILLERS = (
    r"no|nos|nr|n[°ºr]?|num|nummer|number|numéro|numero|número|numer|numurs|numeris|id|code|ref|is|ist|lautet|es|est|è|é|la|el|il|le|the|de|der|die|"
    r"das|o|to|är|er|was|war"
)
_TAIL = re.compile(
    rf"([^\W\d_]{{2,}})\.?(?:[ .:#\-/]{{0,2}}(?:{_FILLERS})\b\.?){{0,3}}[ .:#№=(\"'+\-]{{0,4}}\Z"
)
_NUMBER_WORD = re.compile(r"(?:s?nummer|number|nr|snr|numero)\Z")
_WORD = re.compile(r"[^\W\d_]{2,}")
_THINGS = frozenset(
    "order orders parcel tracking consignment shipment invoice contract file case ticket complaint trace protocol lab meter badge booking "
    "reservation receipt asset serial part article item isbn ean claim reference ref docket dossier transaction trans locker issue incident "
    "batch lot sku quote quotation po job report exhibit "
    "bestellung bestell auftrag auftrags rechnung rechnungs vertrag vertrags aktenzeichen az vorgang vorgangs zähler zählerstand kunden "
    "kundennummer artikel sendung sendungs paket lieferung liefer fall beleg beleg charge akte geschäftszeichen seriennummer serien "
    "commande facture contrat colis référence réf suivi pedido factura expediente contrato referencia referência albarán paquete envío "
    "protocolo fatura processo encomenda nota ordine pratica fattura contratto spedizione riferimento bolla "
    "bestelling bestel dossiernummer factuur zaak polis klant pakket beställning beställnings ärende faktura ordre ordrenummer sag sak pakke "
    "paket kolli tilaus lasku "
    "zgłoszenia zgłoszenie zamówienie zamówienia faktury umowy umowa przesyłki objednávka objednávky faktury zásilka rendelés számla comanda "
    "comenzii factura užsakymas užsakymo pasūtījums tellimus поръчка замовлення заказ заказа заявка заявки договор договора рахунок счет "
    "посилка посылка sipariş siparis fatura dosya kargo narudžba račun παραγγελία "
    "pesanan aduan ponuda radicado folio member membership run slip sheet coupon voucher policy zahtjev zahtev sprawy spisu spis smlouvy "
    "zamówień protokołu protokół faktura faktury faktur rachunku nota albarán albaran remito guía guia presupuesto recibo boleto orçamento preventivo colli "
    "bolletta ticket ticketnummer vorgangsnummer angebot angebots charge chargen chargennummer palette regal kostenstelle lieferschein lieferscheins mahnung gutschrift quittung "
    "devis bon bordereau avoir quittance pakbon offerte levering følgeseddel følgebrev kvittering kvitto ärendenummer bilagsnummer zásilky nabídky nabídka zápisnica "
    "ponude otpremnica sprawa sprawie накладная накладной накладна квитанция квитанции квитанція акт акта протокол протокола протоколу талон талона угода угоди "
    "договір договору угода замовленням дело дела справа справи рахунку рахунок счёт счёта счета поръчката пратка договірна ključa klíč klucz klucze klíče nyckel nøgle avain chiave chiavi llave llaves clé clef chave "
    "schlüssel schlüsselnummer sleutel locker kasten fach platz sitzplatz raum zimmer room seat bay pallet shelf rack gate hall "
    "utr rrn cmd cmde inv ord txn trx tkt awb token tokens jeton turno kuitansi resi pesanan pedidos sipariş talep evrak başvuru fiş makbuz "
    "številka naročilo objekt žiadosť cererea dosar leping arve avaldus pieteikums prašymas lotto".split()
)
_NAMED = re.compile(
    r"([^\W\d_]{2,})\.?[ :#]{1,2}(?:(?:no|nr|n[°º]|num)\.?[ :]?)?(?=[\dA-Z/.\- ]*\d)[\dA-Z/.\- ]{1,24}"
)
_READING = re.compile(r"[A-Z]{2,4} \d{2,3}")
_STANDARD = re.compile(
    r"(?:DIN|ISO|IEC|ASTM|ANSI|IEEE|RFC|JIS|GOST|ÖNORM|NEN|UNE|UNI|NF|BS|EN)(?: (?:EN|ISO|IEC))* \d{2,6}\b"
)
"""A standard and its number, whatever follows."""
_LABELLED = re.compile(r"[A-Z]{2,5}\.? (?:\d[ .\-/]?){5,}\d")
"""Capitals and a long number in groups: a number of a person, a tax office or a register."""
_SMALL_AND_NUMBER = re.compile(r"[^\W\d_A-Z]{2,14}\.? (?:\d[ .\-]?){6,14}")
"""A word in small letters and a number far too long for a house."""
_PART_AFTER = re.compile(r"/\d")
_UNPARTED = (
    "受注番号",
    "受付番号",
    "伝票",
    "請求書番号",
    "合同号",
    "发票号",
    "工单号",
    "注文番号",
    "注文",
    "订单号",
    "订单",
    "订单编号",
    "快递单号",
    "주문번호",
    "주문",
    "송장번호",
    "伝票番号",
    "คำสั่งซื้อ",
)
_AFTER_UNPARTED = re.compile(r"[はが는은:： ]{0,3}\Z")


@lru_cache(4096)
def is_of_thing(before: str) -> bool:
    """Tell whether what stands right before a number makes it that of an order, a file or the like.

    Parameters
    ----------
    before : str
        What stands before the number on its line, or the end of that.

    Examples
    --------
    >>> is_of_thing("Bestelling "), is_of_thing("Nr zgłoszenia "), is_of_thing("call me about the order on ")
    (True, True, False)
    """
    tail = before[-_REACH:].lower()
    may_be = "°" in tail or any(map(_is_thing, _WORD.findall(tail)))  # a word is whole but before ``n°``
    found = _TAIL.search(tail) if may_be else None
    if found and _is_thing(found[1]):
        return found[1] != "case" or not tail[: found.start()].endswith("in ")
    if tail.isascii():
        return False
    bare = _AFTER_UNPARTED.sub("", tail)
    return bare.endswith(_UNPARTED)


@lru_cache(4096)
def _is_thing(word: str) -> bool:
    """Tell whether a word, or a compound with a word for its number, means a thing with a number."""
    return word in _THINGS or _NUMBER_WORD.sub("", word) in _THINGS


def names_a_thing(text: str, start: int, end: int) -> bool:
    """Tell whether a span is a word for a thing with its number, or a reading, and so no place.

    Examples
    --------
    >>> (
    ...     names_a_thing("Az. 15 C 972/23", 0, 12),
    ...     names_a_thing("RR 135/80", 0, 6),
    ...     names_a_thing("Lot 5 Elm", 0, 9),
    ... )
    (True, True, False)
    """
    value = text[start:end]
    found = _NAMED.fullmatch(value)
    if found and found[1].lower() in _THINGS:
        return True
    if _STANDARD.match(value) or _LABELLED.fullmatch(value) or _SMALL_AND_NUMBER.fullmatch(value):
        return True
    return _READING.fullmatch(value) is not None and _PART_AFTER.match(text, end) is not None
