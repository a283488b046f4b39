"""Each part of the sample practice is made by the person whose work it is."""

from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

# before there are people, and what a clock or a year of use has left behind; the rest of
# what needs all rights stands in tests/sample_rights.csv
ADMINISTRATORS = {
    "company",
    "people",
    "supply_use",
    "pay_time",
    "pay_hours",
    "pay_hours_paid",
}


@tagged("post_install", "-at_install")
class TestSampleDoers(TransactionCase):
    def test_each_part_is_the_work_of_a_person(self):
        sample = self.env["medical.core.sample"]
        doers, parts = sample._doers(), sample._parts()
        self.assertLessEqual(set(doers), set(parts))
        self.assertEqual(set(parts) - set(doers), ADMINISTRATORS)
        seen = {}

        def recorder(part):
            def load(own, practice):
                key = doers.get(part)
                expected = practice.user(key).id if key else self.env.uid
                seen[part] = (
                    practice.env.uid == own.env.uid == expected,
                    bool(key) and (practice.env.su or own.env.su),
                )

            return load

        for part in (*parts[2:], "trend"):
            self.startPatcher(
                patch.object(type(sample), f"_load_{part}", recorder(part))
            )
        self.startPatcher(
            patch.object(type(self.env["medical.core.check"]), "_run", lambda *_: None)
        )
        sample.load()
        self.assertEqual(set(seen), {*parts[2:], "trend"})
        wrong = {part: found for part, found in seen.items() if found != (True, False)}
        self.assertFalse(wrong)
