"""Names of people, places and organisations in text: our compact tagger (NumPy at run time)."""

from leakkit.pii.tagger.tag import Tagger, load

__all__ = ["Tagger", "load"]
