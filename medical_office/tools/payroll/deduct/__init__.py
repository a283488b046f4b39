"""What comes off pay: deductions, garnishments, levies, and how net pay is split."""
