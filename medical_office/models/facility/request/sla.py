"""Service levels: how long a request of each priority may stay open, from which day."""

from collections import defaultdict

from odoo import api, fields, models

from ....engine.core.labels import labels_of

PRIORITIES = [("0", "Very Low"), ("1", "Low"), ("2", "Normal"), ("3", "High")]


class FacilitySla(models.Model):
    """One priority's hours, from a day on. What held when a request came in, holds."""

    _name = "medical.facility.sla"
    _description = "Service Level"
    _inherit = ["medical.core.shared", "medical.core.guard"]
    _shared_birth = True
    _order = "priority desc, date_from desc, id"
    _rec_name = "priority"

    priority = fields.Selection(PRIORITIES, required=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Empty: for all companies without their own.",
    )
    date_from = fields.Date("In force from", required=True)
    date_to = fields.Date("In force until")
    hours = fields.Float(
        "Resolved within (hours)",
        required=True,
        help="Clock hours, including nights and weekends.",
        aggregator=None,
    )
    backup_hours = fields.Float(
        "To the backup after (hours)",
        required=True,
        help="After this time, a request nobody has started goes to the backup.",
        aggregator=None,
    )
    manager_hours = fields.Float(
        "To the manager after (hours)",
        required=True,
        help="After this time, a request that is still open goes to the site manager.",
        aggregator=None,
    )
    source = fields.Char(required=True, help="Who, or which rule, set this level.")

    _hours = models.Constraint(
        "CHECK (hours > 0 AND backup_hours > 0 AND manager_hours >= backup_hours)",
        (
            "Hours must be more than 0, and the manager cannot be notified before "
            "the backup."
        ),
    )
    _dates = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "The service level's end date is before its start date.",
    )

    @api.depends("priority", "hours")
    def _compute_display_name(self):
        labels = labels_of(self, "priority")
        for level in self:
            level.display_name = self.env._(
                "%(priority)s: %(hours)s h",
                priority=labels.get(level.priority, ""),
                hours=f"{level.hours:g}",
            )

    @api.model
    def _in_force(self):
        """A function (priority, company id, day) -> level, from one query.

        A level of the company beats a shared one, a later one an earlier one.
        """
        levels = defaultdict(list)
        # sudo: service levels are no secret; who reports a fault need not read the table
        for level in self.sudo().search([], order="date_from desc, id desc"):
            levels[level.priority].append(level)

        def find(priority, company_id, day):
            fitting = [
                level
                for level in levels[priority or "0"]
                if level.company_id.id in (False, company_id)
                and level.date_from <= day
                and (not level.date_to or level.date_to >= day)
            ]
            fitting.sort(key=lambda level: not level.company_id)
            return fitting[0] if fitting else self.browse()

        return find
