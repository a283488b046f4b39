"""That somebody has done a training, with its proof."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...core.mixins.guard import AllBut
from .training import KEEPERS


class ComplianceTrainingRecord(models.Model):
    """Entered by somebody else than the person, or by a session or a passed quiz."""

    _name = "medical.compliance.training.record"
    _description = "Training Record"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "done_on desc, id desc"

    _transitions = {("valid", "void"): KEEPERS}
    _reason_required = frozenset({"void"})
    _reason_methods = frozenset({"action_void"})
    _editors = {"*": KEEPERS}
    _born_fields = frozenset({"training_id", "employee_id", "done_on"})
    _past_fields = frozenset({"done_on"})
    _locked = {"void": AllBut({})}
    _deletable_in = frozenset()

    training_id = fields.Many2one(
        "medical.compliance.training", required=True, index=True, ondelete="restrict"
    )
    employee_id = fields.Many2one("hr.employee", "Person", required=True, index=True)
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True
    )
    job_title = fields.Char("Job then", readonly=True)
    done_on = fields.Date("Done on", required=True, default=fields.Date.context_today)
    source = fields.Selection(
        [
            ("certificate", "Certificate or sign-in sheet"),
            ("session", "Session"),
            ("quiz", "Quiz passed"),
        ],
        required=True,
        readonly=True,
        default="certificate",
    )
    session_id = fields.Many2one(
        "medical.compliance.training.session", readonly=True, index="btree_not_null"
    )
    card_type_ids = fields.Many2many(
        related="training_id.credential_type_ids", string="Cards That Count, Too"
    )
    provider = fields.Char("Given by")
    proof = fields.Binary(attachment=True)
    proof_name = fields.Char()
    state = fields.Selection(
        [("valid", "Valid"), ("void", "Void")],
        required=True,
        default="valid",
        readonly=True,
        index=True,
    )

    _done = models.Index("(employee_id, training_id, done_on)")

    @api.depends("training_id.name", "employee_id.name")
    def _compute_display_name(self):
        for record in self:
            record.display_name = self.env._(
                "%(who)s: %(what)s",
                who=record.employee_id.name or self.env._("Nobody"),
                what=record.training_id.name or self.env._("training"),
            )

    @api.constrains("done_on")
    def _check_done_on(self):
        today = fields.Date.context_today(self)
        for record in self:
            if record.done_on > today:
                raise UserError(
                    self.env._(
                        "%s: a training is not done on a day to come.",
                        record.display_name,
                    )
                )

    def _birth_values(self, vals):
        employee = self.env["hr.employee"].browse(vals.get("employee_id"))
        # sudo: the job of the day stands on the record
        job = employee.sudo().job_title or employee.sudo().job_id.name  # sudo: as above
        return {"job_title": job or False}

    def _check_editors(self, vals):
        """Nobody enters or changes a record of their own."""
        super()._check_editors(vals)
        people = self.employee_id | self.employee_id.browse(
            vals.get("employee_id") or []
        )
        if self.env.user in people.sudo().user_id:  # sudo: whose login it is
            raise AccessError(
                self.env._(
                    "You cannot enter your own training; somebody else who has seen the "
                    "proof must, or pass the quiz."
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._follow_papers()
        return records

    def action_void(self, reason):
        """Take back what was entered wrongly."""
        self._check_caller(*KEEPERS)
        own = self.filtered(
            lambda one: one.sudo().employee_id.user_id == self.env.user  # sudo: whose
        )
        if own:
            raise AccessError(self.env._("Somebody else takes back your record."))
        self._move_to("void", reason)
