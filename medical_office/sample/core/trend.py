"""The sample practice's trend: what its rounds left open on each day of the past weeks."""

from datetime import timedelta

from odoo import models
from odoo.tools import SQL

WEEKS = 17  # twice what the cockpit shows, and the week before

# what was open from which day to which, on the practice's clock, and whose it was
TROUBLES = """
    SELECT round.department_id,
           COALESCE(room.medical_manager_id, schedule.owner_id) AS user_id,
           (line.entered_at AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date AS first,
           LEAST(
               (line.resolved_at AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date,
               (SELECT (min(later.date_due) AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
                  FROM medical_core_round_line later
                 WHERE later.result = 'pass'
                   AND later.item_id = line.item_id
                   AND COALESCE(later.room_id, 0) = COALESCE(line.room_id, 0)
                   AND COALESCE(later.equipment_id, 0) = COALESCE(line.equipment_id, 0)
                   AND later.date_due > line.date_due)
           ) AS last
      FROM medical_core_round_line line
      JOIN medical_core_round round ON round.id = line.round_id
      JOIN medical_core_schedule schedule ON schedule.id = round.schedule_id
 LEFT JOIN stock_location room ON room.id = line.room_id
     WHERE line.result = 'fail' AND line.company_id = %(company)s
 UNION ALL
    SELECT department_id, user_id,
           (missed_at AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date,
           (excused_at AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
      FROM medical_core_round
     WHERE state = 'missed' AND company_id = %(company)s
"""


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _load_trend(self, practice):
        """Note for each past day what the checks would have had open in the evening.

        Read from the rounds themselves, so that the trend tells what the records tell.
        """
        zone = str(practice.company._medical_zone())
        today = practice.today
        days = [today - timedelta(days=back) for back in range(1, 7 * WEEKS)]
        slots = {
            (day, False, False): [0, 0, 0] for day in days
        }  # a quiet day counts too
        for department_id, user_id, first, last in self._troubles(practice, zone):
            for day in days:
                if not first or day < first or (last and day > last):
                    continue
                counts = slots.setdefault((day, department_id, user_id), [0, 0, 0])
                counts[0] += not last or day < last
                counts[1] += day == first
                counts[2] += day == last
        # sudo: nobody writes the diary, not even who loads the sample practice
        noted = self.env["medical.core.exception.day"].sudo()._pen()
        # checks may have run in a load that was cut off on one of these days
        noted.search(
            [("company_id", "=", practice.company.id), ("day", "in", days)]
        ).unlink()
        noted.create(
            [
                {
                    "day": day,
                    "company_id": practice.company.id,
                    "domain": "core",
                    "department_id": department_id,
                    "user_id": user_id,
                    "open_count": open_count,
                    "opened": opened,
                    "closed": closed,
                }
                for (day, department_id, user_id), (
                    open_count,
                    opened,
                    closed,
                ) in slots.items()
            ]
        )

    def _troubles(self, practice, zone):
        """(department, owner, first day, day of the end) of each failure and miss."""
        self.env.flush_all()
        # sql: read, nothing is written
        return self.env.execute_query(
            SQL(TROUBLES, company=practice.company.id, zone=zone)
        )
