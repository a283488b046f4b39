"""Reading the chain back: whether everything is still as it was signed."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....engine.core.labels import labels_of
from ....tools.core.sealing import differences, same_code, seal_code
from ..check.answerable import finding
from ..check.check import CheckResult

BATCH = 2000
READERS = ("core_group_manager", "core_group_director", "core_group_auditor")
LASTING = frozenset({"forged", "link", "key"})  # what no new seal mends
MOST_DIFFERENCES = 1000  # that one reading writes down


class CoreSealVerification(models.Model):
    """One reading of all seals, with what it found; kept as proof that it was read."""

    _name = "medical.core.seal.verification"
    _description = "Proof Verification"
    _inherit = ["medical.core.guard"]
    _order = "id desc"
    _rec_name = "at"

    at = fields.Datetime("Time", readonly=True, required=True)
    user_id = fields.Many2one("res.users", "By", readonly=True, ondelete="restrict")
    seal_count = fields.Integer("Seals read", readonly=True, aggregator=None)
    record_count = fields.Integer("Records compared", readonly=True, aggregator=None)
    difference_count = fields.Integer("Differences", readonly=True, aggregator=None)
    difference_ids = fields.One2many(
        "medical.core.seal.difference", "verification_id", readonly=True
    )
    state = fields.Selection(
        [("intact", "Intact"), ("broken", "Differences found")], readonly=True
    )

    def _kept_message(self):
        return self.env._("Verifications are kept: they prove that somebody looked.")

    # ----------------------------------------------------------------------- reading

    @api.model
    def action_verify(self):
        """Read the whole chain now and show what was found."""
        self._check_caller(*READERS)
        verification = self._verify()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": verification.id,
            "views": [(False, "form")],
            "name": self.env._("Proof Verification"),
        }

    @api.model
    def _cron_verify(self):
        self._verify()

    @api.model
    def _verify(self):
        """Read every seal, compare every sealed record; linear in both.

        :return: the verification, with a line for each difference
        """
        self.env.flush_all()
        reading = _Reading(self.env)
        reading.read()
        # sudo: what was found is written by the program, whoever asked for it
        return (
            self.sudo()
            ._pen()
            .create(
                {
                    "at": fields.Datetime.now(),
                    "user_id": self.env.uid,
                    "seal_count": reading.seal_count,
                    "record_count": reading.record_count,
                    "difference_count": len(reading.found),
                    "state": "broken" if reading.found else "intact",
                    "difference_ids": [
                        fields.Command.create(values)
                        for values in reading.found[:MOST_DIFFERENCES]
                    ],
                }
            )
        )

    @api.model
    def _medical_check_seals(self):
        """What the last verification found; nothing is proven until one has run."""
        last = self.search([], limit=1)
        rows = [
            finding(
                difference,
                difference.display_name,
                key=f"{difference.res_model}/{difference.res_id}/{difference.part}",
            )
            for difference in last.difference_ids
            if difference.state == "open"
        ]
        return CheckResult(last.seal_count, rows)


class CoreSealDifference(models.Model):
    """One thing that is not as it was sealed."""

    _name = "medical.core.seal.difference"
    _description = "Difference from a Seal"
    _inherit = ["medical.core.workflow"]
    _order = "id"

    _transitions = {("open", "accepted"): "core_group_director"}
    _reason_required = frozenset({"accepted"})
    _reason_methods = frozenset({"action_accept"})
    _deletable_in = frozenset()

    verification_id = fields.Many2one(
        "medical.core.seal.verification",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    kind = fields.Selection(
        [
            ("changed", "Changed"),
            ("missing", "Missing"),
            ("added", "Added"),
            ("unsealed", "Signed without a seal"),
            ("forged", "Seal not made by this practice"),
            ("link", "Seal taken out, put in or moved"),
            ("cut", "The last seals are gone"),
            ("key", "The key is not on this server"),
        ],
        required=True,
        readonly=True,
    )
    res_model = fields.Char("Model", readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)
    part = fields.Char(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    at = fields.Datetime(related="verification_id.at")
    state = fields.Selection(
        [("open", "Open"), ("accepted", "Accepted")],
        required=True,
        default="open",
        readonly=True,
    )
    reason = fields.Char(readonly=True)
    accepted_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    accepted_at = fields.Datetime(readonly=True)

    def _kept_message(self):
        return self.env._("What a verification found stays on record.")

    @api.depends("kind", "res_model", "res_id", "part")
    def _compute_display_name(self):
        kinds = labels_of(self, "kind")
        for difference in self:
            difference.display_name = self.env._(
                "%(record)s: %(kind)s%(part)s",
                record=difference._record_name(),
                kind=kinds.get(difference.kind, ""),
                part=difference._part_name(),
            )

    def _record_name(self):
        if self.res_model not in self.env:
            return self.env._("Chain of seals")
        # sudo: named for the auditor, who may not read everything that is sealed
        record = self.env[self.res_model].sudo().browse(self.res_id or 0).exists()
        model = self.env["ir.model"].sudo()._get(self.res_model).name  # sudo: a name
        if not record:
            return f"{model} {self.res_id or ''}"
        return f"{model} “{record.display_name}”"

    def _part_name(self):
        """Where in the record, in words: the field's label and the line's number."""
        if not self.part:
            return ""
        path, _slash, line = self.part.partition("/")
        number, _hash, file = line.partition("#")
        model, label = self.env.get(self.res_model), path
        for name in path.split("."):
            field = model._fields.get(name) if model is not None else None
            if field is None:
                break
            # sudo: the label of a field
            label = field._description_string(self.env)
            model = self.env.get(field.comodel_name)
        file = self.env._(", file") if file else ""
        return self.env._(
            " (%(label)s, line %(line)s%(file)s)", label=label, line=number, file=file
        )

    # ------------------------------------------------------------------- accepting

    def action_accept(self, reason):
        """The record stands as it is now, for a reason, under the director's name.

        What was sealed before stays in the chain; a new seal is made. A seal that was
        forged or moved cannot be mended: that stays to be seen.
        """
        self._check_caller("core_group_director")
        self._move_to("accepted", reason)

    def _state_values(self, state, reason):
        return {
            "reason": reason,
            "accepted_by_id": self.env.uid,
            "accepted_at": fields.Datetime.now(),
        }

    def _before_accepted(self):
        lasting = self.filtered(lambda difference: difference.kind in LASTING)
        if lasting:
            raise UserError(
                self.env._(
                    "%s. This cannot be accepted: the chain itself was changed. Restore "
                    "the table of seals from a backup, or leave this open as a record.",
                    lasting[0].display_name,
                )
            )
        last = self.env["medical.core.seal.verification"].search([], limit=1)
        accepted = {(one.res_model, one.res_id) for one in self}
        left = (last.difference_ids - self).filtered(
            lambda one: one.state == "open" and (one.res_model, one.res_id) in accepted
        )
        if left or self.verification_id != last:
            raise UserError(
                self.env._(
                    "Accept all differences of a record together, in the latest "
                    "verification: the record is sealed again as a whole."
                )
            )

    def _after_accepted(self):
        seals = self.env["medical.core.seal"]
        for difference in self:  # few, by hand
            if difference.kind == "cut":
                seals._anchor(*seals._link_new())
            elif difference.res_model in self.env:
                model = self.env[difference.res_model]
                record = model.browse(difference.res_id)
                # sudo: whether it is there at all
                there = record.sudo().exists()
                seals._make(record, "sealed" if there else "opened")

    def action_open(self):
        """The record concerned, where it still is."""
        self._check_caller(*READERS)
        self.ensure_one()
        if not self.res_id or self.res_model not in self.env:
            return False
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }


class _Reading:
    """One pass over the chain, then over the records of each model."""

    def __init__(self, env):
        self.env = env
        self.found = []
        self.seal_count = self.record_count = 0
        self._seals = env["medical.core.seal"].sudo()  # sudo: read whole, see above
        self._keys = self._seals._keys()
        self._by_name = {}
        self._latest = defaultdict(dict)  # model: {record: values of its last seal}

    def read(self):
        self._seals._link_new()
        self.env.flush_all()
        number, link = self._read_chain()
        self._check_end(number, link)
        for name, seals in self._latest.items():
            if name in self.env:
                self._compare(self.env[name], seals)
        for model in self._seals._sealed_models():
            for record in self._seals._unsealed(model):
                self._note("unsealed", model._name, record.id)

    def _note(self, kind, model=False, record=False, part=""):
        company = False
        if record and "company_id" in self.env[model]._fields:
            # sudo: whose record it is
            company = self.env[model].sudo().browse(record).exists().company_id.id
        self.found.append(
            {
                "kind": kind,
                "res_model": model,
                "res_id": record,
                "part": part,
                "company_id": company,
            }
        )

    def _key(self, name):
        if name not in self._by_name:
            self._by_name[name] = self._keys.named(name or "")
            if self._by_name[name] is None:
                self._note("key")
        return self._by_name[name]

    def _read_chain(self):
        """Read all seals in their order; (number, link) of the last."""
        number, link, last = 0, "", 0
        names = ("id", "res_model", "res_id", "kind", "scheme", "parts", "sealed_at")
        names += ("user_id", "nonce", "key", "code", "number", "link")
        while True:
            self.env.cr.execute(
                f"SELECT {', '.join(names)} FROM medical_core_seal "
                "WHERE number > %s ORDER BY number, id LIMIT %s",
                (last, BATCH),
            )
            rows = self.env.cr.dictfetchall()
            if not rows:
                return number, link
            for seal in rows:
                number, link = self._read_seal(seal, number, link)
            last = rows[-1]["number"]

    def _read_seal(self, seal, number, link):
        self.seal_count += 1
        where = (seal["res_model"], seal["res_id"])
        key = self._key(seal["key"])
        self._latest[where[0]][where[1]] = seal
        if key is None:
            return seal["number"], seal["link"]
        if not same_code(seal["code"], seal_code(key, *self._seals._content(seal))):
            self._note("forged", *where)
        expected = seal_code(key, number + 1, link, seal["code"])
        if seal["number"] != number + 1 or not same_code(seal["link"], expected):
            self._note("link", *where)
        return seal["number"], seal["link"]

    def _check_end(self, number, link):
        """The chain reaches as far as it did the last time."""
        anchor = self._keys.anchor(self._seals._database())
        if anchor and number < anchor[0]:
            self._note("cut")
        elif anchor:
            self.env.cr.execute(
                "SELECT link FROM medical_core_seal WHERE number = %s", (anchor[0],)
            )
            row = self.env.cr.fetchone()
            if anchor[0] and not same_code(row and row[0], anchor[1]):
                self._note("cut")
        if not self.found:
            self._seals._anchor(number, link)

    def _compare(self, model, seals):
        by_scheme = defaultdict(dict)
        for record, seal in seals.items():
            if seal["kind"] == "sealed":
                by_scheme[seal["scheme"]][record] = seal
        self._check_opened(model, seals)
        for number, sealed in by_scheme.items():
            if not 0 <= (number or 0) < len(model._seal_schemes):
                continue  # the code of its seal says that somebody wrote it
            self._compare_scheme(model, model._seal_schemes[number or 0], sealed)

    def _compare_scheme(self, model, scheme, sealed):
        records = sorted(sealed)
        for start in range(0, len(records), BATCH):
            batch = records[start : start + BATCH]
            # sudo: as above
            now = self._seals._reader().digests(model.sudo().browse(batch), scheme)
            self.record_count += len(batch)
            for record in batch:
                if not now[record]:
                    self._note("missing", model._name, record)
                    continue
                for part, kind in differences(
                    sealed[record]["parts"] or {}, now[record]
                ):
                    self._note(kind, model._name, record, part)

    def _check_opened(self, model, seals):
        """What was opened again, and is signed now, has to have a newer seal."""
        opened = [record for record, seal in seals.items() if seal["kind"] == "opened"]
        domain = [("id", "in", opened), *model._seal_domain()]
        # sudo: as above
        for record in model.sudo().with_context(active_test=False).search(domain):
            self._note("unsealed", model._name, record.id)
