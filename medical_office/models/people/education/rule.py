"""What a board asks for continuing education: hours in a cycle, some by category."""

from odoo import api, fields, models

KEEPERS = ("core_group_hr", "core_group_manager")


class PeopleEducationCategory(models.Model):
    """What a course is about, as boards count it."""

    _name = "medical.people.education.category"
    _description = "CE Category"
    _inherit = ["medical.core.shared", "medical.core.guard"]
    _order = "sequence, name"

    _editors = {"*": KEEPERS}

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)

    _name_unique = models.UniqueIndex("(name)", "There is a category of this name.")


class PeopleEducationRule(models.Model):
    """What a board asks, with its source: some are shipped, the rest a practice enters.

    What is shipped was read in the text of a rule on the day ``text_as_of`` or at second
    hand; until somebody has compared it with the board, what it finds is a remark.
    """

    _name = "medical.people.education.rule"
    _description = "CE Rule"
    _inherit = ["medical.people.sourced", "medical.core.shared", "medical.core.guard"]
    _shared_birth = True
    _order = "type_id, state_id, date_from desc, id"

    _editors = {"*": KEEPERS}

    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: every company."
    )
    type_id = fields.Many2one(
        "medical.core.credential.type",
        "To Keep",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('holder_kind', '=', 'person')]",
    )
    state_id = fields.Many2one(
        "res.country.state",
        "Issued by the State",
        domain="[('country_id.code', '=', 'US')]",
        help="Empty: wherever it was issued.",
    )
    cycle_months = fields.Integer(
        "Cycle in Months",
        required=True,
        default=24,
        aggregator=None,
        help="The cycle ends with the last day of the credential.",
    )
    hours = fields.Float("Hours in All", required=True, aggregator=None)
    line_ids = fields.One2many(
        "medical.people.education.rule.line", "rule_id", "Of These at Least"
    )
    date_from = fields.Date("Since", help="The first term it is asked for ends then.")
    citation = fields.Char("Source", required=True, help="Statute, rule or page.")
    note = fields.Text(help="Who is exempt, and what else the board asks.")
    is_checked = fields.Boolean(
        "Checked at the source",
        help="Somebody of the practice compared it with what the board asks today.",
    )

    _range = models.Constraint(
        "CHECK (hours > 0 AND cycle_months > 0)",
        "A CE rule needs hours above zero and a cycle of at least one month.",
    )

    @api.depends("type_id.name", "state_id.code", "hours", "cycle_months")
    def _compute_display_name(self):
        for rule in self:
            state = f" ({rule.state_id.code})" if rule.state_id else ""
            rule.display_name = bool(rule.type_id) and self.env._(
                "%(what)s%(state)s: %(hours)g hours in %(months)s months",
                what=rule.type_id.name,
                state=state,
                hours=rule.hours,
                months=rule.cycle_months,
            )

    def _is_sure(self):
        """Whether the practice stands behind the rule: its own, or compared by it."""
        self.ensure_one()
        return self.is_checked or self.status == "own"

    def _fits(self, credential):
        """Whether the rule asks its hours for the term of a credential."""
        self.ensure_one()
        return (
            self.type_id == credential.type_id
            and self.state_id in (credential.state_id, self.state_id.browse())
            and self.company_id in (credential.company_id, self.company_id.browse())
            and (not self.date_from or credential.date_to >= self.date_from)
        )


class PeopleEducationRuleLine(models.Model):
    """Hours of one category that a rule asks for among its hours."""

    _name = "medical.people.education.rule.line"
    _description = "CE Rule Line"
    _inherit = ["medical.core.shared", "medical.core.guard"]
    _shared_by = "rule_id"
    _order = "id"

    _editors = {"*": KEEPERS}

    rule_id = fields.Many2one(
        "medical.people.education.rule", required=True, index=True, ondelete="cascade"
    )
    category_id = fields.Many2one(
        "medical.people.education.category", required=True, ondelete="restrict"
    )
    hours = fields.Float("Hours at Least", required=True, aggregator=None)

    _once = models.UniqueIndex(
        "(rule_id, category_id)", "The rule has a line for this category already."
    )
    _range = models.Constraint("CHECK (hours > 0)", "Enter hours above zero.")

    @api.depends("category_id.name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.category_id.name
