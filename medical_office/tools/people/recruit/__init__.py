"""Candidates side by side, impact on groups, and how long records stay."""
