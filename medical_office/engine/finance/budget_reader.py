"""What a department will probably need: read from books, orders, contracts, assets, stock
and pay, a fixed number of queries for each of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from odoo import fields, models
from odoo.api import Environment
from odoo.tools.misc import format_date

from ...tools.dates import month_end
from ...tools.finance.budget.draft import RECENT_MONTHS, Part, compose, estimate
from ...tools.finance.budget.phase import shift
from ...tools.finance.cash.recurring import due_dates
from ...tools.money import ZERO, cents, money, to_cents
from ..core.amounts import amount_text
from ..core.months import month_span

COSTS = ("staff", "operating", "provider", "other")
PAY_SECTIONS = ("staff", "provider")
# what is bought for upkeep and replacement of assets
EQUIPMENT = "equipment"
REPLACE = "replace"
MOST_NAMED = 5
Found = dict[int, list[Part]]
Books = dict[int, Any]  # {category: amounts by month}
Lines = Iterable[tuple[int, Part]]  # category, line


class BudgetReader:
    """Of one department, for some months.

    :param env: with the rights to read all of it; what comes out are sums and words
    :param months: first days of the months asked for, in order
    """

    def __init__(
        self,
        env: Environment,
        company: models.BaseModel,
        department: models.BaseModel,
        months: Sequence[date],
    ) -> None:
        self.env = env
        self.company = company
        self.department = department
        self.months = list(months)
        self.first, self.last = months[0], month_end(months[-1])
        self.today = fields.Date.context_today(company)
        # the last whole month, and the quarter that ends with it
        self.recent_to = month_end(shift(self.today.replace(day=1), -1))
        self.recent_from = shift(self.recent_to.replace(day=1), 1 - RECENT_MONTHS)
        self.categories = {
            category.id: category
            for category in env["medical.finance.category"].search(
                [("section", "in", COSTS)]
            )
        }
        self.by_code = {each.code: each.id for each in self.categories.values()}

    def lines(self) -> list[tuple[int, Part]]:
        """(category id, part) of each line of the draft, in the order of the categories."""
        books = self._books()
        found: Found = defaultdict(list)
        for source in (
            self._recurring, self._orders, self._upkeep, self._contracts,
            self._replacements, self._supplies, self._pay,
        ):  # fmt: skip
            for category, part in source(books):
                found[category].append(part)
        has_last_year = self._goes_back()
        result = []
        for category in self.categories:
            last_year, recent, before = self._three(books.get(category, {}))
            base = estimate(last_year, recent, before, len(self.months), has_last_year)
            parts, rest = compose(base, found.get(category, ()))
            result += [(category, part) for part in parts]
            if rest > ZERO:
                known = base.amount - rest
                result.append(
                    (category, self._rest(base, rest, known, last_year, recent, before))
                )
        return result

    # ------------------------------------------------------------------------- words

    def _money(self, amount: Decimal) -> str:
        return amount_text(self.env, amount, self.company.currency_id)

    def _span(self, first: date, last: date) -> str:
        return month_span(self.env, first, last)

    # --------------------------------------------------------------------- the books

    def _books(self) -> dict[int, dict[date, Decimal]]:
        """{category id: {month: cost}} of the last year and the months asked a year ago."""
        start = min(shift(self.first, -12), shift(self.recent_from, -12))
        rows = self.env["medical.finance.accrual"]._read_group(
            [
                ("company_id", "=", self.company.id),
                ("department_id", "=", self.department.id),
                ("parent_state", "=", "posted"),
                ("category_id", "in", list(self.categories)),
                ("date", ">=", start),
                ("date", "<=", self.recent_to),
            ],
            ["category_id", "date:month"],
            ["balance:sum"],
        )
        found: dict[int, dict[date, Decimal]] = defaultdict(dict)
        for category, month, balance in rows:
            found[category.id][month] = cents(balance)
        return found

    def _goes_back(self) -> bool:
        """Whether the books hold something of a year before the months asked for."""
        lines = self.env["account.move.line"]
        return bool(
            lines.search_count(
                [
                    ("company_id", "=", self.company.id),
                    ("parent_state", "=", "posted"),
                    ("date", "<=", shift(self.first, -11)),
                ],
                limit=1,
            )
        )

    def _three(self, months: dict[date, Decimal]) -> tuple[Decimal, Decimal, Decimal]:
        """Last year's same months, the last quarter, the same quarter a year before."""
        quarter = [shift(self.recent_from, number) for number in range(RECENT_MONTHS)]
        return (
            sum((months.get(shift(month, -12), ZERO) for month in self.months), ZERO),
            sum((months.get(month, ZERO) for month in quarter), ZERO),
            sum((months.get(shift(month, -12), ZERO) for month in quarter), ZERO),
        )

    def _rest(
        self,
        base: Any,  # what ``estimate`` gave
        rest: Decimal,
        known: Decimal,
        last_year: Decimal,
        recent: Decimal,
        before: Decimal,
    ) -> Part:
        """The line of what the books say and nothing else explains."""
        values = {
            "months": self._span(shift(self.first, -12), shift(self.months[-1], -12)),
            "last_year": self._money(last_year),
            "quarter": self._span(self.recent_from, self.recent_to),
            "recent": self._money(recent),
            "before": self._money(before),
            "factor": f"{base.factor:.3f}",
            "count": len(self.months),
            "amount": self._money(base.amount),
            "known": self._money(known),
            "rest": self._money(rest),
        }
        env = self.env
        if base.basis == "both":
            working = env._(
                "%(months)s: %(last_year)s × %(factor)s (%(quarter)s: %(recent)s, a year "
                "before %(before)s) = %(amount)s",
                **values,
            )
            if base.factor in (Decimal("0.5"), Decimal("1.5")):
                working += " " + env._("(the change is taken as at most half)")
        elif base.basis == "last_year":
            working = env._("%(months)s: %(last_year)s", **values)
        else:
            working = env._(
                "%(quarter)s: %(recent)s ÷ 3 × %(count)s = %(amount)s", **values
            )
        if known > ZERO:
            working += "; " + env._(
                "less %(known)s in the lines above = %(rest)s", **values
            )
        name = env._("Other, as booked") if known > ZERO else env._("As booked")
        return Part("books", name, rest, working, "known", env._("Goes on as before"))

    # ------------------------------------------------------------ recurring, on order

    def _recurring(self, _books: Books) -> Lines:
        """Recurring amounts that go out, by what the partner's bills took of this
        department in the last year."""
        env = self.env
        recurring = env["medical.finance.recurring"].search(
            [
                ("company_id", "=", self.company.id),
                ("direction", "=", "out"),
                ("partner_id", "!=", False),
            ]
        )
        rows = env["medical.finance.accrual"]._read_group(
            [
                ("company_id", "=", self.company.id),
                ("partner_id", "in", recurring.partner_id.ids),
                ("parent_state", "=", "posted"),
                ("is_profit", "=", True),
                ("date", ">", shift(self.recent_to.replace(day=1), -11)),
                ("date", "<=", self.recent_to),
            ],
            ["partner_id", "department_id", "category_id"],
            ["balance:sum"],
        )
        total: dict[Any, Decimal] = defaultdict(Decimal)
        own: dict[Any, dict[int, Decimal]] = defaultdict(dict)
        for partner, department, category, balance in rows:
            total[partner] += cents(balance)
            if department == self.department and category.id in self.categories:
                own[partner][category.id] = cents(balance)
        for each in recurring:
            until = min(self.last, each.date_last or self.last)
            times = len([*due_dates(each.date_first, each.every, self.first, until)])
            for category, part in own[each.partner_id].items():
                if total[each.partner_id] <= ZERO or part <= ZERO or not times:
                    continue
                share = part / total[each.partner_id]
                amount = to_cents(cents(each.amount) * times * share)
                yield (
                    category,
                    Part(
                        "recurring",
                        each.name,
                        amount,
                        env._(
                            "%(times)s × %(amount)s × %(share)s %% (the department's part of "
                            "this vendor's bills in 12 months) = %(result)s",
                            times=times,
                            amount=self._money(cents(each.amount)),
                            share=f"{share * 100:.1f}",
                            result=self._money(amount),
                        ),
                        "known",
                        env._("Recurring amount of %s", each.partner_id.name),
                    ),
                )

    def _orders(self, _books: Books) -> Lines:
        """What is on order for these months."""
        env = self.env
        rows = env["medical.finance.committed"]._read_group(
            [
                ("company_id", "=", self.company.id),
                ("department_id", "=", self.department.id),
                ("date", ">=", self.first),
                ("date", "<=", self.last),
            ],
            ["category_id"],
            ["balance:sum", "order_id:recordset"],
        )
        for category, balance, orders in rows:
            if category.id not in self.categories:
                continue
            names = ", ".join(orders[:MOST_NAMED].mapped("name"))
            yield (
                category.id,
                Part(
                    "order",
                    env._("On order"),
                    cents(balance),
                    env._(
                        "%(count)s confirmed orders, not billed: %(names)s",
                        count=len(orders),
                        names=names,
                    ),
                    "known",
                    env._("Ordered already"),
                ),
            )

    # ------------------------------------------------------------------------- assets

    def _assets(self) -> models.BaseModel:
        """Assets of the department: by their own department, else by their room's."""
        return self.env["maintenance.equipment"].search(
            [
                ("company_id", "in", (False, self.company.id)),
                "|",
                ("department_id", "=", self.department.id),
                "&",
                ("department_id", "=", False),
                ("location_id.medical_department_id", "=", self.department.id),
            ]
        )

    def _upkeep(self, _books: Books) -> Lines:
        """Maintenance plans that fall due, at what upkeep of these assets cost a time."""
        env, category = self.env, self.by_code.get(EQUIPMENT)
        plans = env["medical.facility.maintenance.plan"].search(
            [
                ("equipment_id", "in", self._assets().ids),
                ("date_next", ">=", self.first),
                ("date_next", "<=", self.last),
            ],
            order="date_next",
        )
        if not plans or not category:
            return
        costs = env["maintenance.request"].search(
            [
                ("equipment_id", "in", plans.equipment_id.ids),
                ("maintenance_type", "=", "preventive"),
                ("request_date", ">=", shift(self.first, -24)),
            ]
        )
        costs = costs.filtered(lambda each: each.medical_cost > 0)
        by_asset = costs.grouped("equipment_id")
        amount, words = ZERO, []
        for plan in plans:
            past = by_asset.get(plan.equipment_id, costs.browse())
            each = (
                to_cents(
                    sum((cents(one.medical_cost) for one in past), ZERO) / len(past)
                )
                if past
                else ZERO
            )
            amount += each
            words.append(
                env._(
                    "%(asset)s on %(day)s: %(amount)s",
                    asset=plan.equipment_id.name,
                    day=format_date(env, plan.date_next),
                    amount=self._money(each) if past else env._("no cost on record"),
                )
            )
        yield (
            category,
            Part(
                "maintenance",
                env._("Planned maintenance"),
                amount,
                env._("Mean cost of upkeep in two years. %s", "; ".join(words)),
                "known",
                env._("Due by the maintenance calendar"),
            ),
        )

    def _contracts(self, _books: Books) -> Lines:
        """Warranties and service contracts that renew in these months."""
        env, category = self.env, self.by_code.get(EQUIPMENT)
        agreements = env["medical.facility.agreement"].search(
            [
                ("company_id", "in", (False, self.company.id)),
                ("date_end", ">=", self.first),
                ("date_end", "<=", self.last),
                ("yearly_cost", ">", 0),
            ]
        )
        mine = self._assets()
        if not category:
            return
        for agreement in agreements:
            own = agreement.equipment_ids & mine
            if not own:
                continue
            count = len(agreement.equipment_ids)
            amount = to_cents(cents(agreement.yearly_cost) * len(own) / count)
            yield (
                category,
                Part(
                    "contract",
                    env._("Renewal: %s", agreement.name),
                    amount,
                    env._(
                        "%(cost)s a year × %(own)s of %(count)s assets = %(amount)s; ends %(day)s",
                        cost=self._money(cents(agreement.yearly_cost)),
                        own=len(own),
                        count=count,
                        amount=self._money(amount),
                        day=format_date(env, agreement.date_end),
                    ),
                    "extra",
                    env._("The contract ends"),
                ),
            )

    def _replacements(self, _books: Books) -> Lines:
        """Assets that the advice says to replace."""
        env, category = self.env, self.by_code.get(EQUIPMENT)
        mine = self._assets()
        if not category or not mine:
            return
        for row in env["maintenance.equipment"]._medical_replacements(self.company):
            asset = row["equipment"]
            if asset not in mine or row["verdict"] != REPLACE:
                continue
            amount = cents(row["amount"])
            yield (
                category,
                Part(
                    "replacement",
                    env._("Replace %s", asset.name),
                    amount,
                    env._(
                        "Replacement value %(amount)s; %(reason)s",
                        amount=self._money(amount),
                        reason=row["reason"],
                    ),
                    "extra",
                    row["reason"],
                ),
            )

    # ----------------------------------------------------------------------- supplies

    def _supplies(self, _books: Books) -> Lines:
        """Use per week of the rooms' par levels, at the vendor's price."""
        env = self.env
        pars = env["stock.warehouse.orderpoint"].search(
            [
                ("company_id", "=", self.company.id),
                ("location_id.medical_department_id", "=", self.department.id),
                ("medical_week_use", ">", 0),
            ]
        )
        days = (self.last - self.first).days + 1
        weeks = Decimal(days) / 7
        amounts: dict[int, Decimal] = defaultdict(Decimal)
        items: dict[int, set[str]] = defaultdict(set)
        for par in pars:
            product = par.product_id.with_company(self.company)
            terms = product.seller_ids[:1]
            price = (
                money(terms.price) / money(terms.medical_pack or 1)
                if terms and terms.price
                else money(product.standard_price)
            )
            account = product.product_tmpl_id._get_product_accounts()["expense"]
            category = account.medical_category_id.id
            if category in self.categories and price > ZERO:
                amounts[category] += money(par.medical_week_use) * weeks * price
                items[category].add(product.id)
        for category, amount in amounts.items():
            yield (
                category,
                Part(
                    "supply",
                    env._("Supplies by use"),
                    to_cents(amount),
                    env._(
                        "Use per week of %(count)s items in the department's rooms × "
                        "%(weeks)s weeks × vendor's price = %(amount)s",
                        count=len(items[category]),
                        weeks=f"{weeks:.2f}",
                        amount=self._money(to_cents(amount)),
                    ),
                    "full",
                    env._("What the shelves use"),
                ),
            )

    # ---------------------------------------------------------------------------- pay

    def _pay(self, books: Books) -> Lines:
        """What the department's people were paid in the last quarter, with the employer's
        part and the raises since; by the categories where pay is booked."""
        env = self.env
        people = env["hr.employee"].search(
            [
                ("department_id", "=", self.department.id),
                ("company_id", "=", self.company.id),
            ]
        )
        if not people:
            return
        paid = people._medical_pay_of_year(self.recent_from, self.recent_to)
        raises = env["medical.people.pay.change"].search(
            [
                ("employee_id", "in", people.ids),
                ("state", "=", "done"),
                ("date_from", ">", self.recent_to),
                ("date_from", "<=", self.last),
            ]
        )
        shares = self._pay_shares(books)
        for schedule, group in people.grouped("medical_schedule_id").items():
            sums = (sum(paid.get(person, {}).values()) for person in group)
            quarter = sum(map(cents, sums), ZERO)
            more = sum(
                (cents(one.year_change) for one in raises if one.employee_id in group),
                ZERO,
            )
            if quarter > ZERO:
                yield from self._pay_of(group, schedule, quarter, more, shares)

    def _pay_of(
        self,
        people: models.BaseModel,
        schedule: models.BaseModel,
        quarter: Decimal,
        more: Decimal,
        shares: list[tuple[int, Decimal]],
    ) -> Lines:
        """The pay of people who are paid on the same days, as often as the months have
        such days: some have three where others have two.

        :param quarter: what they were paid in the last quarter
        :param more: what raises since then come to in a year
        """
        env, months = self.env, len(self.months)
        dates = self._pay_dates(schedule)
        then, now = (dates[0], sum(dates[1])) if dates else (RECENT_MONTHS, months)
        total = to_cents(quarter / then * now + more / 12 * months)
        passed = before = ZERO
        for category, share in shares:
            passed += share
            so_far = to_cents(total * passed)
            working = env._(
                "%(people)s people were paid %(quarter)s in %(span)s with the employer's "
                "taxes and benefits; ",
                people=len(people),
                quarter=self._money(quarter),
                span=self._span(self.recent_from, self.recent_to),
            )
            working += (
                env._("÷ %(then)s pay dates × %(now)s", then=then, now=now)
                if schedule
                else env._("÷ %(then)s × %(now)s", then=then, now=now)
            )
            if dates and months > 1:
                working += env._(", spread over the months by them")
            if more:
                working += env._(
                    "; approved raises of %(more)s a year ÷ 12 × %(months)s",
                    more=self._money(more),
                    months=months,
                )
            if len(shares) > 1:
                working += env._(
                    "; %(share)s %% of it, as pay was booked",
                    share=f"{share * 100:.1f}",
                )
            working += f" = {self._money(so_far - before)}"
            yield (
                category,
                Part(
                    "people",
                    env._("Pay"),
                    so_far - before,
                    working,
                    "full",
                    env._("The people there are"),
                    dates[1] if dates else (),
                ),
            )
            before = so_far

    def _pay_dates(
        self, schedule: models.BaseModel
    ) -> tuple[int, tuple[int, ...]] | None:
        """How many pay dates the last quarter had, and each month has; None without a
        schedule."""
        if not schedule:
            return None
        then = len(schedule._paydays(self.recent_from, self.recent_to))
        return then, tuple(
            len(schedule._paydays(month, month_end(month))) for month in self.months
        )

    def _pay_shares(self, books: Books) -> list[tuple[int, Decimal]]:
        """[(category id, share)] by what was booked on staff and providers lately."""
        booked = {
            category: self._three(months)[1]
            for category, months in books.items()
            if self.categories[category].section in PAY_SECTIONS
        }
        booked = {
            category: amount for category, amount in booked.items() if amount > ZERO
        }
        total = sum(booked.values(), ZERO)
        if total:
            return [(category, amount / total) for category, amount in booked.items()]
        postings = self.env["medical.payroll.posting"]
        book = postings._lines_of(self.company)
        if ("wages", "") not in book:
            return []
        wages = postings._of_entry("wages", "", self.department.id, book)
        category = wages.account_id.medical_category_id.id
        return [(category, Decimal(1))] if category in self.categories else []
