"""Social security and employer identification numbers, as far as digits can tell."""

from ...ssn import digits, fault

# Prefixes the IRS has assigned (IRS.gov, "How EINs are assigned and valid EIN
# prefixes"; python-stdnum 2.2 us.ein agrees on 07).
EIN_PREFIXES = frozenset(
    f"{n:02}"
    for first, last in (
        (1, 6),
        (10, 16),
        (20, 27),
        (30, 48),
        (50, 68),
        (71, 77),
        (80, 88),
        (90, 95),
        (98, 99),
    )
    for n in range(first, last + 1)
)
# Numbers printed in advertisements, never valid (SSA, "Misused SSNs").
NEVER_SSN = frozenset({"078051120", "219099999"})
FAULTS = {
    "nine": "The social security number needs nine digits.",
    "area": "The social security number is one that is never issued.",
    "zeros": "The social security number has a part that is all zeros.",
}


def ssn_problem(number: str) -> str:
    """Say what is wrong with a social security number, or return an empty text.

    The message never repeats the number.
    """
    bare = digits(number)
    return FAULTS.get("area" if bare in NEVER_SSN else fault(bare), "")


def ein_problem(number: str) -> str:
    """Say what is wrong with an employer identification number, or return ""."""
    bare = digits(number)
    if not (len(bare) == 9 and bare.isascii() and bare.isdigit()):
        return f"The employer identification number {number!r} needs nine digits."
    if bare[:2] not in EIN_PREFIXES:
        return f"The IRS assigns no employer identification number {bare[:2]}-..."
    return ""
