"""Preventive plans that have stopped, or whose day has passed."""

from odoo import api, fields, models
from odoo.tools import format_date

from ...core.check.answerable import Answerable, finding
from ...core.check.check import CheckResult


class FacilityPlan(models.Model):
    _inherit = "medical.facility.maintenance.plan"

    @api.model
    def _medical_check_stopped(self):
        """Plans whose next round could not be planned, with the cause."""
        stopped = self.search([("problem", "!=", False)])
        rows = [
            finding(
                plan,
                self.env._(
                    "“%(plan)s” has stopped: %(cause)s",
                    plan=plan.name,
                    cause=plan.problem,
                ),
            )
            for plan in stopped
        ]
        return CheckResult(self.search_count([]), rows)

    @api.model
    def _medical_check_overdue(self):
        """Plans whose due day or counter has passed without signed work."""
        today = fields.Date.context_today(self)
        plans = self.search([])
        rows = []
        for plan in plans:
            over = plan.counter_now - plan.counter_done - plan.counter_every
            if plan.date_next and plan.date_next < today:
                summary = self.env._(
                    "“%(plan)s” has been due since %(day)s",
                    plan=plan.name,
                    day=format_date(self.env, plan.date_next),
                )
            elif plan.basis == "counter" and over > 0:
                summary = self.env._(
                    "“%(plan)s” is due: %(over)s %(unit)s over",
                    plan=plan.name,
                    over=f"{over:g}",
                    unit=plan.counter_unit or "",
                )
            else:
                continue
            rows.append(finding(plan, summary, date_due=plan.date_next or None))
        return CheckResult(len(plans), rows)

    def _medical_answerable(self):
        """Its owner and backup; the department of the room where the asset stands."""
        return Answerable(
            user_id=self.owner_id.id,
            backup_id=self.backup_id.id,
            department_id=self.equipment_id.location_id.medical_department_id.id,
            company_id=self.company_id.id,
        )
