"""Hits on public pages: one counter for all, in the database, forgotten after a day."""

import hashlib
import hmac
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ....tools.core.hits import Limit, wait_until

# how often guesses at tokens may come from one address, whatever page they try
GUESS = Limit(30, timedelta(hours=1))
KEEP = timedelta(days=1)


class CoreHit(models.Model):
    """One hit. The address is stored as a keyed digest: nobody is to be found by it."""

    _name = "medical.core.hit"
    _description = "Hit on a Public Page"
    _inherit = ["medical.core.guard"]
    _order = "at desc, id desc"
    _log_access = False
    _rec_name = "what"

    what = fields.Char(required=True, readonly=True)
    digest = fields.Char(required=True, readonly=True)
    at = fields.Datetime(required=True, readonly=True, index=True)

    _lookup = models.Index("(digest, what, at)")

    @api.model
    def _limits(self):
        """Hook: {what: Limit}. A domain adds what its public pages count."""
        return {"guess": GUESS}

    @api.model
    def _digest(self, text):
        # sudo: the database's own secret is used as the key and shown to nobody
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        key = (secret or "").encode()
        return hmac.new(key, (text or "").encode(), hashlib.sha256).hexdigest()

    @api.model
    def _count(self, what, text):
        """Count a hit; tell until when the next has to wait, or None.

        Two hits of one address at the same time wait for each other, so that none slips
        through between reading and writing. Called as superuser by the public page.

        :param what: a key of ``_limits()``
        :param text: the address or the token
        """
        digest = self._digest(f"{what}:{text}")
        now = fields.Datetime.now()
        limit = self._limits()[what]
        self.env.cr.execute(
            SQL("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", digest)
        )
        hits = self.search(
            [
                ("what", "=", what),
                ("digest", "=", digest),
                ("at", ">", now - limit.span),
            ],
            limit=limit.most,
        ).mapped("at")
        wait = wait_until(hits, limit, now)
        if wait is None:
            self._pen().create({"what": what, "digest": digest, "at": now})
        return wait

    @api.model
    def _count_lasting(self, what, text):
        """As ``_count``, in a transaction of its own: the hit counts even if what comes
        after it ends in an error. Called as superuser by the public page."""
        with self.env.registry.cursor() as cr:
            return self.with_env(self.env(cr=cr))._count(what, text)

    @api.autovacuum
    def _gc_old(self):
        old = fields.Datetime.now() - KEEP
        self.search([("at", "<", old)], limit=10000).unlink()
