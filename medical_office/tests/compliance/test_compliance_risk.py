"""The risk register and the yearly analysis: prepared by one, signed by another."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import RpcClient
from .audit_case import AuditCase

MODEL = "medical.compliance.risk.analysis"


@tagged("post_install", "-at_install")
class TestRisk(AuditCase, RpcClient):
    def risk(self, **values):
        return (
            self.env["medical.compliance.audit.finding"]
            .with_user(self.users["manager"])
            .create(
                {
                    "summary": "A laptop is stolen from a car",
                    "source": "risk",
                    "program": "hipaa_security",
                    "likelihood": 3,
                    "impact": 5,
                    **values,
                }
            )
        )

    def analysis(self, **values):
        return (
            self.env[MODEL]
            .with_user(self.users["manager"])
            .create(
                {
                    "systems": "Records system, laptops",
                    "conclusion": "Encrypt laptops by March",
                    **values,
                }
            )
        )

    def submitted(self):
        self.risk()
        one = self.analysis()
        one.action_fill()
        one.action_submit()
        return one

    def test_points_and_level_follow_from_the_rating(self):
        risk = self.risk()
        self.assertEqual((risk.risk, risk.risk_level, risk.is_risk), (15, "high", True))
        risk.write({"residual_likelihood": 1, "residual_impact": 5})
        self.assertEqual(risk.residual, 5)

    def test_the_analysis_holds_the_register_as_it_stood(self):
        risk = self.risk()
        self.risk(summary="No HIPAA matter", program="osha")
        one = self.analysis()
        one.action_fill()
        self.assertEqual(one.line_ids.finding_id, risk)
        risk.likelihood = 1
        self.assertEqual(one.line_ids.risk, 15)
        one.action_fill()
        self.assertEqual(one.line_ids.risk, 5)

    def test_it_is_signed_by_the_director_and_sealed(self):
        one = self.submitted()
        decision = self.env["medical.core.decision"].search(
            [("res_model", "=", MODEL), ("res_id", "=", one.id)]
        )
        self.assertEqual(decision.state, "open")
        one.with_user(self.users["director"]).action_sign()
        self.assertEqual((one.state, decision.state), ("signed", "decided"))
        seal = self.env["medical.core.seal"].search(
            [("res_model", "=", MODEL), ("res_id", "=", one.id)]
        )
        self.assertTrue(seal)
        with self.assertRaises(UserError):
            one.conclusion = "Something else"

    def test_nothing_is_handed_in_half_written(self):
        one = self.analysis()
        with self.assertRaisesRegex(UserError, "no risks"):
            one.action_submit()
        self.risk()
        one.action_fill()
        one.systems = False
        with self.assertRaisesRegex(UserError, "where the information is"):
            one.action_submit()

    def test_who_prepared_it_does_not_sign(self):
        self.users["manager"].group_ids += self.env.ref(
            "medical_office.core_group_director"
        )
        one = self.submitted()
        with self.assertRaisesRegex(AccessError, "somebody else"):
            one.action_sign()

    def test_others_are_refused(self):
        one = self.submitted()
        for role in ("staff", "head", "hr", "auditor", "manager"):
            with self.subTest(role):
                self.sign_in(role)
                self.call_refused(MODEL, "action_sign", one.ids)
        self.sign_in("auditor")
        self.assertEqual(
            self.call(MODEL, "read", one.ids, ["state"])[0]["state"], "submitted"
        )
        self.call_refused(MODEL, "create", {"scope": "x", "method": "y"})
        self.sign_in("head")
        self.call_refused(MODEL, "read", one.ids, ["conclusion"])

    def test_it_is_asked_for_once_a_year(self):
        check = self.env[MODEL]._medical_check_yearly
        self.assertNotIn(self.company.id, [row.company_id for row in check().rows])
        library = (
            self.env.ref("base.main_company")
            .env["medical.core.checklist"]
            .search([("library_code", "=", "hipaa_security")])
        )
        self.new_program(checklist_id=library.id, site_id=False)
        self.assertIn(self.company.id, [row.company_id for row in check().rows])
        self.submitted().with_user(self.users["director"]).action_sign()
        self.assertNotIn(self.company.id, [row.company_id for row in check().rows])

    def test_it_prints(self):
        one = self.submitted()
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.users["manager"])
            ._render_qweb_html(
                "medical_office.compliance_risk_analysis_report", one.ids
            )
        )
        self.assertIn(b"A laptop is stolen", html)
        self.assertIn(b"Not signed yet", html)
