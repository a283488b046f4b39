"""Pure calculations of a medical practice: no Odoo, no clock, no I/O but own tables."""
