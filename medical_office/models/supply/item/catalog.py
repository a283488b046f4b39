"""From the rows of a catalog file to products, units and vendors' terms."""

import csv
from dataclasses import replace
from decimal import Decimal

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, escape_psql, file_open

from ....engine.core.sentences import problem_sentences
from ....tools.supply.item.catalog import CATALOG_TEXTS, COLUMNS, read_catalog
from ....tools.supply.quantity import exact

STARTER = "medical_office/data/supply/starter_catalog.csv"
SHELVES = "medical_office/data/supply/starter_shelves.csv"
FIELDS = {
    "name": "name",
    "category": "medical_kind",
    "storage": "medical_storage",
    "latex": "medical_latex",
    "hazardous": "medical_hazardous",
}
# item type -> category of the host, ``supply_category_<name>``: its account is posted to
CATEGORIES = {
    "office": "office",
    "medical": "medical",
    "ppe": "medical",
    "vaccine": "drug",
    "sample": "drug",
    "controlled": "drug",
}
# what an import changes of an item that is known: field -> the column that says it
UPDATED = {field: key for key, field in FIELDS.items()} | {
    "barcode": "barcode",
    "use_expiration_date": "shelf_days",
    "expiration_time": "shelf_days",
}
NEEDED = ("name", "category", "unit")  # of a new item
VENDOR_KEYS = ("vendor_code", "pack", "minimum", "price", "contract", "lead_days")
TITLES = {column.key: column.title for column in COLUMNS}


def category_of(env, name):
    """One of the categories above; none where the practice deleted it."""
    category = env.ref(f"medical_office.supply_category_{name}", False)
    return category or env["product.category"]


class SupplyCatalog(models.AbstractModel):
    """Reads and writes catalogs. An item is known by its code."""

    _name = "medical.supply.catalog"
    _description = "Supply Catalog"

    @api.model
    def _starter(self):
        """The starter catalog as a file's bytes: generic items of a primary-care
        practice, with example vendors and prices."""
        with file_open(STARTER, "rb") as handle:
            return handle.read()

    @api.model
    def _shelves(self):
        """What rooms of each type keep of the starter catalog: a starting point of ours.

        :return: list of (room type, item code, use per week)
        """
        with file_open(SHELVES) as handle:
            return [
                (row["type"], row["code"], float(row["week"]))
                for row in csv.DictReader(handle)
            ]

    @api.model
    def _plan(self, content):
        """Dry run of a catalog file.

        :param content: bytes of a CSV file
        :return: (items to write, {code: product template already there},
            list of sentences about what is wrong)
        """
        catalog = read_catalog(content)
        problems = problem_sentences(self.env, catalog.errors, CATALOG_TEXTS)
        known = self._known([item.code for item in catalog.items])
        items = [self._whole(item, known.get(item.code)) for item in catalog.items]
        for item in items:
            there = known.get(item.code)
            missing = [TITLES[key] for key in NEEDED if not getattr(item, key)]
            if missing:
                problems.append(
                    self.env._(
                        "Row %(row)s, Item code: there is no item %(code)s yet. Correct "
                        "the code, or fill in for the new item: %(titles)s.",
                        row=item.row,
                        code=item.code,
                        titles=", ".join(missing),
                    )
                )
            if there and there.uom_id.name.casefold() != self._unit_name(item.unit):
                problems.append(
                    self.env._(
                        "Row %(row)s, Unit: item %(code)s is kept in “%(unit)s”, but "
                        "the file has “%(new)s”. Enter the unit it is kept in.",
                        row=item.row,
                        code=item.code,
                        unit=there.uom_id.name,
                        new=item.unit,
                    )
                )
        taken = self._barcodes_taken(items)
        for item in items:
            owner = taken.get(item.barcode)
            if owner and owner != known.get(item.code):
                problems.append(
                    self.env._(
                        "Row %(row)s, Barcode: %(code)s already belongs to %(item)s. "
                        "Correct the row, or remove it from that item first.",
                        row=item.row,
                        code=item.barcode,
                        item=owner.display_name,
                    )
                )
        return items, known, problems

    @api.model
    def _whole(self, item, there):
        """The row of an item that is there already may leave out what a new one needs."""
        if not there:
            return item
        return replace(
            item,
            name=item.name or there.name,
            category=item.category or there.medical_kind or "",
            unit=item.unit or there.uom_id.name,
        )

    @api.model
    def _known(self, codes):
        """The items that have these codes, whatever their capitals; the same before one
        that is alike.

        :return: {code as the file has it: product template}
        """
        products = self.env["product.template"].with_context(active_test=False)
        lowered = [code.lower() for code in codes]
        found = products.search_fetch(
            Domain("company_id", "in", [False, self.env.company.id])
            & Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "lower(%s) = ANY(%s)",
                    model._field_to_sql(alias, "default_code", query),
                    lowered,
                )
            ),
            ["default_code", "uom_id"],
        )
        same = {item.default_code: item for item in found}
        alike = {item.default_code.lower(): item for item in found}
        known = {code: same.get(code) or alike.get(code.lower()) for code in codes}
        return {code: item for code, item in known.items() if item}

    @api.model
    def _barcodes_taken(self, items):
        codes = [item.barcode for item in items if item.barcode]
        found = self.env["product.product"].search_fetch(
            [("barcode", "in", codes)], ["barcode"]
        )
        return {product.barcode: product.product_tmpl_id for product in found}

    @api.model
    def _write(self, items, update=True):
        """Create what is new and update what is known, in batches.

        Of what is known only the columns change that the file has; its cost is the
        books', its unit and tracking stay.

        :param items: ``CatalogItem`` of a dry run without problems
        :param update: False to leave known items and their vendors as they are
        :return: the product templates, in the order of ``items``
        """
        known = self._known([item.code for item in items])
        units = self._units({item.unit for item in items})
        new = [item for item in items if item.code not in known]
        created = self.env["product.template"].create(
            [self._values(item, units) for item in new]
        )
        known |= {item.code: t for item, t in zip(new, created, strict=True)}
        made = {item.code for item in new}
        for item in items if update else ():
            if item.code not in made:
                values = self._updated(item, known[item.code])
                if values:
                    known[item.code].write(values)
        self._write_vendors(items if update else new, known, units)
        return self.env["product.template"].union(*(known[i.code] for i in items))

    @api.model
    def _changes(self, items, known):
        """What an import would change of items that are known, before and after.

        :return: list of sentences, one for each item and each vendor of one
        """
        terms, vendors = self._terms(known.values()), self._known_vendors(items)
        said = []
        for item in items:
            there = known.get(item.code)
            if not there:
                continue
            changes = {}  # one column may say two fields
            for name, value in self._updated(item, there).items():
                if (there[name] or False) != (value or False):
                    changes.setdefault(UPDATED[name], (there[name], value))
            said.append((there.display_name, changes))
            for vendor in item.vendors:
                partner = vendors.get(vendor.vendor.casefold())
                stands = self._stands(terms.get((there, partner)))
                changes = {
                    name: (stands.get(name), getattr(vendor, name))
                    for name in VENDOR_KEYS
                    if name in vendor.given
                    and stands.get(name) != getattr(vendor, name)
                }
                said.append((f"{there.display_name}, {vendor.vendor}", changes))
        return [
            f"{what}: "
            + "; ".join(
                f"{TITLES[name]} {_shown(before)} → {_shown(after)}"
                for name, (before, after) in changes.items()
            )
            for what, changes in said
            if changes
        ]

    @api.model
    def _updated(self, item, there):
        """What is written of an item that is known: what its row says."""
        values = {field: getattr(item, key) for key, field in FIELDS.items()}
        values |= {
            "barcode": item.barcode,
            **self._shelf_life(item.shelf_days, there.tracking != "none"),
        }
        return {
            name: value
            for name, value in values.items()
            if UPDATED.get(name) in item.given
        }

    @api.model
    def _shelf_life(self, days, lots):
        return {
            "use_expiration_date": bool(lots and days),
            "expiration_time": days or 0,
        }

    @api.model
    def _values(self, item, units):
        values = {field: getattr(item, key) for key, field in FIELDS.items()}
        values |= {
            "default_code": item.code,
            "categ_id": category_of(self.env, CATEGORIES[item.category]).id,
            "type": "consu",
            "is_storable": True,
            "tracking": "lot" if item.lots else "none",
            "uom_id": units[item.unit].id,
            "purchase_ok": True,
            "sale_ok": False,
            **self._shelf_life(item.shelf_days, item.lots),
        }
        if item.barcode:
            values["barcode"] = item.barcode
        prices = [v.price for v in item.vendors if v.price is not None]
        if prices:
            values["standard_price"] = float(min(prices))
        return values

    # ----------------------------------------------------------------------- units

    @api.model
    def _unit_name(self, unit):
        """ "each" is the host's "Units"; every other word is its own unit."""
        if unit.casefold() in ("each", "unit", "ea"):
            return self.env.ref("uom.product_uom_unit").name.casefold()
        return unit.casefold()

    @api.model
    def _units(self, names):
        """Units of measure by the word in the file; unknown ones are made."""
        uoms = self.env["uom.uom"]
        found = {u.name.casefold(): u for u in uoms.search([])}
        missing = [n for n in sorted(names) if self._unit_name(n) not in found]
        created = uoms.create([{"name": name.capitalize()} for name in missing])
        found |= {u.name.casefold(): u for u in created}
        return {name: found[self._unit_name(name)] for name in names}

    @api.model
    def _packs(self, wanted):
        """Vendor packs: units that hold so many of another one.

        :param wanted: set of (unit, pack size as Decimal)
        :return: {(unit, pack size): uom}
        """
        uoms = self.env["uom.uom"]
        units = uoms.union(*(unit for unit, _pack in wanted))
        found = {
            (u.relative_uom_id, u.relative_factor): u
            for u in uoms.search([("relative_uom_id", "in", units.ids)])
        }
        found |= {(unit, 1.0): unit for unit in units}
        missing = sorted(
            {(u, float(p)) for u, p in wanted} - found.keys(),
            key=lambda pair: (pair[0].name, pair[1]),
        )
        created = uoms.create(
            [
                {
                    "name": self.env._(
                        "Pack of %(size)s %(unit)s", size=f"{pack:g}", unit=unit.name
                    ),
                    "relative_uom_id": unit.id,
                    "relative_factor": pack,
                }
                for unit, pack in missing
            ]
        )
        found |= dict(zip(missing, created, strict=True))
        return {(unit, pack): found[unit, float(pack)] for unit, pack in wanted}

    # --------------------------------------------------------------------- vendors

    @api.model
    def _write_vendors(self, items, templates, units):
        rows = [(item, vendor) for item in items for vendor in item.vendors]
        vendors = self._vendors(items)
        terms = self.env["product.supplierinfo"]
        company = self.env.company
        known = self._terms(templates.values())
        plan = []
        for item, vendor in rows:
            template, partner = templates[item.code], vendors[vendor.vendor.casefold()]
            there = known.get((template, partner), terms)
            plan.append((item, self._merged(vendor, there), there))
        packs = self._packs({(units[item.unit], v.pack) for item, v, _there in plan})
        new = []
        for item, vendor, there in plan:
            template, partner = templates[item.code], vendors[vendor.vendor.casefold()]
            values = {
                "product_code": vendor.vendor_code or False,
                "product_uom_id": packs[units[item.unit], vendor.pack].id,
                "min_qty": float(vendor.minimum / vendor.pack),
                "price": float((vendor.price or 0) * vendor.pack),
                "medical_contract_price": float((vendor.contract or 0) * vendor.pack),
            }
            if vendor.lead_days is not None:
                values["delay"] = vendor.lead_days
            if there:
                there.write(values)
            else:
                values |= {
                    "product_name": item.name,
                    "product_tmpl_id": template.id,
                    "partner_id": partner.id,
                    "company_id": company.id,
                    "currency_id": company.currency_id.id,
                }
                new.append(values)
        terms.create(new)

    @api.model
    def _terms(self, templates):
        """{(product template, vendor): terms} that stand."""
        found = self.env["product.supplierinfo"].search(
            [
                ("product_tmpl_id", "in", [template.id for template in templates]),
                ("company_id", "in", [False, self.env.company.id]),
            ]
        )
        return {(one.product_tmpl_id, one.partner_id): one for one in found}

    @api.model
    def _stands(self, there):
        """Terms as a file would say them: prices a unit, the minimum in units."""
        if not there:
            return {}
        pack = exact(there.medical_pack or 1)
        return {
            "vendor_code": there.product_code or "",
            "pack": pack,
            "minimum": exact(there.min_qty) * pack,
            "price": exact(there.price) / pack,
            "contract": exact(there.medical_contract_price) / pack,
            "lead_days": there.delay,
        }

    @api.model
    def _merged(self, vendor, there):
        """A vendor's row of the file, with what it is silent about as it stands.

        :param there: the vendor's terms for the item, perhaps none
        """
        stands = self._stands(there).items()
        return replace(
            vendor,
            **{name: value for name, value in stands if name not in vendor.given},
        )

    @api.model
    def _known_vendors(self, items):
        """{name in small letters: partner} of the vendors of these items, as they are
        written, else without regard to case."""
        names = {vendor.vendor for item in items for vendor in item.vendors}
        if not names:
            return {}
        found = self.env["res.partner"].search_fetch(
            Domain("parent_id", "=", False)
            & Domain.OR(Domain("name", "=ilike", escape_psql(name)) for name in names),
            ["name"],
        )
        named = found.sorted(lambda partner: partner.name in names)
        return {partner.name.casefold(): partner for partner in named}

    @api.model
    def _vendors(self, items):
        found = self._known_vendors(items)
        names = {
            vendor.vendor.casefold(): vendor.vendor
            for item in items
            for vendor in item.vendors
        }
        missing = sorted(names[key] for key in names.keys() - found.keys())
        created = self.env["res.partner"].create(
            [{"name": name, "is_company": True, "supplier_rank": 1} for name in missing]
        )
        return found | {p.name.casefold(): p for p in created}


def _shown(value):
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "–" if value in (None, False, "") else str(value)
