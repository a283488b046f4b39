"""What each kind of additional earning is called on a slip."""

CODES = {
    "addl": "ADDL",
    "allowance": "ADDL",
    "bonus": "BONUS",
    "discretionary": "BONUS",
    "retro": "RETRO",
    "reimb": "REIMB",
}
# all pay for work counts in the regular rate (29 USC 207(e))
RAISES_OVERTIME = ("bonus", "allowance")
