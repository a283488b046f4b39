"""Who may call a public method: asked at its top, since a client names any method."""

from odoo.exceptions import AccessError


def check_caller(records, *roles):
    """Refuse a public method to whoever has none of the roles.

    :param records: the records (or the model) it is called on
    :param roles: ends of our groups' names, such as "staff" for ``core_group_staff``;
        a role includes those that imply it
    :raises AccessError: naming the roles it takes
    """
    guard = records.env["medical.core.guard"]
    groups = [f"core_group_{role}" for role in roles]
    if guard._is_program() or guard._guard_user_in(groups):
        return
    raise AccessError(
        records.env._(
            "Your role may not do this. It takes: %(roles)s.",
            roles=guard._guard_role_names(groups),
        )
    )
