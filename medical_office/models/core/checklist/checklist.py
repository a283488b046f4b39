"""Checklists: what is looked at on a round, in which order and by which rule."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# what changes the meaning of a checklist: a change makes a new version
DEFINITION = {"item_ids", "name", "credential_type_id"}


class CoreChecklist(models.Model):
    """A list of items with its citation. Rounds copy it when they come due."""

    _name = "medical.core.checklist"
    _description = "Checklist"
    _inherit = [
        "medical.core.used", "mail.thread", "medical.core.shared", "medical.core.guard"
    ]  # fmt: skip
    _order = "kind, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ("round", "Round"),
            ("opening", "Opening"),
            ("closing", "Closing"),
        ],
        required=True,
        default="round",
        index=True,
        help="The type of round that this checklist is for.",
    )
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Leave empty to share the checklist with all companies.",
    )
    item_ids = fields.One2many("medical.core.checklist.item", "checklist_id", copy=True)
    description = fields.Text(
        help="Shown before the items to the person doing the round."
    )
    citation = fields.Char(
        help=(
            'The rule that requires this round, or "Practice" if it is the '
            "practice's own."
        ),
    )
    credential_type_id = fields.Many2one(
        "medical.core.credential.type",
        "Credential to sign",
        ondelete="restrict",
        domain="[('holder_kind', '=', 'person')]",
        help="Required to sign a round of this checklist. Empty: any staff member may "
        "sign.",
    )
    version = fields.Integer(
        default=1,
        readonly=True,
        copy=False,
        help="Increases when the items change after a round has used them. Earlier "
        "rounds keep the items as they were.",
        aggregator=None,
    )
    version_used = fields.Boolean(readonly=True, copy=False)
    item_count = fields.Integer(compute="_compute_item_count")
    schedule_count = fields.Integer(compute="_compute_schedule_count")

    @api.depends("item_ids")
    def _compute_item_count(self):
        for checklist in self:
            checklist.item_count = len(checklist.item_ids)

    def _compute_schedule_count(self):
        counts = dict(
            self.env["medical.core.schedule"]._read_group(
                [("checklist_id", "in", self.ids)], ["checklist_id"], ["__count"]
            )
        )
        for checklist in self:
            checklist.schedule_count = counts.get(checklist._origin, 0)

    @api.constrains("company_id")
    def _check_company_of_schedules(self):
        # sudo: schedules of any company count
        used = self.env["medical.core.schedule"].sudo()
        for checklist in self.filtered("company_id"):
            if used.search_count(
                [
                    ("checklist_id", "=", checklist.id),
                    ("company_id", "!=", checklist.company_id.id),
                ],
                limit=1,
            ):
                raise ValidationError(
                    self.env._(
                        "“%(checklist)s” has schedules in another company. Copy it for "
                        "%(company)s, or leave it shared.",
                        checklist=checklist.name,
                        company=checklist.company_id.name,
                    )
                )

    def _medical_used_by(self):
        return [
            *super()._medical_used_by(),
            (
                "medical.core.schedule",
                "checklist_id",
                [],
                self.env._(
                    "rounds are scheduled by it (%(names)s); choose another checklist "
                    "there or archive these first."
                ),
            ),
        ]

    def write(self, vals):
        result = super().write(vals)
        if DEFINITION & vals.keys():
            self._new_version()
        return result

    def action_open_schedules(self):
        """Open the schedules of this checklist."""
        self.check_access("read")
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "medical_office.core_schedule_action"
        )
        action["domain"] = [("checklist_id", "=", self.id)]
        action["context"] = {"default_checklist_id": self.id}
        return action

    def _new_version(self):
        """Count up where a round has already copied the current version."""
        for checklist in self.filtered("version_used"):
            checklist._pen().write(
                {"version": checklist.version + 1, "version_used": False}
            )
