"""Statements: the columns of a MIS report for a company, a month, a basis, a reader."""

from collections import Counter

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...core.mixins.done import done

KINDS = {
    "income": "medical_office.finance_statement_income",
    "percent": "medical_office.finance_statement_percent",
    "balance": "medical_office.finance_statement_balance",
    "cash": "medical_office.finance_statement_cash",
}
BASES = ("accrual", "cash")
READERS = (
    "core_group_head",
    "core_group_accountant",
    "core_group_manager",
    "core_group_director",
    "core_group_auditor",
)
# the balance sheet belongs to no department
BOOK_READERS = READERS[1:]


class MisReportInstance(models.Model):
    _inherit = "mis.report.instance"

    medical_key = fields.Char(
        "Statement", readonly=True, copy=False, index="btree_not_null"
    )

    def _compute_matrix(self):
        """What every door to figures asks: screen, PDF, XLSX.

        :raises AccessError: a balance sheet or cash flow, and the role reads no books; a
            head's would be made of the own department's income and cost alone
        """
        books = [self.env.ref(KINDS[kind]) for kind in ("balance", "cash")]
        if self.report_id in books and not self.env.su:
            self.env["medical.core.guard"]._check_caller(*BOOK_READERS)
        return super()._compute_matrix()

    def print_pdf(self):
        """Print a statement in our own layout, any other report in the host's.

        :raises AccessError: a statement, and the role reads none
        """
        self.ensure_one()
        ours = [self.env.ref(template).id for template in KINDS.values()]
        if self.report_id.id not in ours:
            return super().print_pdf()
        self.env["medical.core.guard"]._check_caller(*READERS)
        report = self.env.ref("medical_office.finance_statement_action_report")
        # data: without it the client hands the context (dates, filters) not on
        return report.report_action(self, data={"dummy": True})


def unlike(names):
    """The names, a second of the same one with its number: a column's name is its own."""
    seen = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append(f"{name} ({seen[name]})" if seen[name] > 1 else name)
    return found


class FinanceStatement(models.AbstractModel):
    """Opens statements. Each company has one report for each kind and basis, made when it
    is first opened; the accountant may change its columns, and it stays so."""

    _name = "medical.finance.statement"
    _description = "Statement"
    _inherit = ["medical.core.guard"]

    @api.model
    def open_statement(self, kind, basis="accrual", by=None):
        """Open a statement of the reader's company.

        :param kind: income, percent, balance or cash
        :param basis: accrual or cash (as paid)
        :param by: department or site: a column for each that the reader may see
        :raises AccessError: the reader's role reads no statements, or not this one
        :raises UserError: there is no such statement
        """
        self._check_caller(
            *(READERS if kind in ("income", "percent") else BOOK_READERS)
        )
        if str(kind) not in KINDS or str(basis) not in BASES:
            raise UserError(
                self.env._("There is no such statement: %s.", f"{kind}/{basis}"[:60])
            )
        if by:
            return self._open_by(kind, basis, by)
        key = f"{kind}/{basis}"
        # sudo: the host keeps reports for its accounting managers; what a report shows
        # is read as the user, through the record rules of our views
        reports = self.env["mis.report.instance"].sudo()
        report = reports.search(
            [("medical_key", "=", key), ("company_id", "=", self.env.company.id)],
            limit=1,
        )
        if not report:
            report = reports.create(
                {
                    **self._report_values(kind, basis),
                    "medical_key": key,
                    "period_ids": [
                        Command.create(values) for values in self._months(kind, basis)
                    ],
                }
            )
            if kind != "cash":
                self._compare(report)
            if self._keeps_budget(self.env.company):
                self._add_budget(report)
        return self._shown(report)

    def _shown(self, report):
        action = report.sudo(False).preview()
        # the host's widget finds its report by these words of the context alone
        context = {
            "active_model": report._name,
            "active_id": report.id,
            "active_ids": report.ids,
        }
        return action | {"name": report.name, "context": context}

    @api.model
    def _report_values(self, kind, basis):
        template = self.env.ref(KINDS[kind]).sudo()  # sudo: names of templates
        name = (
            self.env._("%s, as paid", template.name)
            if basis == "cash"
            else template.name
        )
        return {
            "name": name,
            "report_id": template.id,
            "company_id": self.env.company.id,
            "landscape_pdf": True,
            # a month says which one it is
            "display_columns_description": True,
            "target_move": "posted",
        }

    @api.model
    def _column(self, name, basis, sequence, **values):
        """A column of figures of our own views."""
        return {
            "name": name,
            "sequence": sequence,
            "source": "actuals_alt",
            "source_aml_model_id": self.env["ir.model"]
            .sudo()  # sudo: the id of a model
            ._get_id(f"medical.finance.{basis}"),
            "mode": "relative",
            "type": "m",
            "duration": 1,
            "offset": -1,
            **values,
        }

    @api.model
    def _months(self, kind, basis):
        """The columns: the month that is over, the year to date, and a year before.

        The budget's column finds its place between them (sequences 30 and 40).
        """
        _ = self.env._
        columns = [self._column(_("Month"), basis, 10)]
        if kind == "balance":
            return [
                *columns,
                self._column(_("Month Before"), basis, 20, offset=-2),
                self._column(_("Year Before"), basis, 50, offset=-13),
            ]
        return [
            *columns,
            self._column(_("Year to Date"), basis, 20, is_ytd=True),
            self._column(_("Month, Year Before"), basis, 50, offset=-13),
            self._column(
                _("Year to Date, Year Before"), basis, 60, offset=-13, is_ytd=True
            ),
        ]

    @api.model
    def _compare(self, report):
        """A column that compares the month with the year before."""
        now = report.period_ids[0]
        before = report.period_ids.filtered(lambda column: column.sequence == 50)
        report.period_ids = [
            Command.create(
                {
                    "name": self.env._("Change to Year Before"),
                    "sequence": 70,
                    "source": "cmpcol",
                    "mode": "none",
                    "source_cmpcol_from_id": before.id,
                    "source_cmpcol_to_id": now.id,
                }
            )
        ]

    @api.model
    def _keeps_budget(self, company):
        """Whether anything was ever granted."""
        # sudo: asked for the columns of a report, whoever opens it
        grants = self.env["medical.finance.grant"].sudo()
        return bool(grants.search_count([("company_id", "=", company.id)], limit=1))

    @api.model
    def _add_budgets(self, company):
        """The budget's columns on the statements that the company has already."""
        # sudo: as in open_statement
        reports = self.env["mis.report.instance"].sudo()
        self._add_budget(
            reports.search(
                [("medical_key", "!=", False), ("company_id", "=", company.id)]
            )
        )

    @api.model
    def _add_budget(self, reports):
        """Budget of the month and of the year to date, and how far off each is."""
        _ = self.env._
        for report in reports:
            kind = report.medical_key.split("/")[0]
            columns = report.period_ids.grouped("sequence")
            if kind not in ("income", "percent") or not {10, 20} <= columns.keys():
                continue
            if "medical.finance.grant" in report.period_ids.mapped(
                "source_aml_model_name"
            ):
                continue
            report.period_ids = [
                Command.create(self._column(_("Budget"), "grant", 30)),
                Command.create(
                    self._column(_("Budget, Year to Date"), "grant", 40, is_ytd=True)
                ),
            ]
            budgets = report.period_ids.grouped("sequence")
            report.period_ids = [
                Command.create(
                    {
                        "name": name,
                        "sequence": sequence,
                        "source": "cmpcol",
                        "mode": "none",
                        "source_cmpcol_from_id": budgets[budget][:1].id,
                        "source_cmpcol_to_id": columns[actual][:1].id,
                    }
                )
                for name, sequence, budget, actual in (
                    (_("Month against Budget"), 80, 30, 10),
                    (_("Year to Date against Budget"), 90, 40, 20),
                )
            ]

    @api.model
    def _parts(self, by):
        """The departments or sites of which the reader may see figures.

        :return: (field of the views, records, whether what has none is shown, too)
        """
        every = self._guard_user_in(BOOK_READERS)
        company = self.env.company
        if by == "site":
            sites = self.env["stock.warehouse"].search(
                [("medical_is_site", "=", True), ("company_id", "=", company.id)]
            )
            return "site_id", sites, True
        if every:
            parts = self.env["hr.department"].search(
                [("company_id", "in", (False, company.id))]
            )
        else:
            parts = self.env.user.medical_headed_department_ids
        return "department_id", parts, every

    @api.model
    def _open_by(self, kind, basis, by):
        """A report of this reader's own, with a column for each part; it is cleaned up."""
        field, parts, rest = self._parts(by)
        if not parts and not rest:
            return done(
                self.env,
                self.env._(
                    "You head no department, so there is no statement to show. Ask HR to "
                    "name you as the manager of your department."
                ),
                kind="warning",
                then=False,
            )
        names = unlike(part.display_name for part in parts)
        columns = [
            self._column(
                names[number - 1],
                basis,
                10 * number,
                is_ytd=True,
                analytic_domain=str([(field, "=", part.id)]),
            )
            for number, part in enumerate(parts, 1)
        ]
        if field == "department_id" and self._keeps_budget(self.env.company):
            columns += [
                self._column(
                    self.env._("%s, Budget", names[number - 1]),
                    "grant",
                    10 * number + 5,
                    is_ytd=True,
                    analytic_domain=str([(field, "=", part.id)]),
                )
                for number, part in enumerate(parts, 1)
            ]
        if rest:
            last = 10 * len(parts)
            columns += [
                self._column(
                    self.env._("None"),
                    basis,
                    last + 10,
                    is_ytd=True,
                    analytic_domain=str([(field, "=", False)]),
                ),
                self._column(self.env._("Total"), basis, last + 20, is_ytd=True),
            ]
        what = (
            self.env._("by Department") if by == "department" else self.env._("by Site")
        )
        values = self._report_values(kind, basis)
        # sudo: as in open_statement; the domains of the columns only narrow what the
        # record rules let the reader see
        report = (
            self.env["mis.report.instance"]
            .sudo()
            .create(
                {
                    **values,
                    "name": f"{values['name']} {what}",
                    "temporary": True,
                    "period_ids": [Command.create(column) for column in columns],
                }
            )
        )
        return self._shown(report)
