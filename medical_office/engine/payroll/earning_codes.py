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
# pays beside the regular ones that may pay for time
APART = ("offcycle", "final")
# pays of people who are named; they may have left before the period
CHOSEN = ("bonus", *APART)
