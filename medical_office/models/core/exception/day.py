"""The register's diary: how many exceptions were open each day, for the trend."""

from collections import Counter

from dateutil.tz import UTC

from odoo import api, fields, models

from ..check.check import DOMAINS

SLOT = ("company_id", "domain", "department_id", "user_id")
COUNTS = ("open_count", "opened", "closed")


class CoreExceptionDay(models.Model):
    """What was open at the end of a day, by company, domain, department and owner.

    Kept by the checks' runner, so that a trend over weeks reads a few hundred rows and
    not the whole register. Days without a row had nothing open or opened.
    """

    _name = "medical.core.exception.day"
    _description = "Exceptions by Day"
    _inherit = ["medical.core.guard"]
    _order = "day desc, domain"

    day = fields.Date(required=True, readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, ondelete="cascade")
    domain = fields.Selection(DOMAINS, string="Area", required=True, readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    user_id = fields.Many2one("res.users", string="Owner", readonly=True)
    open_count = fields.Integer(
        string="Open", readonly=True, aggregator="avg", help="At the day's last run."
    )
    opened = fields.Integer(
        readonly=True, help="Opened or reopened that day.", aggregator="sum"
    )
    closed = fields.Integer(readonly=True, help="Closed that day.", aggregator="sum")

    _slot_unique = models.UniqueIndex(
        "(day, domain, COALESCE(company_id, 0), COALESCE(department_id, 0), "
        "COALESCE(user_id, 0))"
    )

    @api.model
    def _snapshot(self):
        """Note today's counts, each company's day by its own clock."""
        register = self.env["medical.core.exception"]
        companies = self.env["res.company"].search([])
        days = {
            company: company._medical_today()
            for company in (register.company_id, *companies)
        }
        self._write_day(days, self._count(days))

    @api.model
    def _count(self, days):
        """slot -> Counter of open_count, opened and closed today."""
        register = self.env["medical.core.exception"]
        none = self.env["hr.department"], self.env["res.users"]
        checked = self.env["medical.core.check"]._read_group([], ["domain"])
        counts = {
            (company, domain, *none): Counter(open_count=0)
            for company in days
            if company
            for (domain,) in checked
        }
        for *slot, number in register._read_group(
            [("is_open", "=", True)], SLOT, ["__count"]
        ):
            counts.setdefault(tuple(slot), Counter())["open_count"] = number
        recently = fields.Datetime.subtract(fields.Datetime.now(), hours=36)
        moved = register.search_fetch(
            ["|", ("date_opened", ">=", recently), ("date_closed", ">=", recently)],
            [*SLOT, "date_opened", "date_closed"],
        )
        zones = {company: company._medical_zone() for company in days}
        for exception in moved:
            counter = counts.setdefault(tuple(exception[n] for n in SLOT), Counter())
            company = exception.company_id
            for name in ("opened", "closed"):
                moment = exception[f"date_{name}"]
                local = moment and moment.replace(tzinfo=UTC).astimezone(zones[company])
                if local and local.date() == days[company]:
                    counter[name] += 1
        return counts

    @api.model
    def _write_day(self, days, counts):
        noted = self.search_fetch(
            [("day", "in", list(set(days.values())))], ["day", *SLOT, *COUNTS]
        )
        before = {
            tuple(row[name] for name in SLOT): row
            for row in noted
            if row.day == days.get(row.company_id)
        }
        changes = {}
        for slot, row in before.items():
            now = counts.get(slot, Counter())
            values = tuple((name, now[name]) for name in COUNTS)
            if values != tuple((name, row[name]) for name in COUNTS):
                changes.setdefault(values, []).append(row.id)
        for values, ids in changes.items():
            self.browse(ids)._pen().write(dict(values))
        self._pen().create(
            [
                {
                    "day": days[slot[0]],
                    **{
                        name: value.id if isinstance(value, models.BaseModel) else value
                        for name, value in zip(SLOT, slot, strict=True)
                    },
                    **{name: counter[name] for name in COUNTS},
                }
                for slot, counter in counts.items()
                if slot not in before
            ]
        )
