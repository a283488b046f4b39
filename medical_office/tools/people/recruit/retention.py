"""Until when the records of an applicant are kept."""

from datetime import date

# 29 CFR 1602.14: private employers keep personnel and employment records, applications
# among them, one year from making the record or the personnel action, whichever is
# later. Where a charge is filed, all that bears on it, until its final disposition.
YEARS = 1
CITATION = "29 CFR 1602.14"


def keep_until(made: date, action: date | None) -> date:
    """The last day on which an applicant's records have to be kept.

    :param made: when the last of the records was made
    :param action: when the candidate was refused; None while nothing was decided
    :return: one year after the later of the two
    """
    later = max(made, action or made)
    try:
        return later.replace(year=later.year + YEARS)
    except ValueError:  # February 29
        return later.replace(year=later.year + YEARS, day=28)
