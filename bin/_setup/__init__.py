"""Set-up of the practice: host, Python, PostgreSQL, databases. Standard library only."""
