"""Whose it is: findings joined into people, and how many there are."""
