"""What a job asks of a person, and what an interview question tests."""

from odoo import fields, models


class PeopleCompetency(models.Model):
    _name = "medical.people.competency"
    _description = "Competency"
    _inherit = ["medical.core.shared", "medical.core.guard"]
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Char(translate=True, help="What it looks like at work.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex("(name)", "This competency is listed already.")
