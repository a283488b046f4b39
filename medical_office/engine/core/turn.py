"""One after the other: many phones that write to the same few records at once."""

from collections.abc import Iterable
from typing import Any

from psycopg2 import extensions

from odoo.tools import SQL

WAIT = "20s"  # longer than forty phones take; then the call is tried again


def take_turn(cr: Any, keys: Iterable[str]) -> bool:
    """Wait until nobody else works on ``keys``, then read what they left.

    The database gives each transaction a picture of the moment it began; who waited
    would write on a picture that is old, and be refused. So a turn is taken outside the
    transaction, and who had to wait begins a new one: call it before anything is
    written. The turn ends when the transaction does, either way.

    :param cr: cursor of the request
    :param keys: texts; the same keys wait for each other
    :return: whether it had to wait, and a new transaction has begun
    """
    connection, waited = cr.connection, False
    taken: list[str] = []
    for key in sorted(keys):
        number = SQL("hashtextextended(%s, 0)", key)
        cr.execute(SQL("SELECT pg_try_advisory_lock(%s)", number))
        if not cr.fetchone()[0]:
            waited = True
            cr.execute(SQL("SET LOCAL lock_timeout = %s", WAIT))
            try:
                cr.execute(SQL("SELECT pg_advisory_lock(%s)", number))
            except Exception:
                _end(connection, taken)
                raise
        taken.append(key)
    if waited:
        cr.rollback()
    if not taken:
        return False
    cr.postcommit.add(lambda: _end(connection, taken))
    cr.postrollback.add(lambda: _end(connection, taken))
    return waited


def _end(connection: Any, keys: list[str]) -> None:
    """Let the next one in. The request's cursor may be closed by now, so another one of
    the same connection says it, and leaves no transaction open."""
    if not keys:
        return
    idle = extensions.TRANSACTION_STATUS_IDLE
    if connection.info.transaction_status == extensions.TRANSACTION_STATUS_INERROR:
        connection.rollback()
    alone = connection.info.transaction_status == idle
    with connection.cursor() as cursor:
        while keys:
            cursor.execute(
                "SELECT pg_advisory_unlock(hashtextextended(%s, 0))", (keys.pop(),)
            )
    if alone:
        connection.rollback()
