"""A year of one person's pay, lived through the pure engine: see docs/pay-year.md."""
