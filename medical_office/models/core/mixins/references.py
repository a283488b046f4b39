"""Records of other companies are named by nobody, whatever id a client sends."""

from odoo import Command, api, models, tools
from odoo.exceptions import AccessError


def ids_in(value):
    """Ids of records that a value of a many2one or many2many names."""
    if isinstance(value, int) and not isinstance(value, bool):
        return {value} if value > 0 else set()
    if not isinstance(value, (list, tuple)):
        return set()
    found = set()
    for one in value:
        if isinstance(one, int):
            found.add(one)
        elif isinstance(one, (list, tuple)) and one:
            if one[0] == Command.LINK:
                found.add(one[1])
            elif one[0] == Command.SET and len(one) > 2:
                found.update(one[2] or ())
    return {one for one in found if isinstance(one, int) and one > 0}


class CoreReferences(models.AbstractModel):
    """Mixin that knows which of a model's fields point at what belongs to a company. The
    guard asks it before records are made and changed, ``CoreOwnCompanies`` likewise."""

    _name = "medical.core.references"
    _description = "Records of One's Own Companies"
    _inherit = ["medical.core.amounts"]

    def onchange(self, values, field_names, fields_spec):
        """A form says nothing of a record of another company, whatever id is sent."""
        self._check_own_companies([values])
        return super().onchange(values, field_names, fields_spec)

    @api.model
    @tools.ormcache()
    def _reference_names(self):
        """Names of our fields that point at companies and at what belongs to one."""
        ours = self._name.startswith("medical.")
        return frozenset(
            name
            for name, field in self._fields.items()
            if field.type in ("many2one", "many2many")
            and (ours or name.startswith("medical_"))
            and (
                field.comodel_name == "res.company"
                or "company_id" in self.env[field.comodel_name]._fields
            )
        )

    @api.model
    def _check_own_companies(self, vals_list):
        """Refuse records of a company that the user does not work for: what the program
        then says of them with its own rights would tell the user about them.

        One query for each field that is given.

        :raises AccessError: naming the field, and nothing of the record
        """
        if self.env.su:
            return
        defaults = {
            key.removeprefix("default_"): value
            for key, value in self.env.context.items()
            if key.startswith("default_")
        }
        for name in self._reference_names():
            given = {
                one
                for vals in (*vals_list, defaults)
                if name in vals
                for one in ids_in(vals[name])
            }
            if given and self._other_companies(name, given):
                raise AccessError(
                    self.env._(
                        "“%(field)s” of this %(model)s: this record belongs to a company "
                        "that you do not work for. Choose one of your own.",
                        field=self._fields[name]._description_string(self.env),
                        model=self._description,
                    )
                )

    @api.model
    def _other_companies(self, name, ids):
        """Those of the records behind a field that are none of the user's companies."""
        # sudo: whose they are is asked to refuse, whoever may not see them
        records = self.env[self._fields[name].comodel_name].sudo().browse(ids).exists()
        own = self.env.user.company_ids
        if records._name == "res.company":
            return records - own
        if records._name == "res.users":  # one of several companies is enough
            return records.filtered(lambda user: not user.company_ids & own)
        return records.filtered(
            lambda one: one.company_id and one.company_id not in own
        )


class CoreOwnCompanies(models.AbstractModel):
    """Mixin of what has no guard: what a record names is of one's own companies."""

    _name = "medical.core.own.companies"
    _description = "Names Records of One's Own Companies Alone"
    _inherit = ["medical.core.references"]

    @api.model_create_multi
    def create(self, vals_list):
        self._check_own_companies(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_own_companies([vals])
        return super().write(vals)


class CoreWizard(models.AbstractModel):
    """Mixin of every dialog: what it is opened with and given is of one's own companies."""

    _name = "medical.core.wizard"
    _description = "Dialog"
    _inherit = ["medical.core.own.companies"]
