"""Cash ahead: when costs recur, how fast others pay, what is left in each week."""
