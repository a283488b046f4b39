"""Knock-out criteria: without a license, on an exclusion list, nobody is hired."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....engine.core.labels import labels_of
from ...core.mixins.guard import ALL


class PeopleKnockout(models.Model):
    """One criterion of one applicant, with who looked and what proves it."""

    _name = "medical.people.knockout"
    _description = "Knock-out Criterion"
    _inherit = ["medical.core.workflow"]
    _order = "applicant_id, criterion"

    _transitions = {
        ("open", "passed"): "core_group_hr",
        ("open", "failed"): "core_group_hr",
        ("passed", "open"): "core_group_hr",
        ("failed", "open"): "core_group_hr",
    }
    _reason_required = frozenset({"passed", "failed", "open"})
    _reason_methods = frozenset({"action_pass", "action_fail", "action_look_again"})
    _locked = {"passed": ALL, "failed": ALL}
    _deletable_in = frozenset()

    applicant_id = fields.Many2one(
        "hr.applicant", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="applicant_id.company_id", store=True)
    job_id = fields.Many2one(related="applicant_id.job_id", store=True)
    criterion = fields.Selection(
        [
            ("license", "License"),
            ("exclusion", "Exclusion List"),
            ("references", "References"),
        ],
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [("open", "To check"), ("passed", "Passed"), ("failed", "Failed")],
        required=True,
        default="open",
        readonly=True,
        index=True,
    )
    evidence = fields.Text(
        readonly=True, help="Where it was looked up, and what was found."
    )
    checked_by_id = fields.Many2one("res.users", readonly=True)
    checked_at = fields.Datetime(readonly=True)

    _once = models.UniqueIndex(
        "(applicant_id, criterion)", "This criterion is listed already."
    )

    @api.depends("applicant_id", "criterion")
    def _compute_display_name(self):
        for one in self:
            name = one.applicant_id.partner_name
            one.display_name = bool(name) and f"{name}: {one._criterion_label()}"

    def _criterion_label(self):
        labels = labels_of(self, "criterion")
        return labels.get(self.criterion, "")

    def action_pass(self, evidence):
        """The applicant passes; ``evidence`` says where it was looked up."""
        self._move_to("passed", evidence)

    def action_fail(self, evidence):
        """The applicant is out; ``evidence`` says why."""
        self._move_to("failed", evidence)

    def action_look_again(self, reason):
        """Take back what was found, with the reason."""
        self._move_to("open", reason)

    def _state_values(self, state, reason):
        return {
            "evidence": reason,
            "checked_by_id": self.env.uid,
            "checked_at": fields.Datetime.now(),
        }

    def _before_passed(self):
        """:raises UserError: the record says otherwise"""
        hits = self.applicant_id._medical_exclusion_hits()
        for one in self:
            found = hits.get(one.applicant_id.id)
            if one.criterion == "exclusion" and found:
                raise UserError(
                    self.env._(
                        "%(name)s is on an exclusion list: %(found)s. Verify the match "
                        "there first.",
                        name=one.applicant_id.partner_name,
                        found=found,
                    )
                )
            if one.criterion == "references":
                one._check_references()

    def _check_references(self):
        plans = self.env["medical.people.interview.plan"]._of_job(self.job_id)
        needed = plans[self.job_id].references_needed if self.job_id in plans else 0
        answered = self.applicant_id.medical_reference_ids.filtered(
            lambda one: one.outcome in ("supports", "reservations", "against")
        )
        if len(answered) < needed:
            raise UserError(
                self.env._(
                    "%(name)s: %(count)s of %(needed)s references have answered. Enter "
                    "the rest first.",
                    name=self.applicant_id.partner_name,
                    count=len(answered),
                    needed=needed,
                )
            )
