"""Typing mistakes: how many there are between two words, and how to find them fast."""

from functools import lru_cache


def edits(first: str, second: str, most: int = 2) -> int:
    """Letters to insert, leave out, replace or swap with their neighbor.

    :param most: 1 or 2; more are not counted
    :return: the number, or ``most + 1`` if there are more (optimal string alignment)
    """
    if first == second:
        return 0
    if abs(len(first) - len(second)) > most:
        return most + 1
    start = _same(first, second)
    a, b = first[start:], second[start:]
    if _one(a, b):
        return 1
    return 2 if most > 1 and _two(a, b) else most + 1


def _same(a: str, b: str) -> int:
    """How many letters at the beginning are the same."""
    place = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        place += 1
    return place


def _one(a: str, b: str) -> bool:
    """Whether one edit at the very beginning makes the two equal."""
    longer = len(a) - len(b)
    if longer == 1:
        return a[1:] == b
    if longer == -1:
        return a == b[1:]
    return not longer and (
        a[1:] == b[1:] or (a[2:] == b[2:] and a[:2] == b[1::-1] and len(a) > 1)
    )


def _two(a: str, b: str) -> bool:
    """Whether one edit at the very beginning leaves at most one more."""
    return (
        _at_most_one(a[1:], b[1:])
        or _at_most_one(a[1:], b)
        or _at_most_one(a, b[1:])
        or (a[:2] == b[1::-1] and len(a) > 1 and _at_most_one(a[2:], b[2:]))
    )


def _at_most_one(a: str, b: str) -> bool:
    if not -2 < len(a) - len(b) < 2:
        return False
    if a == b:
        return True
    start = _same(a, b)
    return _one(a[start:], b[start:])


REACH = 7  # letters that are looked at; two edits still meet (symmetric deletion)


def allowed(length: int, two_from: int = 5) -> int:
    """Mistakes that still leave a word of this length recognizable: two from 5 on."""
    return 0 if length < 3 else 1 if length < two_from else 2


def shadows(word: str, most: int) -> set[str]:
    """The word's beginning with up to ``most`` letters left out.

    Two words at most ``most`` edits apart have a shadow in common; a common shadow
    alone proves nothing. Source of the idea: deletion neighborhoods (Mor and Fraenkel,
    1982).
    """
    word = word[:REACH]
    found = {word}
    if most:
        ones = {word[:i] + word[i + 1 :] for i in range(len(word))}
        found |= ones
        if most > 1:
            for one in ones:
                found.update([one[:i] + one[i + 1 :] for i in range(len(one))])
    return found


@lru_cache(maxsize=50_000)
def letters_of(word: str) -> int:
    """One bit for each letter or digit, another one each time that it comes again.

    A mistake changes two bits at most.
    """
    found = 0
    for letter in word:
        bit = 1 << ord(letter)
        while found & bit:
            bit <<= 64
        found |= bit
    return found
