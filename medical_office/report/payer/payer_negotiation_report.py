"""One page for the talk with a payer: the window, how it pays, what its prices are worth."""

from odoo import fields, models
from odoo.tools import formatLang

from ...tools.core.sheet import GROUP, Column, Sheet

TOP = 8


class PayerNegotiationReport(models.AbstractModel):
    _name = "report.medical_office.payer_negotiation"
    _inherit = "medical.core.report"
    _description = "Negotiation Sheet"

    def _title(self, docs, _data):
        if len(docs) == 1:
            return self.env._("Negotiation Sheet: %s", docs.name)
        return self.env._("Negotiation Sheets")

    def _period(self, _docs, _data):
        return self._as_text(fields.Date.context_today(self), "day", None)

    def _sheets(self, docs, _data):
        """For each payer its facts and its top codes; a fixed number of queries."""
        env = self.env
        contracts = env["medical.payer.contract"].search(
            [("payer_id", "in", docs.ids), ("state", "=", "in_force")]
        )
        performance = env["medical.payer.performance"].search(
            [("payer_id", "in", docs.ids)]
        )
        held = env["medical.payer.held"]._read_group(
            [("payer_id", "in", docs.ids)], ["payer_id"], ["money:sum"]
        )
        schedules = env["medical.payer.schedule"].search(
            [("payer_id", "in", docs.ids), ("fee_count", ">", 0)]
        )
        rows = env["medical.payer.comparison"].search(
            [("payer_id", "in", docs.ids), ("kind", "=", "contract")]
        )
        facts = {
            "contracts": contracts.grouped("payer_id"),
            "performance": {one.payer_id: one for one in performance},
            "held": dict(held),
            "schedules": schedules.grouped("payer_id"),
            "rows": rows.grouped("payer_id"),
        }
        sheets = []
        for payer in docs:
            sheets += [self._facts(payer, facts), self._codes(payer, facts)]
        return sheets

    def _facts(self, payer, facts):
        _ = self.env._
        lines = [{GROUP: _("Contract")}]

        def say(what, value):
            if value not in (None, False, ""):
                lines.append({"what": what, "value": value})

        def day(value):
            return self._as_text(value or None, "day", None)

        for contract in facts["contracts"].get(payer, ()):
            say(contract.name, _("term ends on %s", day(contract.term_end)))
            say(
                _("Notice window"),
                _(
                    "%(opens)s to %(closes)s",
                    opens=day(contract.notice_opens),
                    closes=day(contract.notice_closes),
                ),
            )
            say(_("Escalator per year"), f"{contract.escalator_percent:g} %")
            say(_("Decided"), contract.notice_answer)
        if len(lines) == 1:
            say(_("Contract"), _("none in force"))
        for schedule in facts["schedules"].get(payer, ()):
            if not schedule.code_count:
                continue
            money = formatLang(
                self.env, schedule.year_money, currency_obj=payer.currency_id
            )
            text = _("%(money)s a year", money=money)
            if schedule.medicare_percent:
                text += ", " + _(
                    "%(percent)s %% of Medicare",
                    percent=formatLang(self.env, schedule.medicare_percent, digits=1),
                )
            if schedule.kind == "proposed":
                text += ", " + _(
                    "effect %(effect)s",
                    effect=formatLang(
                        self.env, schedule.year_effect, currency_obj=payer.currency_id
                    ),
                )
            say(schedule.name, text)
        lines.append({GROUP: _("How it pays: the last twelve months")})
        own = facts["performance"].get(payer)
        if own and own.months:
            number = self._number
            say(_("Claims"), number(own.claims, 0))
            say(
                _("Paid"),
                formatLang(self.env, own.paid, currency_obj=payer.currency_id),
            )
            say(_("Days to pay"), number(own.days, 1))
            say(_("Denied"), f"{number(own.denied_share, 1)} %")
            reasons = dict(own._fields["top_reason"]._description_selection(self.env))
            say(_("Most denied for"), reasons.get(own.top_reason))
            if own.contract_share:
                say(_("Paid of contract"), f"{number(own.contract_share, 1)} %")
        else:
            say(_("Monthly numbers"), _("none entered"))
        lines.append({GROUP: _("Enrollment")})
        if own and own.enroll_days:
            say(_("Days from submission to effect"), self._number(own.enroll_days, 0))
        say(
            _("Money held by pending enrollments"),
            formatLang(
                self.env, facts["held"].get(payer, 0), currency_obj=payer.currency_id
            ),
        )
        say(_("Timely filing (days)"), payer.timely_filing_days)
        say(_("Appeal (days)"), payer.appeal_days)
        return Sheet(
            payer.name,
            [Column("what", _("What"), width=44), Column("value", "", width=56)],
            [
                line if GROUP in line else {**line, "value": str(line["value"])}
                for line in lines
            ],
        )

    def _number(self, value, digits):
        return formatLang(self.env, value or 0, digits=digits)

    def _codes(self, payer, facts):
        _ = self.env._
        rows = facts["rows"].get(payer, self.env["medical.payer.comparison"])
        rows = rows.sorted(lambda row: (-row.money, row.code, row.id))[:TOP]
        return Sheet(
            _("Top Codes, %s", payer.name),
            [
                Column("code", _("Code"), width=12),
                Column("units", _("Units a year"), "whole"),
                Column("price", _("Contract"), "money"),
                Column("medicare", _("Medicare"), "money"),
                Column("percent", _("Percent of Medicare"), "percent"),
                Column("money", _("A year"), "money", total=True),
            ],
            [
                {
                    "code": " ".join(filter(None, [row.code, row.modifier])),
                    "units": row.units,
                    "price": row.price,
                    "medicare": row.medicare or None,
                    "percent": row.percent / 100 if row.percent else None,
                    "money": row.money,
                }
                for row in rows
            ],
            empty=_("No prices in force for the codes of the practice."),
        )


class PayerNegotiationXlsx(models.AbstractModel):
    _name = "report.medical_office.payer_negotiation_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Negotiation Sheet as a Spreadsheet"
    _source = "report.medical_office.payer_negotiation"
