"""Lists of invented names, and how they are imported in tests."""

import base64
from datetime import date

from odoo import Command
from odoo.tests import new_test_user

from ..common import PracticeCase

LEIE = (
    "LASTNAME,FIRSTNAME,MIDNAME,BUSNAME,GENERAL,SPECIALTY,UPIN,NPI,DOB,ADDRESS,CITY,"
    "STATE,ZIP,EXCLTYPE,EXCLDATE,REINDATE,WAIVERDATE,WVRSTATE\r\n"
)


def person(last, first, born="19700131", middle="", npi="0000000000", state="TX"):
    """A line of a person as LEIE writes it."""
    return (
        f'"{last}","{first}","{middle}","","IND- LIC HC SERV PRO","NURSE","","{npi}",'
        f'"{born}","1 MAIN ST","AUSTIN","{state}","78701","1128b4","20200319","00000000",'
        '"00000000",""\r\n'
    )


def firm(name, state="TX"):
    """A line of a business as LEIE writes it."""
    return (
        f'"","","","{name}","OTHER BUSINESS","SUPPLIER","","0000000000","","2 MAIN ST",'
        f'"AUSTIN","{state}","78701","1128b8","20220320","00000000","00000000",""\r\n'
    )


class ExclusionLists:
    """Mixin of cases: ``import_list`` as the role that does it."""

    def wizard(self, text, role="hr", **values):
        data = text if isinstance(text, bytes) else text.encode()
        return (
            self.env["medical.compliance.exclusion.wizard"]
            .with_user(self.users[role])
            .create(
                {
                    "file": base64.b64encode(data),
                    "file_name": "UPDATED.csv",
                    "date_list": date(2026, 11, 10),
                    **values,
                }
            )
        )

    def import_list(self, text, role="hr", **values):
        self.wizard(text, role, **values).action_import()
        self.env.invalidate_all()

    def in_force(self):
        return self.env["medical.compliance.exclusion.list"]._in_force()

    def second(self):
        """Somebody of HR who did not give the answer."""
        if not hasattr(self, "_second"):
            self._second = new_test_user(
                self.env,
                "second_hr",
                groups="medical_office.core_group_hr",
                company_id=self.company.id,
                company_ids=[Command.set(self.company.ids)],
            )
        return self._second

    def answer(self, match, answer="same", how="lookup"):
        match.with_user(self.users["hr"]).write(
            {
                "answer": answer,
                "how": how,
                "is_looked_up": True,
                "looked_up_on": date(2026, 11, 12),
            }
        )
        match.with_user(self.users["hr"]).action_answer()

    def confirm(self, match, answer="same"):
        self.answer(match, answer)
        match.with_user(self.second()).action_confirm()


class ExclusionCase(ExclusionLists, PracticeCase):
    """``self.nurse`` (an employee) and ``self.vendor`` (a firm), both on record."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nurse = cls.env["hr.employee"].create(
            {
                "name": "Jane Quillfeather",
                "company_id": cls.company.id,
                "birthday": date(1970, 1, 31),
            }
        )
        cls.vendor = cls.env["res.partner"].create(
            {"name": "Harbor Lantern Supply LLC", "is_company": True}
        )
        cls.vendor.supplier_rank = 1

    def party(self, record):
        field = {"hr.employee": "employee_id", "res.partner": "partner_id"}
        return self.env["medical.compliance.exclusion.party"].search(
            [(field[record._name], "=", record.id)]
        )
