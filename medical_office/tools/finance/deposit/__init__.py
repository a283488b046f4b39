"""A day's takings three times: by the day sheet, in the drawer, at the bank."""
