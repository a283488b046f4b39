"""Supplies with proof on them, and what a client tries to be born with or to write."""

from contextlib import contextmanager
from datetime import timedelta

from odoo.exceptions import AccessError, UserError

from .supply_case import NOW, SupplyCase

PEOPLE = ("staff", "head", "hr", "payroll", "accountant", "manager", "director")


class ProofCase(SupplyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.drug = cls.item(
            "Lorazepam vial",
            4.5,
            cls.unit,
            price=5.0,
            medical_kind="controlled",
            tracking="lot",
            use_expiration_date=True,
        )
        cls.batch = cls.lot(cls.drug, "L1", NOW + timedelta(days=300))
        cls.stock(cls.exam_1, cls.drug, 10, cls.batch)
        cls.fridge = cls.env["maintenance.equipment"].create(
            {
                "name": "Vaccine Fridge",
                "medical_kind_id": cls.env.ref(
                    "medical_office.facility_kind_vaccine_refrigerator"
                ).id,
                "location_id": cls.store.id,
                "company_id": cls.company.id,
                "equipment_assign_to": "other",
            }
        )
        cls.fridge._medical_make_shelf()

    # -------------------------------------------------------------- controlled items

    def counted(self, counted=8, user="staff"):
        """A count of the controlled item, entered and not yet witnessed."""
        return (
            self.env["medical.supply.controlled.log"]
            .with_user(self.users[user])
            .create(
                {
                    "kind": "counted",
                    "product_id": self.drug.id,
                    "location_id": self.exam_1.id,
                    "lot_id": self.batch.id,
                    "counted": counted,
                }
            )
        )

    def discrepancy(self):
        entry = self.counted()
        entry.with_user(self.users["head"]).action_witness()
        return entry.discrepancy_id

    # ---------------------------------------------------------------------- refusals

    def refuse(self, record, values, roles=PEOPLE, error=UserError):
        """Each of these values is refused to each of these roles."""
        for role in roles:
            for name, value in values.items():
                with (
                    self.subTest(role=role, field=name),
                    self.assertRaises(error),
                    self.env.cr.savepoint(),
                ):
                    record.with_user(self.users[role]).write({name: value})

    @contextmanager
    def own_default(self, model, name, value, role):
        """A default that the user set, as every internal user may."""
        user = self.users[role]
        defaults = self.env["ir.default"].with_user(user)
        defaults.set(model, name, value, user_id=user.id)
        yield
        self.env["ir.default"].sudo().search([("user_id", "=", user.id)]).unlink()

    def born(self, records, values, name):
        """What a record is born with; the record is taken back."""
        try:
            with self.env.cr.savepoint():
                raise _Born(records.create(dict(values)).sudo()[name])
        except _Born as born:
            return born.value

    def assert_born_clean(self, model, role, values, proof):
        """Neither values, a context's nor the user's own defaults are born with proof."""
        records = self.env[model].with_user(self.users[role])
        self.refused = 0
        for name, forged in proof.items():
            with self.subTest(model=model, field=name):
                clean = self.born(records, values, name)
                try:
                    # what a new record starts with anyway is no forgery
                    born = self.born(records, {**values, name: forged}, name)
                    self.assertEqual(born, clean)
                except UserError:
                    self.refused += 1
                asked = records.with_context(**{f"default_{name}": forged})
                if name == "company_id":  # another's is refused
                    with self.assertRaises(AccessError):
                        self.born(asked, values, name)
                else:
                    self.assertEqual(self.born(asked, values, name), clean)
                with self.own_default(model, name, forged, role):
                    self.assertEqual(self.born(records, values, name), clean)
        self.assertGreaterEqual(self.refused, len(proof) - 1)


class _Born(Exception):
    def __init__(self, value):
        super().__init__()
        self.value = value
