"""Texts that are tables, dumps or records themselves: their cells, keys and what the columns hold."""
