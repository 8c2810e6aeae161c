"""Leaks one does not hold: `listing` reads bucket listings, manifests and pointers, the others their dialects."""
