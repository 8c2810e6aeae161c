"""Hashed lists of given names, surnames, places and common words, and their look-up."""

from leakkit.pii.gazetteer.lookup import Gazetteer, is_given_name, is_place, is_surname, lookup

__all__ = ["Gazetteer", "is_given_name", "is_place", "is_surname", "lookup"]
