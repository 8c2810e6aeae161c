"""Which licence a text is or a header names, as an SPDX identifier; licences of models included.

Identifiers are those of the SPDX licence list; licences without one get ``LicenseRef-`` and the name the
Hugging Face hub uses. A GPL text does not say whether later versions are allowed: it gives the neutral
(deprecated) form ``GPL-3.0``, a header that says so gives ``GPL-3.0-or-later``.
"""

from __future__ import annotations

import re
from typing import Any

_HINTS = ("licen", "permission", "redistribution", "creative commons", "creativecommons", "public domain", "spdx",
          "universal", "attribution", "gemma terms", "rail")  # fmt: skip
"""A text without any of these names no licence; asked first, since most files name none."""

_TEXT_LIMIT = 20_000
_TITLE_LIMIT = 700

_SPDX_HEADER = re.compile(
    r"SPDX-License-Identifier:[ \t]*((?:\([ ]?)?[A-Za-z0-9][A-Za-z0-9.+-]{0,60}\)?"
    r"(?:[ ](?:OR|AND|WITH)[ ]\(?[A-Za-z0-9][A-Za-z0-9.+-]{0,60}\)?){0,5})"
)

_HUB_NAMES: dict[str, str] = {
    name.lower(): name
    for name in (
        "Apache-2.0 MIT AFL-3.0 Artistic-2.0 BSL-1.0 BSD-2-Clause BSD-3-Clause BSD-3-Clause-Clear CC0-1.0 CC-BY-2.0 "
        "CC-BY-2.5 CC-BY-3.0 CC-BY-4.0 CC-BY-SA-3.0 CC-BY-SA-4.0 CC-BY-NC-2.0 CC-BY-NC-3.0 CC-BY-NC-4.0 CC-BY-ND-4.0 "
        "CC-BY-NC-ND-3.0 CC-BY-NC-ND-4.0 CC-BY-NC-SA-2.0 CC-BY-NC-SA-3.0 CC-BY-NC-SA-4.0 CDLA-Sharing-1.0 "
        "CDLA-Permissive-1.0 CDLA-Permissive-2.0 WTFPL ECL-2.0 EPL-1.0 EPL-2.0 etalab-2.0 EUPL-1.1 EUPL-1.2 AGPL-3.0 "
        "GPL-2.0 GPL-3.0 LGPL-2.1 LGPL-3.0 ISC LPPL-1.3c MS-PL MPL-2.0 OSL-3.0 PostgreSQL OFL-1.1 NCSA Unlicense Zlib "
        "0BSD MIT-0 GPL-2.0-only GPL-2.0-or-later GPL-3.0-only GPL-3.0-or-later LGPL-2.1-only LGPL-2.1-or-later "
        "LGPL-3.0-only LGPL-3.0-or-later AGPL-3.0-only AGPL-3.0-or-later C-UDA-1.0 ODC-By-1.0 ODbL-1.0 PDDL-1.0 "
        "BUSL-1.1 SSPL-1.0 Elastic-2.0 Python-2.0 BSD-4-Clause LGPLLR OpenMDW-1.0"
    ).split()
} | {
    "odc-by": "ODC-By-1.0", "odbl": "ODbL-1.0", "pddl": "PDDL-1.0", "c-uda": "C-UDA-1.0", "lgpl-lr": "LGPLLR",
    "apache 2.0": "Apache-2.0", "apache2.0": "Apache-2.0", "apache-2": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "cc0": "CC0-1.0", "mit license": "MIT", "gplv3": "GPL-3.0", "gplv2": "GPL-2.0", "agplv3": "AGPL-3.0",
}  # fmt: skip
_HUB_SAYS_NOTHING = frozenset({"", "other", "unknown", "none", "null", "n/a", "tbd", "[]"})
_NAME_CHARACTERS = re.compile(r"[^A-Za-z0-9.+-]+")

_TITLES: tuple[tuple[str, str], ...] = (
    ("LicenseRef-llama4", r"llama 4 community licen[sc]e"),
    ("LicenseRef-llama3.3", r"llama 3\.3 community licen[sc]e"),
    ("LicenseRef-llama3.2", r"llama 3\.2 community licen[sc]e"),
    ("LicenseRef-llama3.1", r"llama 3\.1 community licen[sc]e"),
    ("LicenseRef-llama3", r"(?:meta )?llama 3 community licen[sc]e"),
    ("LicenseRef-llama2", r"llama 2 community licen[sc]e"),
    ("LicenseRef-gemma", r"gemma terms of use"),
    ("LicenseRef-openrail++", r"creativeml open rail\+\+-m"),
    ("LicenseRef-creativeml-openrail-m", r"creativeml open ?rail[ -]m"),
    ("LicenseRef-bigcode-openrail-m", r"bigcode open ?rail-m"),
    ("LicenseRef-bigscience-bloom-rail-1.0", r"bigscience (?:bloom )?rail licen[sc]e"),
    ("LicenseRef-bigscience-openrail-m", r"bigscience open ?rail-m"),
    ("LicenseRef-mistral-research", r"mistral ai research licen[sc]e"),
    ("LicenseRef-mistral-non-production", r"mistral ai non-production licen[sc]e"),
    ("LicenseRef-qwen", r"(?:tongyi )?(?:qianwen|qwen) (?:research )?licen[sc]e agreement"),
    ("LicenseRef-deepseek", r"deepseek licen[sc]e agreement"),
    ("LicenseRef-nvidia-open-model-license", r"nvidia open model licen[sc]e"),
    ("AGPL-3.0", r"gnu affero general public licen[sc]e\s{1,3}version 3"),
    ("LGPL-3.0", r"gnu lesser general public licen[sc]e\s{1,3}version 3"),
    ("LGPL-2.1", r"gnu lesser general public licen[sc]e\s{1,3}version 2\.1"),
    ("LGPL-2.0", r"gnu library general public licen[sc]e\s{1,3}version 2"),
    ("GPL-3.0", r"gnu general public licen[sc]e\s{1,3}version 3"),
    ("GPL-2.0", r"gnu general public licen[sc]e\s{1,3}version 2"),
    ("Apache-2.0", r"apache licen[sc]e,?\s{1,3}version 2\.0"),
    ("MPL-2.0", r"mozilla public licen[sc]e,? v(?:ersion|\.) ?2\.0"),
    ("MPL-1.1", r"mozilla public licen[sc]e version 1\.1"),
    ("EPL-2.0", r"eclipse public licen[sc]e - v 2\.0"),
    ("EPL-1.0", r"eclipse public licen[sc]e - v 1\.0"),
    ("BSL-1.0", r"boost software licen[sc]e - version 1\.0"),
    ("Artistic-2.0", r"artistic licen[sc]e 2\.0"),
    ("EUPL-1.2", r"european union public licen[sc]e v?\.? ?1\.2"),
    ("OFL-1.1", r"sil open font licen[sc]e version 1\.1"),
    ("BUSL-1.1", r"business source licen[sc]e 1\.1"),
    ("SSPL-1.0", r"server side public licen[sc]e version 1"),
    ("Elastic-2.0", r"elastic licen[sc]e 2\.0"),
    ("ODbL-1.0", r"open database licen[sc]e(?: \(odbl\))? v?1\.0"),
    ("ODC-By-1.0", r"open data commons attribution licen[sc]e(?: \(odc-by\))? v?1\.0"),
    ("CDLA-Permissive-2.0", r"community data licen[sc]e agreement - permissive - version 2\.0"),
    ("Python-2.0", r"python software foundation licen[sc]e version 2"),
    ("CC0-1.0", r"cc0 1\.0 universal"),
    ("WTFPL", r"do what the fuck you want to public licen[sc]e"),
)  # fmt: skip
_TITLE = tuple((spdx, re.compile(pattern)) for spdx, pattern in _TITLES)

_MIT_GRANT = "permission is hereby granted, free of charge, to any person obtaining a copy"
_ISC_GRANT = re.compile(
    r"permission to use, copy, modify,? (?:and/or|and) distribute this software (?:and its documentation )?"
    r"for any purpose with or without fee"
)
_BSD_GRANT = "redistribution and use in source and binary forms"
_CREATIVE_COMMONS = re.compile(
    r"(?:creative commons )?attribution(?:[- ](noncommercial))?(?:[- ](sharealike|noderivatives|noderivs))? "
    r"([1-4]\.\d)(?: international| unported| generic)?"
)
_CC_LINK = re.compile(
    r"creativecommons\.org/(?:licenses/(by(?:-nc)?(?:-sa|-nd)?)|publicdomain/(zero))/([1-4]\.\d)"
)
_GPL_HEADER = re.compile(
    r"gnu (affero |lesser |library )?general public licen[sc]e[^.]{0,200}?,? (?:either )?version (\d(?:\.\d)?)"
    r"(?: of the licen[sc]e)?(.{0,40}any later version)?"
)
_COMMENT_MARK = re.compile(r"(?m)^[ \t]*(?:[#;*%]+|/{2,}|/\*+|--|<!--|\"\"\"|dnl)[ \t]?")


def find_licence(text: str) -> str | None:
    r"""Give the licence a text is, or that the header of a source file names.

    Parameters
    ----------
    text : str
        A LICENSE file, or the beginning of a source file; the first 20,000 characters are looked at.

    Returns
    -------
    str or None
        SPDX identifier or expression, else ``LicenseRef-...``; None when no known licence is named. A
        text that prints one licence and names another gives the one named first.

    Examples
    --------
    >>> find_licence("# SPDX-License-Identifier: MIT OR Apache-2.0\nimport os\n")
    'MIT OR Apache-2.0'
    >>> find_licence("LLAMA 3.1 COMMUNITY LICENSE AGREEMENT\nLlama 3.1 Version Release Date: July 23, 2024")
    'LicenseRef-llama3.1'
    >>> find_licence("Dear Ada, thank you.") is None
    True
    """
    text = text[:_TEXT_LIMIT]
    lower = text.lower()
    if not any(word in lower for word in _HINTS):
        return None
    header = _SPDX_HEADER.search(text) if "spdx" in lower else None
    if header is not None:
        return header[1].strip()
    plain = " ".join(_COMMENT_MARK.sub("", text).split()).lower()
    return _by_title(plain[:_TITLE_LIMIT]) or _by_grant(plain) or _by_header(plain[:4_000])


def _by_title(start: str) -> str | None:
    """Give the licence whose title stands first."""
    found = [(match.start(), spdx) for spdx, pattern in _TITLE if (match := pattern.search(start))]
    if not found:
        return None
    spdx = min(found)[1]
    if "GPL" in spdx and "any later version" in start and "everyone is permitted to copy" not in start:
        return f"{spdx}-or-later"
    return spdx


def _by_grant(plain: str) -> str | None:
    """Give the licence by the sentence that grants, and by the conditions that follow it."""
    if _MIT_GRANT in plain:
        return "MIT" if "this permission notice shall be included" in plain else "MIT-0"
    if _ISC_GRANT.search(plain):
        return "ISC" if "provided that the above" in plain else "0BSD"
    if _BSD_GRANT in plain:
        if "all advertising materials mentioning" in plain:
            return "BSD-4-Clause"
        if "neither the name" in plain or "names of its contributors" in plain:
            clear = "no express or implied licenses to any party's patent rights" in plain
            return "BSD-3-Clause-Clear" if clear else "BSD-3-Clause"
        return "BSD-2-Clause"
    if "this is free and unencumbered software released into the public domain" in plain:
        return "Unlicense"
    if "this software is provided 'as-is', without any express or implied warranty. in no event" in plain:
        return "Zlib"
    return _creative_commons(plain[:2_000])


def _creative_commons(start: str) -> str | None:
    """Give the member of the Creative Commons family by title or link."""
    link = _CC_LINK.search(start)
    if link is not None:
        return f"CC0-{link[3]}" if link[2] else f"CC-{link[1].upper()}-{link[3]}"
    title = _CREATIVE_COMMONS.search(start)
    if title is None:
        return None
    parts = [
        "CC-BY",
        "NC" if title[1] else "",
        {"s": "SA", "n": "ND"}.get((title[2] or " ")[0], ""),
        title[3],
    ]
    return "-".join(part for part in parts if part)


def _by_header(start: str) -> str | None:
    """Give the licence a notice at the top of a file refers to."""
    gpl = _GPL_HEADER.search(start)
    if gpl is not None:
        kind = {"affero ": "AGPL", "lesser ": "LGPL", "library ": "LGPL"}.get(gpl[1] or "", "GPL")
        version = gpl[2] if "." in gpl[2] else f"{gpl[2]}.0"
        return f"{kind}-{version}" + ("-or-later" if gpl[3] else "")
    if "apache license, version 2.0" in start or "apache.org/licenses/license-2.0" in start:
        return "Apache-2.0"
    if "mozilla public license, v. 2.0" in start:
        return "MPL-2.0"
    if "licensed under the mit license" in start or "released under the mit license" in start:
        return "MIT"
    return None


def from_hf_name(name: Any) -> str | None:
    """Give the SPDX identifier for a licence name of the Hugging Face hub (``license:`` of a model card).

    Parameters
    ----------
    name : str or list of str
        As the card holds it; several are joined with ``AND``.

    Returns
    -------
    str or None
        None for ``other``, ``unknown`` and whatever is no name.

    Examples
    --------
    >>> from_hf_name("apache-2.0"), from_hf_name("llama3.1"), from_hf_name("other")
    ('Apache-2.0', 'LicenseRef-llama3.1', None)
    """
    if isinstance(name, (list, tuple)):
        names = [found for found in map(from_hf_name, name[:10]) if found]
        return " AND ".join(dict.fromkeys(names)) or None
    if not isinstance(name, str) or len(name) > 100:
        return None
    word = name.strip().lower()
    if word in _HUB_SAYS_NOTHING:
        return None
    if word in _HUB_NAMES:
        return _HUB_NAMES[word]
    plain = _NAME_CHARACTERS.sub("-", word).strip("-")
    return f"LicenseRef-{plain}" if plain else None
