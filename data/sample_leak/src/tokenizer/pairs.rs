// SPDX-FileCopyrightText: 2024 Fennimoor Models (invented)
// SPDX-License-Identifier: GPL-3.0-only

//! Count byte pairs. Part of an invented company's tokenizer.

use std::collections::HashMap;

pub fn pairs(text: &[u8]) -> HashMap<(u8, u8), usize> {
    let mut counts = HashMap::new();
    for window in text.windows(2) {
        *counts.entry((window[0], window[1])).or_insert(0) += 1;
    }
    counts
}
