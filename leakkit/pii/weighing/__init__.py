"""How sure a match is: neighbours, validators, context, keys, placeholders, overlaps."""
