"""What happened elsewhere: one reader a catalogue, one joined frame, links, rates and tails."""
