"""The tie-out: the same figures from different books have to agree to the cent."""

from collections.abc import Mapping
from decimal import Decimal


def differences(
    books: Mapping[str, Mapping[str, Decimal]], labels: Mapping[str, str]
) -> tuple[str, ...]:
    """A sentence for each figure on which the books do not agree, or nothing.

    :param books: name of a book -> figure -> dollars. A book without a figure does not
        speak about it; a figure that only one book has proves nothing and is left out.
    :param labels: figure -> its name for the reader
    """
    found = []
    for figure in dict.fromkeys(key for book in books.values() for key in book):
        said = {name: book[figure] for name, book in books.items() if figure in book}
        if len(set(said.values())) > 1:
            told = ", ".join(f"{name} {amount:,.2f}" for name, amount in said.items())
            found.append(f"{labels.get(figure, figure)}: {told}.")
    return tuple(found)
