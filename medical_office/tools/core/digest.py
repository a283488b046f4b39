"""A digest of values that stays the same on every machine and in every release."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal


def plain(value: object) -> object:
    """A value as JSON can hold it; dates in ISO 8601, numbers of money as text.

    :raises TypeError: a kind of value that has no one way to be written
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, Mapping):
        return {str(key): plain(value[key]) for key in value}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    raise TypeError(f"no digest of a {type(value).__name__}")


def sha256(value: object) -> str:
    """Hexadecimal SHA-256 of a value: keys sorted, no blanks, UTF-8.

    :param value: None, numbers, text, dates, bytes, lists and mappings of these
    :raises TypeError: see ``plain``
    """
    text = json.dumps(
        plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(text.encode()).hexdigest()
