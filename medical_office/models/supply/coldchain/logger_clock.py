"""The clock of each logger, as it was found to be: dated, kept, corrected by a new line."""

from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ....tools.supply.coldchain.clock import EVER, Clock, Correction, offset_text
from .equipment import KEEPERS

DAY = 24


class SupplyLoggerClock(models.Model):
    """What the times of a logger mean from a day on. Nobody changes a line: a clock that
    was found wrong gets another one, and the files that were read are read anew."""

    _name = "medical.supply.logger.clock"
    _description = "Clock of a Logger"
    _inherit = ["medical.core.guard"]
    _order = "equipment_id, valid_from desc, id desc"

    _editors = {"*": KEEPERS}
    _born_fields = frozenset(
        {
            "equipment_id",
            "logger",
            "kind",
            "utc_offset",
            "minutes_fast",
            "valid_from",
            "overrides",
            "reason",
        }
    )
    _deletable_in = frozenset()

    equipment_id = fields.Many2one(
        "maintenance.equipment",
        "Unit",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('medical_vaccine_storage', '=', True)]",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    logger = fields.Char(help="Its serial number. Empty: every logger of this unit.")
    kind = fields.Selection(
        [("site", "Follows the site's clock"), ("fixed", "Keeps one offset all year")],
        "Clock",
        required=True,
        default="fixed",
        help="Most USB loggers do not follow daylight saving time.",
    )
    utc_offset = fields.Float(
        "Hours from UTC",
        aggregator=None,
        help="-7 for Mountain standard time, all year.",
    )
    minutes_fast = fields.Integer(
        aggregator=None,
        help="Minutes that it shows too much; negative if it is slow.",
    )
    valid_from = fields.Date(
        "From", help="The first day, as the logger shows it. Empty: from the beginning."
    )
    overrides = fields.Boolean(
        "Even Where the File Names a Clock",
        help="The clock that the file names in its heading is wrong.",
    )
    reason = fields.Char(required=True, help="How it was found.")
    followed = fields.Text("What Followed", readonly=True)

    @api.constrains("utc_offset", "minutes_fast")
    def _check_offset(self):
        for one in self:
            if not -DAY < one.utc_offset < DAY or abs(one.minutes_fast) >= DAY * 60:
                raise ValidationError(
                    self.env._("A clock is less than a day away from UTC.")
                )

    @api.depends("kind", "utc_offset", "minutes_fast", "valid_from")
    def _compute_display_name(self):
        for one in self:
            one.display_name = one._text()

    def _text(self):
        self.ensure_one()
        text = (
            self.env._("follows the site's clock")
            if self.kind == "site"
            else self.env._(
                "UTC%s all year", offset_text(timedelta(hours=self.utc_offset))
            )
        )
        if self.minutes_fast:
            text = self.env._(
                "%(clock)s, %(n)s minutes fast", clock=text, n=self.minutes_fast
            )
        if self.valid_from:
            text = self.env._(
                "%(clock)s from %(day)s on",
                clock=text,
                day=format_date(self.env, self.valid_from),
            )
        return text

    def _birth_values(self, vals):
        unit = self.env["maintenance.equipment"].browse(vals.get("equipment_id") or [])
        unit.check_access("read")
        return {"company_id": unit._medical_own_company().id}

    @api.model_create_multi
    def create(self, vals_list):
        """The files that were read by another clock are read anew, at once."""
        self._check_caller(*KEEPERS)
        clocks = super().create(vals_list)
        for one in clocks._lay_down_pen():
            # sudo: what a unit's files say anew is the program's, the caller was checked
            one.sudo()._apply()
        return clocks

    def _apply(self):
        since = self.valid_from and datetime.combine(self.valid_from, time())
        # what a logger shows is at most a day beside UTC
        files = self.equipment_id._medical_files().filtered(
            lambda one: (
                self._is_of(one.logger)
                and (
                    not (since and one.last_at)  # days that were all calm
                    or one.last_at >= since - timedelta(days=1)
                )
            )
        )
        told = files._read_anew(self.reason) if files else []
        self._pen().followed = "\n".join(told) or self.env._(
            "No file was read by another clock."
        )

    def _is_of(self, logger):
        """Whether it is the clock of the logger with this serial number, or of all."""
        own = (self.logger or "").casefold()
        return not own or own == (logger or "").strip().casefold()

    def _zone(self, site_zone):
        if self.kind == "site":
            return site_zone
        return timezone(timedelta(hours=self.utc_offset))


class MaintenanceEquipment(models.Model):
    _inherit = "maintenance.equipment"

    medical_clock_ids = fields.One2many(
        "medical.supply.logger.clock",
        "equipment_id",
        "Loggers' Clocks",
        groups="medical_office.core_group_staff,medical_office.core_group_auditor",
    )

    def _medical_own_company(self):
        """Whose unit it is: its own company's, its room's, or the user's."""
        unit = self.sudo()  # sudo: whose it is, is no secret
        return unit.company_id or unit.location_id.company_id or self.env.company

    def _medical_site_zone(self):
        """The unit's site has its own zone, by its opening days, or that of the company."""
        # sudo: what time it is at a site is no secret, its calendar may be closed
        unit = self.sudo()
        company = unit.company_id or self.env.company
        zone = unit.medical_site_id.resource_calendar_id.tz
        return ZoneInfo(zone or str(company._medical_zone()))

    def _medical_clock(self, logger, chosen=None, since=None):
        """What the times of a logger of this unit mean.

        :param logger: its serial number, or nothing
        :param chosen: Clock that was chosen for one file, in place of what is kept
        :param since: with ``chosen``, when that was (naive UTC): what was kept later
            still corrects it
        :return: (Clock, corrections that count even where the file names a clock)
        """
        self.ensure_one()
        zone = self._medical_site_zone()
        corrections, overriding = {}, {}
        # sudo: what time it is at a site is no secret
        for one in self.sudo().medical_clock_ids.sorted("id"):
            if not one._is_of(logger):
                continue
            if chosen and not (since and one.create_date >= since):
                continue
            begin = datetime.combine(one.valid_from, time()) if one.valid_from else EVER
            correction = Correction(
                begin, timedelta(minutes=-one.minutes_fast), one._zone(zone)
            )
            # a later line for the same day replaces the earlier one
            corrections[begin] = correction
            overriding.pop(begin, None)
            if one.overrides:
                overriding[begin] = correction
        base = chosen.zone if chosen else zone
        return Clock(base, tuple(corrections.values())), tuple(overriding.values())

    def _medical_clock_text(self, logger):
        """What is kept of a logger's clock, for people."""
        kept = self.medical_clock_ids.sorted("id").filtered(
            lambda one: one._is_of(logger)
        )
        if not kept:
            return self.env._("none is kept for this logger: the site's clock")
        return "; ".join(one._text() for one in kept)
