"""What has to be done again and again to stay enrolled: attestation, recredentialing,
revalidation; each time it was done is one record."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....engine.core.labels import labels_of
from ....tools.payer.enroll.clocks import clock_of, due
from ....tools.payer.enroll.money import lapse_cost
from ..enrollment.enrollment import KEEPERS

KINDS = [
    ("caqh", "CAQH attestation"),
    ("recredential", "Recredentialing"),
    ("medicare", "Medicare revalidation"),
    ("medicaid", "Medicaid revalidation"),
]
LAPSE_DAYS = 30


class PayerClock(models.Model):
    """Done on a day, due again on another, by the table of clocks or the payer's notice.

    The next time is a new record; the latest of its kind counts.
    """

    _name = "medical.payer.clock"
    _description = "Payer Clock"
    _inherit = ["mail.thread", "medical.core.guard"]
    _order = "date_due, id"
    _editors = {"*": KEEPERS}
    _deletable_in = frozenset()
    _born_fields = frozenset({"provider_id", "kind", "payer_id", "done_on"})
    _past_fields = frozenset({"done_on"})

    provider_id = fields.Many2one(
        "hr.employee", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(KINDS, "What", required=True, default="caqh")
    payer_id = fields.Many2one(
        "medical.payer.payer", index="btree_not_null", ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    done_on = fields.Date("Done on", required=True, default=fields.Date.context_today)
    date_given = fields.Date(
        "Due by the notice",
        tracking=True,
        help="The day that the payer's own notice names. It goes before the table.",
    )
    date_due = fields.Date("Due again", compute="_compute_due", store=True, index=True)
    source = fields.Char(compute="_compute_source")
    is_checked = fields.Boolean("Checked at its source", compute="_compute_source")
    is_latest = fields.Boolean(
        "Counts", compute="_compute_is_latest", search="_search_is_latest"
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        default=lambda self: self.env.user,
        index="btree_not_null",
    )
    reference = fields.Char(help="Confirmation number.")
    lapse_day = fields.Monetary(
        "A lapse costs each day",
        compute="_compute_lapse",
        help="Expected visits times payment of the effective enrollments that depend on "
        "it, for one day.",
    )
    lapse_cost = fields.Monetary(
        "A lapse of 30 days costs",
        compute="_compute_lapse",
        help="The same for 30 days out of the plans.",
    )

    @api.depends("kind", "provider_id", "payer_id")
    def _compute_display_name(self):
        kinds = labels_of(self, "kind")
        for clock in self:
            # sudo: a provider is named, whoever follows the clock
            names = (clock.sudo().provider_id.name, clock.payer_id.name)
            clock.display_name = ", ".join(
                filter(None, [kinds.get(clock.kind), *names])
            )

    @api.depends("kind", "done_on", "date_given", "payer_id.state_id")
    def _compute_due(self):
        for clock in self:
            given = clock.date_given
            clock.date_due = given or (
                clock.done_on
                and due(clock.kind, clock.done_on, clock.payer_id.state_id.code or "")
            )

    @api.depends("kind", "done_on", "date_given", "payer_id")
    def _compute_source(self):
        for clock in self:
            row = clock.done_on and clock_of(
                clock.kind, clock.done_on, clock.payer_id.state_id.code or ""
            )
            if clock.date_given:
                clock.source = self.env._("The payer's notice")
                clock.is_checked = True
            else:
                clock.source = row.source if row else False
                clock.is_checked = bool(row and row.checked)

    def _latest_ids(self):
        """Ids of the records that count: the latest of each provider, kind and payer."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT DISTINCT ON (provider_id, kind, COALESCE(payer_id, 0)) id
              FROM medical_payer_clock
             ORDER BY provider_id, kind, COALESCE(payer_id, 0), done_on DESC, id DESC
            """
        )
        return [row[0] for row in self.env.cr.fetchall()]

    def _compute_is_latest(self):
        latest = set(self._latest_ids())
        for clock in self:
            clock.is_latest = clock.id in latest

    def _search_is_latest(self, operator, value):
        if operator != "in":
            return NotImplemented
        wanted = "in" if True in value else "not in"
        return [("id", wanted, self._latest_ids())]

    def _dependent(self):
        """{clock: effective enrollments that stop when it lapses}; one query."""
        enrollments = self.env["medical.payer.enrollment"].search(
            [
                ("provider_id", "in", self.provider_id.ids),
                ("state", "=", "effective"),
            ]
        )
        by_provider = enrollments.grouped("provider_id")
        found = {}
        for clock in self:
            own = by_provider.get(clock.provider_id, enrollments.browse())
            if clock.kind == "caqh":
                own = own.filtered("payer_id.relies_on_caqh")
            else:
                own = own.filtered(lambda one, c=clock: one.payer_id == c.payer_id)
            found[clock] = own
        return found

    @api.depends("provider_id", "kind", "payer_id")
    def _compute_lapse(self):
        dependent = self._dependent()
        for clock in self:
            weeks = [
                (Decimal(str(one.visits_week)), Decimal(str(one.payment_visit)))
                for one in dependent[clock]
            ]
            day, month = lapse_cost(weeks, LAPSE_DAYS)
            clock.lapse_day, clock.lapse_cost = float(day), float(month)

    @api.constrains("kind", "payer_id", "done_on", "date_given")
    def _check_terms(self):
        for clock in self:
            if clock.kind != "caqh" and not clock.payer_id:
                raise ValidationError(
                    self.env._(
                        "%s: choose the payer that asks for it.", clock.display_name
                    )
                )
            if clock.kind == "caqh" and clock.payer_id:
                raise ValidationError(
                    self.env._(
                        "%s: a CAQH attestation is one for all payers. Leave the payer "
                        "empty.",
                        clock.display_name,
                    )
                )
            if clock.date_given and clock.date_given < clock.done_on:
                raise ValidationError(
                    self.env._(
                        "%s: it cannot be due again before it was done.",
                        clock.display_name,
                    )
                )

    def action_again(self):
        """Enter that it was done again."""
        self.env["medical.core.guard"]._check_caller(*KEEPERS)
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Done Again"),
            "res_model": self._name,
            "views": [(False, "form")],
            "context": {
                "default_provider_id": self.provider_id.id,
                "default_kind": self.kind,
                "default_payer_id": self.payer_id.id,
                "default_user_id": self.user_id.id,
            },
        }
