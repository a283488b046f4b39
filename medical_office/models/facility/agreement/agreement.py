"""Warranties and service contracts, with the day to decide on them."""

from datetime import timedelta

from odoo import api, fields, models


class FacilityAgreement(models.Model):
    _name = "medical.facility.agreement"
    _description = "Warranty or Service Contract"
    _inherit = ["mail.thread", "mail.activity.mixin", "medical.core.guard"]
    _order = "date_end, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    kind = fields.Selection(
        [("warranty", "Warranty"), ("service", "Service contract")],
        required=True,
        default="service",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one("res.partner", "Vendor", required=True, index=True)
    reference = fields.Char("Contract number")
    date_start = fields.Date("From", required=True, default=fields.Date.context_today)
    date_end = fields.Date("Until", required=True, index=True, tracking=True)
    notice_days = fields.Integer(
        "Notice (days)",
        default=60,
        help="How many days before the end a decision is needed.",
    )
    date_notice = fields.Date(
        "Decide by", compute="_compute_date_notice", store=True, index=True
    )
    auto_renews = fields.Boolean("Renews automatically")
    yearly_cost = fields.Monetary()
    currency_id = fields.Many2one(related="company_id.currency_id")
    covers_parts = fields.Boolean(default=True)
    covers_labor = fields.Boolean(default=True)
    response_hours = fields.Float("Response within (hours)")
    equipment_ids = fields.Many2many(
        "maintenance.equipment", string="Assets", check_company=True
    )
    equipment_count = fields.Integer(compute="_compute_equipment_count")
    is_to_decide = fields.Boolean(compute="_compute_is_to_decide")
    user_id = fields.Many2one(
        "res.users", "Responsible", default=lambda self: self.env.user, index=True
    )
    note = fields.Text()
    active = fields.Boolean(default=True)

    _dates = models.Constraint(
        "CHECK (date_end >= date_start)",
        ("The agreement's end date is before its start date."),
    )
    _notice = models.Constraint(
        "CHECK (notice_days >= 0)", "The notice must be 0 days or more."
    )

    @api.depends("date_end", "notice_days")
    def _compute_date_notice(self):
        for agreement in self:
            agreement.date_notice = agreement.date_end and (
                agreement.date_end - timedelta(days=agreement.notice_days)
            )

    @api.depends("equipment_ids")
    def _compute_equipment_count(self):
        for agreement in self:
            agreement.equipment_count = len(agreement.equipment_ids)

    @api.depends("date_notice", "date_end")
    def _compute_is_to_decide(self):
        today = fields.Date.context_today(self)
        for agreement in self:
            agreement.is_to_decide = bool(
                agreement.date_notice
                and agreement.date_end
                and agreement.date_notice <= today <= agreement.date_end
            )

    def _covers(self, day):
        """The agreements of ``self`` that are in force on ``day``."""
        return self.filtered(lambda a: a.date_start <= day <= a.date_end)
