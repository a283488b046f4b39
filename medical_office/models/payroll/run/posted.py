"""Where a run's costs were posted, so that a void takes them back from there."""

from odoo import fields, models

from ....tools.money import cents, money
from ....tools.payroll.books.posting import entries
from ..practice.posting import COSTS


class HrPayslipRun(models.Model):
    _inherit = "hr.payslip.run"

    medical_posted = fields.Json(
        "Posted To",
        readonly=True,
        copy=False,
        groups="medical_office.core_group_payroll",
        help="Account and cost center of each cost, and the departments' shares of each "
        "payslip, on the day the run was posted.",
    )

    def _kept_places(self, values):
        """What is kept of a new entry.

        :param values: rows of (entry, values of its journal item)
        """
        return {
            "places": {
                f"{line.kind}:{line.department}": [
                    item["account_id"],
                    item["analytic_distribution"],
                ]
                for line, item in values
                if line.kind in COSTS
            },
            "shares": {
                slip: [[place, str(percent)] for place, percent in shares]
                for slip, shares in self._shares().items()
            },
        }

    def _shares(self, slips=None):
        """{slip id: [(department, percent)]} of those whose cost is divided: as it was
        when it was posted; for a void, when what it takes back was.

        :param slips: some of the run's payslips; all of them where none are given
        """
        found = {}
        # sudo: the shares decide the entry, whoever looks at the run
        for slip in self.sudo().slip_ids if slips is None else slips.sudo():
            source = slip.medical_voids_id or slip
            kept = source.payslip_run_id.medical_posted
            if kept:
                own = kept["shares"].get(str(source.id), [])
            else:
                own = [
                    (split.department_id.id, split.percent)
                    for split in slip.contract_id.medical_split_ids
                ]
            if own:
                found[slip.id] = [(place, money(percent)) for place, percent in own]
        return found

    def _places(self):
        """{kind:department: [account, distribution]} of the costs of a posted run.

        Runs posted before this was kept tell it by their entry, line by line, where the
        lines are still those that would be posted.
        """
        places = self._kept() if self else {}
        accounts = self.env["account.account"].browse(
            [account for account, _distribution in places.values()]
        )
        # what is closed by now takes no entry
        usable = set(accounts.exists().filtered("active").ids)
        return {key: place for key, place in places.items() if place[0] in usable}

    def _kept(self):
        if self.medical_posted:
            return self.medical_posted["places"]
        lines = entries(self._parts())
        items = self.medical_move_id.line_ids.sorted("id")
        if [line.amount for line in lines] != [cents(item.balance) for item in items]:
            return {}
        return {
            f"{line.kind}:{line.department}": [
                item.account_id.id,
                item.analytic_distribution,
            ]
            for line, item in zip(lines, items, strict=True)
            if line.kind in COSTS
        }
