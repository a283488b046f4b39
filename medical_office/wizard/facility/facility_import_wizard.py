"""Reads a list of assets: first a dry run that names each bad cell, then all or none."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import escape_psql

from ...engine.core.sentences import problem_sentences
from ...models.core.mixins.listing import shown
from ...tools.csvsafe import read_table
from ...tools.facility.assetfile import (
    MOST_ASSETS,
    TEXTS,
    Known,
    columns,
    resolve,
)

MOST_CHANGES = 500  # lines that the dry run shows
# column of the file -> field of an asset, where the value is written as it is
PLAIN = {
    "name": "name",
    "kind": "medical_kind_id",
    "room": "location_id",
    "outlet": "medical_outlet_id",
    "serial": "serial_no",
    "model": "model",
    "vendor_ref": "partner_ref",
    "bought_on": "medical_purchase_date",
    "bought_for": "medical_purchase_value",
    "replacement": "medical_replacement_value",
    "warranty": "warranty_date",
    "life": "medical_life_years",
    "amps": "medical_amps",
    "critical": "medical_is_critical",
}
EXAMPLE = [
    "Vaccine refrigerator", "Vaccine refrigerator", "", "", "SN-100234", "VR-12", "", "",
    "2024-03-01", "6,850.00", "7,400.00", "2027-03-01", 10, "A", 2.5, "", "yes",
]  # fmt: skip


class FacilityImportWizard(models.TransientModel):
    _name = "medical.facility.import.wizard"
    _inherit = "medical.core.file.wizard"
    _description = "Import Assets"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    file = fields.Binary("List")
    update = fields.Boolean(
        "Update known assets",
        help="A row with a known serial number updates that asset; without one, the "
        "asset of that name and type in that room. Empty cells change nothing.",
    )
    create_vendors = fields.Boolean("Create unknown vendors")
    state = fields.Selection(
        [("choose", "Choose"), ("checked", "Checked")], default="choose"
    )
    new_count = fields.Integer("New", readonly=True)
    known_count = fields.Integer("Updated", readonly=True)
    changes = fields.Text("What Changes", readonly=True)
    vendor_names = fields.Char("Vendors to create", readonly=True)
    ignored = fields.Char("Unknown Columns", readonly=True)
    problem_count = fields.Integer(readonly=True)
    problem_ids = fields.One2many(
        "medical.facility.import.problem", "wizard_id", readonly=True
    )

    def action_check(self):
        """Dry run: say what would be made and what is wrong; nothing is changed."""
        self.ensure_one()
        self.env["medical.core.guard"]._check_caller("core_group_manager")
        table, assets, problems = self._read()
        self._listed(
            problem_sentences(self.env, problems, TEXTS)
        )  # all of them, as a file
        vendors = dict.fromkeys(a.new_vendor for a in assets if a.new_vendor)
        self.problem_ids.unlink()
        self.write(
            {
                "state": "checked",
                "new_count": sum(1 for a in assets if not a.known),
                "known_count": sum(1 for a in assets if a.known),
                "changes": "\n".join(
                    shown(self.env, self._changes(assets), MOST_CHANGES)
                ),
                "vendor_names": ", ".join(vendors),
                "ignored": ", ".join(table.ignored),
                "problem_count": len(problems),
                "problem_ids": self._problem_rows(problems, TEXTS),
            }
        )
        return self._again(self.env._("Import Assets"), dialog_size="extra-large")

    def action_import(self):
        """Make and update the assets, all or none.

        :raises AccessError: the user is not the office manager
        :raises UserError: something is wrong; the message names the first bad cells
        """
        self.ensure_one()
        self.env["medical.core.guard"]._check_caller("core_group_manager")
        _table, assets, problems = self._read()
        if problems:
            raise UserError(self._listed(problem_sentences(self.env, problems, TEXTS)))
        if not assets:
            raise UserError(self.env._("The list has no assets."))
        made = self._write(assets)
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "medical_office.facility_equipment_action"
            ),
            "domain": [("id", "in", made.ids)],
            "context": {"search_default_medical_group_kind": 1},
        }

    def action_template(self):
        """Download an empty list with the columns that are understood."""
        self.env["medical.core.guard"]._check_caller("core_group_manager")
        return self._download("assets.csv", columns(), [EXAMPLE])

    # ------------------------------------------------------------------- reading

    def _read(self):
        """(the table, the assets of the good rows, all problems)."""
        table = read_table(self._data(), columns(), max_rows=MOST_ASSETS)
        assets, problems = resolve(table.rows, self._known(table.rows))
        every = sorted([*table.errors, *problems], key=lambda one: one.row)
        return table, assets, every

    def _known(self, rows):
        """What the register has, as the reader of the file looks it up."""
        company = self.company_id
        # an own type comes after, and so before, a shared one of the same name
        kinds = (
            self.env["medical.facility.kind"]
            .search([("company_id", "in", [False, company.id])])
            .sorted("company_id")
        )
        sites = self.env["stock.warehouse"].search(
            [("company_id", "=", company.id), ("medical_is_site", "=", True)]
        )
        rooms = self.env["stock.location"].search(
            [("company_id", "=", company.id), ("medical_room_type", "!=", False)]
        )
        outlets = self.env["medical.facility.outlet"].search(
            [("company_id", "=", company.id)]
        )
        return Known(
            kinds={kind.code.casefold(): kind.id for kind in kinds}
            | {kind.name.casefold(): kind.id for kind in kinds},
            kind_names=kinds.mapped("name"),
            sites={site.name.casefold(): site.id for site in sites}
            | {site.code.casefold(): site.id for site in sites},
            site_names={site.id: site.name for site in sites},
            rooms={
                (room.medical_site_id.id, room.name.casefold()): room.id
                for room in rooms
            },
            outlets={(one.room_id.id, one.name.casefold()): one.id for one in outlets},
            vendors=self._vendors(rows),
            serials=self._serials(rows),
            unnumbered=self._unnumbered(rows),
            update=self.update,
            create_vendors=self.create_vendors,
        )

    def _vendors(self, rows):
        """The partners whose names stand in the file, however they are capitalized."""
        names = {row.maybe("vendor", str) for row in rows} - {None, ""}
        found = self.env["res.partner"].search(
            Domain("company_id", "in", [False, self.company_id.id])
            & Domain.OR(Domain("name", "=ilike", escape_psql(name)) for name in names)
        )
        return {one.name.casefold(): one.id for one in found.sorted("is_company")}

    def _serials(self, rows):
        """Serial numbers are unique in the whole database, archived assets included."""
        numbers = {row.maybe("serial", str) for row in rows} - {None, ""}
        # somebody types sn-12 for SN-12, and the host tells them apart
        spelled = {way(one) for one in numbers for way in (str.upper, str.lower)}
        # sudo: to know that a number is taken, not by whom
        assets = self.env["maintenance.equipment"].sudo()
        taken = assets.with_context(active_test=False).search_fetch(
            [("serial_no", "in", [*numbers, *spelled])], ["serial_no", "company_id"]
        )
        return {
            one.serial_no.casefold(): one.id
            if one.company_id == self.company_id and one.active
            else None
            for one in taken
        }

    def _unnumbered(self, rows):
        """The register's assets without a serial number that have a name of the file."""
        names = {
            row.maybe("name", str).casefold()
            for row in rows
            if not row.maybe("serial", str)
        }
        found = {}
        assets = self.env["maintenance.equipment"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("serial_no", "in", [False, ""]),
                ("medical_kind_id", "!=", False),
            ],
            order="id",
        )
        for one in assets:
            if one.name.casefold() in names:
                key = (
                    one.location_id.id or None,
                    one.medical_kind_id.id,
                    one.name.casefold(),
                )
                found.setdefault(key, []).append(one.id)
        return found

    def _changes(self, assets):
        """What a row changes of an asset that is known, before and after, a line each."""
        equipment = self.env["maintenance.equipment"]
        said = []
        for one in assets:
            known = equipment.browse(one.known or ())
            if not known:
                continue
            after = equipment.new(self._values(one, {}))
            parts = [
                f"{field._description_string(self.env)} "
                f"{field.convert_to_display_name(known[name], known) or '–'} → "
                f"{field.convert_to_display_name(after[name], after)}"
                for name in self._values(one, {})
                if known[name] != after[name]
                for field in [known._fields[name]]
            ]
            if one.grade and one.grade != known.medical_condition:
                grade = known._fields["medical_condition"]._description_string(self.env)
                was = (known.medical_condition or "–").upper()
                parts.append(f"{grade} {was} → {one.grade.upper()}")
            if parts:
                said.append(f"{known.display_name}: {'; '.join(parts)}")
        return said

    # ------------------------------------------------------------------- writing

    def _write(self, assets):
        """Create and update; return all of them."""
        equipment = self.env["maintenance.equipment"]
        vendors = self._create_vendors(assets)
        fresh = [one for one in assets if not one.known]
        made = equipment.create(
            [
                {
                    "company_id": self.company_id.id,
                    "equipment_assign_to": "other",
                    **self._values(one, vendors),
                }
                for one in fresh
            ]
        )
        pairs = list(zip(made, fresh, strict=True))
        for one in assets:
            if one.known:
                asset = equipment.browse(one.known)
                asset.write(self._values(one, vendors))
                pairs.append((asset, one))
        self.env["medical.facility.condition"].create(
            [
                {
                    "equipment_id": asset.id,
                    "grade": one.grade,
                    "note": self.env._("From the imported list"),
                }
                for asset, one in pairs
                if one.grade
            ]
        )
        return equipment.union(*(asset for asset, _one in pairs))

    def _create_vendors(self, assets):
        names = list(dict.fromkeys(a.new_vendor for a in assets if a.new_vendor))
        made = self.env["res.partner"].create(
            [
                {
                    "name": name,
                    "is_company": True,
                    "company_id": self.company_id.id,
                }
                for name in names
            ]
        )
        return dict(zip(names, made.ids, strict=True))

    def _values(self, one, vendors):
        """The values of an asset; an empty cell is left out."""
        values = {
            field: getattr(one, key)
            for key, field in PLAIN.items()
            if getattr(one, key) is not None
        }
        for key in ("bought_for", "replacement", "amps"):
            if PLAIN[key] in values:
                values[PLAIN[key]] = float(values[PLAIN[key]])
        vendor = one.vendor or vendors.get(one.new_vendor)
        if vendor:
            values["partner_id"] = vendor
        return values


class FacilityImportProblem(models.TransientModel):
    _name = "medical.facility.import.problem"
    _inherit = "medical.core.file.problem"
    _description = "Problem in an Imported List"

    wizard_id = fields.Many2one(
        "medical.facility.import.wizard", required=True, ondelete="cascade", index=True
    )
