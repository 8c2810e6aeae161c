"""Fit to be shown: keyed hashes of a case, masks, pseudonyms."""
