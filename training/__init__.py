"""Scripts that make the tagger's shipped arrays; not part of the installed package."""
