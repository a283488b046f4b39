"""Checks: what the practice looks for by itself, and the proof that it looked."""

import logging
import time
import traceback
from datetime import date, datetime
from typing import NamedTuple

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools.misc import clean_context

_logger = logging.getLogger(__name__)

DOMAINS = [
    ("core", "Rounds"),
    ("facility", "Facility"),
    ("supply", "Supplies"),
    ("people", "People"),
    ("payroll", "Payroll"),
    ("finance", "Finance"),
    ("compliance", "Compliance"),
    ("payer", "Payers"),
]
SEVERITIES = [
    ("low", "Low"),
    ("medium", "Medium"),
    ("high", "High"),
    ("critical", "Critical"),
]
SEVERITY_RANK = {code: rank for rank, (code, _label) in enumerate(SEVERITIES, 1)}

# a check that has not run for so long proves nothing any more (a day and a late cron)
STALE_HOURS = 26
# an error may quote a record, so only those who see every record read it
OVERSEERS = ",".join(
    f"medical_office.core_group_{role}" for role in ("manager", "director", "auditor")
)
# what the manager may set on a check; the rest belongs to the program
TUNABLE = ("active", "severity", "sla_days")


class CheckRow(NamedTuple):
    """One finding of a check.

    :param res_model: model of the record the finding is about
    :param res_id: its id
    :param summary: one sentence for the manager, naming the record and what is wrong
    :param severity: low, medium, high or critical; None takes the check's own
    :param money_at_risk: in the currency of ``company_id``, unsigned, unrounded
    :param user_id: id of the user who has to act, or False
    :param backup_id: id of the user who acts in their absence, or False
    :param date_due: until when: a naive UTC datetime, or a date (its end, in the
        company's time zone); None leaves it to the check's ``sla_days``
    :param company_id: id of the company, or False for what concerns all of them
    :param department_id: id of the department whose head shall see it, or False
    :param key: tells several findings about one record apart
    :param begins: model of the record with which it is dealt with, where that is a new
        one: who may not create any is no owner while somebody else may
    """

    res_model: str
    res_id: int
    summary: str
    severity: str | None = None
    money_at_risk: float = 0.0
    user_id: int | bool = False
    backup_id: int | bool = False
    date_due: datetime | date | None = None
    company_id: int | bool = False
    department_id: int | bool = False
    key: str = ""
    begins: str = ""


class CheckResult(NamedTuple):
    """What a check hands back: how many records it looked at, and its findings."""

    looked_at: int
    rows: list[CheckRow]


class CoreCheck(models.Model):
    """A registered check.

    The method named here is private, ``@api.model`` and set-based; it runs as the system,
    sees every company, and returns a :class:`CheckResult`. The register opens, updates and
    closes exceptions by comparing two runs.
    """

    _name = "medical.core.check"
    _description = "Check"
    _inherit = ["mail.thread", "medical.core.shared", "medical.core.guard"]
    _order = "domain, sequence, name"
    _editors = {"*": "base.group_system", **dict.fromkeys(TUNABLE)}

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Permanent code, used by the program.")
    description = fields.Text(
        translate=True,
        help=("What the check looks for, and what closes the exception."),
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=True,
        tracking=True,
        help="A check that is turned off closes its exceptions and finds no new ones.",
    )
    domain = fields.Selection(DOMAINS, string="Area", required=True, index=True)
    model_name = fields.Char(string="Model", required=True)
    method = fields.Char(required=True)
    severity = fields.Selection(
        SEVERITIES,
        default="medium",
        required=True,
        tracking=True,
        help="Severity of a finding for which the check does not set its own.",
    )
    sla_days = fields.Integer(
        string="Days to Resolve",
        default=3,
        tracking=True,
        help="A finding without its own due date is due this many days after it was "
        "opened.",
        aggregator=None,
    )
    ran_at = fields.Datetime(
        string="Last Run", readonly=True, help="When the check last finished."
    )
    tried_at = fields.Datetime(string="Last Try", readonly=True)
    looked_at = fields.Integer(
        string="Records Looked At",
        readonly=True,
        help=(
            "How many records the last run examined: proof that an empty list "
            "means nothing was found."
        ),
    )
    found = fields.Integer(readonly=True, help="Findings of the last run.")
    duration_ms = fields.Integer(string="Duration (ms)", readonly=True, aggregator=None)
    error = fields.Char(
        readonly=True,
        groups=OVERSEERS,
        help="Why the last run stopped. Its exceptions stay as they were.",
    )
    error_detail = fields.Text(readonly=True, groups="base.group_system")
    status = fields.Selection(
        [
            ("ok", "Ran"),
            ("stale", "Stale"),
            ("error", "Failed"),
            ("never", "Never ran"),
        ],
        compute="_compute_status",
        compute_sudo=True,  # everybody may know that a check failed, not why
    )
    exception_ids = fields.One2many("medical.core.exception", "check_id")
    open_count = fields.Integer(string="Open", compute="_compute_open_count")

    _code_unique = models.Constraint("unique (code)", "Each check needs its own code.")
    _sla_positive = models.Constraint(
        "check (sla_days >= 0)", "The days to resolve cannot be negative."
    )

    @api.depends("ran_at", "error")
    def _compute_status(self):
        stale = self._stale_before()
        for check in self:
            if check.error:
                check.status = "error"
            elif not check.ran_at:
                check.status = "never"
            else:
                check.status = "stale" if check.ran_at < stale else "ok"

    def _compute_open_count(self):
        counts = dict(
            self.env["medical.core.exception"]._read_group(
                [("check_id", "in", self.ids), ("is_open", "=", True)],
                ["check_id"],
                ["__count"],
            )
        )
        for check in self:
            check.open_count = counts.get(check, 0)

    def _editors_message(self, name, _groups):
        return self.env._(
            "On a check you can change the severity, the days to resolve and whether "
            "it is active, but not %(fields)s.",
            fields=name,
        )

    def write(self, vals):
        """A check that is switched off leaves nothing open behind it."""
        result = super().write(vals)
        if not vals.get("active", True):
            self._close_all()
        return result

    def _close_all(self):
        """Close what a check found, since nobody looks any more."""
        # sudo: the register is nobody's to write, lent to the switch of its check
        exceptions = self.env["medical.core.exception"].sudo()
        exceptions.search(
            [("check_id", "in", self.ids), ("state", "!=", "closed")]
        )._program_step("closed", self.env._("The check was turned off."))

    # ------------------------------------------------------------------ running

    @api.model
    def _stale_before(self):
        return fields.Datetime.subtract(fields.Datetime.now(), hours=STALE_HOURS)

    @api.model
    def _run(self, checks=None):
        """Run checks and bring the register up to date.

        :param checks: the checks to run; default ``self``, or all active ones
        """
        if checks is None:
            checks = self or self.search([])
        checks = self._to_run(checks)
        for check in checks:
            check._run_one()
        self._finish()

    @api.model
    def _cron_run(self):
        """Run all checks, one commit each.

        :return: whether all of them ran within the time of the cron
        """
        checks = self._to_run(self.search([]))
        # a run that was cut off goes on with the checks it did not reach
        fresh = fields.Datetime.subtract(fields.Datetime.now(), minutes=10)
        checks = checks.filtered(lambda check: (check.tried_at or fresh) <= fresh)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(checks))
        for check in checks:
            check._run_one()
            if not cron._commit_progress(1):
                return False
        self._finish()
        return True

    @api.model
    def _cron_run_codes(self, codes):
        """Run the checks of these codes, between the hours, when something happened."""
        checks = self.search([("code", "in", codes)])
        if checks:
            self._run(checks)

    @api.model
    def _to_run(self, checks):
        """The active ones of ``checks``, in order, as the system that sees everything.

        Checks are the practice's own eyes: they look at every company and every record,
        whoever pressed the button; the register's record rules decide who sees what.
        """
        checks = self._as_system().browse(checks.ids)
        return checks.filtered("active").sorted(
            lambda check: (check.model_name == self._name, check.domain, check.sequence)
        )

    @api.model
    def _as_system(self):
        # sudo: the checks look at every company
        companies = self.env["res.company"].sudo().search([])
        # what whoever pressed the button has as defaults is no finding of a check
        model = self.with_user(SUPERUSER_ID).with_context(
            clean_context(self.env.context)
        )
        return model.with_context(
            allowed_company_ids=companies.ids,
            # the register is one list for all readers: in the practice's language
            lang=companies[:1].partner_id.lang or self.env.lang,
            tracking_disable=True,
            mail_create_nolog=True,
            mail_create_nosubscribe=True,
        )

    def _run_one(self):
        """Run one check; what goes wrong in it stays in it.

        :return: False when another run has the check in hand
        """
        self.ensure_one()
        if not self.try_lock_for_update(allow_referencing=True):
            return False
        started = time.perf_counter()
        now = fields.Datetime.now()
        try:
            with self.env.cr.savepoint():
                result = self._call()
                self.env["medical.core.exception"]._sync(self, result.rows)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # the whole transaction starts anew, that is no fault of the check
        except LockError:
            return False  # somebody is at one of its exceptions: the next run is near
        except Exception as error:
            _logger.warning("Check %s failed", self.code, exc_info=True)
            values = {
                "error": f"{type(error).__name__}: {error}"[:500],
                "error_detail": traceback.format_exc(),
            }
        else:
            values = {
                "ran_at": now,
                "looked_at": result.looked_at,
                "found": len(result.rows),
                "error": False,
                "error_detail": False,
            }
        elapsed = round((time.perf_counter() - started) * 1000)
        self._pen().write({**values, "tried_at": now, "duration_ms": elapsed})
        return True

    def _call(self):
        """Call the check's method and look at what it hands back."""
        if self.model_name not in self.env:
            raise UserError(
                self.env._("There is no model “%(model)s”.", model=self.model_name)
            )
        model = self.env[self.model_name]
        if not self.method.startswith("_") or not hasattr(model, self.method):
            raise UserError(
                self.env._(
                    "“%(model)s” has no private method “%(method)s”.",
                    model=self.model_name,
                    method=self.method,
                )
            )
        result = getattr(model, self.method)()
        if not isinstance(result, CheckResult):
            raise UserError(
                self.env._(
                    "“%(method)s” has to return a CheckResult, not %(what)s.",
                    method=self.method,
                    what=type(result).__name__,
                )
            )
        return result

    @api.model
    def _finish(self):
        """After the checks: end waivers, escalate, note the day's count."""
        exceptions = self._as_system().env["medical.core.exception"]
        exceptions._expire_waivers()
        exceptions._escalate()
        exceptions.env["medical.core.exception.day"]._snapshot()

    # ------------------------------------------------------------------ actions

    @api.model
    def _may_refresh(self):
        """Whether the user may start the checks: heads, manager, director."""
        return self.env.user.has_group("medical_office.core_group_head")

    def action_refresh(self):
        """Run these checks now (all of them without a selection).

        :raises AccessError: the user is neither head, manager nor director
        """
        if not self._may_refresh():
            raise AccessError(
                self.env._(
                    "Checks run automatically every hour. A department head or the "
                    "manager can also start them."
                )
            )
        self._run()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_open_exceptions(self):
        """Open the list of what this check found."""
        self.check_access("read")
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.core_exception_action"
        )
        action["domain"] = [("check_id", "=", self.id)]
        action["context"] = {"search_default_open": 1}
        return action

    # ---------------------------------------------------- the check of the checks

    @api.model
    def _medical_check_failed(self):
        """Checks that stopped with an error, or have not run for over a day."""
        checks = self.search([("method", "!=", "_medical_check_failed")])
        rows = []
        for check in checks:
            if check.error:
                summary = self.env._(
                    "The check “%(check)s” failed: %(error)s",
                    check=check.name,
                    error=check.error,
                )
            elif check.status == "stale":
                summary = self.env._(
                    "The check “%(check)s” has not run for over a day.",
                    check=check.name,
                )
            else:
                continue
            rows.append(CheckRow(self._name, check.id, summary))
        return CheckResult(len(checks), rows)
