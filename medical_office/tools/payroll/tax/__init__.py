"""Taxes on pay: federal, Social Security and Medicare, unemployment, states, places."""
