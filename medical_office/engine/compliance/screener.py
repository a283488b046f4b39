"""Screens parties against the lists in force: one index of all parties, each line once."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from odoo.tools import SQL

from ...tools.compliance.exclusionfile import Entry
from ...tools.compliance.partyfile import Party
from ...tools.compliance.screening import Screen, likeliest

TABLE = "medical_compliance_exclusion_line"
BATCH = 20_000  # lines that are held at a time


class Found(NamedTuple):
    """A party that may stand on a line: score 50 to 100, the reason and the line's id."""

    party: int
    digest: str
    score: int
    reason: str
    line: int


def screened(
    env: Any, parties: Iterable[Party], list_ids: Iterable[int]
) -> list[Found]:
    """All that may agree between the parties and the lines of these lists.

    Equal lines (the lists hold some twice) count once. The queries are as many as the
    batches of lines, however many parties there are.

    :param parties: one for each name of a party; ``id`` is its number as text
    """
    screen = Screen(parties)
    best: dict[tuple[int, str], Found] = {}
    for number, digest, entry in _lines(env, tuple(list_ids)):
        for hit in screen.hits(entry):
            party = int(hit.party)
            known = best.get((party, digest))
            if known is None or hit.score > known.score:
                best[party, digest] = Found(
                    party, digest, hit.score, hit.reason, number
                )
    return likeliest(best.values())


def _lines(env: Any, list_ids: tuple[int, ...]) -> Iterator[tuple[int, str, Entry]]:
    """Id, hash and content of each line, in batches."""
    last = 0
    while list_ids:
        env.cr.execute(
            SQL(
                """SELECT id, digest, number, last, first, middle, suffix, business,
                          npi, birth, state
                     FROM %s WHERE list_id IN %s AND id > %s ORDER BY id LIMIT %s""",
                SQL.identifier(TABLE),
                list_ids,
                last,
                BATCH,
            )
        )
        rows = env.cr.fetchall()
        for number, digest, line, *cells in rows:
            yield number, digest, Entry(line, *[cell or "" for cell in cells])
        if len(rows) < BATCH:
            return
        last = rows[-1][0]
