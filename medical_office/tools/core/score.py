"""The score of an audit: weights that passed, of those that passed or failed."""

from collections.abc import Iterable
from typing import NamedTuple


class Answer(NamedTuple):
    """An answered item.

    :param weight: how much it counts, 0 or more
    :param result: open, pass, fail or na
    """

    weight: float
    result: str


def score(answers: Iterable[Answer]) -> float | None:
    """Percent of the weights that passed, 0 to 100, rounded to a tenth.

    What is open or not applicable does not count.

    :return: None where nothing that counts was answered
    """
    passed = failed = 0.0
    for answer in answers:
        if answer.result == "pass":
            passed += answer.weight
        elif answer.result == "fail":
            failed += answer.weight
    if not passed + failed:
        return None
    return round(100 * passed / (passed + failed), 1)
