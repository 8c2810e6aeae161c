"""The table of validators: a name in a detector's row to a function, imported when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from leakkit.errors import BadParameterError

Check = Callable[[str], "bool | None"]
"""Says True (passes), False (fails) or None (cannot tell) of one text."""

CheckMany = Callable[[Sequence[str]], "list[bool | None]"]
"""The same of many texts."""

_OWN = "leakkit.pii.validators."

_PARTING = dict.fromkeys(map(ord, " .-/\u2010\u2011\u2013\u00b7\u00a0"))
"""Signs that part the digits of a number: 46.833.322-D is 46833322D."""

# The name is the module of python-stdnum: "de_idnr" is stdnum.de.idnr, "iban" is stdnum.iban.
_STDNUM = """
ad_nrt al_nipt ar_cbu ar_cuit ar_dni at_businessid at_tin at_uid at_vnr au_abn au_acn au_tfn az_voen
be_eid be_nn be_bis be_vat bg_egn bg_pnf bg_vat br_cnpj br_cpf by_unp ca_bc_phn ca_bn ca_sin ch_ssn ch_uid ch_vat
cl_rut cn_ric cn_uscc co_nit cr_cpf cr_cpj cr_cr cu_ni cy_vat cz_bankaccount cz_dic cz_rc
de_idnr de_stnr de_vat dk_cpr dk_cvr do_cedula do_rnc dz_nif ec_ci ec_ruc ee_ik ee_kmkr ee_registrikood eg_tn
es_ccc es_cif es_dni es_nie es_nif eu_vat fi_alv fi_hetu fi_ytunnus fo_vn
fr_nif fr_nir fr_siren fr_siret fr_tva gb_nhs gb_upn gb_utr gb_vat gh_tin gn_nifp gr_amka gr_vat gt_nit hr_oib
hu_anum id_nik id_npwp ie_pps ie_vat il_hp il_idnr in__aadhaar in__epic in__gstin in__pan in__vid is__kennitala
is__vsk it_codicefiscale it_iva jp_cn jp_in_ ke_pin kr_brn kr_rrn li_peid lt_asmens lt_pvm lu_tva lv_pvn ma_ice
mc_tva md_idno me_pib mk_edb mt_vat mu_nid mx_curp mx_rfc my_nric mz_nuit nl_bsn nl_btw nl_identiteitskaartnummer
no_fodselsnummer no_kontonr no_mva no_orgnr nz_bankaccount nz_ird pe_cui pe_ruc pk_cnic pl_nip pl_pesel pl_regon
pt_cc pt_nif py_ruc ro_cf ro_cnp ro_cui rs_pib ru_inn ru_ogrn se_orgnr se_personnummer se_vat sg_uen si_ddv
si_emso si_maticna sk_dph sk_rc sm_coe sn_ninea sv_nit th_moa th_pin th_tin tn_mf tr_tckimlik tr_vkn tw_ubn
ua_edrpou ua_rntrc us_ein us_itin us_rtn us_ssn uy_rut ve_rif vn_mst za_idnr za_tin
iban bic imei imsi meid lei verhoeff isin
"""

_OWN_CHECKS = {
    "checksums": "luhn verhoeff_11",
    "contact": "email phone phone_us phone_shape phone_digits username account_name",
    "network": "ipv4 ipv6 mac url coordinates",
    "financial": "card clabe sort_code au_bsb iban_any bic_country card_security_code nz_account",
    "crypto": (
        "bitcoin litecoin dogecoin dash zcash tron ripple bitcoin_cash monero cardano polkadot stellar solana"
        " ton tezos cosmos algorand eth"
    ),
    "americas": (
        "ssn us_mbi us_npi us_dea ca_health mx_nss br_cnh br_pis br_voter uy_ci co_cedula cl_run pe_dni"
        " br_cns"
    ),
    "europe": (
        "uk_nino uk_chi uk_driver de_rvnr de_kvnr hu_taj hu_tax es_nss pt_niss lu_matricule lv_pk mt_id ch_ahv"
        " fi_hic rs_jmbg by_pin dk_cpr se_pnr fr_nir at_svnr de_idcard es_plate"
    ),
    "asia": "hk_id sg_nric tw_id ru_snils kz_iin ae_eid sa_id au_medicare nz_nhi vn_cccd ph_philsys eg_nid",
    "people": "given_name full_name known_given known_name name_in_signs new_name large_town titled_name whole_name",
    "dates": "told_birth_date",
    "nicks": "nick nick_written nick_called nick_told nick_of_oneself nick_speaking login_speaking",
    "told_secrets": "password_mixed_told password_of_network session_value password_farther token_told",
    "labelled": "told_digits told_bank_account told_plate told_vin",
    "told": "told_login told_nick told_password told_account told_document",
    "documents": "mrz_td1 mrz_td2 mrz_td3 vin icd10 birth_date age",
}


@cache
def _table() -> dict[str, str]:
    """Give every validator's name and where it lives."""
    table = {}
    for name in _STDNUM.split():
        country, _, module = name.partition("_") if "__" not in name else name.partition("__")
        country += "_" if "__" in name else ""
        table[name.replace("__", "_")] = (
            f"stdnum.{country}.{module}:is_valid" if module else f"stdnum.{name}:is_valid"
        )
    for module, own in _OWN_CHECKS.items():
        table |= {name: f"{_OWN}{module}:{name}" for name in own.split()}
    return table


def names() -> tuple[str, ...]:
    """Give the names of all validators but those of secrets, sorted."""
    return tuple(sorted(_table()))


@cache
def get(name: str) -> Check:
    """Give the validator of a name; it never raises and never repeats the text it was given.

    A name outside the table is a function of `leakkit.pii.validators.secrets`.

    Raises
    ------
    BadParameterError
        No validator has this name.

    Examples
    --------
    >>> get("luhn")("4111 1111 1111 1111")
    True
    >>> get("de_idnr")("36574261808")
    False
    """
    place = _table().get(name, f"{_OWN}secrets:{name}")
    check = _load(place)
    if check is None:
        raise BadParameterError(
            "Expected the name of a validator", f"found {name!r}", "see validators.names()"
        )
    return safe(_however_parted(check) if place.startswith("stdnum.") else check)


def _however_parted(check: Callable[[str], Any]) -> Callable[[str], Any]:
    """Give a check that also takes numbers parted by signs that python-stdnum does not expect in them."""

    def answer_of(text: str) -> Any:
        """Run the check, once more on the bare number where it fails."""
        answer = check(text)
        return check(bare) if not answer and (bare := text.translate(_PARTING)) != text else answer

    return answer_of


def safe(check: Callable[[str], Any]) -> Callable[[str], bool | None]:
    """Give a check that answers True, False or None whatever happens: what trips over a value has failed it."""

    def answer_of(text: str) -> bool | None:
        """Run the check."""
        try:
            answer = check(text)
        except Exception:
            return False
        return None if answer is None else bool(answer)

    return answer_of


@cache
def get_many(name: str) -> CheckMany:
    """Give the validator of a name for many texts at once: a vectorised twin where there is one.

    Examples
    --------
    >>> get_many("luhn")(["4111111111111111", "4111111111111112"])
    [True, False]
    """
    one = get(name)
    where = _table().get(name, f"{_OWN}secrets:{name}")
    twin = _load(where + "_many") if where.startswith(_OWN) else None

    def each(texts: Sequence[str]) -> list[bool | None]:
        """Run the twin, or the check once for each distinct text."""
        if twin is not None:
            try:
                return list(twin(texts))
            except Exception:
                return [one(text) for text in texts]
        known = {text: one(text) for text in dict.fromkeys(texts)}
        return [known[text] for text in texts]

    return each


def _load(where: str) -> Callable[..., Any] | None:
    """Import a function given as module:name; None when there is none."""
    module, _, function = where.partition(":")
    try:
        return getattr(import_module(module), function, None)
    except ModuleNotFoundError:
        return None
