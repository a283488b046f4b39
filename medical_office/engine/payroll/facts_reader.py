"""Reads the facts of many payslips of one pay date in a fixed number of queries."""
