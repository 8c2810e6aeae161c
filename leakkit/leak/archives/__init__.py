"""Archives as streams: zip and tar entries, packed single streams, nothing extracted."""
