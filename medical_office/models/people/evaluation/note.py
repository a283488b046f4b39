"""Notes of discipline and praise: HR and the director, nobody else."""

from odoo import api, fields, models

from ....engine.core.labels import labels_of

WRITERS = ("core_group_hr", "core_group_director")


class PeopleNote(models.Model):
    """Written once, never rewritten: a correction is another note."""

    _name = "medical.people.note"
    _description = "Personnel Note"
    _inherit = ["medical.core.guard"]
    _order = "date desc, id desc"

    _editors = {"*": WRITERS}
    _born_fields = frozenset({"employee_id", "kind", "date", "text", "told_on"})
    _past_fields = frozenset({"date", "told_on"})
    _deletable_in = frozenset()

    employee_id = fields.Many2one("hr.employee", required=True, index=True)
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True
    )
    kind = fields.Selection(
        [
            ("coaching", "Coaching"),
            ("verbal", "Verbal warning"),
            ("written", "Written warning"),
            ("final", "Final warning"),
            ("praise", "Commendation"),
        ],
        "Type",
        required=True,
        default="coaching",
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    told_on = fields.Date("Discussed on")
    text = fields.Text("What happened, what was agreed", required=True)
    author_id = fields.Many2one(
        "res.users", "Written by", readonly=True, default=lambda self: self.env.user
    )

    _text = models.Constraint(
        r"CHECK (text ~ '\S')", "Say what happened and what was agreed."
    )

    @api.depends("employee_id.name", "kind")
    def _compute_display_name(self):
        labels = labels_of(self, "kind")
        for note in self:
            note.display_name = bool(note.employee_id) and (
                f"{labels.get(note.kind, '')}: {note.employee_id.name}"
            )

    def _locked_message(self, name):
        return self.env._(
            "%s is on record as it was entered. Enter another one to correct it.",
            self.display_name,
        )
