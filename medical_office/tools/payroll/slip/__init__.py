"""One payslip from gross to net."""
