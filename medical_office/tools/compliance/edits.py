"""Typing mistakes: how many there are between two words, and how to find them fast."""


def edits(first: str, second: str, most: int = 2) -> int:
    """Letters to insert, leave out, replace or swap with their neighbor.

    :return: the number, or ``most + 1`` if there are more (optimal string alignment)
    """
    if first == second:
        return 0
    if abs(len(first) - len(second)) > most:
        return most + 1
    start, ends = 0, min(len(first), len(second))
    while start < ends and first[start] == second[start]:
        start += 1
    tail = 0
    while tail < ends - start and first[-1 - tail] == second[-1 - tail]:
        tail += 1
    a = first[start : len(first) - tail]
    b = second[start : len(second) - tail]
    if not a or not b:
        return min(len(a) + len(b), most + 1)
    if len(a) == len(b) == 1 or (len(a) == len(b) == 2 and a == b[::-1]):
        return 1
    return _aligned(a, b, most)


def _aligned(a: str, b: str, most: int) -> int:
    before: list[int] = []
    last = list(range(len(b) + 1))
    for row, x in enumerate(a, 1):
        line = [row]
        for column, y in enumerate(b, 1):
            cost = min(
                last[column] + 1, line[column - 1] + 1, last[column - 1] + (x != y)
            )
            swapped = row > 1 and column > 1 and x == b[column - 2] and a[row - 2] == y
            if swapped:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
        before, last = last, line
    return min(last[-1], most + 1)


REACH = 7  # letters that are looked at; two edits still meet (symmetric deletion)


def allowed(length: int) -> int:
    """Mistakes that still leave a word of this length recognizable."""
    return 0 if length < 3 else 1 if length < 5 else 2


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
