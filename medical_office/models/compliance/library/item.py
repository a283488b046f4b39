"""Items of an audit library: section, what kind of duty it is, which evidence it names."""

from odoo import api, fields, models

REQUIREMENTS = [
    ("required", "Required"),
    ("addressable", "Addressable"),
    ("guidance", "Guidance"),
    ("practice", "Practice"),
]
BASIS = {
    "required": "law",
    "addressable": "law",
    "guidance": "standard",
    "practice": "practice",
}


class CoreChecklistItem(models.Model):
    _inherit = "medical.core.checklist.item"

    code = fields.Char(help="Tells the item from others, over all versions.")
    section = fields.Char()
    requirement = fields.Selection(
        REQUIREMENTS,
        help="Addressable (45 CFR 164.306(d)): done, or the reason why not is documented "
        "with an equivalent alternative.",
    )
    measure_id = fields.Many2one(
        "medical.compliance.measure",
        "Evidence measure",
        index="btree_not_null",
        ondelete="restrict",
        help="What is counted for the auditor over the evidence period.",
    )
    is_checked = fields.Boolean(
        "Citation checked",
        help="Off: nobody has read the rule at the place that is cited. Audits say so.",
    )

    def _cited(self):
        """The citation as an audit shows it: what nobody could check says so."""
        self.ensure_one()
        if not self.citation or self.is_checked or self.checklist_id.kind != "audit":
            return self.citation
        return self.env._("%s (citation not checked)", self.citation)


class CoreRoundLine(models.Model):
    """What a line of an audit keeps of its item, beside what every line keeps."""

    _inherit = "medical.core.round.line"

    section = fields.Char(readonly=True)
    requirement = fields.Selection(REQUIREMENTS, readonly=True)
    measure_id = fields.Many2one(
        "medical.compliance.measure",
        "Evidence measure",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.model
    def _values_from_item(self, item):
        values = super()._values_from_item(item)
        if item.checklist_id.kind == "audit":
            values.update(
                section=item.section,
                requirement=item.requirement,
                measure_id=item.measure_id.id,
                citation=item._cited(),
            )
        return values
