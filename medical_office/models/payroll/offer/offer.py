"""Pay answers what an offer costs: the year by the functions of the payslip."""

from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....engine.payroll.floors import Floors, below_exempt, below_minimum
from ....engine.payroll.lawbook import by_law
from ....engine.payroll.offer_pricer import OfferPricer
from ....tools.money import money
from ....tools.payroll.law.federal_tables import TaxYearMissing
from ....tools.payroll.law.limits import LimitMissing
from ....tools.payroll.time.exemptsalary import exempt_salary
from ..person.w4 import FILING

WEEKS = 52


class PeopleOffer(models.Model):
    """The pay schedule, the candidate's W-4, and what the law asks of the terms."""

    _inherit = "medical.people.offer"

    schedule_id = fields.Many2one(
        "medical.payroll.schedule",
        "Pay Schedule",
        check_company=True,
        default=lambda self: self._default_schedule_id(),
    )
    filing_status = fields.Selection(
        FILING,
        "W-4: Filing Status",
        required=True,
        default="single_mfs",
        help="For an estimate of the take-home pay; the signed form comes later.",
    )
    step2 = fields.Boolean("W-4: Step 2(c), two jobs")
    step3 = fields.Monetary("W-4: Step 3, credits")
    step4a = fields.Monetary("W-4: Step 4(a), other income")
    step4b = fields.Monetary("W-4: Step 4(b), deductions")
    step4c = fields.Monetary("W-4: Step 4(c), extra withholding")
    salary_test = fields.Boolean(
        "Salary Test Applies",
        default=True,
        help="Clear it for physicians, lawyers and teachers, who are exempt at any "
        "salary (29 CFR 541.303, 541.304).",
    )

    @api.model
    def _default_schedule_id(self):
        schedules = self.env["medical.payroll.schedule"].search(
            [("company_id", "=", self.env.company.id)], limit=2
        )
        return schedules if len(schedules) == 1 else schedules.browse()

    def _pays_a_year(self):
        """By the pay schedule."""
        if self.schedule_id:
            return self.schedule_id._period().per_year
        return super()._pays_a_year()

    @api.depends(
        "schedule_id", "filing_status", "step2", "step3", "step4a", "step4b", "step4c"
    )
    def _compute_price(self):
        super()._compute_price()

    @by_law
    def _price_of_year(self):
        """The year of the first day, paid in full from January to December.

        Where that year's tables are not known yet, by those of the year before.
        """
        found, pricers = {}, {}

        def price(offer, year):
            key = (offer.company_id._origin, year)
            if key not in pricers:
                pricers[key] = OfferPricer(self.env, *key)
            return pricers[key].price(offer)

        for offer in self:
            if not (offer.wage and offer.date_start and offer.company_id):
                found[offer] = (None, "")
                continue
            year = offer.date_start.year
            try:
                found[offer] = (price(offer, year), "")
            except (TaxYearMissing, LimitMissing) as missing:
                try:
                    last = price(offer, year - 1)
                except (ValueError, LookupError):
                    found[offer] = (None, str(missing))
                    continue
                words = self.env._(
                    "By the tables of %(last)s: those of %(year)s are not known yet.",
                    last=year - 1,
                    year=year,
                )
                found[offer] = (replace(last, notes=(words, *last.notes)), "")
            except (ValueError, LookupError) as error:
                found[offer] = (None, str(error))
        return found

    # ------------------------------------------------------------ what the law asks

    @api.constrains(
        "wage", "per", "hours_week", "exempt", "salary_test", "state_id", "date_start",
        "work_location_id",
    )  # fmt: skip
    @by_law
    def _check_floor(self):
        """No offer below the minimum wage, or exempt below the salary threshold."""
        floors = Floors(self.env, self.company_id)
        for offer in self:
            if offer.exempt and offer.per == "hour":
                continue  # refused by itself
            if offer.exempt:
                offer._check_exempt()
            else:
                offer._check_minimum(floors)

    def _medical_check_floor(self):
        super()._medical_check_floor()
        self._check_floor()

    def _check_minimum(self, floors):
        self.ensure_one()
        wage = money(self.wage)
        rate = wage if self.per == "hour" else wage / WEEKS / money(self.hours_week)
        known = floors.known(self._as_version(), self.date_start)
        if known and rate < known[0].amount:
            raise ValidationError(below_minimum(self.env, self.name, rate, *known))

    def _check_exempt(self):
        self.ensure_one()
        state = self.state_id or self.company_id.state_id
        least = self.salary_test and exempt_salary(state.code or "", self.date_start)
        week = money(self.wage) / WEEKS
        if least and week < least.amount:
            raise ValidationError(below_exempt(self.env, self.name, week, least))

    def _as_version(self):
        """The terms as a version that is not saved: what asks for a place of work."""
        self.ensure_one()
        return self.env["hr.version"].new(
            {
                "company_id": self.company_id.id,
                "medical_work_state_id": self.state_id.id,
                "work_location_id": self.work_location_id.id,
            }
        )
