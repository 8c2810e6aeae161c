"""What the bytes are: `first_look` decides, the others know one kind of evidence each."""
