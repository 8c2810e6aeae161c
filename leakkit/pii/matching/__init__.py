"""Where detectors match: literals and shapes first, RE2 where they stand; two engines, one answer."""
