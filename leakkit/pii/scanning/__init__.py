"""A whole leak: partitions, one pure function from partition to part file, the result."""
