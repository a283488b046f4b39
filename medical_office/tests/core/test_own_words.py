"""People's words stay; the rest of a record is the addon's to mend."""

from odoo.tests import TransactionCase, tagged

from ...models.core.mixins.own_words import WORDS


@tagged("post_install", "-at_install")
class TestOwnWords(TransactionCase):
    def load(self, record, values, module="medical_office"):
        """As the load of a data file does with a record that is there."""
        name = record.get_external_id()[record.id]
        self.env[record._name].with_context(install_module=module)._load_records(
            [{"xml_id": name, "values": values, "noupdate": False}], update=True
        )

    def test_a_renamed_rule_keeps_its_name_and_takes_its_formula(self):
        rule = self.env.ref("medical_office.payroll_structure_us").rule_ids[:1]
        rule.name = "Our wages"
        self.load(rule, {"name": "Wages", "sequence": 77})
        self.assertEqual((rule.name, rule.sequence), ("Our wages", 77))

    def test_another_module_writes_what_it_likes(self):
        rule = self.env.ref("medical_office.payroll_structure_us").rule_ids[:1]
        self.load(rule, {"name": "Theirs"}, module="another")
        self.assertEqual(rule.name, "Theirs")

    def test_the_words_are_fields_of_their_models(self):
        ours = {
            name: model._own_words
            for name, model in self.env.registry.items()
            if model._own_words
        }
        self.assertGreater(len(ours), 1)
        for model, names in {**WORDS, **ours}.items():
            self.assertLessEqual(set(names), set(self.env[model]._fields), model)
