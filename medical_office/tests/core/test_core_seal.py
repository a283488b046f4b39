"""Seals: a change by SQL to anything signed is found and named; nothing else is."""

import base64
import random
import shutil
import tempfile
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...engine.core.sealkeys import KeyStore
from .round_case import RoundCase
from .test_core_round import picture

SEED = 20261129
TRIES = 200


class SealKeys:
    """For a test case: keys of a folder that is thrown away, and readings of the seals."""

    def setUp(self):
        super().setUp()
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        keys = KeyStore(folder)
        self.seals = self.env["medical.core.seal"]
        self.startPatcher(
            patch.object(
                self.env.registry["medical.core.seal"], "_keys", lambda _self: keys
            )
        )
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM medical_core_seal")
        self.seals._seal_existing()

    def verify(self):
        self.env.flush_all()
        self.env.invalidate_all()
        found = self.env["medical.core.seal.verification"]._verify()
        self.env.cr.postcommit.run()
        return found

    def differences(self):
        return [
            (one.kind, one.res_model, one.res_id)
            for one in self.verify().difference_ids
        ]

    def sql(self, statement, *values):
        self.env.flush_all()
        self.env.cr.execute(statement, values)
        self.env.invalidate_all()


class SealCase(SealKeys, RoundCase):
    """Rounds, signed and sealed."""

    def signed_rounds(self, count):
        """Signed rounds of schedules of their own."""
        for number in range(count):
            schedule = self.new_schedule(name=f"Round {number}")
            one = self.new_round(schedule)
            one.with_user(self.owner).action_start()
            self.answer_all(one, self.owner)
            one.with_user(self.owner).action_sign()


@tagged("post_install", "-at_install")
class TestSeal(SealCase):
    def setUp(self):
        super().setUp()
        self.round = self.signed_round()
        self.line = self.lines_of(self.round, self.table)[0]

    def test_what_was_signed_is_intact(self):
        found = self.verify()
        self.assertEqual(
            found.state, "intact", found.difference_ids.mapped("display_name")
        )
        self.assertGreater(found.record_count, 0)

    def test_a_changed_answer_is_named_with_its_line(self):
        self.sql(
            "UPDATE medical_core_round_line SET result = 'na' WHERE id = %s",
            self.line.id,
        )
        found = self.verify()
        self.assertEqual(found.state, "broken")
        name = found.difference_ids.display_name
        self.assertIn(self.round.display_name, name)
        self.assertIn(f"line {self.line.id}", name)

    def test_a_line_taken_away_or_put_in_is_found(self):
        self.sql("DELETE FROM medical_core_round_line WHERE id = %s", self.line.id)
        self.assertEqual(
            self.differences(), [("missing", "medical.core.round", self.round.id)]
        )
        self.sql(
            """INSERT INTO medical_core_round_line (round_id, item_id, company_id,
                      date_due, name, item_type, severity, result)
               SELECT round_id, item_id, company_id, date_due, name, item_type,
                      severity, result
                 FROM medical_core_round_line WHERE round_id = %s LIMIT 1""",
            self.round.id,
        )
        self.assertIn(
            ("added", "medical.core.round", self.round.id), self.differences()
        )

    def test_a_deleted_round_is_found(self):
        self.sql("DELETE FROM medical_core_round WHERE id = %s", self.round.id)
        self.assertEqual(
            self.differences(), [("missing", "medical.core.round", self.round.id)]
        )

    def test_a_round_signed_by_sql_has_no_seal(self):
        other = self.new_round(self.new_schedule(name="Forged"))
        self.sql(
            "UPDATE medical_core_round SET state = 'done', signed_by_id = %s WHERE id = %s",
            self.owner.id,
            other.id,
        )
        self.assertEqual(
            self.differences(), [("unsealed", "medical.core.round", other.id)]
        )

    def test_a_seal_rewritten_without_the_key_is_forged(self):
        self.sql(
            "UPDATE medical_core_round_line SET result = 'na' WHERE id = %s",
            self.line.id,
        )
        seal = self.seals.search(
            [("res_model", "=", "medical.core.round"), ("res_id", "=", self.round.id)]
        )
        parts = self.seals._reader().digests(self.round, self.round._seal_schemes[-1])
        seal._pen().write({"parts": parts[self.round.id]})
        self.assertEqual(
            self.differences(), [("forged", "medical.core.round", self.round.id)]
        )

    def test_another_file_in_the_place_of_a_photo_is_found(self):
        self.round.with_user(self.users["head"]).action_reopen("Photo")
        self.line.with_user(self.owner).photo = picture()
        self.round.with_user(self.owner).action_sign()
        self.assertEqual(self.verify().state, "intact")
        attachment = self.env["ir.attachment"].search(
            [
                ("res_model", "=", self.line._name),
                ("res_field", "=", "photo"),
                ("res_id", "=", self.line.id),
            ]
        )
        content = base64.b64decode(picture("GIF"))
        # the file and its checksum alike, as somebody with the database would
        attachment.sudo().write({"raw": content})
        self.assertEqual(
            self.differences(), [("changed", "medical.core.round", self.round.id)]
        )

    def test_a_seal_taken_out_of_the_chain_is_found(self):
        self.signed_rounds(2)
        self.verify()
        self.sql(
            "DELETE FROM medical_core_seal WHERE number = "
            "(SELECT max(number) - 1 FROM medical_core_seal)"
        )
        self.assertIn("link", [kind for kind, *_rest in self.differences()])

    def test_an_end_cut_off_is_found(self):
        self.assertEqual(self.verify().state, "intact")
        self.sql(
            "DELETE FROM medical_core_seal WHERE number = "
            "(SELECT max(number) FROM medical_core_seal)"
        )
        self.assertIn("cut", [kind for kind, *_rest in self.differences()])

    def test_an_older_state_put_back_with_its_seal_is_found(self):
        self.verify()
        self.sql(
            """INSERT INTO medical_core_seal (res_model, res_id, kind, scheme, parts,
                      sealed_at, user_id, nonce, key, code)
               SELECT res_model, res_id, kind, scheme, parts, sealed_at, user_id,
                      nonce || 'x', key, code
                 FROM medical_core_seal ORDER BY id DESC LIMIT 1"""
        )
        self.assertIn("forged", [kind for kind, *_rest in self.differences()])

    def test_a_round_opened_again_and_signed_anew_is_intact(self):
        self.round.with_user(self.users["head"]).action_reopen("Wrong room")
        self.assertEqual(self.verify().state, "intact")
        self.line.with_user(self.owner).result = "fail"
        self.round.with_user(self.owner).action_sign()
        self.assertEqual(self.verify().state, "intact")
        self.round.with_user(self.users["head"]).action_reopen("Again")
        self.sql(
            "UPDATE medical_core_round SET state = 'done' WHERE id = %s", self.round.id
        )
        self.assertEqual(
            self.differences(), [("unsealed", "medical.core.round", self.round.id)]
        )

    def test_without_its_key_nothing_is_called_changed(self):
        self.verify()
        with tempfile.TemporaryDirectory() as folder:
            elsewhere = KeyStore(folder)
            with patch.object(
                self.env.registry["medical.core.seal"], "_keys", lambda _self: elsewhere
            ):
                kinds = {kind for kind, *_rest in self.differences()}
        self.assertEqual(kinds, {"key"})

    # ----------------------------------------------------------------------- many

    def test_200_changes_by_sql_are_200_found(self):
        chance = random.Random(SEED)
        self.signed_rounds(3)
        self.env.flush_all()
        places = self._places()
        missed = []
        for number in range(TRIES):
            table, column, cast, row, record = chance.choice(places)
            with self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(
                    f"UPDATE {table} SET {column} = {cast} WHERE id = %s",
                    [row],
                )
                self.env.invalidate_all()
                if record not in [key[1:] for key in self.differences()]:
                    missed.append((number, table, column))
                savepoint.rollback()
            self.env.invalidate_all()
        self.assertFalse(missed)
        self.assertEqual(self.verify().state, "intact")

    def _places(self):
        """(table, column, another value, row, record sealed) of all that is covered."""
        other = {
            "varchar": "coalesce({0}, '') || 'x'",
            "text": "coalesce({0}, '') || 'x'",
            "int4": "coalesce({0}, 0) + 1",
            "float8": "coalesce({0}, 0) + 0.5",
            "numeric": "coalesce({0}, 0) + 1",
            "bool": "NOT coalesce({0}, false)",
            "timestamp": "coalesce({0}, now()) + interval '1 second'",
            "date": "coalesce({0}, now()::date) + 1",
            "jsonb": "coalesce({0}, '{{}}'::jsonb) || '{{\"x\": 1}}'",
        }
        places = []
        for model in self.seals._sealed_models():
            records = model.search(model._seal_domain())
            for cover in model._seal_schemes[-1]:
                lines = records.mapped(cover.path) if cover.path else records
                for name in cover.fields:
                    field = lines._fields.get(name)
                    if (
                        field is None
                        or not field.column_type
                        or field.type == "many2one"
                    ):
                        continue  # a many2one cannot point to just anything
                    if name == "state":
                        continue  # asked about by itself, above
                    column = f'"{name}"'
                    value = other[field.column_type[0]].format(column)
                    places += [
                        (
                            lines._table,
                            column,
                            value,
                            line.id,
                            self._root(line, records),
                        )
                        for line in lines
                    ]
        self.assertGreater(len(places), 50)
        return places

    def _root(self, line, records):
        if line._name == records._name:
            return line._name, line.id
        for name, field in line._fields.items():
            if field.comodel_name == records._name and line[name] in records:
                return records._name, line[name].id
        raise AssertionError(line)

    # ---------------------------------------------------------------------- rights

    def test_the_director_accepts_with_a_reason_and_it_is_sealed_anew(self):
        self.sql(
            "UPDATE medical_core_round_line SET result = 'na' WHERE id = %s",
            self.line.id,
        )
        found = self.verify().difference_ids
        check = self.env["medical.core.seal.verification"]._medical_check_seals()
        self.assertEqual([row.res_id for row in check.rows], found.ids)
        with self.assertRaises(AccessError):
            found.with_user(self.users["manager"]).action_accept("Data repair")
        with self.assertRaises(UserError):
            found.with_user(self.users["director"]).action_accept(" ")
        found.with_user(self.users["director"]).action_accept("Data repair, ticket 12")
        self.assertEqual(found.accepted_by_id, self.users["director"])
        self.assertEqual(self.verify().state, "intact")

    def test_a_forged_seal_is_never_accepted(self):
        self.seals.search([], limit=1)._pen().write({"code": "0" * 64})
        found = self.verify().difference_ids
        with self.assertRaisesRegex(UserError, "backup"):
            found[:1].with_user(self.users["director"]).action_accept("Never mind")

    def test_who_may_verify(self):
        verification = self.env["medical.core.seal.verification"]
        for role in ("manager", "director", "auditor"):
            action = verification.with_user(self.users[role]).action_verify()
            self.assertEqual(action["res_model"], verification._name)
        for role in ("staff", "head", "hr", "payroll", "accountant"):
            with self.assertRaises(AccessError):
                verification.with_user(self.users[role]).action_verify()

    def test_reading_does_not_ask_more_for_more_records(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["medical.core.seal.verification"]._verify()
            return self.env.cr.sql_log_count - before

        few = queries()
        self.signed_rounds(5)
        self.seals._link_new()
        self.env.flush_all()
        self.assertLessEqual(queries(), few + 2)
