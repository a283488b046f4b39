"""The payroll register of runs, with its totals, changes, payments and what is owed."""

from odoo import models

from ...engine.core.labels import labels_of
from ...tools.core.sheet import GROUP, Column, Sheet
from ...tools.money import cents
from ...tools.payroll.books.posting import EMPLOYER, EXPENSES

GROUPS = {
    "FIT": "federal",
    "SS": "fica",
    "MED": "fica",
    "ADDMED": "fica",
    "SIT": "state",
    "SOTH": "state",
    "LIT": "state",
    "S125": "before",
    "RET": "before",
    "GARN": "after",
    "ROTH": "after",
    "POST": "after",
    "ADV": "after",
    "REIMB": "repaid",
}
# hours that stand in the regular pay already
BESIDE = frozenset({"OTP", "OTS", "DIFF"})


class PayrollRegisterReport(models.AbstractModel):
    _name = "report.medical_office.payroll_register_report"
    _inherit = "medical.core.report"
    _description = "Payroll Register, Printed"

    def _currency(self, docs, _data):
        return docs.company_id.currency_id[:1] or self.env.company.currency_id

    def _period(self, docs, _data):
        return ", ".join(docs.mapped("name"))

    def _sheets(self, docs, _data):
        return [
            self._register_sheet(docs),
            self._by_code(docs),
            self._changes(docs),
            self._owed(docs),
        ]

    def _slip_sums(self, docs):
        """{slip id: {column: dollars}}, and hours; one query."""
        found = {}
        for slip, code, amount, hours in self.env["medical.payroll.item"]._read_group(
            [("slip_id", "in", docs.slip_ids.ids)],
            ["slip_id", "code"],
            ["amount:sum", "hours:sum"],
        ):
            row = found.setdefault(slip.id, {})
            if EXPENSES.get(code) == "wages":
                key = "gross"
                if code not in BESIDE:
                    row["hours"] = row.get("hours", 0) + hours
            elif code in EMPLOYER:
                key = "employer"
            else:
                key = GROUPS.get(code)
            if key:
                row[key] = row.get(key, 0) + cents(amount)
        return found

    def _register_sheet(self, docs):
        _ = self.env._
        columns = [
            Column("who", _("Employee"), width=26),
            Column("hours", _("Hours"), "number"),
            Column("gross", _("Gross"), "money", total=True),
            Column("before", _("Before tax"), "money", total=True),
            Column("federal", _("Federal"), "money", total=True),
            Column("fica", _("Soc. Sec., Medicare"), "money", total=True),
            Column("state", _("State, local"), "money", total=True),
            Column("after", _("After tax"), "money", total=True),
            Column("repaid", _("Reimbursed"), "money", total=True),
            Column("net", _("Net"), "money", total=True),
            Column("employer", _("Employer"), "money", total=True),
        ]
        sums = self._slip_sums(docs)
        rows = []
        for run in docs:
            for department, slips in (
                run.slip_ids.sorted(
                    lambda s: (
                        s.contract_id.department_id.name or "",
                        s.employee_id.name,
                    )
                )
                .grouped(lambda s: s.contract_id.department_id)
                .items()
            ):
                rows.append({GROUP: department.name or _("No department")})
                for slip in slips:
                    row = {k: v or None for k, v in sums.get(slip.id, {}).items()}
                    net = cents(slip.medical_net)
                    rows.append({"who": slip.employee_id.name, "net": net, **row})
        return Sheet(
            _("Register"), columns, rows, empty=_("The pay run has no payslips.")
        )

    def _by_code(self, docs):
        """Totals by line of the slip: people, hours, dollars."""
        _ = self.env._
        names = self.env["hr.payslip"]._code_names()
        groups = {
            code: (count, hours, amount)
            for code, count, hours, amount in self.env[
                "medical.payroll.item"
            ]._read_group(
                [("slip_id", "in", docs.slip_ids.ids)],
                ["code"],
                ["employee_id:count_distinct", "hours:sum", "amount:sum"],
            )
        }
        rows = [
            {
                "code": code,
                "name": name,
                "people": groups[code][0],
                "hours": groups[code][1] or None,
                "amount": cents(groups[code][2]),
            }
            for code, name in names.items()
            if code in groups
        ]
        columns = [
            Column("code", _("Code"), width=10),
            Column("name", _("Line"), width=34),
            Column("people", _("Employees"), "whole"),
            Column("hours", _("Hours"), "number"),
            Column("amount", _("Amount"), "money"),
        ]
        return Sheet(_("By line"), columns, rows)

    def _changes(self, docs):
        """Against the last pay, person by person, with the causes."""
        _ = self.env._
        rows = [
            {
                "who": slip.employee_id.name,
                "before": cents(slip.medical_previous_net),
                "now": cents(slip.medical_net),
                "change": cents(slip.medical_change),
                "why": slip.medical_change_text,
            }
            for slip in docs.slip_ids.sorted(lambda s: -abs(s.medical_change))
        ]
        columns = [
            Column("who", _("Employee"), width=26),
            Column("before", _("Last net"), "money", total=True),
            Column("now", _("Net"), "money", total=True),
            Column("change", _("Change"), "money", total=True),
            Column("why", _("Reason"), width=60),
        ]
        return Sheet(_("Changes"), columns, rows)

    def _owed(self, docs):
        _ = self.env._
        labels = labels_of(self.env["medical.payroll.liability"], "kind")
        rows = [
            {
                "what": " ".join(filter(None, [labels[item.kind], item.key])),
                "payee": item.partner_id.name or "",
                "due": item.date_due or None,
                "amount": cents(item.amount),
            }
            for item in docs.medical_liability_ids
        ]
        columns = [
            Column("what", _("Owed"), width=34),
            Column("payee", _("Payee"), width=30),
            Column("due", _("Due"), "day"),
            Column("amount", _("Amount"), "money", total=True),
        ]
        return Sheet(
            _("Owed"), columns, rows, empty=_("The pay run is not posted yet.")
        )


class PayrollRegisterXlsx(models.AbstractModel):
    _name = "report.medical_office.payroll_register_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Payroll Register as a Spreadsheet"

    _source = "report.medical_office.payroll_register_report"
