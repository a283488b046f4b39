"""A raise: one person's new pay from a day on, approved by somebody else."""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools.misc import format_date

from ....tools.money import money
from ...core.mixins.decidable import Waiting
from ...core.mixins.guard import ALL

PREPARERS = ("core_group_hr", "core_group_manager")
APPROVERS = ("core_group_manager", "core_group_director")
FULL_YEAR = {"hour": 2080, "month": 12, "year": 1}
UNITS = [
    ("hour", "Hour"),
    ("period", "Pay period"),
    ("month", "Month"),
    ("year", "Year"),
]


class PeoplePayChange(models.Model):
    """Pay before and after; approval writes the employee's version of the day."""

    _name = "medical.people.pay.change"
    _description = "Pay Change"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "date_from desc, id desc"
    _rec_name = "employee_id"

    _transitions = {
        ("draft", "submitted"): PREPARERS,
        ("submitted", "draft"): (*PREPARERS, "core_group_director"),
        ("submitted", "done"): APPROVERS,
        # with its pay review
        ("draft", "done"): None,
    }
    _segregated = {
        "done": ("prepared_by_id", "create_uid", "writer_ids", "employee_user_id")
    }
    _written_by = "writer_ids"
    _reason_required = frozenset({("submitted", "draft")})
    _reason_methods = frozenset({"action_return"})
    _decisions = {
        "submitted": Waiting("action_approve", "action_return", to="done", days=7)
    }
    _decision_domain = "people"
    _decision_is_pay = True
    _locked = {"submitted": ALL, "done": ALL}
    _locked_by = ("review_id",)
    _editors = {"*": "core_group_hr"}
    _born_fields = frozenset({"employee_id", "review_id"})
    _deletable_in = frozenset({"draft"})

    employee_id = fields.Many2one(
        "hr.employee", required=True, index=True, ondelete="restrict"
    )
    employee_user_id = fields.Many2one(
        related="employee_id.user_id", string="Login of the employee", store=True
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    department_id = fields.Many2one(
        "hr.department", readonly=True, index="btree_not_null", copy=False
    )
    job_id = fields.Many2one("hr.job", readonly=True, copy=False)
    review_id = fields.Many2one(
        "medical.people.pay.review", index="btree_not_null", ondelete="cascade"
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Waiting for approval"),
            ("done", "In force"),
        ],
        required=True,
        default="draft",
        readonly=True,
        index=True,
        copy=False,
    )
    date_from = fields.Date(
        "From", required=True, default=fields.Date.context_today, help="First day."
    )
    wage_before = fields.Monetary(
        "Pay Today", readonly=True, copy=False, aggregator=None
    )
    per = fields.Selection(UNITS, "Pay is per", readonly=True, copy=False)
    times_a_year = fields.Float(readonly=True, copy=False)
    wage_after = fields.Monetary("New Pay", required=True, aggregator=None)
    percent = fields.Float(
        "Change (%)",
        digits=(6, 2),
        compute="_compute_change",
        store=True,
        aggregator="avg",
    )
    year_change = fields.Monetary(
        "Change per Year", compute="_compute_change", store=True
    )
    compa_after = fields.Float(
        "Compa-Ratio After",
        digits=(6, 2),
        compute="_compute_standing",
        compute_sudo=True,
    )
    reason = fields.Char(required=True, default="Raise")
    corrected = fields.Text(
        "Paid Periods to Correct",
        compute="_compute_corrected",
        compute_sudo=True,
        help="Paid before the change was entered: the next pay run corrects them.",
    )
    prepared_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    writer_ids = fields.Many2many(
        "res.users",
        "medical_people_pay_change_writer_rel",
        string="Written by",
        readonly=True,
        copy=False,
    )
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_at = fields.Datetime(readonly=True, copy=False)

    _positive = models.Constraint("CHECK (wage_after > 0)", "New pay is above zero.")

    def _birth_values(self, vals):
        """What the person earns on the day before the change, as pay knows it."""
        employee = self.env["hr.employee"].browse(vals.get("employee_id"))
        if not employee:
            return {}
        day = fields.Date.to_date(vals.get("date_from"))
        # sudo: pay of a person that the caller prepares a change for
        person = employee.sudo()
        wage, per, times = person._medical_pay_terms(
            day or fields.Date.context_today(self)
        )[person]
        return {
            "wage_before": wage,
            "per": per,
            "times_a_year": times,
            "department_id": person.department_id.id,
            "job_id": person.job_id.id,
        }

    @api.depends("wage_before", "wage_after", "times_a_year")
    def _compute_change(self):
        for change in self:
            more = change.wage_after - change.wage_before
            change.percent = (
                more / change.wage_before * 100 if change.wage_before else 0
            )
            change.year_change = more * change.times_a_year

    @api.depends("wage_after", "job_id", "company_id", "date_from")
    def _compute_standing(self):
        grades = self.env["medical.people.grade"]
        for change in self:
            day = change.date_from or fields.Date.context_today(self)
            location = change.employee_id.work_location_id
            grade = grades._of_job(change.job_id, location, change.company_id, day)
            ready = grade and change.wage_after and change.times_a_year
            if not ready:
                change.compa_after = 0
                continue
            year = money(change.wage_after) * money(change.times_a_year)
            pay = year / (2080 if grade.per == "hour" else 1)
            change.compa_after = grade._pay_range().compa_ratio(pay)

    @api.depends("employee_id", "date_from")
    def _compute_corrected(self):
        for change in self:
            person = change.employee_id._origin
            ready = person and change.date_from
            paid = person._medical_paid_periods(change.date_from) if ready else {}
            change.corrected = "\n".join(
                f"{format_date(self.env, first)} – {format_date(self.env, last)}"
                for first, last in paid.get(person, [])
            )

    @api.constrains("employee_id", "date_from", "wage_after")
    def _check_change(self):
        for change in self:
            if change.wage_after == change.wage_before and not change.review_id:
                raise ValidationError(
                    self.env._(
                        "%s: the new pay is the pay of today. Enter another amount.",
                        change.employee_id.name,
                    )
                )

    @api.constrains("employee_id", "date_from", "wage_after")
    def _check_not_own(self):
        """Nobody writes the amount of their own raise, whoever submits it."""
        if not self._is_program():
            self._check_own()

    def _state_values(self, state, reason):
        if state == "submitted":
            return {"prepared_by_id": self.env.uid}
        if state == "done":
            return {
                "approved_by_id": self.env.uid,
                "approved_at": fields.Datetime.now(),
            }
        return super()._state_values(state, reason)

    def action_submit(self):
        """Ask for approval.

        :raises AccessError: somebody's own raise
        :raises UserError: it belongs to a pay review, which is submitted as a whole
        """
        self._check_caller(*PREPARERS)
        self._check_own()
        if self.review_id:
            raise UserError(
                self.env._(
                    "Submit the pay review instead: it decides all of its lines."
                )
            )
        self._move_to("submitted")
        return True

    def _check_segregation(self, state):
        """A line of a review that changes nothing is nobody's raise."""
        raises = self.filtered(lambda line: line.year_change or not line.review_id)
        return super(PeoplePayChange, raises)._check_segregation(state)

    def _check_own(self):
        if self.env.user in self.employee_user_id:
            raise AccessError(
                self.env._("Somebody else has to prepare a change of your own pay.")
            )

    def action_return(self, reason):
        """Back to who prepared it, with the reason."""
        self._check_caller(*PREPARERS, "core_group_director")
        self._move_to("draft", reason)

    def action_approve(self):
        """Approve within the limit for offers and raises, and put it in force."""
        self._check_caller(*APPROVERS)
        self._move_to("done")
        return True

    def _before_done(self):
        day = fields.Date.context_today(self)
        for change in self:
            # a draft goes into force with its approved review alone
            if change.state == "draft" and change.review_id.state != "done":
                raise UserError(
                    self.env._(
                        "%s: submit it first, or approve its pay review.",
                        change.display_name,
                    )
                )
            change._check_pay_of_today()
        alone = self - self.filtered("review_id")
        earlier = alone._raised_lately()
        for change in alone:
            amount = max(change.year_change, 0) + earlier[change]
            change._check_limit(amount, change.department_id, day)

    def _check_pay_of_today(self):
        """:raises UserError: the person's pay is no longer what the change says"""
        self.ensure_one()
        # sudo: pay of the person whose change is decided
        person = self.employee_id.sudo()
        wage, per, _times = person._medical_pay_terms(self.date_from)[person]
        same = self.currency_id.compare_amounts(wage, self.wage_before) == 0
        if not same or per != self.per:
            raise UserError(
                self.env._(
                    "%s: pay has changed since this was entered. Return it, and enter "
                    "the change again.",
                    self.display_name,
                )
            )

    def _raised_lately(self):
        """{change: dollars a year of the person's other raises within twelve months}.

        One raise cut in two passes no limit that it would not pass whole.
        """
        given = self.search_fetch(
            [
                ("employee_id", "in", self.employee_id.ids),
                ("state", "=", "done"),
                ("review_id", "=", False),
                ("year_change", ">", 0),
            ],
            ["employee_id", "date_from", "year_change"],
        ).grouped("employee_id")
        none = self.browse()
        return {
            change: sum(
                other.year_change
                for other in given.get(change.employee_id, none) - change
                if fields.Date.subtract(change.date_from, years=1)
                < other.date_from
                < fields.Date.add(change.date_from, years=1)
            )
            for change in self
        }

    @api.model
    def _limit_of(self, company, department, day):
        return self.env["medical.core.limit"]._of_user(
            "offer", company, day, department
        )

    def _check_limit(self, amount, department, day):
        self.ensure_one()
        limit = self._limit_of(self.company_id, department, day)
        if limit is not None and self.currency_id.compare_amounts(amount, limit) > 0:
            raise AccessError(
                self.env._(
                    "%(who)s: %(amount)s a year, with other raises within twelve months, "
                    "exceeds your approval limit for raises (%(limit)s). Somebody with a "
                    "higher limit has to approve it.",
                    who=self.employee_id.name,
                    amount=self.currency_id.format(amount),
                    limit=self.currency_id.format(limit),
                )
            )

    def _after_done(self):
        """Write the version of the day; pay corrects what it has paid already."""
        for change in self:
            if change.wage_after == change.wage_before:
                continue
            # the host's create_version lays sudo() down: approved, the program writes
            employee = change.employee_id.with_user(SUPERUSER_ID)
            values = change._version_values()
            employee._medical_write_version(change.date_from, values)
            later = employee.version_ids.filtered(
                lambda version, day=change.date_from, wage=change.wage_before: (
                    version.date_version > day and version.wage == wage
                )
            )
            # versions that came later and knew the old pay carry the new one on
            later.write(values)

    def _version_values(self):
        """What the employee's version gets. Pay adds the unit."""
        self.ensure_one()
        return {"wage": self.wage_after}

    def _decision_amount(self):
        return self.year_change
