"""One page for the talk with a payer: the window, how it pays, what its prices are worth."""

from odoo import fields, models
from odoo.tools import formatLang

from ...engine.core.labels import labels_of
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
        """The left column says what, the right one how it is."""
        _ = self.env._
        contract = [
            *self._contract_lines(facts["contracts"].get(payer, ())),
            *self._price_lines(payer, facts["schedules"].get(payer, ())),
        ]
        own = facts["performance"].get(payer)
        groups = (
            (_("Contract"), contract),
            (_("How it pays: the last twelve months"), self._paying_lines(payer, own)),
            (_("Enrollment"), self._enrollment_lines(payer, own, facts["held"])),
        )
        lines = []
        for title, pairs in groups:
            lines.append({GROUP: title})
            lines += [
                {"what": what, "value": str(value)} for what, value in pairs if value
            ]
        return Sheet(
            payer.name,
            [
                Column("what", _("What"), width=44),
                Column("value", _("Value"), width=56),
            ],
            lines,
        )

    def _day(self, value):
        return self._as_text(value or None, "day", None)

    def _money(self, payer, value):
        return formatLang(self.env, value or 0, currency_obj=payer.currency_id)

    def _contract_lines(self, contracts):
        _ = self.env._
        lines = []
        for contract in contracts:
            window = _(
                "%(opens)s to %(closes)s",
                opens=self._day(contract.notice_opens),
                closes=self._day(contract.notice_closes),
            )
            lines += [
                (contract.name, _("term ends on %s", self._day(contract.term_end))),
                (_("Notice window"), window),
                (_("Escalator per year"), f"{contract.escalator_percent:g} %"),
                (_("Decided"), contract.notice_answer),
            ]
        return lines or [(_("Contract"), _("none in force"))]

    def _price_lines(self, payer, schedules):
        _ = self.env._
        lines = []
        for schedule in schedules:
            if not schedule.code_count:
                continue
            parts = [_("%s a year", self._money(payer, schedule.year_money))]
            if schedule.medicare_percent:
                percent = self._number(schedule.medicare_percent, 1)
                parts.append(_("%s %% of Medicare", percent))
            if schedule.kind == "proposed":
                effect = self._money(payer, schedule.payer_effect)
                parts.append(_("effect %s a year", effect))
            lines.append((schedule.name, ", ".join(parts)))
        return lines

    def _paying_lines(self, payer, own):
        _ = self.env._
        if not own or not own.months:
            return [(_("Monthly numbers"), _("none entered"))]
        reasons = labels_of(own, "top_reason")
        share = own.contract_share
        return [
            (_("Claims"), self._number(own.claims, 0)),
            (_("Paid"), self._money(payer, own.paid)),
            (_("Days to pay"), self._number(own.days, 1)),
            (_("Denied"), f"{self._number(own.denied_share, 1)} %"),
            (_("Most denied for"), reasons.get(own.top_reason)),
            (_("Paid of contract"), share and f"{self._number(share, 1)} %"),
        ]

    def _enrollment_lines(self, payer, own, held):
        _ = self.env._
        days = own and own.enroll_days
        return [
            (_("Days from submission to effect"), days and self._number(days, 0)),
            (
                _("Money held by pending enrollments"),
                self._money(payer, held.get(payer)),
            ),
            (_("Timely filing (days)"), payer.timely_filing_days),
            (_("Appeal (days)"), payer.appeal_days),
        ]

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
