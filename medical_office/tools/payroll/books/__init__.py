"""What payroll tells the books: entries, what is owed, opening balances, the tie-out."""
