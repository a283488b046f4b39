"""What has changed between two wordings of a text, paragraph by paragraph."""

from difflib import SequenceMatcher

KEPT, ADDED, REMOVED = "kept", "added", "removed"


def differences(before: str, after: str) -> list[tuple[str, str]]:
    """The paragraphs of both texts in reading order, each kept, added or removed.

    Blanks at the ends and empty lines do not count. Without the removed ones the result
    is ``after``, without the added ones ``before``.

    :param before: plain text, one paragraph a line
    :param after: the same of the later wording
    """
    old, new = _paragraphs(before), _paragraphs(after)
    found: list[tuple[str, str]] = []
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, start, stop, begin, end in matcher.get_opcodes():
        if tag == "equal":
            found += [(KEPT, text) for text in old[start:stop]]
            continue
        found += [(REMOVED, text) for text in old[start:stop]]
        found += [(ADDED, text) for text in new[begin:end]]
    return found


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
