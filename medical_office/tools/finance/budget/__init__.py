"""Budgets on paper: a draft out of what is known, and an amount spread over months."""
