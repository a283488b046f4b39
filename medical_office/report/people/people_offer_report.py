"""Offers side by side, and the letter of one."""

from odoo import models

from ...engine.core.labels import labels_of
from ...tools.core.sheet import Column, Sheet


class PeopleOfferReport(models.AbstractModel):
    _name = "report.medical_office.people_offer_report"
    _inherit = "medical.core.report"
    _description = "Offer Comparison, Printed"

    def _currency(self, docs, _data):
        return docs.currency_id[:1] or self.env.company.currency_id

    def _sheets(self, docs, _data):
        """One row an offer, the alternatives of one candidate together."""
        _ = self.env._
        per = labels_of(docs, "per")
        columns = [
            Column("candidate", _("Candidate"), width=26),
            Column("variant", _("Alternative"), width=20),
            Column("job", _("Job"), width=22),
            Column("pay", _("Pay"), "money"),
            Column("per", _("Per")),
            Column("hours", _("Hours per week"), "number"),
            Column("gross", _("Gross per year"), "money"),
            Column("taxes", _("Employer taxes"), "money"),
            Column("fringe", _("Fringe benefits"), "money"),
            Column("cost", _("Total cost"), "money"),
            Column("net", _("Take-home pay"), "money"),
            Column("first", _("First paycheck"), "money"),
            Column("compa", _("Compa-ratio"), "number"),
            Column("gap", _("Gap to staff"), "percent"),
        ]
        rows = [
            {
                "candidate": offer.name,
                "variant": offer.variant or "",
                "job": offer.job_id.name,
                "pay": offer.wage,
                "per": per[offer.per],
                "hours": offer.hours_week,
                "gross": offer.year_gross,
                "taxes": offer.year_employer_taxes,
                "fringe": offer.year_fringe,
                "cost": offer.year_cost,
                "net": offer.year_net,
                "first": offer.first_net,
                "compa": offer.compa_ratio if offer.grade_id else None,
                "gap": offer.staff_gap if offer.staff_count else None,
            }
            for offer in docs.sorted(lambda o: (o.name, o.year_cost, o.id))
        ]
        return [Sheet(_("Offers"), columns, rows, empty=_("No offers."))]


class PeopleOfferXlsx(models.AbstractModel):
    _name = "report.medical_office.people_offer_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Offer Comparison as a Spreadsheet"

    _source = "report.medical_office.people_offer_report"
