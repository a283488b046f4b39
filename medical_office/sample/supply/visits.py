"""The sample practice's visits: two years of numbers, and one that is missing."""

import calendar

from odoo import models

from ...tools.supply.figures.trend import months_until, shifted
from .shelves import YEARS, chance

A_DAY = 26  # visits of a site's nursing on an open day, before the season
SEASON = {1: 1.15, 2: 1.1, 7: 0.85, 8: 0.9, 10: 1.1, 12: 0.95}


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _load_supply_visits(self, practice):
        """Visits of the departments that treat; the latest month is still to enter."""
        rooms = practice.env["stock.location"].search(
            [("medical_room_type", "in", ("exam", "procedure", "lab"))]
        )
        last = shifted(practice.today.replace(day=1), -1)
        first = rooms.medical_site_id[:1]
        values = []
        for (site, department), here in rooms.grouped(
            lambda room: (room.medical_site_id, room.medical_department_id)
        ).items():
            if not department:
                continue
            for month in months_until(last, 12 * YEARS):
                if month == last and site != first:
                    continue  # the other sites have not told theirs yet
                values.append(
                    {
                        "site_id": site.id,
                        "department_id": department.id,
                        "month": month,
                        "visits": self._sample_visits(site, department, month, here),
                    }
                )
        practice.env["medical.supply.visits"].create(values)

    def _sample_visits(self, site, department, month, rooms):
        """So many rooms see so many patients on each weekday of the month."""
        days = sum(
            calendar.weekday(month.year, month.month, day) < 5
            for day in range(1, calendar.monthrange(month.year, month.month)[1] + 1)
        )
        swing = 0.93 + 0.14 * chance("visits", site.code, department.name, month)
        share = len(rooms) / 6
        return round(A_DAY * days * share * SEASON.get(month.month, 1) * swing)
