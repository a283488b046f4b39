"""Who answers for people: themselves, and whom they report to."""

from odoo import models
from odoo.tools import SQL

from ...core.check.answerable import Answerable


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _medical_answerables(self):
        """The person, and behind them the manager, else the department's head.

        By the department of today's version, as the host's own job keeps it.

        :return: {person: :class:`Answerable`}; one query, however many there are
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT e.id, e.user_id, coalesce(boss.user_id, head.user_id),
                       v.department_id, e.company_id
                  FROM hr_employee e
                  LEFT JOIN hr_version v ON v.id = e.current_version_id
                  LEFT JOIN hr_employee boss ON boss.id = e.parent_id
                  LEFT JOIN hr_department d ON d.id = v.department_id
                  LEFT JOIN hr_employee head ON head.id = d.manager_id
                 WHERE e.id = ANY(%s)
                """,
                list(self.ids),
            )
        )
        people = {person.id: person for person in self}
        return {
            people[key]: Answerable(*(one or False for one in ids))
            for key, *ids in rows
        }
