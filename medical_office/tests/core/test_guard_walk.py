"""Every guarded field of every model, through every door, as every role."""

import csv
import logging
from pathlib import Path

from odoo.tests import tagged

from ..common import SampleCase
from ..guard_walk import GUARD, Walker, guarded_models, proof_fields

_logger = logging.getLogger(__name__)
FOLDER = Path(__file__).parent.parent


def allowed_fields():
    """{(model, field)} that a form shows read-only and people may write all the same."""
    found = {}
    for path in sorted(FOLDER.glob("*/guard_open.csv")):
        with path.open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                found[row["model"], row["field"]] = row["reason"]
    return found


@tagged("post_install", "-at_install", "medical_sample")
class TestGuardWalk(SampleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.allowed = allowed_fields()
        cls.models = guarded_models(cls.env)
        cls.samples = {
            model._name: found
            for model in cls.models
            if (
                found := model.sudo()
                .with_context(active_test=False)
                .search([], limit=1)
            )
        }

    def test_every_model_of_ours_is_guarded(self):
        guarded = {model._name for model in self.models}
        free = [
            name
            for name, model in self.env.registry.items()
            if name.startswith("medical.")
            and not model._abstract
            and not model._transient
            and model._auto
            and name not in guarded
        ]
        self.assertFalse(free, f"these do not inherit {GUARD}")

    def test_an_open_field_has_its_reason_in_the_file(self):
        opened = {
            (model._name, name) for model in self.models for name in model._open_fields
        }
        self.assertEqual(opened, set(self.allowed), "guard_open.csv names just these")
        self.assertTrue(all(reason.strip() for reason in self.allowed.values()))

    def test_every_door_of_every_field_as_every_role(self):
        tries, leaks, errors, fields = 0, [], [], 0
        for login in self.logins:
            user = self.env["res.users"].search([("login", "=", login)])
            walker = Walker(self.env, user, self.samples)
            for model in self.models:
                names = [
                    name
                    for name in proof_fields(model)
                    if (model._name, name) not in self.allowed
                ]
                fields += len(names)
                walker.walk(model, names)
            tries += walker.tries
            leaks += walker.leaks
            errors += walker.errors
        refused = tries - len(leaks) - len(errors)
        _logger.runbot(
            "guard: %s models, %s fields, %s roles: %s tries, %s refused",
            len(self.models),
            fields // len(self.logins),
            len(self.logins),
            tries,
            refused,
        )
        self.assertFalse(
            leaks, f"{len(leaks)} doors are open:\n" + "\n".join(leaks[:60])
        )
        self.assertFalse(errors, "not refused but broken:\n" + "\n".join(errors[:40]))
        self.assertGreater(tries, 10_000)

    def test_what_stays_on_record_is_not_deleted(self):
        leaks, tries = [], 0
        for login in self.logins:
            user = self.env["res.users"].search([("login", "=", login)])
            walker = Walker(self.env, user, self.samples)
            for model in self.models:
                if model._deletable_in is None:
                    continue
                stateful = model._lock_state in model._fields
                kept = model.sudo().search(
                    [(model._lock_state, "not in", list(model._deletable_in))]
                    if stateful
                    else [],
                    limit=1,
                )
                if kept:
                    walker.unlink(kept)
            tries += walker.tries
            leaks += walker.leaks + walker.errors
        _logger.runbot("guard: %s records kept were not deleted", tries)
        self.assertFalse(leaks, "\n".join(leaks))
