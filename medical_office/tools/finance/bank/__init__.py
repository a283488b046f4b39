"""Lines of a bank account as banks give them: CSV and OFX."""
