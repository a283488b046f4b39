"""Calculations of the core: recurrence of rounds, reading of checklist values."""
