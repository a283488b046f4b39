"""Checks of our figures against those of others: vectors and printed tables."""
