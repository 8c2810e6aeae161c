"""What each column of a table holds: values vote, name and neighbours speak."""
