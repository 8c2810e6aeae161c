"""What one value looks like: `fit` for each entity, `names` by word lists, `written` for dates and nothing."""
