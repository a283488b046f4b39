"""The National Provider Identifier's check digit, for every domain that reads one."""

import re

_TEN = re.compile(r"[0-9]{10}")


def npi_is_valid(npi: str) -> bool:
    """Whether ten digits end in their check digit: Luhn over 80840 and the number.

    Source: CMS, NPI check digit (69 FR 3434); the example is 1234567893. The prefix
    80840 adds 24 to the sum.
    """
    if not _TEN.fullmatch(npi):
        return False
    total = 24
    for place, digit in enumerate(reversed(npi)):
        number = int(digit) * (1 + place % 2)
        total += number - 9 if number > 9 else number
    return total % 10 == 0
