"""Which documents a personnel file holds, when they are due and how long they are kept."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ....tools.people.clock.retention import parts, rules

KEEPERS = ("core_group_hr", "core_group_manager")
CLASSES = [("general", "General"), ("medical", "Medical"), ("i9", "I-9")]


class PeopleDocumentType(models.Model):
    """A document asked of everybody or of some jobs; its class says who may open it."""

    _name = "medical.people.document.type"
    _description = "Personnel Document Type"
    _inherit = ["medical.core.shared", "medical.core.guard"]
    _order = "sequence, name, id"

    _editors = {"*": KEEPERS}

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, index=True, help="Permanent code, such as “w4”.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    file_class = fields.Selection(
        CLASSES,
        "Kept in file",
        required=True,
        default="general",
        help="Medical papers and Forms I-9 are kept apart, each with its own keepers "
        "(29 CFR 1630.14(b)(1); 29 CFR 825.500(g)).",
    )
    basis = fields.Selection(
        [("everyone", "Everybody"), ("job", "Jobs"), ("none", "Nobody by itself")],
        "Asked of",
        required=True,
        default="everyone",
    )
    job_ids = fields.Many2many(
        "hr.job", "medical_people_document_type_job_rel", "type_id", "job_id", "Jobs"
    )
    state_id = fields.Many2one(
        "res.country.state", "Only in", domain="[('country_id.code', '=', 'US')]"
    )
    due_days = fields.Integer(
        "Due days after hire", default=0, aggregator=None, help="0: on the first day."
    )
    valid_months = fields.Integer("Renewed every months", aggregator=None)
    lead_days = fields.Integer("Remind days ahead", default=30, aggregator=None)
    by_person = fields.Boolean(
        "The person brings it",
        default=True,
        help="It can be asked for by a link, and the person may open it again.",
    )
    retention = fields.Selection(
        selection=lambda self: self._retention_rules(),
        required=True,
        default="personnel",
    )
    retention_text = fields.Char("Kept by", compute="_compute_retention_text")
    citation = fields.Char()

    _code_unique = models.UniqueIndex("(code)", "A type with this code already exists.")
    _days = models.Constraint(
        "CHECK (due_days >= 0 AND valid_months >= 0 AND lead_days >= 0)",
        "Days and months of a document type cannot be negative.",
    )

    def write(self, vals):
        """Papers never move to a file of other keepers with their type.

        :raises UserError: papers of the type are on record
        """
        if "file_class" in vals and not self._is_program():
            moved = self.filtered(lambda kind: kind.file_class != vals["file_class"])
            # sudo: papers of every class count, whoever keeps them
            papers = self.env["medical.people.document"].sudo()
            held = papers.search([("type_id", "in", moved.ids)], limit=1).type_id
            if held:
                raise UserError(
                    self.env._(
                        "%s: papers are on record in this file. Make another type.",
                        held.name,
                    )
                )
        return super().write(vals)

    @api.model
    def _retention_rules(self):
        return [(rule.code, rule.record) for rule in rules().values()]

    @api.depends("retention")
    def _compute_retention_text(self):
        for kind in self:
            rule = rules().get(kind.retention)
            kind.retention_text = rule and " · ".join(
                filter(
                    None,
                    [
                        self._retention_words(rule.code),
                        rule.citation,
                        not rule.is_checked and self.env._("not checked"),
                    ],
                )
            )

    def _retention_words(self, code):
        """How long the rule of a code keeps a paper, such as “3 years from the hire”."""
        _ = self.env._
        starts = {
            "hire": _("from the hire"),
            "end": _("from leaving"),
            "record": _("from its date"),
        }
        spans = [
            _("%(count)s years %(start)s", count=years, start=starts[start])
            if years != 1
            else _("1 year %(start)s", start=starts[start])
            for start, years in parts(code)
        ]
        if len(spans) == 1:
            return spans[0]
        return _("%s, whichever ends later", _(" and ").join(spans))

    @api.constrains("basis", "job_ids")
    def _check_jobs(self):
        for kind in self:
            if kind.basis == "job" and not kind.job_ids:
                raise ValidationError(
                    self.env._("%s: name the jobs it is asked of.", kind.name)
                )
