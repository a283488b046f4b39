"""The measures of each month, with their trend: worked out, never typed."""

from calendar import monthrange
from datetime import timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ....tools.finance.measure.measures import BY_CODE, MEASURES, Figures, measured

SUPPLIES = ("drugs", "medical_supply")
UNITS = [("percent", "%"), ("dollars", "$"), ("days", "days"), ("ratio", "")]
# the nightly run looks back so far: entries are still posted into the last months
MONTHS_BACK = 3


class FinanceMeasure(models.Model):
    """One measure of one month."""

    _name = "medical.finance.measure"
    _description = "Practice Measure"
    _inherit = ["medical.core.guard"]
    _order = "month desc, sequence, id"
    _strict_fields = frozenset({"code", "month", "value", "before", "company_id"})
    _deletable_in = frozenset()

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    month = fields.Date(required=True, readonly=True, index=True)
    code = fields.Selection(
        [(measure.code, measure.name) for measure in MEASURES],
        "Measure",
        required=True,
        readonly=True,
    )
    sequence = fields.Integer(readonly=True)
    value = fields.Float(readonly=True, digits=(16, 2), aggregator="avg")
    before = fields.Float(
        "A Year Before", readonly=True, digits=(16, 2), aggregator="avg"
    )
    has_before = fields.Boolean(readonly=True)
    change = fields.Float(compute="_compute_change", digits=(16, 2))
    trend = fields.Selection(
        [("better", "Better"), ("same", "Same"), ("worse", "Worse")],
        compute="_compute_change",
    )
    unit = fields.Selection(UNITS, compute="_compute_definition")
    formula = fields.Char(compute="_compute_definition")
    source = fields.Char(compute="_compute_definition")

    _unique = models.UniqueIndex(
        "(company_id, month, code)", "This measure of the month is there already."
    )

    @api.depends("code")
    def _compute_definition(self):
        for row in self:
            measure = BY_CODE.get(row.code)
            row.unit = measure and measure.unit
            row.formula = measure and measure.formula
            row.source = measure and measure.source

    @api.depends("value", "before", "has_before", "code")
    def _compute_change(self):
        for row in self:
            row.change = row.value - row.before if row.has_before else 0
            if not row.has_before or row.code not in BY_CODE:
                row.trend = False
            elif not row.change:
                row.trend = "same"
            else:
                up = BY_CODE[row.code].better == "up"
                row.trend = "better" if (row.change > 0) == up else "worse"

    # ------------------------------------------------------------------ the program

    @api.model
    def _cron_refresh(self):
        """Each night: the last months again, since entries are still posted there."""
        today = fields.Date.context_today(self)
        since = today.replace(day=1) - relativedelta(months=MONTHS_BACK)
        months = self.env["medical.finance.month"].search([("month", ">=", since)])
        self.env["medical.core.job.fault"]._each(
            self.env._("calculate measures"), months, self._refresh_months
        )

    @api.model
    def _refresh_months(self, months):
        for company, those in months.grouped("company_id").items():
            self._refresh(company, those.mapped("month"))

    @api.model
    def _refresh(self, company, months):
        """Work out the measures of some months; what cannot be known has no row."""
        # sudo: what follows from the ledger is written by the program for all readers
        own = self.sudo().with_company(company)._pen()
        wanted = {*months, *(month + relativedelta(years=1) for month in months)}
        every = {*wanted, *(month - relativedelta(years=1) for month in wanted)}
        values = {
            month: measured(figures) for month, figures in own._figures(company, every)
        }
        known = {
            (row.month, row.code): row
            for row in own.search(
                [("company_id", "=", company.id), ("month", "in", list(wanted))]
            )
        }
        entered = {numbers.month for numbers in own._numbers(company, wanted)}
        fresh, kept = [], own.browse()
        for month in sorted(wanted & entered):
            before = values.get(month - relativedelta(years=1), {})
            for place, measure in enumerate(MEASURES):
                value = values[month][measure.code]
                if value is None:
                    continue
                old = before.get(measure.code)
                row = {
                    "value": float(value),
                    "before": float(old or 0),
                    "has_before": old is not None,
                }
                there = known.get((month, measure.code))
                if there:
                    kept |= there
                    if any(there[key] != item for key, item in row.items()):
                        there.write(row)
                else:
                    fresh.append(
                        {
                            **row,
                            "company_id": company.id,
                            "month": month,
                            "code": measure.code,
                            "sequence": place,
                        }
                    )
        own.create(fresh)
        gone = own.browse([row.id for row in known.values()]) - kept
        gone.unlink()

    @api.model
    def _numbers(self, company, months):
        return self.env["medical.finance.month"].search(
            [("company_id", "=", company.id), ("month", "in", list(months))]
        )

    @api.model
    def _figures(self, company, months):
        """(month, Figures) of each of the months whose numbers were entered."""
        numbers = {each.month: each for each in self._numbers(company, months)}
        if not numbers:
            return []
        start, end = min(numbers), max(numbers) + relativedelta(months=1)
        sums = self._sums(company, start, end)
        return [
            (
                month,
                self._of_month(each, sums.get(month, {}), self._cash(company, month)),
            )
            for month, each in sorted(numbers.items())
        ]

    @api.model
    def _sums(self, company, start, end):
        """{month: {section or other key: balance}} of the posted entries."""
        rows = self.env["medical.finance.accrual"]._read_group(
            [
                ("company_id", "=", company.id),
                ("parent_state", "=", "posted"),
                ("is_profit", "=", True),
                ("date", ">=", start),
                ("date", "<", end),
            ],
            ["date:month", "category_id", "account_id"],
            ["balance:sum"],
        )
        sums = {}
        for month, category, account, balance in rows:
            own = sums.setdefault(month, {})
            keys = [category.section or "none"]
            if not category:
                kind = account.account_type
                keys = ["revenue" if kind.startswith("income") else "operating"]
            if category.code in SUPPLIES:
                keys.append("supplies")
            if account.account_type == "expense_depreciation":
                keys.append("depreciation")
            for key in keys:
                own[key] = own.get(key, Decimal(0)) + Decimal(f"{balance:.2f}")
        return sums

    @api.model
    def _cash(self, company, month):
        """What was in cash and bank accounts at the end of the month."""
        end = month + relativedelta(months=1) - timedelta(days=1)
        rows = self.env["medical.finance.accrual"]._read_group(
            [
                ("company_id", "=", company.id),
                ("parent_state", "=", "posted"),
                ("account_id.account_type", "=", "asset_cash"),
                ("date", "<=", end),
            ],
            [],
            ["balance:sum"],
        )
        return Decimal(f"{rows[0][0] or 0:.2f}")

    @api.model
    def _of_month(self, numbers, sums, cash):
        def amount(value):
            return Decimal(f"{value:.2f}")

        nothing = Decimal(0)
        staff = sums.get("staff", nothing)
        return Figures(
            revenue=-sums["revenue"] if sums.get("revenue") else None,
            operating=staff + sums.get("operating", nothing) if sums else None,
            staff=staff if sums else None,
            provider=sums.get("provider", nothing) if sums else None,
            supplies=sums.get("supplies", nothing) if sums else None,
            depreciation=sums.get("depreciation", nothing),
            cash=cash,
            visits=numbers.visits,
            new_patients=numbers.new_patients,
            charges=amount(numbers.charges),
            payments=amount(numbers.payments),
            adjustments=amount(numbers.adjustments),
            receivable=amount(numbers.receivable),
            ar_over=amount(numbers.ar_over),
            physicians=amount(numbers.physicians) if numbers.physicians else None,
            days=monthrange(numbers.month.year, numbers.month.month)[1],
        )
