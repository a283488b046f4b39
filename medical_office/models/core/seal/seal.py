"""The chain of seals: what was signed, as it was signed."""

import secrets

from odoo import api, fields, models
from odoo.tools import SQL, config

from ....engine.core.sealkeys import KeyStore
from ....engine.core.sealreader import SealReader
from ....tools.core.digest import sha256
from ....tools.core.sealing import key_name, seal_code

BATCH = 500


class CoreSeal(models.Model):
    """A keyed digest of a record's parts; later ones of the same record replace it.

    Each seal stands by itself from the moment of the signature. A job links them into a
    chain in the order of their numbers, so that none can be taken out or put in later;
    signing itself never waits for somebody else who signs.
    """

    _name = "medical.core.seal"
    _description = "Seal"
    _inherit = ["medical.core.guard"]
    _order = "id desc"
    _rec_name = "res_model"

    res_model = fields.Char("Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Record", model_field="res_model", required=True, readonly=True
    )
    kind = fields.Selection(
        [("sealed", "Sealed"), ("opened", "Opened again")], required=True, readonly=True
    )
    scheme = fields.Integer(readonly=True, aggregator=None)
    parts = fields.Json(readonly=True)
    sealed_at = fields.Datetime(required=True, readonly=True)
    user_id = fields.Many2one("res.users", "By", readonly=True, ondelete="restrict")
    nonce = fields.Char(required=True, readonly=True)
    key = fields.Char(
        "Name of the key",
        required=True,
        readonly=True,
        help="The key itself lies on the server, outside the database.",
    )
    code = fields.Char(required=True, readonly=True)
    number = fields.Integer("Place in the chain", readonly=True, aggregator=None)
    link = fields.Char(readonly=True)

    _record = models.Index("(res_model, res_id, id DESC)")
    _unlinked = models.Index("(id) WHERE number IS NULL OR number = 0")
    _nonce = models.UniqueIndex("(nonce)", "This seal is there already.")

    @api.depends("res_model", "res_id")
    def _compute_display_name(self):
        for seal in self:
            if seal.res_model not in self.env:
                seal.display_name = seal.res_model
                continue
            # sudo: the kind of record is named, not what is in it
            model = self.env["ir.model"].sudo()._get(seal.res_model)
            seal.display_name = f"{model.name} {seal.res_id}"

    def _kept_message(self):
        return self.env._("Seals are kept: they prove what was signed.")

    # ---------------------------------------------------------------------- making

    @api.model
    def _keys(self):
        return KeyStore(config["data_dir"])

    @api.model
    def _reader(self):
        # sudo: a seal covers the whole record, whoever signs it
        return SealReader(self.sudo().env)

    @api.model
    def _make(self, records, kind):
        """Make a seal of each record: one insert, one query for each cover.

        :param kind: sealed, or opened (it has rightly left the states that are sealed)
        """
        if not records or not records._seal_schemes:
            return self.browse()
        self.env.flush_all()
        number = len(records._seal_schemes) - 1
        scheme = records._seal_schemes[number]
        digests = (
            self._reader().digests(records, scheme)
            if kind == "sealed"
            else {record: {} for record in records.ids}
        )
        key = self._keys().current()
        now = fields.Datetime.now()
        values = [
            {
                "res_model": records._name,
                "res_id": record,
                "kind": kind,
                "scheme": number,
                "parts": parts,
                "sealed_at": now,
                "user_id": self.env.uid,
                "nonce": secrets.token_hex(16),
                "key": key_name(key),
            }
            for record, parts in digests.items()
        ]
        for seal in values:
            seal["code"] = seal_code(key, *self._content(seal))
        # sudo: seals are made by the program when somebody signs
        return self.sudo()._pen().create(values)

    @api.model
    def _content(self, seal):
        """What the code of a seal is made of; ``seal``: its values."""
        return (
            *(seal[name] for name in ("res_model", "res_id", "kind", "scheme")),
            seal["parts"] or {},
            fields.Datetime.to_string(seal["sealed_at"]),
            *(seal[name] for name in ("user_id", "nonce", "key")),
        )

    @api.model
    def _sealed_models(self):
        """Every model whose records are sealed."""
        return [
            self.env[name]
            for name, model in self.env.registry.items()
            if getattr(model, "_seal_schemes", ()) and not model._abstract
        ]

    @api.model
    def _unsealed(self, model):
        """Records of a model that have to have a seal and have none at all."""
        # sudo, all companies: proof is looked at whole
        records = model.sudo().with_context(active_test=False)
        query = records._search(records._seal_domain(), order="id")
        query.add_where(
            SQL(
                """NOT EXISTS (SELECT 1 FROM medical_core_seal seal
                    WHERE seal.res_model = %s AND seal.res_id = %s)""",
                model._name,
                SQL.identifier(model._table, "id"),
            )
        )
        return records.browse(query)

    @api.model
    def _seal_existing(self):
        """Seal what was signed before seals came; asked by the set-up and by upgrades."""
        for model in self._sealed_models():
            records = self._unsealed(model)
            if len(records) > BATCH:
                self._reader().analyze(model, model._seal_schemes[-1])
            for start in range(0, len(records), BATCH):
                self._make(records[start : start + BATCH], "sealed")

    # --------------------------------------------------------------------- linking

    @api.model
    def _link_new(self):
        """Link the seals that have come since the last time, in the order they came.

        :return: (number, link) of the last seal of the chain
        """
        # sudo: the chain is the program's; one at a time links it
        chain = self.sudo()
        self.env.cr.execute(
            "SELECT pg_advisory_xact_lock(hashtext('medical_core_seal'))"
        )
        last = chain.search([("number", ">", 0)], order="number desc", limit=1)
        number, link = last.number, last.link or ""
        keys = self._keys()
        new = chain.search([("number", "in", (0, False))], order="id")
        for seal in new:  # each stands on the one before
            number += 1
            key = keys.named(seal.key) or keys.current()
            link = seal_code(key, number, link, seal.code)
            seal._pen().write({"number": number, "link": link})
        return number, link

    @api.model
    def _cron_link(self):
        self._link_new()

    @api.model
    def _database(self):
        """What the anchor of this database is called: a copy under another name, which
        goes its own way, has one of its own."""
        # sudo: a random name, read by the program alone
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        return f"{uuid}-{sha256(self.env.cr.dbname)[:8]}"

    @api.model
    def _anchor(self, number, link):
        """Remember outside the database how far the chain reaches, once that is so."""
        keys, database = self._keys(), self._database()
        self.env.cr.postcommit.add(lambda: keys.set_anchor(database, number, link))
