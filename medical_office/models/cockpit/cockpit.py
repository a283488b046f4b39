"""The manager's first screen: one call, answered from the exception register alone."""

from datetime import datetime, timedelta

from dateutil.tz import UTC

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...engine.core.labels import labels_of
from ..core.check.check import DOMAINS, SEVERITY_RANK
from ..core.desk.desk import DAYS_AHEAD

WEEKS = 8
LIST_LIMIT = 60
CHANGES_LIMIT = 6
BROKEN_LIMIT = 5
ICONS = {
    "core": "fa-check-square-o",
    "facility": "fa-building-o",
    "supply": "fa-cubes",
    "people": "fa-users",
    "payroll": "fa-money",
    "finance": "fa-line-chart",
    "compliance": "fa-shield",
    "payer": "fa-handshake-o",
}
# those who see the whole register get a card for every domain, others for what is theirs
OVERVIEW = ("core_group_manager", "core_group_director", "core_group_auditor")


class Cockpit(models.AbstractModel):
    """Everything of the first screen. It knows the register and its checks, no domain."""

    _name = "medical.core.cockpit"
    _description = "Cockpit"

    @api.model
    def data(self, mine=False, domain=None, severity=None):
        """All of the first screen, as the calling user may see it.

        The number of queries does not depend on the number of records.

        :param mine: list only what the user owns or backs up
        :param domain: list only this domain, or None
        :param severity: list only this severity, or None
        :return: dict with ``cards``, ``todo``, ``ahead``, ``starts``, ``setup``
            (whether the guide is open for the user), ``changes``, ``proof`` and ``user``;
            moments as naive UTC text, to be shown in the ``zone`` given with them; money
            in the currency named beside it
        :raises AccessError: the user has no role in the medical office
        :raises UserError: unknown domain or severity
        """
        self._check_role()
        if domain not in (None, *dict(DOMAINS)):
            raise UserError(self.env._("There is no area “%(name)s”.", name=domain))
        if severity not in (None, *SEVERITY_RANK):
            raise UserError(
                self.env._("There is no severity “%(name)s”.", name=severity)
            )
        since = self.env["medical.core.look"]._look()
        return {
            "user": self._user(),
            "cards": self._cards(),
            "todo": self._todo(mine, domain, severity),
            "ahead": self._ahead(),
            "starts": self._starts(),
            "setup": self.env["medical.core.setup"]._is_open(),
            "changes": self._changes(since),
            "proof": self._proof(),
            "severities": self._labels("severity"),
        }

    @api.model
    def refresh(self):
        """Run all checks now.

        :raises AccessError: the user is neither head, manager nor director
        """
        self._check_role()
        self.env["medical.core.check"].action_refresh()
        return True

    @api.model
    def mark_seen(self):
        """Take what changed so far as seen."""
        self._check_role()
        self.env["medical.core.look"]._seen()
        return True

    @api.model
    def _check_role(self):
        user = self.env.user
        if not (
            user.has_group("medical_office.core_group_staff")
            or user.has_group("medical_office.core_group_auditor")
        ):
            raise AccessError(
                self.env._(
                    "The cockpit is for people with a role in the practice. Ask an "
                    "administrator for a role."
                )
            )

    @api.model
    def _exceptions(self):
        return self.env["medical.core.exception"]

    @api.model
    def _labels(self, name):
        return labels_of(self._exceptions(), name)

    @api.model
    def _has_role(self, *groups):
        return self._exceptions()._guard_user_in(groups)

    @api.model
    def _user(self):
        return {
            "id": self.env.uid,
            "first_name": self.env.user.name.split(" ")[0],
            "may_refresh": self.env["medical.core.check"]._may_refresh(),
            "overview": self._has_role(*OVERVIEW),
            "staff": self._has_role("core_group_staff"),
            "zone": str(self._zone()),
        }

    # -------------------------------------------------------------------- ahead

    @api.model
    def _ahead(self):
        """What comes in the next days, a day after the other: paydays, deliveries, who
        is away. The domains tell it."""
        today = self._today()
        until = today + timedelta(days=DAYS_AHEAD)
        coming = sorted(
            self.env["medical.core.desk"]._ahead(today, until),
            key=lambda one: (one.day, one.text),
        )
        return [
            {
                "day": fields.Date.to_string(one.day),
                "text": one.text,
                "icon": one.icon,
                "action": one.action or False,
                "context": one.context,
            }
            for one in coming
        ]

    @api.model
    def _starts(self):
        """The large buttons of whoever walks, counts and reports, and oversees nothing.

        :return: list of {"label", "icon", "starts"}: a button with one start opens it,
            one with several asks which
        """
        if self._has_role(*OVERVIEW) or not self._has_role("core_group_staff"):
            return []
        buttons = {}
        for start in self.env["medical.core.desk"]._starts():
            label = start.under or start.label
            button = buttons.setdefault(
                label, {"label": label, "icon": start.icon, "starts": []}
            )
            button["starts"].append(start._asdict())
        return list(buttons.values())

    # -------------------------------------------------------------------- cards

    @api.model
    def _cards(self):
        """A card per domain that has a check, in the order of the domains."""
        # sudo: that a domain is looked after is no secret, its findings are
        checks = self.env["medical.core.check"].sudo()
        checked = dict(checks._read_group([], ["domain"], ["looked_at:sum"]))
        counts, trend = self._counts(), self._trend()
        overview = self._has_role(*OVERVIEW)
        labels = self._labels("domain")
        cards = []
        for domain, _label in DOMAINS:
            if domain not in checked:
                continue
            count = counts.get(
                domain, {"open": 0, "overdue": 0, "severe": 0, "money": []}
            )
            weeks = trend.get(domain, [])
            if not overview and not count["open"] and not any(weeks):
                continue
            cards.append(
                {
                    "domain": domain,
                    "label": labels[domain],
                    "icon": ICONS[domain],
                    # nothing open is good news only where something was looked at
                    "looked_at": checked[domain] or 0,
                    **count,
                    **self._trend_words(count["open"], weeks),
                }
            )
        return cards

    @api.model
    def _counts(self):
        register = self._exceptions()
        with_money = register._has_field_access(
            register._fields["money_at_risk"], "read"
        )
        amounts = ["money_at_risk:sum"] if with_money else []
        counts, money = {}, {}
        for domain, rank, currency, number, *amount in register._read_group(
            [("is_open", "=", True)],
            ["domain", "severity_rank", "currency_id"],
            ["__count", *amounts],
        ):
            count = counts.setdefault(domain, {"open": 0, "overdue": 0, "severe": 0})
            count["open"] += number
            if rank >= SEVERITY_RANK["high"]:
                count["severe"] += number
            if amount and amount[0]:
                by_currency = money.setdefault(domain, {})
                by_currency[currency.id] = by_currency.get(currency.id, 0) + amount[0]
        for domain, number in register._read_group(
            [("is_overdue", "=", True)], ["domain"], ["__count"]
        ):
            counts[domain]["overdue"] = number
        for domain, count in counts.items():
            count["money"] = [
                {"currency_id": currency_id, "amount": amount}
                for currency_id, amount in money.get(domain, {}).items()
            ]
        return counts

    @api.model
    def _trend(self):
        """domain -> what was open at the end of each of the last weeks, oldest first.

        Twice the weeks of the picture, so that they can be compared with those before.
        None stands for a time before the domain's first check ran.
        """
        days = self.env["medical.core.exception.day"]
        today = self._today()
        first = today - timedelta(weeks=2 * WEEKS)
        period = [("day", ">", first), ("day", "<=", today)]
        ran, opened = {}, {}
        # sudo: on which days checks ran is no secret, and the domain rows say it
        for domain, day in days.sudo()._read_group(period, ["domain", "day:day"]):
            ran.setdefault(domain, []).append(day)
        for domain, day, number in days._read_group(
            period, ["domain", "day:day"], ["open_count:sum"]
        ):
            opened.setdefault(domain, {})[day] = number
        ends = [today - timedelta(weeks=back) for back in reversed(range(2 * WEEKS))]
        trend = {}
        for domain, by_day in opened.items():
            last = [max((d for d in ran[domain] if d <= e), default=None) for e in ends]
            trend[domain] = [day and by_day.get(day, 0) for day in last]
        return trend

    @api.model
    def _zone(self):
        """The practice's own clock: where the user sits when looking does not matter."""
        return self.env.company._medical_zone()

    @api.model
    def _today(self):
        return datetime.now(UTC).astimezone(self._zone()).date()

    @api.model
    def _trend_words(self, now, weeks):
        """The picture's points and what they say."""
        recent = [*weeks[-WEEKS:-1], now] if weeks else []
        known = [number for number in recent if number is not None]
        before = [number for number in weeks[:WEEKS] if number is not None]
        last_week = weeks[-2] if len(weeks) > 1 else None
        change = None if last_week is None else now - last_week
        if change is None:
            words = self.env._("first week")
        elif change == 0:
            words = self.env._("same as last week")
        elif change < 0:
            words = self.env._("%(number)d fewer than last week", number=-change)
        else:
            words = self.env._("%(number)d more than last week", number=change)
        compared = ""
        if before and known:
            compared = self.env._(
                "Average open: %(now).1f in the last %(weeks)d weeks, %(before).1f in "
                "the weeks before",
                now=sum(known) / len(known),
                before=sum(before) / len(before),
                weeks=len(known),
            )
        return {
            "trend": known,
            "change": change,
            "words": words,
            "compared": compared,
        }

    # --------------------------------------------------------------------- lists

    @api.model
    def _todo_domain(self):
        """What needs doing today: overdue or due today, and all that is severe."""
        end = self.env.company._medical_last_moment(self._today())
        return Domain("is_open", "=", True) & (
            Domain("date_due", "<=", end)
            | Domain("severity_rank", ">=", SEVERITY_RANK["high"])
        )

    @api.model
    def _mine(self):
        uid = self.env.uid
        return Domain("user_id", "=", uid) | Domain("backup_id", "=", uid)

    @api.model
    def _todo(self, mine, domain, severity):
        register = self._exceptions()
        todo = self._todo_domain()
        chosen = todo
        if mine:
            chosen &= self._mine()
        if domain:
            chosen &= Domain("domain", "=", domain)
        if severity:
            chosen &= Domain("severity", "=", severity)
        exceptions = register.search_fetch(chosen, self._row_fields(), limit=LIST_LIMIT)
        by_severity = dict(register._read_group(chosen, ["severity"], ["__count"]))
        return {
            "rows": self._rows(exceptions),
            # for the list of all of them
            "domain": [
                [*part[:2], fields.Datetime.to_string(part[2])]
                if isinstance(part, tuple) and isinstance(part[2], datetime)
                else part
                for part in chosen
            ],
            "total": sum(by_severity.values()),
            "by_severity": by_severity,
            "everything": register.search_count(todo),
            "mine": register.search_count(todo & self._mine()),
        }

    @api.model
    def _row_fields(self):
        return [
            "summary", "domain", "severity", "severity_rank", "state", "user_id",
            "backup_id", "waived_by_id", "date_due", "date_opened", "date_closed",
            "res_model", "res_id", "reopen_count", "escalation_level", "check_id",
            "department_id", "company_id",
        ]  # fmt: skip

    @api.model
    def _rows(self, exceptions):
        domains, severities = self._labels("domain"), self._labels("severity")
        zones = {
            company: str(company._medical_zone())
            for company in exceptions.grouped("company_id")
        }
        names = {
            user.id: user.name
            # sudo: a colleague's name is no secret to who reads the exception
            for user in exceptions.sudo().user_id
        }
        sites = exceptions._sites()
        return [
            {
                "id": e.id,
                "summary": e.summary,
                "domain": e.domain,
                "domain_label": domains[e.domain],
                "severity": e.severity,
                "severity_label": severities[e.severity],
                "state": e.state,
                "owner": names.get(e.user_id.id, False),
                "owner_id": e.user_id.id,
                "site": sites.get((e.res_model, e.res_id), ""),
                "mine": self.env.uid in (e.user_id.id, e.backup_id.id),
                "steps_in": self.env.uid == e.backup_id.id != e.user_id.id,
                "date_due": fields.Datetime.to_string(e.date_due) or False,
                "zone": zones[e.company_id],
                "overdue": e.is_overdue,
                "reopen_count": e.reopen_count,
                "escalated": bool(e.escalation_level),
                "can_assign": e.can_assign,
                "can_waive": e.can_waive,
                "can_approve": e.can_approve,
            }
            for e in exceptions
        ]

    @api.model
    def _changes(self, since):
        """What opened, came back and closed since the user last looked."""
        register = self._exceptions()
        is_open = Domain("is_open", "=", True)
        kinds = {
            "opened": is_open
            & Domain("date_opened", ">", since)
            & Domain("reopen_count", "=", 0),
            "reopened": is_open
            & Domain("date_opened", ">", since)
            & Domain("reopen_count", ">", 0),
            "closed": Domain("state", "=", "closed")
            & Domain("date_closed", ">", since),
        }
        changes = {"since": fields.Datetime.to_string(since)}
        for kind, domain in kinds.items():  # three
            order = "date_closed desc, id" if kind == "closed" else register._order
            rows = register.search_fetch(
                domain, self._row_fields(), order=order, limit=CHANGES_LIMIT
            )
            changes[kind] = {
                "count": register.search_count(domain),
                "rows": self._rows(rows),
            }
        return changes

    @api.model
    def _proof(self):
        """That the checks ran, over how much, and which did not.

        The numbers hold for the practice as a whole and name nothing.
        """
        # sudo: see above
        checks = self.env["medical.core.check"].sudo()
        stale = Domain("error", "=", False) & (
            Domain("ran_at", "=", False) | Domain("ran_at", "<", checks._stale_before())
        )
        failed = Domain("error", "!=", False)
        bad = {
            kind: dict(checks._read_group(domain, ["domain"], ["__count"]))
            for kind, domain in (("failed", failed), ("stale", stale))
        }
        groups = checks._read_group(
            [],
            ["domain"],
            ["__count", "ran_at:max", "looked_at:sum", "found:sum"],
        )
        labels, order = self._labels("domain"), [domain for domain, _label in DOMAINS]
        lines = [
            {
                "domain": domain,
                "label": labels[domain],
                "checks": number,
                "last": fields.Datetime.to_string(last) or False,
                "looked_at": looked_at or 0,
                "found": found or 0,
                "failed": bad["failed"].get(domain, 0),
                "stale": bad["stale"].get(domain, 0),
            }
            for domain, number, last, looked_at, found in sorted(
                groups, key=lambda group: order.index(group[0])
            )
        ]
        return {
            "checks": sum(line["checks"] for line in lines),
            "last": max((line["last"] or "" for line in lines), default="") or False,
            "looked_at": sum(line["looked_at"] for line in lines),
            "found": sum(line["found"] for line in lines),
            "failed": sum(bad["failed"].values()),
            "stale": sum(bad["stale"].values()),
            "lines": lines,
            "broken": self._broken(failed | stale),
        }

    @api.model
    def _broken(self, domain):
        """The first checks that failed or did not run; why, for those who may know."""
        checks = self.env["medical.core.check"]
        may_know = checks._has_field_access(checks._fields["error"], "read")
        return [
            {
                "id": check.id,
                "name": check.name,
                "status": check.status,
                "error": (check.error or "") if may_know else "",
            }
            # sudo: lent as in _proof, but for the text of the error
            for check in checks.sudo().search(domain, limit=BROKEN_LIMIT)
        ]
