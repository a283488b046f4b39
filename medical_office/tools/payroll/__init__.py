"""US payroll arithmetic: withholding, contributions, time, deductions, files."""
