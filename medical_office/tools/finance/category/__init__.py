"""Practice categories: which one an account of any chart probably belongs to."""
