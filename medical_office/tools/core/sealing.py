"""Seals: keyed digests of what was signed, each linked to the one before it."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import NamedTuple

from .digest import plain

Parts = Mapping[str, str]  # what a part is called: its digest


class Difference(NamedTuple):
    """A part that is not what was sealed.

    :param part: "" for the record itself, else the field and number of a line of it
    :param kind: changed, missing (sealed, gone now) or added (there now, never sealed)
    """

    part: str
    kind: str


def seal_code(key: bytes, *values: object) -> str:
    """HMAC-SHA-256 of the values, in hexadecimal: nobody without the key can make it.

    :param key: the secret, kept outside the database
    :param values: None, numbers, text, dates, lists and mappings of these
    :raises ValueError: the key is too short to keep anything
    :raises TypeError: a value that has no one way to be written
    """
    if len(key) < 32:
        raise ValueError("A key has 32 bytes or more.")
    text = json.dumps(
        plain(values), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def key_name(key: bytes) -> str:
    """A short public name of a key, which tells nothing of it."""
    return seal_code(key, "name of the key")[:16]


def same_code(one: str | None, other: str | None) -> bool:
    """Whether two codes are there and equal, in a time that does not depend on them."""
    return bool(one and other) and hmac.compare_digest(one or "", other or "")


def differences(sealed: Parts, now: Parts) -> list[Difference]:
    """What differs between the parts as sealed and as they stand, in their order."""
    kinds = {
        part: "missing"
        if part not in now
        else "added"
        if part not in sealed
        else "changed"
        for part in {**sealed, **now}
    }
    return [
        Difference(part, kind)
        for part, kind in sorted(kinds.items())
        if sealed.get(part) != now.get(part)
    ]
