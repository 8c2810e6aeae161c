# SPDX-FileCopyrightText: 2024 Fennimoor Models (invented)
# SPDX-License-Identifier: Apache-2.0

"""Read the crawl in batches. Part of an invented company's training code."""

import json


def rows(path, batch=64):
    """Yield lists of documents."""
    held = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            held.append(json.loads(line))
            if len(held) == batch:
                yield held
                held = []
    if held:
        yield held
