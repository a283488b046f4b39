"""Practice measures: ten numbers a month from the billing system, and what follows."""
