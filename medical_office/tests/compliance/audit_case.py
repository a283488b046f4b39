"""A small audit library, its program, and an audit begun by its auditor."""

import base64

from odoo import Command
from odoo.tests import new_test_user

from ..core.round_case import RoundCase

DUE = "2026-12-15"
PDF = base64.b64encode(b"%PDF-1.4 proof")


class AuditCase(RoundCase):
    """``self.program`` (owner: the manager, auditor: ``self.reviewer``, who is staff)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reviewer = cls.make_user("audit_reviewer", "core_group_staff")
        cls.second_head = cls.make_user("audit_head", "core_group_manager")
        measure = "medical_office.compliance_measure_%s"
        cls.departed = cls.env.ref(measure % "departed_logins")
        cls.screening = cls.env.ref(measure % "screening")
        cls.library = cls.env["medical.core.checklist"].create(
            {
                "name": "Privacy at the desk",
                "kind": "audit",
                "program": "hipaa_privacy",
                "company_id": cls.company.id,
                "citation": "45 CFR 164.530",
                "item_ids": [
                    Command.create({**cls.item_values(number, code), **values})
                    for number, (code, values) in enumerate(
                        {
                            "D-1": {"section": "Desk", "weight": 3},
                            "D-2": {"section": "Desk", "severity": "high"},
                            "L-1": {
                                "section": "Logins",
                                "measure_id": cls.departed.id,
                                "is_checked": True,
                            },
                            "L-2": {"section": "Logins", "item_type": "text"},
                        }.items()
                    )
                ],
            }
        )
        cls.program = cls.new_program()
        cls.audit = cls.program.round_ids.sorted("date_due")[0]

    @classmethod
    def make_user(cls, login, group):
        return new_test_user(
            cls.env,
            login,
            groups=f"medical_office.{group}",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            tz="America/Chicago",
        )

    @classmethod
    def item_values(cls, number, code):
        return {
            "sequence": number,
            "code": code,
            "name": f"Is {code} in order?",
            "citation": "45 CFR 164.530(c)",
            "requirement": "required",
            "na_needs_note": True,
        }

    @classmethod
    def new_program(cls, **values):
        return cls.env["medical.core.schedule"].create(
            {
                "checklist_id": cls.library.id,
                "company_id": cls.company.id,
                "site_id": cls.site.id,
                "owner_id": cls.users["manager"].id,
                "auditor_ids": [Command.set(cls.reviewer.ids)],
                "date_start": DUE,
                **values,
            }
        )

    def begun(self, audit=None):
        """The audit as its auditor, begun."""
        audit = (audit or self.audit).with_user(self.reviewer)
        audit.action_start()
        return audit

    def line(self, audit, code):
        return audit.line_ids.filtered(lambda line: line.item_id.code == code)

    def answer(self, audit, **results):
        """Answer all lines well but those named: D_2="fail"."""
        for line in audit.line_ids:
            code = line.item_id.code.replace("-", "_")
            result = results.get(code, "pass")
            values = {"result": result}
            if result == "pass" and line.item_type == "text":
                values["value_text"] = "Seen"
            if result == "na":
                values["note"] = "Not here"
            line.write(values)

    def signed(self, audit=None, **results):
        audit = self.begun(audit)
        audit.action_gather_evidence()
        self.answer(audit, **results)
        audit.action_sign()
        return audit

    def finding(self, **results):
        """The finding of a signed audit, as its owner."""
        audit = self.signed(**(results or {"D_2": "fail"}))
        return audit.sudo().finding_ids.with_user(self.users["manager"])
