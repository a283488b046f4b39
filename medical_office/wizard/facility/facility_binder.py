"""The surveyor's binder: which rounds of a standard and a period it holds."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

CLOSED = ("done", "missed")


class FacilityBinder(models.TransientModel):
    """Standard, period and site; the reports read the rest, with the reader's rights."""

    _name = "medical.facility.binder"
    _description = "Survey Binder"
    _inherit = ["medical.core.wizard"]

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    standard = fields.Char(
        help=(
            "Part of the citation, such as “NFPA 10” or “CDC”. Empty: every standard."
        ),
    )
    date_from = fields.Date(
        "From",
        required=True,
        default=lambda self: fields.Date.context_today(self) - relativedelta(years=1),
    )
    date_to = fields.Date("To", required=True, default=fields.Date.context_today)
    site_id = fields.Many2one(
        "stock.warehouse",
        domain="[('medical_is_site', '=', True), ('company_id', '=', company_id)]",
    )
    round_count = fields.Integer(compute="_compute_counts")
    checklist_names = fields.Text(compute="_compute_counts")

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for binder in self:
            if binder.date_from > binder.date_to:
                raise UserError(self.env._("“From” is after “To”."))

    @api.depends("standard", "date_from", "date_to", "site_id", "company_id")
    def _compute_counts(self):
        for binder in self:  # one record: a dialog
            if not (binder.date_from and binder.date_to):
                binder.round_count, binder.checklist_names = 0, False
                continue
            rounds = self.env["medical.core.round"]
            counted = rounds._read_group(
                binder._round_domain(), ["checklist_id"], ["__count"]
            )
            binder.round_count = sum(count for _checklist, count in counted)
            binder.checklist_names = "\n".join(
                f"{checklist.name} ({count})" for checklist, count in counted
            )

    # ----------------------------------------------------------------- what it holds

    def _span(self):
        """The period in naive UTC, whole days on the company's clock."""
        self.ensure_one()
        return self.company_id._medical_moments(self.date_from, self.date_to)

    def _items(self):
        """(checklist ids, item ids) whose citation names the standard."""
        self.ensure_one()
        items = self.env["medical.core.checklist.item"].with_context(active_test=False)
        standard = (self.standard or "").strip()
        domain = fields.Domain(
            "checklist_id.company_id", "in", (self.company_id.id, False)
        )
        if standard:
            domain &= fields.Domain("citation", "ilike", standard) | fields.Domain(
                "checklist_id.citation", "ilike", standard
            )
        found = items.search(domain)
        return found.checklist_id.ids, found.ids

    def _round_domain(self):
        """The rounds of the binder: of the past, each with a line of the standard."""
        self.ensure_one()
        checklist_ids, _item_ids = self._items()
        return self._place("site_id") & fields.Domain(
            [("checklist_id", "in", checklist_ids), ("state", "in", CLOSED)]
        )

    def _line_domain(self):
        self.ensure_one()
        _checklist_ids, item_ids = self._items()
        return self._place("round_id.site_id") & fields.Domain(
            [("item_id", "in", item_ids), ("round_id.state", "in", CLOSED)]
        )

    def _place(self, site):
        low, high = self._span()
        domain = fields.Domain(
            [
                ("company_id", "=", self.company_id.id),
                ("date_due", ">=", low),
                ("date_due", "<", high),
            ]
        )
        return (
            domain & fields.Domain(site, "=", self.site_id.id)
            if self.site_id
            else domain
        )

    # ---------------------------------------------------------------------- printing

    def _print(self, xmlid):
        self.ensure_one()
        self.env["medical.core.guard"]._check_caller(
            "core_group_head", "core_group_auditor"
        )
        if not self.round_count:
            raise UserError(
                self.env._(
                    "No rounds under “%(standard)s” were due from %(low)s to "
                    "%(high)s. Check the checklists' citations, or choose another "
                    "period.",
                    standard=self.standard or self.env._("any standard"),
                    low=format_date(self.env, self.date_from),
                    high=format_date(self.env, self.date_to),
                )
            )
        return self.env.ref(f"medical_office.{xmlid}").report_action(self)

    def action_binder_pdf(self):
        """Print the binder."""
        return self._print("facility_binder_report_action")

    def action_binder_xlsx(self):
        """The binder as a spreadsheet, with every reading."""
        return self._print("facility_binder_xlsx_action")

    def action_compliance_pdf(self):
        """Print the compliance rate by month and checklist."""
        return self._print("facility_compliance_report_action")

    def action_compliance_xlsx(self):
        """The compliance rate as a spreadsheet."""
        return self._print("facility_compliance_xlsx_action")
