"""The exclusion lists of the government as they were imported, and their lines."""

from odoo import api, fields, models
from odoo.tools import format_date

from ....engine.core.labels import labels_of

KEEPERS = ("core_group_hr", "core_group_manager")
SOURCES = [("leie", "OIG LEIE"), ("sam", "SAM exclusions")]


class ComplianceExclusionList(models.Model):
    """One file that was imported: what it was is kept, its lines while it is in force.

    A whole list replaces the one before it, a supplement adds to it.
    """

    _name = "medical.compliance.exclusion.list"
    _description = "Exclusion List"
    _inherit = ["medical.core.guard"]
    _order = "id desc"
    _deletable_in = frozenset()

    source = fields.Selection(SOURCES, required=True, readonly=True)
    kind = fields.Selection(
        [("whole", "Whole list"), ("supplement", "Supplement")],
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [("in_force", "In force"), ("replaced", "Replaced")],
        required=True,
        readonly=True,
        default="in_force",
        index=True,
    )
    date_list = fields.Date(
        "List of", required=True, readonly=True, help="The day it was published."
    )
    file_name = fields.Char("File", readonly=True)
    digest = fields.Char(
        required=True, readonly=True, help="SHA-256 hash of the file as imported."
    )
    row_count = fields.Integer("Lines", readonly=True, aggregator=None)
    imported_at = fields.Datetime(
        readonly=True, required=True, default=fields.Datetime.now
    )
    imported_by_id = fields.Many2one("res.users", readonly=True, required=True)
    replaced_at = fields.Datetime(readonly=True)

    _one_whole = models.UniqueIndex(
        "(source) WHERE state = 'in_force' AND kind = 'whole'",
        "One whole list of each source is in force at a time.",
    )

    @api.depends("source", "date_list", "kind")
    def _compute_display_name(self):
        sources = labels_of(self, "source")
        for one in self:
            if not one.date_list:
                one.display_name = self.env._("New")
                continue
            name = sources.get(one.source, "")
            more = self.env._(", supplement") if one.kind == "supplement" else ""
            one.display_name = self.env._(
                "%(list)s of %(day)s%(more)s",
                list=name,
                day=format_date(self.env, one.date_list),
                more=more,
            )

    def _program_message(self, name):
        return self.env._(
            "An exclusion list stays as its file was. Import the next one instead."
        )

    @api.model
    def _in_force(self):
        """The lists that parties are compared with."""
        # sudo: the lists are public; who screens need not read them
        return self.sudo().search([("state", "=", "in_force")])

    def action_lines(self):
        """The lines of these lists."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Lines"),
            "res_model": "medical.compliance.exclusion.line",
            "views": [(False, "list"), (False, "form")],
            "domain": [("list_id", "in", self.ids)],
        }


class ComplianceExclusionLine(models.Model):
    """A line of a list as its file has it. Written with COPY, never by hand."""

    _name = "medical.compliance.exclusion.line"
    _description = "Line of an Exclusion List"
    _inherit = ["medical.core.guard"]
    _order = "list_id, number"
    _log_access = False
    _deletable_in = frozenset()

    list_id = fields.Many2one(
        "medical.compliance.exclusion.list",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    number = fields.Integer("Line", readonly=True, aggregator=None)
    last = fields.Char(readonly=True)
    first = fields.Char(readonly=True)
    middle = fields.Char(readonly=True)
    suffix = fields.Char(readonly=True)
    business = fields.Char(readonly=True)
    npi = fields.Char("NPI", readonly=True)
    birth = fields.Char("Born", readonly=True, help="YYYYMMDD, as the list has it.")
    state = fields.Char(readonly=True)
    city = fields.Char(readonly=True)
    kind = fields.Char("Exclusion type", readonly=True)
    since = fields.Char("Excluded since", readonly=True)
    digest = fields.Char(readonly=True, index=True, help="Identifies the line.")

    @api.depends("last", "first", "middle", "business")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line._said()

    def _said(self):
        """The name on the line as one reads it."""
        self.ensure_one()
        names = filter(None, (self.first, self.middle, self.last, self.suffix))
        return " ".join(names) or self.business or ""
