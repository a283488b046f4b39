"""Supply arithmetic: usage statistics and par levels."""
