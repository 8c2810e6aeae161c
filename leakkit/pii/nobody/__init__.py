"""Findings of machines and things: what looks like personal data where nothing tells of a person."""
