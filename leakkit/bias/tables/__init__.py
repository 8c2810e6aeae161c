"""Groups in tables: rates, strata, adjustment, proxies, and models trained on leaked labels."""
