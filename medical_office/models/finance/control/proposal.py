"""What to order: the line says what its budget has left, and its order names who pays."""

from collections import defaultdict

from odoo import fields, models

from ....engine.finance.budget_control import BudgetControl


class SupplyProposal(models.Model):
    _inherit = "medical.supply.proposal"

    medical_payers = fields.Json(
        "Departments That Pay",
        compute="_compute_medical_payers",
        compute_sudo=True,
        help="Percent by department: who asked for it, else whose rooms use it.",
    )

    def _compute_medical_payers(self):
        """{department id: percent} of each line, in one query for all of them.

        What the shelves of a site need is paid by the departments whose rooms use it.
        """
        pars = self.env["stock.warehouse.orderpoint"]._read_group(
            [
                ("product_id", "in", self.product_id.ids),
                ("warehouse_id", "in", self.site_id.ids),
                ("location_id.medical_department_id", "!=", False),
                ("medical_week_use", ">", 0),
            ],
            ["product_id", "warehouse_id", "location_id"],
            ["medical_week_use:sum"],
        )
        used = defaultdict(lambda: defaultdict(float))
        for product, site, room, weekly in pars:
            used[product, site][room.medical_department_id.id] += weekly
        for line in self:
            own = used.get((line.product_id, line.site_id))
            if line.source == "request" or not own:
                line.medical_payers = (
                    {str(line.department_id.id): 100.0} if line.department_id else {}
                )
                continue
            total = sum(own.values())
            shares = {
                str(key): round(100 * part / total, 2) for key, part in own.items()
            }
            largest = max(shares, key=shares.get)
            rest = sum(part for key, part in shares.items() if key != largest)
            line.medical_payers = shares | {largest: round(100 - rest, 2)}

    def _medical_budget_left(self):
        """What is left of the budget that pays each line (most of it), without it."""
        found = super()._medical_budget_left()
        for company, lines in self.grouped("company_id").items():
            control = BudgetControl(self.env, company)
            if not control.kept():
                continue
            keys = control.of_proposals(lines)
            left = {
                (each.month, each.department, each.category): each.left
                for each in control.standings_of(set(keys.values()))
            }
            found |= {
                line: float(left[key]) for line, key in keys.items() if key in left
            }
        return found

    def _line_values(self, store, pars):
        """The departments and the site that need it pay it."""
        values = super()._line_values(store, pars)
        # sudo: cost centers, whoever orders
        line = self.sudo()
        departments = self.env["hr.department"].sudo()  # sudo: as above
        distribution = {}
        for key, percent in (line.medical_payers or {}).items():
            center = departments.browse(int(key)).medical_analytic_account_id
            if center:
                distribution[str(center.id)] = percent
        site = line.site_id.medical_analytic_account_id
        if site:
            distribution[str(site.id)] = 100
        if distribution:
            values["analytic_distribution"] = distribution
        return values
