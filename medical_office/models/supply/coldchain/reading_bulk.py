"""Readings by the hundred thousand: written with COPY, block by block."""

from collections import defaultdict

from odoo import api, fields, models

# Nobody writes a reading again, so the columns for that stay empty; each further
# reference to another table would be looked up once a row.
COLUMNS = (
    "equipment_id", "company_id", "at", "celsius", "is_outside", "ahead", "file_id",
    "create_uid", "create_date",
)  # fmt: skip


class SupplyReading(models.Model):
    _inherit = "medical.supply.reading"

    @api.model
    def _keep(self, file, logger, limits):
        """Write the readings of a file that are not yet on record.

        What is on record stays as it is; another temperature of the same instant is
        kept as well, so that it does not matter which file came first. Of a reading
        with a minimum and a maximum each end that is outside is kept, else the reading.

        :param file: medical.supply.logger.file
        :param logger: an opened file whose clock is known, ``tools...reader.Logger``
        :param limits: (lowest, highest) allowed, degrees Celsius
        """
        tally, unit = logger.tally, file.equipment_id
        known = self._known(unit, tally.first, tally.last)
        now = str(fields.Datetime.now())
        before = f"{unit.id}\t{file.company_id.id}\t"
        after = f"\t{file.id}\t{self.env.uid}\t{now}"
        in_parts = tally.parts > 1
        lines = (
            "".join(
                f"{before}{at}\t{celsius}\t{outside}\t{ahead}{after}\n"
                for at, celsius, outside, ahead in _rows(
                    block, limits, known, in_parts, logger.head.clock
                )
            )
            for block in logger.blocks()
        )
        self.flush_model()
        # psycopg2's own COPY: the ORM has no door to it; names are quoted by the driver
        self.env.cr._obj.copy_from(_Stream(lines), self._table, columns=COLUMNS)
        self.invalidate_model()

    @api.model
    def _known(self, unit, first, last):
        """{time: {degrees Celsius, in hundredths}} of what loggers wrote for a unit."""
        rows = self.search_fetch(
            [
                ("equipment_id", "=", unit.id),
                ("file_id", "!=", False),
                ("at", ">=", first),
                ("at", "<=", last),
            ],
            ["at", "celsius"],
        )
        known = defaultdict(set)
        for one in rows:
            known[one.at].add(_hundredths(one.celsius))
        return known


def _hundredths(celsius):
    return round(celsius * 100)


def _rows(block, limits, known, in_parts, clock):
    """(time, degrees to keep, "t" or "f" for outside, seconds that the logger is ahead
    of UTC) of what is not yet known.

    :param known: see ``_known``; those of a file that is put together of parts are added
    """
    low, high = limits
    ahead = clock.ahead(block.times[0], block.times[-1]) if clock else None
    steady = int(ahead.total_seconds()) if ahead is not None else None
    for at, celsius, lowest, highest in block.rows():
        some = [(highest, "t")] if highest > high else []
        if lowest < low and (not some or lowest != highest):
            some.append((lowest, "t"))
        seconds = steady
        if seconds is None:
            shown = clock.shown(at) if clock else at
            seconds = int((shown - at).total_seconds())
        for value, outside in some or [(celsius, "f")]:
            if at in known and _hundredths(value) in known[at]:
                continue
            if in_parts:
                known[at].add(_hundredths(value))
            yield at, value, outside, seconds


class _Stream:
    """Pieces of text as the file that COPY reads from."""

    def __init__(self, pieces):
        self._pieces = pieces
        self._rest = ""

    def read(self, size=-1):
        """About ``size`` characters; "" at the end."""
        parts, length = [self._rest], len(self._rest)
        while size < 0 or length < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            parts.append(piece)
            length += len(piece)
        text = "".join(parts)
        if size < 0:
            size = len(text)
        self._rest = text[size:]
        return text[:size]
