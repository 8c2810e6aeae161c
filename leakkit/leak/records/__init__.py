"""The text of a leak, one value a row: `stream` has `Records`, the others read one family of formats each."""
