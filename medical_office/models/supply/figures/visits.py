"""How many visits a department had in a month: the divisor of supply cost, no patients."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....engine.core.months import month_name
from ....engine.core.sentences import problem_sentences
from ....tools.csvproblems import Problem
from ....tools.plaintext import said
from ....tools.supply.figures.trend import month_of
from ....tools.supply.figures.visits import MOST_VISITS, VISIT_TEXTS


class SupplyVisits(models.Model):
    """One number per site, department and month. A correction gives its reason and
    leaves the old number, who and when in the chatter."""

    _name = "medical.supply.visits"
    _description = "Monthly Visits"
    _inherit = ["mail.thread", "medical.core.guard"]
    _order = "month desc, site_id, department_id"
    _check_company_auto = True

    _born_fields = frozenset({"site_id", "department_id", "month"})
    _deletable_in = frozenset()

    site_id = fields.Many2one(
        "stock.warehouse",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('medical_is_site', '=', True)]",
        default=lambda self: self._default_site(),
    )
    company_id = fields.Many2one(
        related="site_id.company_id", store=True, index=True, precompute=True
    )
    department_id = fields.Many2one(
        "hr.department",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    month = fields.Date(
        required=True,
        default=lambda self: self._default_month(),
        help="Any day of the month; saved as the first.",
    )
    visits = fields.Integer(
        required=True,
        help="Visits of this department in this month, as the schedule or the billing "
        "system counts them. Numbers only: no names, no dates of birth.",
    )
    reason = fields.Char(
        string="Reason for the Correction",
        help="Why the number was corrected; required for every change.",
    )
    corrections = fields.Integer(readonly=True, aggregator=None, copy=False)

    _month_unique = models.UniqueIndex(
        "(site_id, department_id, month)",
        (
            "This department's visits for this month are already entered: correct "
            "that line."
        ),
    )
    _visits_possible = models.Constraint(
        f"check (visits >= 0 AND visits <= {MOST_VISITS})",
        "The number of visits must be between 0 and 1,000,000 per month.",
    )
    _month_first = models.Constraint(
        "check (extract(day FROM month) = 1)", "A month is saved as its first day."
    )

    @api.model
    def _default_site(self):
        sites = self.env["stock.warehouse"].search(
            [
                ("medical_is_site", "=", True),
                ("company_id", "=", self.env.company.id),
            ],
            limit=2,
        )
        return sites if len(sites) == 1 else False

    @api.model
    def _default_month(self):
        """The month that is over."""
        today = fields.Date.context_today(self)
        return month_of(fields.Date.subtract(month_of(today), days=1))

    @api.depends("month", "department_id", "site_id")
    def _compute_display_name(self):
        for line in self:
            month = line.month and month_name(self.env, line.month)
            parts = [line.department_id.name, line.site_id.name, month]
            line.display_name = ", ".join(part for part in parts if part)

    # ------------------------------------------------------------------------- CRUD

    @api.model_create_multi
    def create(self, vals_list):
        """A number is born without correction; its month begins on the first."""
        self._check_values(vals_list)
        today = fields.Date.context_today(self)
        for vals in vals_list:
            if vals.get("month"):
                vals["month"] = month_of(fields.Date.to_date(vals["month"]))
                if vals["month"] > today:
                    raise UserError(
                        self.env._(
                            "%(month)s has not started yet. Enter past months only.",
                            month=month_name(self.env, vals["month"]),
                        )
                    )
        return super().create(vals_list)

    def write(self, vals):
        """A number is corrected with a reason; for which month it is does not change."""
        if "visits" not in vals:
            return super().write(vals)
        changed = self.filtered(lambda line: line.visits != vals["visits"])
        reason = said(vals.get("reason"))
        if changed and not reason:
            raise UserError(
                self.env._(
                    "%(what)s: enter why %(old)s becomes %(new)s in “Reason for the "
                    "Correction”.",
                    what=changed[0].display_name,
                    old=changed[0].visits,
                    new=vals["visits"],
                )
            )
        before = {line: line.visits for line in changed}
        result = super().write(vals)
        for count, lines in changed.grouped("corrections").items():
            lines._pen().corrections = count + 1
        changed._message_log_batch(
            {
                line.id: self.env._(
                    "Visits %(old)s → %(new)s: %(reason)s",
                    old=old,
                    new=line.visits,
                    reason=reason,
                )
                for line, old in before.items()
            }
        )
        return result

    def _locked_message(self, name):
        return self.env._(
            "Site, department and month cannot be changed. Correct this number, and "
            "enter the other month separately."
        )

    def _kept_message(self):
        return self.env._(
            "A number of visits can be corrected but not deleted: costs were "
            "reported from it."
        )

    # ----------------------------------------------------------------------- import

    @api.model
    def _plan(self, rows):
        """What rows of a file would do.

        :param rows: ``tools.supply.figures.visits.VisitRow``
        :return: (values to create, [(record, new number)], sentences about what is
            wrong); a number that is known already is in none of them
        """
        sites = self.env["stock.warehouse"].search(
            [("medical_is_site", "=", True), ("company_id", "=", self.env.company.id)]
        )
        departments = self.env["hr.department"].search(
            [("company_id", "in", (False, self.env.company.id))]
        )
        by_site = {site.name.casefold(): site for site in sites}
        # the whole path tells two departments of one name apart
        by_name = {one.complete_name.casefold(): one for one in departments}
        for name, those in departments.grouped(lambda d: d.name.casefold()).items():
            by_name.setdefault(name, those)
        known = {
            (line.site_id, line.department_id, line.month): line
            for line in self.search([("month", "in", [row.month for row in rows])])
        }
        new, corrected, problems, seen = [], [], [], {}
        for row in rows:
            site = by_site.get(row.site.casefold())
            department = by_name.get(row.department.casefold())
            if not site:
                problems.append(self._unknown(row, "Site", row.site, sites))
            if not department:
                problems.append(
                    self._unknown(row, "Department", row.department, departments)
                )
            elif len(department) > 1:
                problems.append(
                    self.env._(
                        "Row %(row)s, Department: several are called “%(name)s”. "
                        "Enter one of: %(names)s.",
                        row=row.row,
                        name=row.department,
                        names=", ".join(department.mapped("complete_name")),
                    )
                )
            if not site or len(department or ()) != 1:
                continue
            key = (site, department, row.month)
            other = seen.setdefault(key, row.row)
            if other != row.row:  # a department has two names, its own and its path
                problems += problem_sentences(
                    self.env,
                    [
                        Problem(
                            row.row,
                            "Department",
                            "same_month_twice",
                            {"other": str(other)},
                        )
                    ],
                    VISIT_TEXTS,
                )
                continue
            line = known.get(key)
            if not line:
                new.append(
                    {
                        "site_id": site.id,
                        "department_id": department.id,
                        "month": row.month,
                        "visits": row.visits,
                    }
                )
            elif line.visits != row.visits:
                corrected.append((line, row.visits))
        return new, corrected, problems

    @api.model
    def _unknown(self, row, column, name, there):
        return self.env._(
            (
                "Row %(row)s, %(column)s: there is no “%(name)s”. Enter one of: "
                "%(names)s."
            ),
            row=row.row,
            column=column,
            name=name,
            names=", ".join(there.mapped("name")),
        )
