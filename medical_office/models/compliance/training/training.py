"""A training that is asked of people: which, of whom, how often, by which rule."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

KEEPERS = ("compliance_group_officer", "core_group_hr", "core_group_manager")


class ComplianceTraining(models.Model):
    """Dated, with its citation; what was done under it stays when it ends."""

    _name = "medical.compliance.training"
    _description = "Training"
    _inherit = ["medical.core.asked", "medical.core.shared", "medical.core.guard"]
    _shared_birth = True
    _order = "sequence, name, id"

    _editors = {"*": KEEPERS}
    _deletable_in = frozenset()

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10, aggregator=None)
    basis = fields.Selection(
        [
            ("everyone", "Everybody"),
            ("job", "Jobs"),
            ("department", "Departments"),
            ("role", "Roles"),
        ],
        "Asked of",
        required=True,
        default="everyone",
    )
    job_ids = fields.Many2many(
        "hr.job",
        "medical_compliance_training_job_rel",
        "training_id",
        "job_id",
        string="Jobs",
    )
    department_ids = fields.Many2many(
        "hr.department",
        "medical_compliance_training_department_rel",
        "training_id",
        "department_id",
        string="Departments",
    )
    group_ids = fields.Many2many(
        "res.groups",
        "medical_compliance_training_group_rel",
        "training_id",
        "group_id",
        string="Roles",
        domain=lambda self: self.env["medical.core.text"]._role_domain(),
    )
    reached_group_ids = fields.Many2many(
        "res.groups",
        "medical_compliance_training_reached_rel",
        "training_id",
        "group_id",
        compute="_compute_reached_group_ids",
        store=True,
        readonly=True,
        compute_sudo=True,
        help="The roles and those that imply them.",
    )
    months = fields.Integer(
        "Again after months", aggregator=None, help="0: once, and never again."
    )
    first_days = fields.Integer(
        "First time within days",
        aggregator=None,
        help="Counted from the hire; 0: on the first day of work.",
    )
    lead_days = fields.Integer("Tell days ahead", default=30, aggregator=None)
    content = fields.Text(help="What it has to cover.")
    document_type_id = fields.Many2one(
        "medical.people.document.type",
        "Or a paper",
        help="An accepted paper of this type in the personnel file counts, too.",
    )
    credential_type_ids = fields.Many2many(
        "medical.core.credential.type",
        "medical_compliance_training_credential_rel",
        "training_id",
        "type_id",
        string="Or a credential",
        domain="[('holder_kind', '=', 'person')]",
        help="Whoever holds one in force need not prove it here again, such as a CPR "
        "card.",
    )
    survey_id = fields.Many2one(
        "survey.survey",
        "Quiz",
        domain="[('scoring_type', '!=', 'no_scoring')]",
        ondelete="restrict",
        help="A scored survey. Who passes it has done the training on that day.",
    )

    _not_negative = models.Constraint(
        "CHECK (months >= 0 AND first_days >= 0 AND lead_days >= 0)",
        "Months and days are not below zero.",
    )
    _dates = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "A training ends before it begins: correct “Until”.",
    )

    @api.depends("group_ids")
    def _compute_reached_group_ids(self):
        for training in self:
            training.reached_group_ids = (
                training.group_ids | training.group_ids.all_implied_by_ids
            )

    @api.constrains("basis", "job_ids", "department_ids", "group_ids")
    def _check_whole(self):
        needed = {
            "job": "job_ids",
            "department": "department_ids",
            "role": "group_ids",
        }
        for training in self:
            field = needed.get(training.basis)
            if field and not training[field]:
                raise ValidationError(
                    self.env._(
                        "%(name)s: choose the %(field)s it is asked of.",
                        name=training.name,
                        field=self._guard_label(field).lower(),
                    )
                )

    def action_quiz(self):
        """Take the quiz of this training.

        :raises UserError: there is none, or the caller is not an employee
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: people take the quiz without seeing surveys
        survey = self.sudo().survey_id
        if not survey:
            raise UserError(self.env._("%s has no quiz.", self.name))
        if not self.env.user.sudo().employee_id:  # sudo: one's own
            raise UserError(
                self.env._("Your login has no employee record. Ask HR to link it.")
            )
        answer = survey._create_answer(user=self.env.user, check_attempts=False)
        return {
            "type": "ir.actions.act_url",
            "url": answer.get_start_url(),
            "target": "new",
        }
