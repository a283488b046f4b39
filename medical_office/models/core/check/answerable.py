"""Who answers for a record: its owner, a backup and the department that sees it.

Plain functions over records, so that a check is ten lines: it finds what is wrong, and
``finding`` fills in who has to act.
"""

from typing import NamedTuple

from .check import CheckRow

ROOM_FIELDS = ("medical_room_id", "room_id", "location_id")
SITE_FIELDS = ("medical_site_id", "site_id", "warehouse_id")


class Answerable(NamedTuple):
    """Ids, each False where nobody is named."""

    user_id: int | bool
    backup_id: int | bool
    department_id: int | bool
    company_id: int | bool


def related(record, names):
    """The first of the many2one fields that the record has and that is filled."""
    for name in names:
        if name in record._fields and record[name]:
            return record[name]
    return None


def answerable(record):
    """Who answers for a record by where it is.

    The manager of its room, else of its site; the site's manager is the backup. A model
    that knows better defines ``_medical_answerable``, which returns an
    :class:`Answerable`.

    :param record: one record, read with the rights of the caller
    :return: :class:`Answerable`
    """
    own = getattr(record, "_medical_answerable", None)
    if own:
        return own()
    room = record if record._name == "stock.location" else related(record, ROOM_FIELDS)
    site = related(record, SITE_FIELDS) or (room and room.medical_site_id)
    keeper = room and room.medical_manager_id
    keeper = keeper or (site and site.medical_manager_id)
    department = related(record, ("medical_department_id", "department_id"))
    department = department or (room and room.medical_department_id)
    company = related(record, ("company_id",)) or (site and site.company_id)
    return Answerable(
        user_id=keeper.id if keeper else False,
        backup_id=site.medical_manager_id.id if site else False,
        department_id=department.id if department else False,
        company_id=company.id if company else False,
    )


def answerables(records):
    """Who answers for each of many records.

    A model that finds all of them in a few queries defines ``_medical_answerables``.

    :return: {record: :class:`Answerable`}
    """
    own = getattr(records, "_medical_answerables", None)
    return own() if own else {record: answerable(record) for record in records}


def finding(record, summary, answers=None, **values):
    """A row of a check about a record, with who answers for it filled in.

    :param summary: one sentence for the manager, naming the record and what is wrong
    :param answers: :class:`Answerable` where it was read for many at once
    :param values: other values of :class:`CheckRow`; they go before what is filled in
    """
    filled = (answers or answerable(record))._asdict()
    return CheckRow(record._name, record.id, summary, **{**filled, **values})
