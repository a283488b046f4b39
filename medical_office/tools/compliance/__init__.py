"""Exclusion screening: names, lists and what agrees between them.

Nothing here knows Odoo, the clock or the network: files come in as text, parties as
values, and what comes out is a score with its reasons.
"""
