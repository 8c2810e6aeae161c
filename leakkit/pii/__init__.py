"""Whose data is in it: detectors as data, matching at speed, likelihood, names, columns, people, masking, scan."""
