"""The setup guide: what a new practice sets up, what is missing, and who can do it."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.safe_eval import safe_eval

from .skip import GUIDE
from .step import ADMINISTRATOR, PARTS

OVERSEERS = ("core_group_manager", "core_group_director", ADMINISTRATOR)
# whose work a step can be; the guide is theirs
ROLES = (
    "core_group_hr",
    "core_group_payroll",
    "core_group_accountant",
    *OVERSEERS,
)
NAMED = 3  # people named for a role
LONGEST_REASON = 200


class CoreSetup(models.AbstractModel):
    """Reads the steps of all domains live. A domain adds its own to ``_steps``."""

    _name = "medical.core.setup"
    _description = "Setup Guide"

    # --------------------------------------------------------------------- the hook

    @api.model
    def _steps(self):
        """Hook: the steps of the company one works in.

        Called with all rights, since a step says only how much is missing, not whose:
        what it reads it reads for ``self.env.company`` alone, in a number of queries
        that does not depend on the number of records.

        :return: list of ``Step``, in any order; a domain adds to ``super()``
        """
        return self._core_steps()

    @api.model
    def _closed_domain(self):
        return [("company_id", "=", self.env.company.id), ("code", "=", GUIDE)]

    # ------------------------------------------------------------------------ reading

    @api.model
    def data(self):
        """The whole guide, as it stands now.

        :return: dict with ``company``, ``parts`` (label and steps), ``done``, ``total``,
            ``closed`` and ``may_close``
        :raises AccessError: no step is the work of the user's roles
        """
        self._check_reader()
        steps = self._read_steps()
        labels = self._part_labels()
        skips = self._skips()
        closed = skips.get(GUIDE)
        return {
            "company": self.env.company.name,
            "parts": [
                {
                    "code": part,
                    "label": labels[part],
                    "steps": [step for step in steps if step["part"] == part],
                }
                for part in PARTS
                if any(step["part"] == part for step in steps)
            ],
            "done": sum(step["state"] in ("done", "skipped") for step in steps),
            "total": len(steps),
            "closed": self._skip_words(closed) if closed else False,
            "may_close": self._user_in(OVERSEERS),
        }

    @api.model
    def _is_open(self):
        """Whether the calling user sets up, and the guide is not closed: one query."""
        if not self._user_in(ROLES):
            return False
        # sudo: whether the guide is closed is read, nothing else
        closed = self.env["medical.core.setup.skip"].sudo()
        return not closed.search_count(self._closed_domain(), limit=1)

    @api.model
    def progress(self):
        """How far the setup is, for the cockpit, which asks after it is drawn.

        :return: dict with ``done``, ``total``, ``mine`` (steps left that are the
            caller's), ``next`` (the label of one of them) and ``may_close``
        :raises AccessError: no step is the work of the user's roles
        """
        self._check_reader()
        steps = self._read_steps()
        left = [step for step in steps if step["state"] == "open"]
        mine = [step for step in left if step["mine"]]
        ready = [step for step in mine if not step["waits_for"]] or mine
        return {
            "done": len(steps) - len(left),
            "total": len(steps),
            "mine": len(mine),
            "next": ready[0]["label"] if ready else "",
            "may_close": self._user_in(OVERSEERS) and not left,
        }

    @api.model
    def _part_labels(self):
        _ = self.env._
        return {
            "practice": _("The practice"),
            "people": _("People"),
            "rounds": _("Rooms, assets and rounds"),
            "supply": _("Supplies"),
            "books": _("Books"),
            "pay": _("Pay"),
        }

    @api.model
    def _sorted_steps(self):
        # sudo: how much is missing is no secret to who sets up; no record is shown
        steps = self.sudo()._steps()
        return sorted(steps, key=lambda one: (PARTS.index(one.part), one.sequence))

    @api.model
    def _read_steps(self):
        steps, skips = self._sorted_steps(), self._skips()
        labels = {step.code: step.label for step in steps}
        over = {s.code for s in steps if not s.missing or s.code in skips}
        who = self._who({role for step in steps for role in step.roles})
        return [
            {
                "code": step.code,
                "part": step.part,
                "label": step.label,
                "purpose": step.purpose,
                "missing": step.missing,
                "optional": step.optional,
                "state": "done"
                if not step.missing
                else "skipped"
                if step.code in skips
                else "open",
                "mine": self._user_in(step.roles),
                "may_skip": self._user_in((*step.roles, *OVERSEERS)),
                "who": [who[role] for role in step.roles],
                "waits_for": [
                    labels[code]
                    for code in step.after
                    if code in labels and code not in over
                ],
                "skipped": self._skip_words(skips[step.code])
                if step.code in skips
                else False,
            }
            for step in steps
        ]

    @api.model
    def _skips(self):
        # sudo: what was left out, by whom and why is shown to all who set up
        found = (
            self.env["medical.core.setup.skip"]
            .sudo()
            .search([("company_id", "=", self.env.company.id)])
        )
        return {skip.code: skip for skip in found}

    @api.model
    def _skip_words(self, skip):
        return {
            "reason": skip.reason,
            "by": skip.user_id.name,
            "day": skip.company_id._medical_day(skip.at).isoformat(),
        }

    @api.model
    def _who(self, roles):
        """{role: its name, with the people of the company who have it}"""
        guard = self.env["medical.core.guard"]
        found = {}
        for role in roles:  # as many as there are roles
            # sudo: who has a role is told to those who set up with them
            group = self.env.ref(guard._guard_xmlids(role)[0]).sudo()
            people = group.all_user_ids.filtered(
                lambda user: self.env.company in user.company_ids
            )
            # who has every right is named only where nobody else has the role
            people = people - self.env.ref("base.user_admin") or people
            names = people[:NAMED].mapped("name")
            if len(people) > NAMED:
                names.append(self.env._("%s more", len(people) - NAMED))
            label = self.env._("Administrator") if role == ADMINISTRATOR else group.name
            found[role] = {"role": label, "people": names}
        return found

    # ------------------------------------------------------------------------- doing

    @api.model
    def action_open(self, code):
        """The screen in which a step is done.

        :raises AccessError: the step is not the work of the user's roles
        """
        self._check_reader()
        step = self._step(code)
        if not self._user_in(step.roles):
            guard = self.env["medical.core.guard"]
            raise AccessError(
                self.env._(
                    "“%(step)s” is set up by: %(roles)s.",
                    step=step.label,
                    roles=guard._guard_role_names(step.roles),
                )
            )
        # as the menu opens it: the host asks for the groups of the action
        action = self.env["ir.actions.actions"]._for_xml_id(
            f"medical_office.{step.action}"
        )
        own = action.get("context") or {}
        if isinstance(own, str):
            own = safe_eval(own, {"uid": self.env.uid, "context": {}})
        views = action.get("views") or []
        if step.form:
            views = [view for view in views if view[1] == "form"] or [(False, "form")]
        return action | {"context": {**own, **step.context}, "views": views}

    @api.model
    def action_skip(self, code, reason):
        """Leave a step out, with a reason; it can be taken up again.

        :raises UserError: no reason, or the step is done
        """
        self._check_reader()
        step = self._step(code)
        self._check_may(step)
        if not step.missing:
            raise UserError(self.env._("“%s” is done already.", step.label))
        if code in self._skips():
            raise UserError(self.env._("“%s” is skipped already.", step.label))
        self._keep_skip(code, reason)
        return True

    @api.model
    def action_resume(self, code):
        """Take a skipped step up again."""
        self._check_reader()
        self._check_may(self._step(code))
        self._drop_skip(code)
        return True

    @api.model
    def action_close(self, reason):
        """Close the guide: the cockpit shows it no longer. It can be opened again."""
        self.env["medical.core.guard"]._check_caller(*OVERSEERS)
        if GUIDE not in self._skips():
            self._keep_skip(GUIDE, reason)
        return True

    @api.model
    def action_reopen(self):
        """Show the guide on the cockpit again."""
        self.env["medical.core.guard"]._check_caller(*OVERSEERS)
        self._drop_skip(GUIDE)
        return True

    @api.model
    def _keep_skip(self, code, reason):
        reason = self.env["medical.core.guard"]._reason_given(reason)
        # sudo: kept by the program, whoever of the roles skips
        self.env["medical.core.setup.skip"].sudo()._pen().create(
            {
                "company_id": self.env.company.id,
                "code": code,
                "reason": reason[:LONGEST_REASON],
                "user_id": self.env.uid,
            }
        )

    @api.model
    def _close_where_used(self, reason):
        """Close the guide of each company that walks rounds: for an upgrade, and for the
        sample practice."""
        used = self.env["res.company"]
        for (company,) in self.env["medical.core.round"]._read_group(
            [("state", "=", "done")], ["company_id"]
        ):
            used |= company
        for company in used:
            guide = self.with_company(company)
            if GUIDE not in guide._skips():
                guide._keep_skip(GUIDE, reason)
        return used

    @api.model
    def _drop_skip(self, code):
        # sudo: as above; only this company's
        self.env["medical.core.setup.skip"].sudo()._pen().search(
            [("company_id", "=", self.env.company.id), ("code", "=", code)]
        ).unlink()

    @api.model
    def _step(self, code):
        step = next((one for one in self._sorted_steps() if one.code == code), None)
        if not step:
            raise UserError(self.env._("There is no setup step “%s”.", code))
        return step

    # ------------------------------------------------------------------------ rights

    @api.model
    def _user_in(self, roles):
        return self.env["medical.core.guard"]._guard_user_in(roles)

    @api.model
    def _check_reader(self):
        self.env["medical.core.guard"]._check_caller(*ROLES)

    @api.model
    def _check_may(self, step):
        self.env["medical.core.guard"]._check_caller(*step.roles, *OVERSEERS)
