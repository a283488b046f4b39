"""Reading a library in: the shipped ones when the addon is installed, others by hand."""

from odoo import Command, api, models

from ....tools.compliance.libraryfile import (
    LibraryItem,
    compare,
    read_library,
    shipped,
    shipped_file,
)
from .item import BASIS


class CoreChecklist(models.Model):
    _inherit = "medical.core.checklist"

    @api.model
    def _load_libraries(self):
        """Make the shipped libraries that are not there yet; what is there stays.

        A practice may have changed or archived its copy: a newer edition of the product
        is read in by hand, with the dry run before it.
        """
        known = set(
            self.with_context(active_test=False)
            .search([("library_code", "!=", False), ("company_id", "=", False)])
            .mapped("library_code")
        )
        for library in shipped():
            if library["code"] not in known:
                self._make_library(library)

    @api.model
    def _make_library(self, library):
        """A new library with its items.

        :param library: row of ``libraryfile.shipped``
        """
        checklist = self.create(
            {
                "name": library["name"],
                "kind": "audit",
                "library_code": library["code"],
                **self._library_head(library),
            }
        )
        items, _problems, _table = read_library(
            shipped_file(library["code"]), self._measure_codes()
        )
        checklist._write_items(items)
        return checklist

    @api.model
    def _library_head(self, library):
        """Values of a shipped library's own row."""
        return {
            "program": library["program"],
            "citation": library["citation"],
            "source": library["source"],
            "edition": library["edition"],
            "valid_from": library["valid_from"],
            "checked_on": library["checked_on"],
        }

    @api.model
    def _measure_codes(self):
        measures = self.env["medical.compliance.measure"]
        return measures.with_context(active_test=False).search([]).mapped("code")

    # ----------------------------------------------------------------- the items

    def _library_items(self):
        """{code: LibraryItem} as the library stands; nothing for one still to be made."""
        return {
            item.code: LibraryItem(
                code=item.code,
                section=item.section or "",
                question=item.name,
                citation=item.citation or "",
                requirement=item.requirement or "required",
                weight=item.weight,
                severity=item.severity,
                answer=item.item_type,
                help=item.help_text or "",
                measure=item.measure_id.code or "",
                days=item.evidence_days,
                checked=item.is_checked,
            )
            for item in self.item_ids
            if item.code
        }

    def _item_difference(self, items):
        """What items of a file would change here."""
        return compare(self._library_items(), items)

    def _write_items(self, items):
        """Bring the library to these items: new, changed, and archived where removed.

        Rounds keep what they asked; where one has copied the items, this makes the next
        version of the checklist (core does).

        :param items: list of ``libraryfile.LibraryItem``, all good
        :return: ``libraryfile.Difference``
        """
        self.ensure_one()
        difference = self._item_difference(items)
        measures = {
            one.code: one.id
            for one in self.env["medical.compliance.measure"]
            .with_context(active_test=False)
            .search([])
        }
        known = {item.code: item for item in self.item_ids if item.code}
        commands = []
        for place, item in enumerate(items, 1):
            values = self._item_values(item, measures) | {"sequence": place * 10}
            if item.code in difference.new:
                commands.append(Command.create(values))
            elif item.code in difference.changed:
                commands.append(Command.update(known[item.code].id, values))
            elif known[item.code].sequence != place * 10:
                commands.append(
                    Command.update(known[item.code].id, {"sequence": place * 10})
                )
        commands += [
            Command.update(known[code].id, {"active": False})
            for code in difference.removed
        ]
        if commands:
            self.write({"item_ids": commands})
        return difference

    @api.model
    def _item_values(self, item, measures):
        return {
            "code": item.code,
            "section": item.section,
            "name": item.question,
            "citation": item.citation,
            "requirement": item.requirement,
            "basis": BASIS[item.requirement],
            "weight": item.weight,
            "severity": item.severity,
            "item_type": item.answer,
            "help_text": item.help,
            "measure_id": measures.get(item.measure, False),
            "evidence_days": item.days,
            "is_checked": item.checked,
            "na_needs_note": True,
            "required": True,
        }
