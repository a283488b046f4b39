"""The name of a person, taken apart: surnames, given names, generation.

Titles and degrees are left out, particles set aside, so that De la Cruz, Delacruz and
Cruz, or O'Brien and O Brien, can be compared.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from .letters import fold
from .wordtable import words

WIDTHS = {"last": 20, "first": 15, "business": 30}  # where LEIE cuts its values

# Two letters that are a degree at the end of a surname, but in a given name more
# likely a name: Ma. is María, Md. is Mohammed, the others are two initials
_NAMES_TOO = frozenset({"MA", "BA", "BS", "DO", "PA", "ND", "MT", "LD", "RD", "OT"})


class Person(NamedTuple):
    """A name ready to be compared.

    ``surnames`` without particles; ``whole`` with them, written together; ``given``
    the first names and after them the middle ones; ``together`` the first-name field
    written together; ``generation`` 1 (senior) to 4, or nothing. ``cut`` and
    ``given_cut``: the field is as long as its column, so that the end may be missing.
    """

    surnames: tuple[str, ...]
    whole: str
    given: tuple[str, ...]
    together: str
    generation: str = ""
    cut: bool = False
    given_cut: bool = False

    def turned(self) -> "Person":
        """The same name with the columns of surname and first name exchanged."""
        return Person(
            self.given[:1],
            self.together,
            self.surnames + self.given[1:],
            self.whole,
            self.generation,
            self.given_cut,
            self.cut,
        )


def person(last: str, first: str, middle: str = "", suffix: str = "") -> Person:
    """Take a name apart; empty fields are allowed, a whole name in one field too.

    "Smith, John A" in one field is read by its comma, "John A Smith" by its order.
    """
    if not (last.strip() and first.strip()):
        last, first = _from_one_field(last.strip() or first.strip())
    surname, whole, generation = _family(last)
    names, together, found = _given(first)
    more, _together, also = _given(middle)
    given = names + more
    # Ma. del Carmen is María del Carmen; Ma alone is left as it is
    if given[:1] == ("MA",) and (len(given) > 1 or "." in first):
        given = ("MARIA", *given[1:])
    if suffix:
        also = also or words("titles", "generation").get(fold(suffix), "")
    return Person(
        surname,
        whole,
        given,
        together,
        generation or found or also,
        may_be_cut(last, "last"),
        may_be_cut(first, "first"),
    )


def may_be_cut(field: str, column: str) -> bool:
    """Whether the value is as long as its column (a blank may have been the last)."""
    return WIDTHS[column] - 1 <= len(field.strip()) <= WIDTHS[column]


def _from_one_field(field: str) -> tuple[str, str]:
    """Surname and given names of a whole name in one field, titles with the surname."""
    surname, comma, rest = field.partition(",")
    titles = words("titles", "degree").keys() | words("titles", "generation").keys()
    more = fold(rest).split()
    if comma and "".join(more) not in titles and not {*more} <= titles:
        return surname, rest
    tokens = fold(field).split()
    size = len(strip_titles(tokens, (), ())[0])
    return " ".join(tokens[size - 1 :]), " ".join(tokens[: max(size - 1, 0)])


@lru_cache(maxsize=100_000)
def _family(field: str) -> tuple[tuple[str, ...], str, str]:
    """Surnames without particles, all words written together, and the generation."""
    names, generation = _surname_words(field)
    return tuple(_without_particles(names, 0)), "".join(names), generation


@lru_cache(maxsize=100_000)
def _given(field: str) -> tuple[tuple[str, ...], str, str]:
    """Given names without particles, all words written together, and the generation."""
    names, generation = _given_words(field)
    return tuple(_without_particles(names, 1)), "".join(names), generation


def _surname_words(field: str) -> tuple[list[str], str]:
    """Words of a surname with prefixes glued (MC DONALD is MCDONALD)."""
    tokens = [t for t in fold(field).split() if t not in words("titles", "marker")]
    tokens, generation = strip_titles(tokens, (), words("particles", "particle"))
    return glued(tokens), generation


def _given_words(field: str) -> tuple[list[str], str]:
    tokens = fold(field).split()
    if "." in field and "".join(tokens) in words("titles", "degree"):
        return ([] if len(tokens) > 1 else tokens), ""
    tokens, generation = strip_titles(tokens, _NAMES_TOO, ())
    while len(tokens) > 1 and tokens[0] in words("titles", "honorific"):
        tokens = tokens[1:]
    return tokens, generation


def strip_titles(
    tokens: Sequence[str], keep: Sequence[str] | frozenset[str], weak: object
) -> tuple[list[str], str]:
    """The tokens without degrees and generation at their end, and the generation.

    One token always stays, so that Do, Ma and Neto can be surnames; ``keep`` are
    degrees that are left alone, ``weak`` tokens that cannot stand alone.
    """
    rest, generation = list(tokens), ""
    while len(rest) > 1:
        size = _title_size(rest, keep)
        left = rest[: len(rest) - size]
        if not size:
            break
        if _may_be_name(rest[-size:]) and not {*left} - _as_set(weak):
            break  # Van Do, Da Neto; but Do MD is the surname Do
        generation = words("titles", "generation").get(rest[-1], generation)
        rest = left
    return rest, generation


def _may_be_name(tail: list[str]) -> bool:
    return tail[-1] in words("titles", "generation") or "".join(tail) in _NAMES_TOO


def _title_size(tokens: list[str], keep: Sequence[str] | frozenset[str]) -> int:
    """How many tokens at the end are one degree (P H D are three) or generation."""
    if tokens[-1] in words("titles", "generation"):
        return 1
    degrees = words("titles", "degree")
    for size in range(min(4, len(tokens) - 1), 0, -1):
        tail = tokens[-size:]
        if "".join(tail) in degrees and "".join(tail) not in keep:
            if size == 1 or all(len(token) < 4 for token in tail):
                return size
    return 0


def _as_set(weak: object) -> frozenset[str]:
    return frozenset(weak) if isinstance(weak, (dict, tuple)) else frozenset()


@cache
def _prefixes() -> dict[str, str]:
    saints = dict.fromkeys(words("particles", "saint"), "ST")
    return {word: word for word in words("particles", "prefix")} | saints


def glued(tokens: Sequence[str]) -> list[str]:
    """O BRIEN becomes OBRIEN, SAINT JOHN and ST JOHN become STJOHN."""
    found: list[str] = []
    before = ""
    for place, token in enumerate(tokens):
        if token in _prefixes() and place + 1 < len(tokens):
            before += _prefixes()[token]
        else:
            found.append(before + token)
            before = ""
    return found


def _without_particles(tokens: Sequence[str], initials: int) -> list[str]:
    """The tokens that are names; all of them if there is nothing else (Le, Do, Van).

    :param initials: tokens of this length are initials, even if written as a particle
    """
    particles = words("particles", "particle")
    kept = [t for t in tokens if t not in particles or len(t) == initials]
    return kept or list(tokens)
