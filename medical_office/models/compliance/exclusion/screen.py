"""The look itself: all parties against all lines, then what is new, same and gone."""

from odoo import api, fields, models

from ....engine.compliance.screener import screened


class ComplianceExclusionParty(models.Model):
    _inherit = "medical.compliance.exclusion.party"

    def _screen(self):
        """Compare these parties with the lists in force and keep what is found.

        As the program: the caller has checked who asks. The number of queries does not
        depend on how many parties and lines there are.

        :return: whether there was a list to compare with
        """
        lists = self.env["medical.compliance.exclusion.list"]._in_force()
        parties = self.filtered("active")
        if not lists or not parties:
            return False
        found = screened(self.env, parties._rows(), lists.ids)
        parties._keep_found(found)
        now = fields.Datetime.now()
        named = parties.filtered(lambda party: party.result != "unnamed")
        named._pen().write({"screened_at": now})
        return True

    def _keep_found(self, found):
        """Bring the matches up to date with what was found now.

        :param found: list of ``engine.compliance.screener.Found``
        """
        matches = self.env["medical.compliance.exclusion.match"]
        known = {
            (match.party_id.id, match.line_digest): match
            for match in matches.search([("party_id", "in", self.ids)])
        }
        prints = {party.id: party._fingerprint() for party in self}
        hits = {(hit.party, hit.digest): hit for hit in found}
        fresh = [hit for key, hit in hits.items() if key not in known]
        matches._pen().create(self._match_values(fresh, prints))
        again, renewed, gone = matches.browse(), matches.browse(), matches.browse()
        for key, match in known.items():
            hit = hits.get(key)
            if hit is None:
                if match.state != "gone":
                    gone |= match
                continue
            changed = match.fingerprint != prints[match.party_id.id]
            if match.state == "gone":
                again |= match
            elif changed and match.state in ("answered", "cleared"):
                renewed |= match
            if changed or not match.is_listed or match.score != hit.score:
                match._pen().write(
                    {
                        "score": hit.score,
                        "reason": hit.reason,
                        "is_listed": True,
                        "fingerprint": prints[match.party_id.id],
                    }
                )
        again._settle("open", self.env._("The line is a match again."))
        renewed._settle("open", self.env._("What is known of the party has changed."))
        # what was confirmed bars until somebody has looked it up again
        kept = gone.filtered(lambda match: match.state == "confirmed")
        gone.filtered("is_listed")._pen().write({"is_listed": False})
        (gone - kept)._settle("gone", self.env._("The line is no longer a match."))
        for party in self:
            if party.fingerprint != prints[party.id]:
                party._pen().fingerprint = prints[party.id]

    @api.model
    def _match_values(self, hits, prints):
        """Values of new matches; the lines are read in one query."""
        lines = self.env["medical.compliance.exclusion.line"].browse(
            {hit.line for hit in hits}
        )
        by_id = {line.id: line for line in lines}
        values = []
        for hit in hits:
            line = by_id[hit.line]
            facts = [
                line.birth and self.env._("born %s", line.birth),
                line.npi and self.env._("NPI %s", line.npi),
                ", ".join(filter(None, (line.city, line.state))),
            ]
            values.append(
                {
                    "party_id": hit.party,
                    "source": line.list_id.source,
                    "line_digest": hit.digest,
                    "line_number": line.number,
                    "listed_name": line._said(),
                    "listed_facts": "; ".join(filter(None, facts)),
                    "excluded_kind": line.kind,
                    "excluded_since": line.since,
                    "score": hit.score,
                    "reason": hit.reason,
                    "fingerprint": prints[hit.party],
                }
            )
        return values
