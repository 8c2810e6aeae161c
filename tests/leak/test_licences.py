"""Licences are named as SPDX names them; every text here is quoted only as far as it tells."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leakkit.leak.licences import find_licence, from_hf_name

MIT = (
    "Copyright (c) 2026 Ada\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this "
    "software, ... subject to the following conditions:\n\nThe above copyright notice and this permission notice "
    "shall be included in all\ncopies or substantial portions of the Software."
)
BSD = "Copyright (c) 2026\nRedistribution and use in source and binary forms, with or without modification"
ISC = (
    "Permission to use, copy, modify, and/or distribute this software for any\npurpose with or without fee is hereby "
    "granted, provided that the above copyright notice appear in all copies."
)
TEXTS = {
    "Apache-2.0": "                 Apache License\n            Version 2.0, January 2004\n",
    "MIT": MIT,
    "MIT-0": MIT.split("The above")[0],
    "BSD-2-Clause": BSD,
    "BSD-3-Clause": BSD
    + " ... Neither the name of the copyright holder nor the names of its contributors may be used",
    "BSD-4-Clause": BSD
    + " ... All advertising materials mentioning features or use of this software must display",
    "ISC": ISC,
    "0BSD": ISC.replace(", provided that the above copyright notice appear in all copies", ""),
    "GPL-3.0": "GNU GENERAL PUBLIC LICENSE\n   Version 3, 29 June 2007\n Everyone is permitted to copy",
    "GPL-2.0": "GNU GENERAL PUBLIC LICENSE\n   Version 2, June 1991\n Everyone is permitted to copy",
    "LGPL-3.0": "GNU LESSER GENERAL PUBLIC LICENSE\n Version 3, 29 June 2007",
    "LGPL-2.1": "GNU LESSER GENERAL PUBLIC LICENSE\n Version 2.1, February 1999",
    "AGPL-3.0": "GNU AFFERO GENERAL PUBLIC LICENSE\n Version 3, 19 November 2007",
    "MPL-2.0": "Mozilla Public License Version 2.0\n==================================\n",
    "EPL-2.0": "Eclipse Public License - v 2.0\n",
    "Unlicense": "This is free and unencumbered software released into the public domain.\n",
    "BSL-1.0": "Boost Software License - Version 1.0 - August 17th, 2003\n",
    "CC0-1.0": "Creative Commons Legal Code\n\nCC0 1.0 Universal\n",
    "CC-BY-4.0": "Creative Commons Attribution 4.0 International Public License\n",
    "CC-BY-SA-4.0": "Attribution-ShareAlike 4.0 International\n",
    "CC-BY-NC-4.0": "Attribution-NonCommercial 4.0 International\n",
    "CC-BY-NC-SA-4.0": "Attribution-NonCommercial-ShareAlike 4.0 International\n",
    "CC-BY-NC-ND-4.0": "Attribution-NonCommercial-NoDerivatives 4.0 International\n",
    "CC-BY-ND-3.0": "See https://creativecommons.org/licenses/by-nd/3.0/ for this work\n",
    "LicenseRef-llama2": "LLAMA 2 COMMUNITY LICENSE AGREEMENT\n",
    "LicenseRef-llama3": "META LLAMA 3 COMMUNITY LICENSE AGREEMENT\nMeta Llama 3 Version Release Date",
    "LicenseRef-llama3.1": "LLAMA 3.1 COMMUNITY LICENSE AGREEMENT\n",
    "LicenseRef-llama3.2": "**Llama 3.2** **Community License Agreement**\n".replace("*", ""),
    "LicenseRef-llama4": "LLAMA 4 COMMUNITY LICENSE AGREEMENT\n",
    "LicenseRef-gemma": "Gemma Terms of Use\nLast modified: February 21, 2024\n",
    "LicenseRef-creativeml-openrail-m": "CreativeML Open RAIL-M\ndated August 22, 2022\n",
    "LicenseRef-openrail++": "CreativeML Open RAIL++-M License\n",
    "LicenseRef-bigcode-openrail-m": "BigCode OpenRAIL-M v1 License Agreement\n",
    "LicenseRef-qwen": "Tongyi Qianwen LICENSE AGREEMENT\n",
    "LicenseRef-mistral-research": "Mistral AI Research License\n",
    "Python-2.0": "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2\n",
    "OFL-1.1": "SIL OPEN FONT LICENSE Version 1.1 - 26 February 2007\n",
}


@pytest.mark.parametrize("spdx", sorted(TEXTS))
def test_licence_texts_are_told(spdx: str) -> None:
    assert find_licence(TEXTS[spdx]) == spdx


@pytest.mark.parametrize("spdx", sorted(TEXTS))
def test_a_comment_around_a_licence_changes_nothing(spdx: str) -> None:
    commented = "".join(f"# {line}\n" for line in TEXTS[spdx].splitlines())
    assert find_licence(commented) == spdx


@pytest.mark.parametrize(
    ("header", "spdx"),
    [
        ("# SPDX-License-Identifier: Apache-2.0\n", "Apache-2.0"),
        ("// SPDX-License-Identifier: (MIT OR Apache-2.0)\n", "(MIT OR Apache-2.0)"),
        (
            "/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */",
            "GPL-2.0-only WITH Linux-syscall-note",
        ),
        ('# Licensed under the Apache License, Version 2.0 (the "License");\n', "Apache-2.0"),
        (
            "// This Source Code Form is subject to the terms of the Mozilla Public\n// License, v. 2.0.",
            "MPL-2.0",
        ),
        (
            "# under the terms of the GNU General Public License as published by\n# the Free Software Foundation, "
            "either version 3 of the License, or\n# (at your option) any later version.",
            "GPL-3.0-or-later",
        ),
        (
            " * GNU Lesser General Public License as published by the FSF; version 2.1 of the License.",
            "LGPL-2.1",
        ),
    ],
)
def test_source_headers_are_told(header: str, spdx: str) -> None:
    assert find_licence(header + "\ncode()\n") == spdx


@pytest.mark.parametrize(
    "text", ["", "Dear Ada,\nthank you.", "# a licence of our own\n", "import os\n", "All rights reserved."]
)
def test_no_known_licence_is_none(text: str) -> None:
    assert find_licence(text) is None


def test_hub_names_become_spdx() -> None:
    assert from_hf_name("apache-2.0") == "Apache-2.0"
    assert from_hf_name(" MIT ") == "MIT"
    assert from_hf_name("cc-by-nc-4.0") == "CC-BY-NC-4.0"
    assert from_hf_name("llama3") == "LicenseRef-llama3"
    assert from_hf_name("creativeml-openrail-m") == "LicenseRef-creativeml-openrail-m"
    assert from_hf_name("odbl") == "ODbL-1.0"
    assert from_hf_name(["mit", "apache-2.0", "other"]) == "MIT AND Apache-2.0"


@pytest.mark.parametrize("nothing", ["other", "unknown", "", None, 5, {}, [], "x" * 200, "<>"])
def test_what_names_no_licence_is_none(nothing: object) -> None:
    assert from_hf_name(nothing) is None


@given(st.text(max_size=200))
def test_hub_names_are_always_fit_for_a_column(name: str) -> None:
    found = from_hf_name(name)
    assert found is None or (found.isascii() and found.isprintable())


@pytest.mark.parametrize(
    "piece",
    ["gnu general public license ", "attribution ", "licence ", "#", "/*", "permission to use ", "spdx "],
)
def test_long_texts_take_no_time(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    start = time.perf_counter()
    find_licence(text)
    assert time.perf_counter() - start < 0.5


@given(st.text(max_size=500))
def test_any_text_is_answered(text: str) -> None:
    find_licence("license " + text)
