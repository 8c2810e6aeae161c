"""How easily a row is singled out: uniqueness, k, l, t, population, drivers."""
