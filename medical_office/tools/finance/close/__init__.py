"""Closing a month: what was off, and what belongs to it without a bill."""
