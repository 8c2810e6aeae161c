"""Who read it: `requests` has the access frame and the first read without a login, the others the logs' dialects."""
