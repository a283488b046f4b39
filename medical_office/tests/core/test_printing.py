"""What steers the engine is not to be sent by a client."""

from odoo.tests import TransactionCase, tagged

from ...report.printing.engine_run import EngineRun, current_run, engine_run

FROM_A_CLIENT = {
    "medical_engine_arguments": {"enable-local-file-access": "", "margin-top": 99},
    "medical_unpatched": True,
    "medical_plain_layout": True,
    "medical_printed_records": 3,
}


@tagged("post_install", "-at_install")
class TestPrinting(TransactionCase):
    def arguments(self, **context):
        reports = self.env["ir.actions.report"].with_context(**context)
        paper = self.env.ref("base.paperformat_us")
        return reports._build_wkhtmltopdf_args(paper, False)

    def test_a_context_from_outside_changes_no_argument(self):
        # wkhtmltopdf gets a path of its own for cookies in each call
        plain, sent = self.arguments(), self.arguments(**FROM_A_CLIENT)
        self.assertEqual(len(plain), len(sent))
        self.assertNotIn("99", sent)
        self.assertNotIn("--enable-local-file-access", sent)

    def test_a_context_from_outside_chooses_no_layout(self):
        reports = self.env["ir.actions.report"]
        plain = reports._get_layout()
        self.assertEqual(reports.with_context(**FROM_A_CLIENT)._get_layout(), plain)
        with engine_run(is_plain=True):
            self.assertEqual(
                reports._get_layout(),
                self.env.ref("medical_office.report_minimal_layout"),
            )
        self.assertEqual(reports._get_layout(), plain)

    def test_our_own_arguments_arrive(self):
        with engine_run(arguments={"margin-top": 7}, is_unpatched=True):
            arguments = self.arguments()
        self.assertEqual(arguments[arguments.index("--margin-top") + 1], "7")
        self.assertEqual(arguments[arguments.index("--javascript-delay") + 1], "0")

    def test_what_was_said_is_forgotten_after_the_print(self):
        with self.assertRaises(ZeroDivisionError), engine_run(record_count=2):
            with engine_run(is_plain=True):
                self.assertEqual(
                    current_run(), EngineRun(record_count=2, is_plain=True)
                )
            raise ZeroDivisionError
        self.assertEqual(current_run(), EngineRun())
