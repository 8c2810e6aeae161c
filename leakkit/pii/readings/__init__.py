"""A second reading of texts in which values are hidden: signs of it, a plain copy, what is found there."""
