"""Lots that an excursion or a recall holds do not leave quarantine for a shelf, nor come
onto one from outside the books; their number and their dates stay as they are."""

from odoo import models
from odoo.exceptions import UserError

from ....tools.supply.lot.number import lot_key

# states in which an excursion, a recall holds its lots
OPEN = ("quarantined", "signed")
INSIDE = ("internal", "transit")
# nothing stands on a shelf longer than before: a maker may shorten a date, not we extend it
DATES = frozenset({"use_date", "expiration_date", "removal_date", "alert_date"})
NAMED = frozenset({"name", "product_id", "company_id"})


class Holds:
    """What excursions and recalls of a company hold now of some items.

    A lot goes by its item and number: typed in other letters, it is the same box. A
    recall holds its number also where nothing of it had been found.

    :param products: the items asked about
    """

    def __init__(self, company, products):
        self._lots, self._items = {}, {}
        self._recalls = company.env["medical.supply.recall"]
        self._company = company
        for model, parent in (
            ("medical.supply.recall.line", "recall_id"),
            ("medical.supply.excursion.line", "excursion_id"),
        ):
            domain = [
                ("product_id", "in", products.ids),
                (f"{parent}.state", "in", OPEN),
                (f"{parent}.company_id", "=", company.id),
            ]
            # sudo: whether a lot is held concerns whoever handles it
            for row in company.env[model].sudo().search(domain):
                item, holder = row.product_id.sudo(False), row[parent]
                self._lots.setdefault((item, lot_key(row.lot_id.name)), holder)
                self._items.setdefault(item, holder)

    def of(self, asked):
        """
        :param asked: list of (item, lot number; None: any lot of it)
        :return: {(item, lot number): the excursion or recall that holds it}
        """
        found = self._recalls._naming(
            self._company, [one for one in asked if one[1]], OPEN
        )
        for item, name in asked:
            if holder := (
                self._items.get(item)
                if name is None
                else self._lots.get((item, lot_key(name)))
            ):
                found[item, name] = holder
        return found


class StockMove(models.Model):
    _inherit = "stock.move"

    def _medical_check_held(self):
        """Two people release a lot that was out of range; a recall is closed first. What
        one person does alone goes round neither: no transfer, scrap or adjustment.

        :raises UserError: naming item, lot, what holds it and the remedy
        """
        if self._holds_pen():
            return  # the release, a write-off, a count: each asked what it has to ask
        quarantines = self.env["stock.quant"]._medical_quarantines()
        lines = self.move_line_ids.filtered(
            lambda line: line.quantity and (line.picked or line.move_id.picked)
        )
        leaving = lines.filtered(
            lambda line: (
                line.location_id in quarantines
                and line.location_dest_id not in quarantines
                and line.location_dest_id.usage != "supplier"
            )
        )
        arriving = lines.filtered(
            lambda line: (
                line.location_id.usage not in INSIDE
                and line.location_dest_id.usage in INSIDE
                and line.location_dest_id not in quarantines
                and line._medical_comes_round(quarantines)
            )
        )
        held = (leaving | arriving)._medical_holders()
        for line, holder in held.items():
            said = line._medical_held_words(holder)
            if line in leaving:
                raise UserError(
                    self.env._(
                        "%(lot)s stays in quarantine: %(what)s holds it. Two people "
                        "release what was out of range, a recall is closed first. It "
                        "can be returned to the vendor, or written off with “Remove "
                        "from Quarantine”.",
                        **said,
                    )
                )
            raise UserError(
                self.env._(
                    "%(lot)s does not come onto a shelf: %(what)s holds it. Take it back "
                    "into quarantine; what turned up in a room is counted there.",
                    **said,
                )
            )


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _medical_comes_round(self, quarantines):
        """Whether goods come in that were in the house before: from an adjustment, a
        customer, or back from the vendor to whom quarantine returned them. A delivery
        brings others of the lot."""
        self.ensure_one()
        if self.location_id.usage != "supplier":
            return True
        # sudo: where the goods had been before, whatever the mover's rights
        origin = self.move_id.sudo().origin_returned_move_id
        while origin:
            if origin.location_id in quarantines:
                return True
            origin = origin.origin_returned_move_id
        return False

    def _medical_holders(self):
        """{line: the excursion or recall that holds its lot now}, of those that are; a
        line that names no lot may carry any lot of its item."""
        held = {}
        for company, lines in self.grouped("company_id").items():
            keys = {
                line: (line.product_id, line.lot_id.name or line.lot_name or None)
                for line in lines
            }
            found = Holds(company, lines.product_id).of([*keys.values()])
            held |= {line: found[key] for line, key in keys.items() if key in found}
        return held

    def _medical_held_words(self, holder):
        self.ensure_one()
        return {
            "lot": self.env._(
                "%(item)s, lot %(lot)s",
                item=self.product_id.display_name,
                lot=self.lot_id.name or "-",
            ),
            "what": f"{holder._description} “{holder.display_name}”",
        }


class StockLot(models.Model):
    """What is printed on the box is what an excursion and a recall go by."""

    _name = "stock.lot"
    _inherit = ["stock.lot", "medical.core.guard"]

    def write(self, vals):
        """A lot that turns out to be a recalled one is put away at once."""
        names = {lot: lot.name for lot in self} if "name" in vals else {}
        result = super().write(vals)
        renamed = self.filtered(lambda lot: names.get(lot, lot.name) != lot.name)
        renamed._medical_hold_recalled(("quarantined",))
        return result

    def _check_locks(self, vals):
        """A held lot keeps its number; its dates may be shortened, as makers do after an
        excursion, and are not extended by one person.

        :raises UserError: naming the lot, what holds it and the field
        """
        super()._check_locks(vals)
        changed = {
            lot: name for lot in self if (name := lot._medical_changed_name(vals))
        }
        holders = self.browse([lot.id for lot in changed])._medical_holders()
        for lot, holder in holders.items():
            raise UserError(
                self.env._(
                    "%(lot)s is held by %(what)s “%(name)s”: until that is decided, "
                    "its “%(field)s” stays as it is (a date may be made earlier).",
                    lot=lot.display_name,
                    what=holder._description,
                    name=holder.display_name,
                    field=self._guard_label(changed[lot]),
                )
            )

    def _medical_holders(self):
        """{lot: an excursion or recall that holds it now}; of any company where
        companies share the lot."""
        held = {}
        for company, lots in self.grouped("company_id").items():
            # sudo: as in Holds
            everyone = company or self.env["res.company"].sudo().search([])
            for one in everyone:
                found = Holds(one, lots.product_id).of(
                    [(lot.product_id, lot.name) for lot in lots]
                )
                for lot in lots:
                    if holder := found.get((lot.product_id, lot.name)):
                        held.setdefault(lot, holder)
        return held

    def _medical_changed_name(self, vals):
        """The first field that these values change of what a hold goes by; None."""
        self.ensure_one()
        for name in self._guard_changed(vals, NAMED | DATES):
            if name in NAMED:
                return name
            given = self._fields[name].convert_to_cache(vals[name], self)
            if self[name] and (not given or given > self[name]):
                return name
        return None
