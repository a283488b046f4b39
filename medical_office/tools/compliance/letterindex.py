"""Finds numbered names with a word that is at most two mistakes from another, among few.

For each place of a word and each letter there is one set of names, kept as the bits of a
whole number. Counting the letters of a word that have no counterpart takes a few
operations on such numbers, whatever the number of names. What is left after that and
after the other name was looked at is compared letter by letter.
"""

from collections.abc import Collection

from .edits import allowed, edits, letters_of

MOST_SHIFT = 2  # places by which two mistakes move a letter
BEGINNING = 3  # letters whose sets are kept, for the words that begin alike
MOST_BEGUN = 5_000  # of these beginnings
Mask = int


class Asked:
    """What is known of a word or a field of the list.

    ``sure`` have it or a word like it; ``likely`` may have one like one of ``words``
    and were not compared letter by letter yet.
    """

    __slots__ = ("likely", "sure", "words")

    def __init__(self, sure: Mask, likely: Mask, words: Collection[str]) -> None:
        """Begin with what is known without a comparison."""
        self.sure, self.likely, self.words = sure, likely, words


class LetterIndex:
    """Words of names by their letters and the places these stand at."""

    def __init__(self, two_from: int) -> None:
        """Make an empty index.

        :param two_from: letters of the words in which two mistakes are searched for
        """
        self._two_from = two_from
        self._same: dict[str, Mask] = {}
        self._words: dict[int, list[tuple[str, int]]] = {}
        self._exact: list[dict[str, Mask]] = []
        self._sizes: list[Mask] = []
        self._all: Mask = 0
        # letters around each place, and what the beginnings of words have found
        self._around: list[dict[str, Mask]] = []
        self._begun: dict[str, tuple[Mask, Mask, Mask]] = {}

    def add(self, word: str, number: int) -> None:
        """Put a word of the name ``number`` into the index."""
        bit = 1 << number
        known = self._same.get(word, 0)
        if known & bit:
            return
        self._same[word] = known | bit
        self._all |= bit
        self._words.setdefault(number, []).append((word, letters_of(word)))
        while len(self._exact) < len(word):
            self._exact.append({})
        for there, letter in zip(self._exact, word, strict=False):
            there[letter] = there.get(letter, 0) | bit
        while len(self._sizes) < len(word) + 1 + 2 * MOST_SHIFT:
            self._sizes.append(0)
        self._sizes[len(word)] |= bit
        self._around = []

    def same(self, word: str) -> Mask:
        """The names that have this very word."""
        return self._same.get(word, 0)

    def likely(self, word: str) -> Mask:
        """The names that may have a word like this one, and some that have not.

        Of the letters of the word at most as many as there are mistakes are missing in
        the other, one less for each letter that the other has more.
        """
        size = len(word)
        most = allowed(size, self._two_from)
        sizes = self._sizes
        if not most or size + MOST_SHIFT >= len(sizes):
            return self.same(word)
        around = self._around or self._spread()
        begun = self._begun.get(word[:BEGINNING])
        zero, one, two = begun or self._begin(word[:BEGINNING])
        for there, letter in zip(around[BEGINNING:size], word[BEGINNING:], strict=True):
            mask = there.get(letter, 0)
            two = two & mask | one
            one = one & mask | zero
            zero &= mask
        short, long = sizes[size] | sizes[size - 1], sizes[size + 1]
        if most > 1:
            short |= sizes[size - 2]
            return two & short | one & long | zero & sizes[size + 2]
        return one & short | zero & long

    def _begin(self, begins: str) -> tuple[Mask, Mask, Mask]:
        """Who lacks no letter of a word's beginning, one at most, and two at most."""
        zero = one = two = self._all
        for there, letter in zip(self._around, begins, strict=False):
            mask = there.get(letter, 0)
            two = two & mask | one
            one = one & mask | zero
            zero &= mask
        if len(self._begun) > MOST_BEGUN:
            self._begun.clear()
        self._begun[begins] = zero, one, two
        return zero, one, two

    def _spread(self) -> list[dict[str, Mask]]:
        """For each place the names with a letter there, or where mistakes move it to."""
        places = range(len(self._sizes))
        letters = {letter for there in self._exact for letter in there}
        self._around = [
            {letter: self._near_place(letter, place) for letter in letters}
            for place in places
        ]
        self._begun.clear()
        return self._around

    def _near_place(self, letter: str, place: int) -> Mask:
        found = 0
        for there in self._exact[max(place - MOST_SHIFT, 0) : place + MOST_SHIFT + 1]:
            found |= there.get(letter, 0)
        return found

    def like(self, asked: Asked, among: Mask) -> Mask:
        """Who of ``among`` has a word of those asked for, or one like it."""
        rest = asked.likely & among
        if rest:
            asked.likely ^= rest
            words = [(word, letters_of(word)) for word in asked.words]
            while rest:
                lowest = rest & -rest
                if self._near(words, lowest.bit_length() - 1):
                    asked.sure |= lowest
                rest ^= lowest
        return asked.sure & among

    def _near(self, words: list[tuple[str, int]], number: int) -> bool:
        two_from = self._two_from
        for other, others in self._words[number]:
            for word, letters in words:
                limit = allowed(min(len(word), len(other)), two_from)
                # a cheap look at the letters spares most of the alignments
                if (letters ^ others).bit_count() <= 2 * limit:
                    if edits(word, other, limit) <= limit:
                        return True
        return False

    def asked(self, words: Collection[str], sure: Mask = 0) -> Asked:
        """What is known of these words; ``sure`` are found whatever the letters say."""
        likely = 0
        for word in words:
            sure |= self.same(word)
            likely |= self.likely(word)
        return Asked(sure, likely & ~sure, words)
