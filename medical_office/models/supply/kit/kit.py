"""Emergency kits: what is sealed in them, under which number, until when it lasts."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from ...core.check.answerable import finding
from ...core.check.check import CheckResult
from ...core.mixins.decidable import Waiting

CHECK_DAYS = 31
WARNING_DAYS = 30
MOST_INSIDE = 10_000  # of one item, in its unit
CONTENT = frozenset({"line_ids", "name", "equipment_id", "active"})
KEEPERS = ("core_group_head", "core_group_manager", "core_group_director")


class SupplyKit(models.Model):
    """A cart or box that is opened in an emergency only."""

    _name = "medical.supply.kit"
    _description = "Emergency Kit"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "earliest_expiry, name, id"

    _transitions = {
        ("open", "sealed"): "core_group_staff",
        ("open", "witness"): "core_group_staff",
        ("witness", "sealed"): "core_group_staff",
        ("witness", "open"): "core_group_staff",
        ("sealed", "open"): "core_group_staff",
    }
    # whoever seals controlled items does not sign as the second person
    _segregated = {"sealed": ("sealed_by_id",)}
    _decisions = {
        "witness": Waiting("action_witness", "action_open", to="sealed", days=1)
    }
    _decision_domain = "supply"
    _reason_required = frozenset({("sealed", "open"), ("witness", "open")})
    _reason_methods = frozenset({"action_open"})
    # what is sealed is not changed, nor hidden from its monthly check
    _locked = {"witness": CONTENT, "sealed": CONTENT}
    # staff fill and seal it; which kits there are, and where, is for their keepers
    _editors = {"active": KEEPERS, "location_id": KEEPERS, "equipment_id": KEEPERS}
    _deletable_in = frozenset()

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True)
    equipment_id = fields.Many2one(
        "maintenance.equipment",
        "Asset",
        index="btree_not_null",
        help="The crash cart whose rounds read the number of the lock.",
    )
    location_id = fields.Many2one(
        "stock.location",
        "Room",
        required=True,
        domain="[('medical_room_type', '!=', False)]",
    )
    company_id = fields.Many2one(
        related="location_id.company_id", store=True, index=True
    )
    state = fields.Selection(
        [
            ("open", "Open"),
            ("witness", "Waiting for a witness"),
            ("sealed", "Sealed"),
        ],
        default="open",
        required=True,
        readonly=True,
        copy=False,
    )
    code = fields.Char(
        "Scan Contents",
        store=False,
        help="The barcode of a box that goes into the kit: its line gets lot and date.",
    )
    new_seal = fields.Char(
        "Number of the new seal",
        copy=False,
        help="Read it from the seal, then press Seal.",
    )
    seal_number = fields.Char("Seal", readonly=True, copy=False, tracking=True)
    sealed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    sealed_at = fields.Datetime(readonly=True, copy=False)
    witness_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        help="The second person, where a controlled item is inside.",
    )
    opened_at = fields.Datetime(readonly=True, copy=False)
    opened_with = fields.Json(readonly=True, copy=False)
    has_controlled = fields.Boolean(compute="_compute_has_controlled")
    checked_at = fields.Datetime("Last check", readonly=True, copy=False)
    checked_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    line_ids = fields.One2many("medical.supply.kit.line", "kit_id", copy=True)
    earliest_expiry = fields.Date(compute="_compute_earliest_expiry", store=True)

    _seal_once = models.UniqueIndex(
        "(company_id, seal_number) WHERE seal_number IS NOT NULL",
        "Another kit already has this seal number.",
    )

    @api.depends("line_ids.expires_on")
    def _compute_earliest_expiry(self):
        for kit in self:
            days = [line.expires_on for line in kit.line_ids if line.expires_on]
            kit.earliest_expiry = min(days, default=False)

    def _program_message(self, name):
        return self.env._("Enter seal and check with their buttons.")

    def _locked_message(self, name):
        return self.env._("The kit is sealed: open it with a reason to change it.")

    def action_seal(self):
        """Seal the kits under the number that was entered. With a controlled item inside,
        the seal waits for a second person.

        :raises UserError: no number, nothing inside, something expired
        """
        controlled = self.filtered("has_controlled")
        controlled._move_to("witness")
        (self - controlled)._move_to("sealed")

    def action_witness(self):
        """A second person has looked: what is listed is inside, under this seal.

        :raises AccessError: the caller is none of the staff
        :raises UserError: nobody has sealed it before
        """
        self._check_caller("core_group_staff")
        for kit in self:
            if kit.state != "witness":
                raise UserError(
                    self.env._("%s is not waiting for a witness.", kit.name)
                )
        self._move_to("sealed")

    def _before_witness(self):
        self._check_filled()
        self._check_accounted()

    def _before_sealed(self):
        filled = self.filtered(lambda kit: kit.state == "open")
        for kit in filled.filtered("has_controlled"):
            raise UserError(
                self.env._(
                    "%s holds a controlled item: press Seal, then somebody else signs.",
                    kit.name,
                )
            )
        filled._check_filled()
        # of a kit without controlled items since, what it held is to be told as well
        filled._check_accounted()
        (self - filled)._check_contents()

    def _check_filled(self):
        for kit in self:
            number = (kit.new_seal or "").strip()
            if not number:
                raise UserError(
                    self.env._("%s: enter the number of the seal.", kit.name)
                )
        self._check_contents()
        for kit in self:
            kit._pen().seal_number = kit.new_seal.strip()

    def _check_contents(self):
        today = fields.Date.context_today(self)
        for kit in self:
            old = kit.line_ids.filtered(
                lambda line: line.expires_on and line.expires_on < today
            )
            if not kit.line_ids:
                raise UserError(self.env._("%s: list the contents first.", kit.name))
            nameless = kit.line_ids.filtered(
                lambda line: line.product_id.tracking != "none" and not line.lot_name
            )
            if nameless:
                raise UserError(
                    self.env._(
                        "%(kit)s: enter the lots, or a recall does not find them: "
                        "%(items)s.",
                        kit=kit.name,
                        items=", ".join(nameless[:5].product_id.mapped("name")),
                    )
                )
            if old:
                raise UserError(
                    self.env._(
                        "%(kit)s: replace what has expired: %(items)s.",
                        kit=kit.name,
                        items=", ".join(old[:5].product_id.mapped("name")),
                    )
                )
            recalled = kit._recalled().get(kit)
            if recalled:
                raise UserError(
                    self.env._(
                        "%(kit)s: take out what is recalled: lot %(lots)s.",
                        kit=kit.name,
                        lots=", ".join(recalled),
                    )
                )

    def action_open(self, reason):
        """Break the seal: an emergency, a date, a check."""
        self._move_to("open", reason)

    def _state_values(self, state, reason):
        now = fields.Datetime.now()
        if state == "open":
            return {
                "seal_number": False,
                "sealed_by_id": False,
                "sealed_at": False,
                "witness_id": False,
            }
        if {kit.state for kit in self} == {"witness"}:
            return {"witness_id": self.env.uid}
        return {
            "new_seal": False,
            "sealed_by_id": self.env.uid,
            "sealed_at": now,
            # who seals has seen what is inside
            "checked_at": now,
            "checked_by_id": self.env.uid,
        }

    def _note_check(self, lines):
        """A round read the lock: what it says is compared with what was sealed.

        :param lines: passed round lines with the lock's number
        """
        for kit in self:
            line = lines.filtered(lambda x, kit=kit: x.equipment_id == kit.equipment_id)
            read = (line[:1].value_text or "").strip()
            if kit.state == "sealed" and read == kit.seal_number:
                kit._pen().write(
                    {
                        "checked_at": line[:1].entered_at,
                        "checked_by_id": line[:1].entered_by_id.id,
                    }
                )
            else:
                kit.message_post(
                    body=self.env._(
                        "The round read “%(read)s”, the seal on record is “%(seal)s”.",
                        read=read,
                        seal=kit.seal_number or "-",
                    )
                )

    @api.model
    def _medical_check_kit(self):
        """Kits that are open, expire, or whose seal nobody has compared in a month."""
        kits = self.search([("active", "=", True)])
        rows = []
        recalled = kits._recalled()
        for kit in kits:
            for key, severity, text in kit._problems(recalled.get(kit)):
                rows.append(finding(kit, text, severity=severity, key=key))
        return CheckResult(len(kits), rows)

    def _recalled(self):
        """{kit: numbers of the recalled lots that lie in it}"""
        recalls = self.env["medical.supply.recall"]
        result = {}
        for company, lines in self.line_ids.grouped("company_id").items():
            named = recalls._naming(
                company, [(line.product_id, line.lot_name) for line in lines]
            )
            for line in lines:
                if (line.product_id, line.lot_name) in named:
                    result.setdefault(line.kit_id, []).append(line.lot_name)
        return result

    def _problems(self, recalled=None):
        """[(key, severity, words)] of one kit.

        :param recalled: numbers of the recalled lots in it
        """
        self.ensure_one()
        today = fields.Date.context_today(self)
        found = []
        if recalled:
            text = self.env._(
                "%(kit)s: lot %(lots)s inside is recalled. Open it, take the lot out and "
                "put it into quarantine.",
                kit=self.name,
                lots=", ".join(recalled),
            )
            found.append(("recall", "critical", text))
        if self.state == "open":
            found.append(
                ("seal", "critical", self.env._("%s: no seal is recorded", self.name))
            )
        elif self.state == "witness":
            text = self.env._("%s: the seal is waiting for a witness", self.name)
            found.append(("witness", "high", text))
        elif self.checked_at < fields.Datetime.now() - timedelta(days=CHECK_DAYS):
            found.append(
                ("check", "high", self.env._("%s: the monthly check is due", self.name))
            )
        expiry = self.earliest_expiry
        if expiry and expiry <= today + timedelta(days=WARNING_DAYS):
            text = (
                self.env._("%(kit)s: something inside expired on %(day)s")
                if expiry < today
                else self.env._("%(kit)s: something inside expires on %(day)s")
            )
            found.append(
                (
                    "expiry",
                    "critical" if expiry < today else "medium",
                    text % {"kit": self.name, "day": format_date(self.env, expiry)},
                )
            )
        return found


class SupplyKitLine(models.Model):
    _name = "medical.supply.kit.line"
    _description = "Kit Content"
    _inherit = ["medical.core.guard"]
    _order = "kit_id, expires_on, id"

    _locked_by = ("kit_id",)
    _number_bounds = {"quantity": (0, MOST_INSIDE)}

    kit_id = fields.Many2one(
        "medical.supply.kit", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="kit_id.company_id", store=True)
    product_id = fields.Many2one(
        "product.product",
        "Item",
        required=True,
        ondelete="restrict",
        domain="[('medical_kind', '!=', False)]",
    )
    quantity = fields.Float(default=1, digits="Product Unit")
    lot_name = fields.Char("Lot")
    expires_on = fields.Date()

    _positive = models.Constraint(
        "CHECK (quantity > 0)", "Quantities in a kit must be more than 0."
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._lot_stripped(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._lot_stripped(vals))

    @api.model
    def _lot_stripped(self, vals):
        """A recall finds a lot by its number: blanks around it are none of it."""
        name = vals.get("lot_name")
        return {**vals, "lot_name": name.strip() or False} if name else vals
