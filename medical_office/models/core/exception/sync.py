"""How the register follows its checks: by comparing what is open with what was found."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from dateutil.tz import UTC

from odoo import api, fields, models

from ..check.check import SEVERITY_RANK, CheckRow

# what a check may change on an exception that it finds again
FOLLOWED = (
    "summary",
    "severity",
    "money_at_risk",
    "department_id",
    "user_id",
    "backup_id",
    "date_due",
)
IDENTITY = ("company_id", "res_model", "res_id", "key")


class CoreException(models.Model):
    _inherit = "medical.core.exception"

    @api.model
    def _sync(self, check, rows):
        """Bring the exceptions of one check in line with what it found.

        New findings open, changed ones are updated, vanished ones close, closed ones that
        are found again open with their counter raised. The number of queries does not grow
        with the number of rows, but for the ORM's batches of 100 rows a statement.

        :param check: the check, in the system's environment
        :param rows: list of :class:`CheckRow`
        :raises ValueError: a row is malformed or given twice: a fault of the check
        """
        wanted = self._wanted(check, rows)
        live = self._by_identity(
            [("check_id", "=", check.id), ("state", "!=", "closed")]
        )
        missing = wanted.keys() - live.keys()
        gone = self.browse(live[key].id for key in live.keys() - wanted.keys())
        back = self._closed_before(check, missing)

        gone._program_step("closed", self.env._("The cause is gone."))
        self.browse(exception.id for exception in back.values())._reopen()
        self._follow({**live, **back}, wanted)
        self._pen().create(
            [
                self._opening_values(check, wanted[key])
                for key in wanted  # in the check's order
                if key in missing and key not in back
            ]
        )

    @api.model
    def _by_identity(self, domain):
        """Exceptions of a domain by their identity, with all that is compared."""
        return {
            (e.company_id.id or 0, e.res_model, e.res_id, e.key or ""): e
            for e in self.search_fetch(domain, [*IDENTITY, *FOLLOWED, "state"])
        }

    @api.model
    def _closed_before(self, check, identities):
        if not identities:
            return {}
        closed = self._by_identity(
            [
                ("check_id", "=", check.id),
                ("state", "=", "closed"),
                ("res_id", "in", list({identity[2] for identity in identities})),
            ]
        )
        return {identity: closed[identity] for identity in closed.keys() & identities}

    # ------------------------------------------------------------- what was found

    @api.model
    def _wanted(self, check, rows):
        """The rows as values by identity, each looked at."""
        for row in rows:
            if not isinstance(row, CheckRow) or not row.summary or not row.res_id:
                raise ValueError(f"Check {check.code}: not a finding: {row!r}")
        known = {
            "active": self._active_users(rows),
            "models": set(),
            "days": {},
            "readers": self._readers(rows),
        }
        wanted = {}
        for row in rows:
            values = self._row_values(check, row, known)
            identity = tuple(values[name] or 0 for name in IDENTITY[:1]) + tuple(
                values[name] for name in IDENTITY[1:]
            )
            if identity in wanted:
                raise ValueError(
                    f"Check {check.code} gives {row.res_model} {row.res_id} twice. Tell "
                    f"its findings apart by CheckRow.key."
                )
            wanted[identity] = values
        return wanted

    @api.model
    def _active_users(self, rows):
        ids = {i for row in rows for i in (row.user_id, row.backup_id) if i}
        return set(self.env["res.users"].search([("id", "in", list(ids))]).ids)

    @api.model
    def _readers(self, rows):
        """(user id, model, record id) of who is named and may read what it is about, and
        (user id, model, False) of who may begin the record by which it is dealt with.

        A few queries for each pair of person and model, however many rows.
        """
        asked = {}
        for row in rows:
            for user in filter(None, (row.user_id, row.backup_id)):
                asked.setdefault((user, row.res_model), set()).add(row.res_id)
                if row.begins:
                    asked.setdefault((user, row.begins), set())
        users = self.env["res.users"].browse({user for user, _model in asked})
        people = {user.id: user for user in users.exists()}
        readers = set()
        for (user, model), ids in asked.items():
            if user not in people or model not in self.env:
                continue  # said of the row itself
            # by all companies of the person, not by those of who runs the check
            companies = people[user].company_ids.ids
            records = self.env[model].with_user(user).browse(ids)
            records = records.with_context(allowed_company_ids=companies)
            if not ids and records.has_access("create"):
                readers.add((user, model, False))
            readers.update(
                (user, model, one) for one in records._filtered_access("read").ids
            )
        return readers

    @api.model
    def _row_values(self, check, row, known):
        if row.res_model not in known["models"]:
            self.env[row.res_model]  # an unknown model stops the check here
            known["models"].add(row.res_model)
        severity = row.severity or check.severity
        if severity not in SEVERITY_RANK:
            raise ValueError(f"Check {check.code}: unknown severity {severity!r}")
        # somebody who left does nothing any more: the backup takes over, or nobody
        named = dict.fromkeys((row.user_id, row.backup_id))  # each once
        owners = [i for i in named if i in known["active"]]
        # who may not open it cannot act; where neither may, it stays with the first
        asked = {(row.res_model, row.res_id)}
        if row.begins:
            asked.add((row.begins, False))
        owners.sort(key=lambda i: not {(i, *one) for one in asked} <= known["readers"])
        return {
            "res_model": row.res_model,
            "res_id": row.res_id,
            "key": row.key or "",
            "company_id": row.company_id or False,
            "department_id": row.department_id or False,
            "summary": row.summary,
            "severity": severity,
            "money_at_risk": float(row.money_at_risk or 0.0),
            "user_id": owners[0] if owners else False,
            "backup_id": owners[1] if len(owners) > 1 else False,
            "date_due": self._moment(row.date_due, row.company_id, known["days"]),
        }

    @api.model
    def _moment(self, due, company_id, days):
        """A due date as naive UTC; a bare date means the end of the company's day."""
        if not due:
            return False
        if isinstance(due, datetime):
            if due.tzinfo:
                due = due.astimezone(UTC).replace(tzinfo=None)
            return due.replace(microsecond=0)
        if not isinstance(due, date):
            raise ValueError(f"Not a due date: {due!r}")
        if (due, company_id) not in days:
            company = self.env["res.company"].browse(company_id or ())
            days[due, company_id] = company._medical_last_moment(due)
        return days[due, company_id]

    @api.model
    def _opening_values(self, check, values):
        now = fields.Datetime.now()
        return {
            **values,
            "check_id": check.id,
            "domain": check.domain,
            "date_opened": now,
            "date_due": values["date_due"]
            or fields.Datetime.add(now, days=check.sla_days),
        }

    # ---------------------------------------------------------- what becomes of it

    @api.model
    def _follow(self, exceptions, wanted):
        """Write what changed, equal changes together."""
        changes, worse = {}, []
        for identity, exception in exceptions.items():
            found = wanted.get(identity)
            if not found:
                continue
            diff = tuple(exception._changed(found))
            if diff:
                changes.setdefault(diff, []).append(exception.id)
            ranks = SEVERITY_RANK[found["severity"]], SEVERITY_RANK[exception.severity]
            if exception.state == "waived" and ranks[0] > ranks[1]:
                worse.append(exception.id)
        for diff, ids in changes.items():
            self.browse(ids)._pen().write(dict(diff))
        # a waiver was given for what it was then
        self.browse(worse)._move_to(
            "open", self.env._("The exception became more severe.")
        )

    def _changed(self, found):
        """(field, value) pairs in which the finding differs from the exception."""
        for name in FOLLOWED:
            field, value = self._fields[name], found[name]
            if name == "date_due" and not value:
                continue  # the check leaves it to us
            if name in ("user_id", "backup_id") and self.assigned_by_id:
                continue  # somebody decided by hand
            now = self[name].id if field.type == "many2one" else self[name]
            if field.type == "monetary":
                if self.currency_id.compare_amounts(now, value) == 0:
                    continue
            elif (now or False) == (value or False):
                continue
            yield name, value

    def _reopen(self):
        """Open closed exceptions that their check found again."""
        now = fields.Datetime.now()
        for check, exceptions in self.grouped("check_id").items():  # one
            exceptions._pen().write(
                {
                    "date_opened": now,
                    "date_due": fields.Datetime.add(now, days=check.sla_days),
                    "escalation_level": 0,
                    "assigned_by_id": False,
                }
            )
        for count, exceptions in self.grouped("reopen_count").items():  # few
            exceptions._pen().write({"reopen_count": count + 1})
        self._program_step("open", self.env._("The exception came back."))

    def _after_closed(self):
        self._drop_escalations()

    def _after_waived(self):
        self._drop_escalations()

    @api.model
    def _expire_waivers(self):
        """Open again what is waived until a day that has passed where it is."""
        latest = datetime.now(ZoneInfo("Pacific/Kiritimati")).date()
        waived = self.search_fetch(
            [("state", "=", "waived"), ("waive_until", "<", latest)],
            ["company_id", "waive_until"],
        )
        today = {  # what belongs to no company goes by the one that one works in
            company: company._medical_today()
            for company in (self.env["res.company"], *waived.company_id)
        }
        over = waived.filtered(lambda e: e.waive_until < today[e.company_id])
        over._move_to("open", self.env._("The waiver ended."))
