"""Purging applicants: a list, approved by a second person, then gone for good."""

from contextlib import suppress

from psycopg2 import IntegrityError

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ....tools.people.recruit.retention import CITATION
from ...core.mixins.decidable import Waiting
from ...core.mixins.guard import ALL


class PeopleApplicantPurge(models.Model):
    """What stays afterward: how many, of which job, refused when; no names."""

    _name = "medical.people.applicant.purge"
    _description = "Purge of Applicants"
    _inherit = ["medical.core.workflow"]
    _order = "id desc"

    _transitions = {
        ("draft", "requested"): "core_group_hr",
        ("requested", "draft"): ("core_group_director", "core_group_hr"),
        ("requested", "done"): "core_group_director",
    }
    _segregated = {"done": ("requested_by_id", "create_uid", "writer_ids")}
    _written_by = "writer_ids"
    _reason_required = frozenset({("requested", "draft")})
    _reason_methods = frozenset({"action_send_back"})
    _decisions = {"requested": Waiting("action_approve", "action_send_back", to="done")}
    _decision_domain = "people"
    _locked = {"requested": ALL, "done": ALL}
    _deletable_in = frozenset({"draft"})

    name = fields.Char(
        required=True,
        default=lambda self: self.env._(
            "Applicants, %s", format_date(self.env, fields.Date.context_today(self))
        ),
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    state = fields.Selection(
        [("draft", "Draft"), ("requested", "To approve"), ("done", "Purged")],
        required=True,
        default="draft",
        readonly=True,
        index=True,
    )
    citation = fields.Char("Rule", readonly=True, default=CITATION)
    line_ids = fields.One2many("medical.people.applicant.purge.line", "purge_id")
    line_count = fields.Integer("Applicants", compute="_compute_line_count")
    requested_by_id = fields.Many2one("res.users", readonly=True)
    writer_ids = fields.Many2many(
        "res.users",
        "medical_people_applicant_purge_writer_rel",
        string="Written by",
        readonly=True,
        copy=False,
    )
    approved_by_id = fields.Many2one("res.users", readonly=True)
    purged_at = fields.Datetime(readonly=True)

    @api.depends("line_ids")
    def _compute_line_count(self):
        for purge in self:
            purge.line_count = len(purge.line_ids)

    @api.model
    def action_propose(self):
        """Make a list of all applicants whose records need not be kept any longer.

        :return: action that opens it
        :raises UserError: there is nobody
        """
        self._check_caller("core_group_hr")
        due = self.env["hr.applicant"]._medical_due_for_purge(self.env.company)
        if not due:
            raise UserError(
                self.env._("No applicant's records are past their retention.")
            )
        purge = self.create(
            {
                "line_ids": [
                    Command.create({"applicant_id": applicant.id}) for applicant in due
                ]
            }
        )
        return purge.get_formview_action()

    def action_request(self):
        """Ask for approval; the list is fixed from now on."""
        self._move_to("requested")

    def action_approve(self):
        """Approve it: the applicants on it are deleted, with all that belongs to them."""
        self._move_to("done")

    def action_send_back(self, reason):
        """Back to who made it, with a reason."""
        self._move_to("draft", reason)

    def _state_values(self, state, reason):
        if state == "requested":
            return {"requested_by_id": self.env.uid}
        if state == "done":
            return {
                "approved_by_id": self.env.uid,
                "purged_at": fields.Datetime.now(),
            }
        return {}

    def _before_requested(self):
        self._check_due()

    def _before_done(self):
        """The list is looked at again: a hold may have come, a candidate come back."""
        self._check_due()

    def _check_due(self):
        """:raises UserError: an empty list, or somebody whose records are still kept"""
        for purge in self:
            # sudo: compared with all that is due, whoever asks
            due = self.env["hr.applicant"].sudo()
            due = due._medical_due_for_purge(purge.company_id)
            applicants = purge.sudo().line_ids.applicant_id  # sudo: as above
            if not applicants:
                raise UserError(self.env._("%s: nobody is on the list.", purge.name))
            for applicant in applicants - due:
                raise UserError(
                    self.env._(
                        "%(name)s is not due (kept until %(day)s, active, hired or on "
                        "legal hold). Take this line off the list.",
                        name=applicant.partner_name,
                        day=format_date(self.env, applicant.medical_keep_until),
                    )
                )

    def _after_done(self):
        for purge in self:
            purge._delete_applicants()

    def _delete_applicants(self):
        """Delete what belongs to the applicants; the lines keep figures, no names."""
        # sudo: approved by two; deleting is nobody's own right
        program = self.sudo()
        applicants = program.line_ids.applicant_id
        interviews = applicants.medical_interview_ids
        answers = interviews.user_input_id
        partners = applicants.partner_id
        interviews.event_id.unlink()
        # the pen: scorecards and criteria are deleted by nobody else
        interviews.scorecard_ids._pen().unlink()
        interviews._pen().unlink()
        answers.unlink()
        applicants.medical_knockout_ids._pen().unlink()
        applicants.medical_reference_ids._pen().unlink()
        ranks = self.env["medical.people.hiring.rank"].sudo()  # sudo: as above
        ranks = ranks.search([("applicant_id", "in", applicants.ids)])
        ranks._pen().write({"candidate_name": self.env._("Purged")})
        program.line_ids._pen().write({"candidate_name": False})
        hirings = self.env["medical.people.hiring"].sudo()  # sudo: as above
        hirings = hirings.search([("chosen_id", "in", applicants.ids)])
        hirings._pen().write({"candidate_name": self.env._("Purged")})
        offers = self.env["medical.people.offer"].sudo()  # sudo: as above
        offers = offers.search([("applicant_id", "in", applicants.ids)])
        offers._pen().unlink()
        applicants.unlink()  # takes messages, activities and attachments along
        partners._medical_purge_unused()


class PeopleApplicantPurgeLine(models.Model):
    _name = "medical.people.applicant.purge.line"
    _description = "Applicant to Purge"
    _inherit = ["medical.core.guard"]
    _order = "purge_id, id"

    _locked_by = ("purge_id",)
    _born_fields = frozenset({"purge_id", "applicant_id"})

    purge_id = fields.Many2one(
        "medical.people.applicant.purge", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="purge_id.company_id", store=True)
    applicant_id = fields.Many2one(
        "hr.applicant",
        index=True,
        ondelete="set null",
        context={"active_test": False},
    )
    candidate_name = fields.Char("Candidate", readonly=True)
    job_id = fields.Many2one("hr.job", readonly=True)
    applied_on = fields.Date("Applied", readonly=True)
    refused_on = fields.Date("Refused", readonly=True)
    kept_until = fields.Date("Had to Be Kept Until", readonly=True)

    def _birth_values(self, vals):
        applicant = self.env["hr.applicant"].browse(vals.get("applicant_id"))
        applicant.check_access("read")
        day_of = (applicant.company_id or self.env.company)._medical_day
        return {
            "candidate_name": applicant.partner_name,
            "job_id": applicant.job_id.id,
            "applied_on": applicant.create_date and day_of(applicant.create_date),
            "refused_on": applicant.refuse_date and day_of(applicant.refuse_date),
            "kept_until": applicant.medical_keep_until,
        }


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _medical_purge_unused(self):
        """Delete contacts that were made for an application and serve nothing else."""
        # sudo: a contact's other uses are looked for everywhere
        partners = self.sudo().exists()
        others = self.env["hr.applicant"].sudo()  # sudo: as above
        others = others.with_context(active_test=False)
        others = others.search([("partner_id", "in", partners.ids)]).partner_id
        unused = (partners - others).filtered(
            lambda one: not (one.user_ids or one.employee_ids or one.is_company)
        )
        for partner in unused:
            # something else may name it, an invoice or a message: then it stays
            with suppress(UserError, IntegrityError), self.env.cr.savepoint():
                partner.unlink()
