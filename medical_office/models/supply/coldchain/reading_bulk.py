"""Readings by the hundred thousand: written with COPY, block by block."""

from odoo import api, fields, models

# Nobody writes a reading again, so the columns for that stay empty; each further
# reference to another table would be looked up once a row.
COLUMNS = (
    "equipment_id", "company_id", "at", "celsius", "is_outside", "source", "create_uid",
    "create_date",
)  # fmt: skip


class SupplyReading(models.Model):
    _inherit = "medical.supply.reading"

    @api.model
    def _keep(self, unit, logger, limits, source):
        """Write the readings of a file that are not yet on record.

        What is on record stays as it is. Of a reading with a minimum and a maximum the
        end that is outside is kept, else the reading itself.

        :param logger: an opened file whose clock is known, ``tools...reader.Logger``
        :param limits: (lowest, highest) allowed, degrees Celsius
        :param source: the file's name
        """
        tally = logger.tally
        known = set(self._known(unit, tally.first, tally.last))
        company = unit.company_id or unit.location_id.company_id or self.env.company
        now = str(fields.Datetime.now())
        before = f"{unit.id}\t{company.id}\t"
        after = "\t".join(["", _escaped(source or ""), str(self.env.uid), now])
        in_parts = tally.parts > 1
        lines = (
            "".join(
                f"{before}{at}\t{celsius}\t{outside}{after}\n"
                for at, celsius, outside in _rows(block, limits, known, in_parts)
            )
            for block in logger.blocks()
        )
        self.flush_model()
        # psycopg2's own COPY: the ORM has no door to it; names are quoted by the driver
        self.env.cr._obj.copy_from(_Stream(lines), self._table, columns=COLUMNS)
        self.invalidate_model()

    @api.model
    def _known(self, unit, first, last):
        """{time: degrees Celsius} of what is on record for a unit."""
        rows = self.search_fetch(
            [("equipment_id", "=", unit.id), ("at", ">=", first), ("at", "<=", last)],
            ["at", "celsius"],
        )
        return {one.at: one.celsius for one in rows}


def _rows(block, limits, known, in_parts):
    """(time, degrees to keep, "t" or "f" for outside) of what is not yet known.

    :param known: times; those of a file that is put together of parts are added
    """
    low, high = limits
    for at, celsius, lowest, highest in block.rows():
        if at in known:
            continue
        if in_parts:
            known.add(at)
        if highest > high:
            yield at, highest, "t"
        elif lowest < low:
            yield at, lowest, "t"
        else:
            yield at, celsius, "f"


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _escaped(text):
    return text.translate(_ESCAPES)


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
