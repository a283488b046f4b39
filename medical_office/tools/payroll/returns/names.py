"""A person's name in the parts that Form W-2 and its file ask for.

The name has to be that of the Social Security card (General Instructions for Forms W-2
and W-3, boxes e and f: no titles or academic degrees; a suffix such as Jr. apart).
"""

from dataclasses import dataclass

TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "rev"})
SUFFIXES = {"jr": "Jr", "sr": "Sr", "ii": "II", "iii": "III", "iv": "IV"}
# what comes after a comma, or at the end in capitals, although it may be a surname too
SHORT = frozenset(
    {"ma", "do", "pa", "pt", "ot", "od", "dc", "ba", "bs", "ms", "rd", "v"}
)
CREDENTIALS = frozenset(
    {
        *("md", "rn", "np", "pac", "lpn", "lvn", "cna", "cma", "rma", "aprn", "arnp"),
        *("dnp", "fnp", "fnpc", "fnpbc", "crna", "cnm", "bsn", "msn", "mph", "mha"),
        *("mba", "phd", "psyd", "pharmd", "rph", "dds", "dmd", "dpm", "dpt", "lcsw"),
        *("msw", "cpa", "jd", "esq", "facp", "facs", "faap", "ccma", "rdh", "rdms"),
    }
)
PARTICLES = frozenset(
    {"de", "del", "della", "di", "da", "dos", "das", "du", "la", "las", "le", "los"}
    | {"van", "von", "der", "den", "ter", "ten", "bin", "ibn", "al", "el", "st", "san"}
)


@dataclass(frozen=True, slots=True)
class PersonName:
    """``doubt``: the surname may have more words than the one taken; ask the person."""

    first: str
    middle: str
    last: str
    suffix: str = ""
    doubt: bool = False

    @property
    def whole(self) -> str:
        """The name in one line, as it goes on the form."""
        parts = (self.first, self.middle, self.last, self.suffix)
        return " ".join(part for part in parts if part)


def split_name(full: str) -> PersonName:
    """Split a name as people write it: "Dr. Mary Ann Smith Jr., RN".

    Titles and professional credentials are left out, a generational suffix stands apart,
    the last word left is the surname. A name with a comma before given names is read
    as "Smith, Mary Ann". Compound surnames are a choice of the person: enter the parts.
    """
    head, *tail = [part.split() for part in full.split(",")]
    while tail and not tail[-1]:
        tail.pop()
    suffix = ""
    given: list[str] = []
    for words in tail:
        for word in words:
            plain = _plain(word)
            if plain in SUFFIXES or plain == "v":
                suffix = SUFFIXES.get(plain, "V")
            elif plain not in CREDENTIALS and plain not in SHORT:
                given.append(word)
    if given:  # surname first
        last, found = _end(head, 1)
        own = _without_title(given)
        doubt = len(last) > 1
        return PersonName(
            own[0], " ".join(own[1:]), " ".join(last), found or suffix, doubt
        )
    words, found = _end(_without_title(head), 2)
    suffix = found or suffix
    if len(words) < 2:
        return PersonName("", "", " ".join(words), suffix)
    doubt = any(_plain(word) in PARTICLES for word in words[1:-1])
    return PersonName(words[0], " ".join(words[1:-1]), words[-1], suffix, doubt)


def _plain(word: str) -> str:
    return "".join(filter(str.isalpha, word)).lower()


def _without_title(words: list[str]) -> list[str]:
    if len(words) > 1 and _plain(words[0]) in TITLES:
        return words[1:]
    return words


def _end(words: list[str], least: int) -> tuple[list[str], str]:
    """The words without what does not belong to the name at their end, and the suffix.

    :param least: how many words of the name stay whatever they look like
    """
    left, suffix = list(words), ""
    while len(left) > least:
        plain = _plain(left[-1])
        if plain in SUFFIXES:
            suffix = SUFFIXES[plain]
        elif plain in CREDENTIALS:
            pass
        elif plain in SHORT and left[-1].isupper() and len(left) > least:
            suffix = "V" if plain == "v" else suffix
        else:
            break
        left.pop()
    return left, suffix
