"""What a practice pays by, as the law's tables know it; and the law it pays by."""

from datetime import date
from typing import NamedTuple

from odoo import api, models

from ....tools.payroll.law.lawtable import LawBook
from ....tools.payroll.tax.readiness import Needs
from ....tools.payroll.tax.states import NAMES


class PayLaw(NamedTuple):
    """The book for one company and pay date, what a payslip says of it, and a remark
    where last year's tables serve for the time being."""

    book: LawBook
    edition: str
    remark: str = ""


class ResCompany(models.Model):
    _inherit = "res.company"

    def _medical_law(self, day):
        """The law by which this company's pay of a pay date is computed."""
        self.ensure_one()
        packages = self.env["medical.payroll.law.package"]
        book, edition = packages._book(), packages._edition_on(day)
        provisions = self.env["medical.payroll.law.provision"]
        if provisions._agreed(self, day.year):
            book, remark = provisions._for_the_time_being(self, day, book)
            if remark:
                last = day.year - 1
                edition = f"{edition}, {day.year} provisionally by {last}"
                return PayLaw(book, edition, remark)
        return PayLaw(book, edition)

    @api.model
    def _medical_law_people(self, year):
        """Domain of the people who are paid in ``year``."""
        return [
            ("company_id", "in", self.ids),
            ("struct_id.medical_us", "=", True),
            "|",
            ("contract_date_end", "=", False),
            ("contract_date_end", ">=", date(year, 1, 1)),
        ]

    def _medical_law_needs(self, year):
        """{company id: Needs} of the people, states and plans of these companies.

        As superuser: it reads what people chose, and names nobody.
        """
        people = self.env["hr.employee"].search(self._medical_law_people(year))
        own = people.grouped("company_id")
        return {
            company.id: company._medical_law_needs_of(
                own.get(company, self.env["hr.employee"]), year
            )
            for company in self
        }

    def _medical_law_needs_of(self, people, year):
        first = date(year, 1, 1)

        def chosen(model):
            return self.env[model]._of(people, first, date(year, 12, 31))

        worked = {v._pay_state().code or "" for v in people.version_id} & {*NAMES}
        forms = chosen("medical.payroll.state.form")
        plans = chosen("medical.people.enrollment").plan_id
        accounts = self.env["medical.payroll.state.account"].search(
            [("company_id", "=", self.id), ("year", "=", year)]
        )
        tables = self.env["medical.payroll.state.table"].search(
            [
                ("company_id", "=", self.id),
                ("date_from", "<=", first),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", first),
            ]
        )
        claims = chosen("medical.payroll.garnishment").mapped("claim")
        return Needs(
            taxed_in=frozenset(worked | {*forms.state_id.mapped("code")}),
            worked_in=frozenset(worked),
            kinds=frozenset(plans.mapped("kind")),
            entered=frozenset(tables.state_id.mapped("code")),
            bases=frozenset(
                account.state_id.code for account in accounts if account.suta_base
            ),
            rates=frozenset(accounts.state_id.mapped("code")),
            matched=bool(plans.match_ids),
            nonresident=any(chosen("medical.payroll.w4").mapped("nonresident")),
            levies="federal_levy" in claims,
            exempt_salaries=any(people.version_id.mapped("medical_flsa_exempt")),
        )
