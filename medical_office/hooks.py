"""What stays true in the host's apps when the addon goes."""

from odoo import SUPERUSER_ID
from odoo.tools import SQL

from .engine.finance.kept_setup import take_out

MODULE = "medical_office"
# Records of the host's models that came with the addon and that people's own records
# stand on: they lose their external id, so that the uninstall leaves them where they are.
KEPT = (
    "hr.payroll.structure",
    "hr.salary.rule",
    "hr.salary.rule.category",
    "hr.applicant.refuse.reason",
    "account.account.tag",
    "maintenance.stage",
    "mail.activity.type",
)


def uninstall_hook(env):
    """Called before the addon's models and fields are taken out.

    A paid run stays closed, a payslip keeps its lines, everybody keeps the rights in the
    host's apps that the role brought, and an auditor whose last day is over stays out.
    """
    env = env(user=SUPERUSER_ID, su=True)
    _settle_runs(env)
    _end_auditors(env)
    _give_host_groups(env)
    _keep_records(env)
    take_out(env.cr)


def _settle_runs(env):
    """The host knows draft and closed: what was posted is closed, what was only
    submitted or approved is a draft again."""
    env.flush_all()
    for state, known in (
        ("close", ("posted", "paid")),
        ("draft", ("submitted", "approved")),
    ):
        env.cr.execute(
            SQL("UPDATE hr_payslip_run SET state = %s WHERE state IN %s", state, known)
        )
    env["hr.payslip.run"].invalidate_model(["state"])


def _end_auditors(env):
    """The last day of an auditor is the addon's to know: who is past it is archived."""
    users = env["res.users"].search([("medical_auditor_until", "!=", False)])
    over = users.filtered(
        lambda user: user.medical_auditor_until < user.company_id._medical_today()
    )
    over.active = False


def _give_host_groups(env):
    """The host's groups that came with a role become the user's own."""
    ours = _records(env, "res.groups")
    for group in ours:
        host = group.all_implied_ids - ours
        users = group.with_context(active_test=False).user_ids
        if host and users:
            env.cr.execute(
                SQL(
                    """INSERT INTO res_groups_users_rel (gid, uid)
                       SELECT gid, uid FROM unnest(%s) AS gid, unnest(%s) AS uid
                       ON CONFLICT DO NOTHING""",
                    host.ids,
                    users.ids,
                )
            )
    env["res.groups"].invalidate_model()
    env["res.users"].invalidate_model()


def _keep_records(env):
    """Let go of the records that others stand on; salary rules are archived, since what
    they call goes with the addon."""
    rules = _records(env, "hr.salary.rule")
    rules.active = False
    env["ir.model.data"].search(
        [("module", "=", MODULE), ("model", "in", KEPT)]
    ).unlink()


def _records(env, model):
    ids = (
        env["ir.model.data"]
        .search([("module", "=", MODULE), ("model", "=", model)])
        .mapped("res_id")
    )
    return env[model].with_context(active_test=False).browse(ids).exists()
