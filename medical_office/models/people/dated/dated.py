"""Facts about a person, dated: what pay has used can only be ended."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date

# may be written at any time: they do not change what a past slip was worked out from
ALWAYS = frozenset({"date_to", "note", "active", "sequence"})


class PayrollDated(models.AbstractModel):
    """A person's fact from a day on, until another day or for good.

    What has been used may be asked by a domain above: ``_latest_use``.
    """

    _name = "medical.people.dated"
    _description = "Dated Fact of a Person"
    _inherit = ["medical.core.guard"]
    _order = "employee_id, date_from desc, id desc"

    employee_id = fields.Many2one(
        "hr.employee", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(
        "From",
        required=True,
        default=fields.Date.context_today,
        help="The first pay date it applies to.",
    )
    date_to = fields.Date("Until", help="The last pay date it applies to.")
    note = fields.Text()

    @api.constrains("date_from", "date_to")
    def _check_days(self):
        for fact in self:
            if fact.date_to and fact.date_to < fact.date_from:
                raise ValidationError(
                    self.env._(
                        "%(who)s: “Until” (%(to)s) is before “From” (%(start)s).",
                        who=fact.employee_id.name,
                        to=format_date(self.env, fact.date_to),
                        start=format_date(self.env, fact.date_from),
                    )
                )

    def _check_locks(self, names):
        """Refuse to change what pay was worked out from."""
        super()._check_locks(names)
        if set(names) - ALWAYS:
            self._check_unused()

    def _refuse_own(self, message):
        """Refuse somebody's own facts, where nobody enters what they are paid themselves.

        :raises AccessError: with the message
        """
        if not self._is_program() and self.env.user in self.employee_id.user_id:
            raise AccessError(message)

    def write(self, vals):
        """An end before the last use would contradict a confirmed slip."""
        if "date_to" in vals and not self._is_program():
            self._check_values([vals])
            self._check_end(fields.Date.to_date(vals["date_to"]))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_unused()

    def _check_unused(self):
        used = self._latest_use()
        for fact in self:
            if day := used.get(fact.id):
                raise UserError(
                    self.env._(
                        "%(what)s of %(who)s was used for the pay date %(day)s. Set "
                        "“Until” to its last pay date and enter a new one from the "
                        "date of the change.",
                        what=fact._description,
                        who=fact.employee_id.name,
                        day=format_date(self.env, day),
                    )
                )

    def _check_end(self, day):
        if not day:
            return
        used = self._latest_use()
        for fact in self:
            if used.get(fact.id) and used[fact.id] > day:
                raise UserError(
                    self.env._(
                        "%(what)s of %(who)s was used for the pay date %(used)s: it "
                        "cannot end before that day.",
                        what=fact._description,
                        who=fact.employee_id.name,
                        used=format_date(self.env, used[fact.id]),
                    )
                )

    def _latest_use(self):
        """Hook: {id: last day that something final was worked out from the fact}."""
        return {}

    def _covers(self, day):
        """Whether the fact is in force on ``day``."""
        self.ensure_one()
        return self.date_from <= day and (not self.date_to or self.date_to >= day)

    @api.model
    def _of(self, employees, first, last=None):
        """All facts of ``employees`` in force on a day of ``first`` to ``last``.

        One query. In order of person and date, the latest last.
        """
        return self.search(
            [
                ("employee_id", "in", employees.ids),
                ("date_from", "<=", last or first),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", first),
            ],
            order="employee_id, date_from, id",
        )
