"""The words of a selection in the reader's language."""

from typing import Any


def labels_of(records: Any, name: str) -> dict[str, str]:
    """{value: label} of a selection field.

    :param records: records of the model, none of them needed
    """
    return dict(records._fields[name]._description_selection(records.env))
