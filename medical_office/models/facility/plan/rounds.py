"""Rounds and requests that a preventive plan makes."""

from odoo import fields, models
from odoo.exceptions import ValidationError

OPEN_ROUND = ("planned", "in_progress")


class CoreRound(models.Model):
    _inherit = "medical.core.round"

    def _medical_plans(self):
        """{schedule id: plan} of the rounds of ``self`` that are a plan's occurrence."""
        regular = self.filtered(lambda one: not one.medical_request_id)
        # sudo: a plan moves on whoever signs its round
        plans = self.env["medical.facility.maintenance.plan"].sudo()
        plans = plans.search([("schedule_id", "in", regular.schedule_id.ids)])
        return {plan.schedule_id.id: plan for plan in plans}

    def _medical_on_signed(self):
        super()._medical_on_signed()
        self._medical_move_plans()

    def _medical_on_missed(self):
        super()._medical_on_missed()
        self._medical_move_plans()

    def _medical_move_plans(self):
        plans = self._medical_plans()
        stopped = self.env["medical.facility.maintenance.plan"]
        for one in self:
            if one.schedule_id.id in plans and not one.medical_request_id:
                plan = plans[one.schedule_id.id]
                if not plan._by_itself(lambda p=plan, o=one: p._move_on(o)):
                    stopped |= plan
        stopped._tell_stopped()


class CoreSchedule(models.Model):
    _inherit = "medical.core.schedule"

    def _create_rounds(self, due):
        """An occurrence of a plan that wants one also opens its request."""
        rounds = super()._create_rounds(due)
        plans = rounds._medical_plans()
        wanted = rounds.filtered(
            lambda one: (
                one.schedule_id.id in plans and plans[one.schedule_id.id].makes_request
            )
        )
        # sudo: requests of plans are the program's
        requests = self.env["maintenance.request"].sudo()._pen()
        stopped = self.env["medical.facility.maintenance.plan"]
        for one in wanted:
            plan = plans[one.schedule_id.id]
            values = plan._request_values(one)
            if not plan._by_itself(lambda v=values: requests.create(v)):
                stopped |= plan
        stopped._tell_stopped()
        return rounds


class MaintenanceRequest(models.Model):
    _inherit = "maintenance.request"

    medical_round_id = fields.Many2one(
        "medical.core.round",
        "Preventive round",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    def _medical_check_preventive(self):
        """Preventive work is done when its round is signed."""
        for request in self.sudo():  # sudo: the round's state only
            one = request.medical_round_id
            if one and one.state in OPEN_ROUND:
                raise ValidationError(
                    self.env._(
                        "“%(request)s” closes when its round “%(round)s” is signed. "
                        "Do that first.",
                        request=request.name,
                        round=one.display_name,
                    )
                )
