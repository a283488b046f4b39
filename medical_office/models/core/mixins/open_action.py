"""Where a record is dealt with: our own screen, not the host's form."""


def open_action(record, finding=None):
    """The action in which a record, or what was found about it, is dealt with.

    A model that knows better than its own form defines ``_medical_open_action``, which
    takes the finding and returns an action that the finding's owner may open.

    :param record: one record, read with the rights of the caller
    :param finding: the exception that is opened (its check says what is wrong), or None
    :return: dict, an action
    """
    own = getattr(record, "_medical_open_action", None)
    return own(finding) if own else record.get_formview_action()


def form_action(record, view):
    """The record in a form of ours.

    :param view: XML id of the form, without the module
    """
    view_id = record.env.ref(f"medical_office.{view}").id
    return record.get_formview_action() | {"views": [(view_id, "form")]}


def own_form(record, view):
    """Our form of a host's model, for whoever works in the medical office.

    What ``get_formview_id`` of such a model returns, so that links, notifications and
    the cockpit open the same form as our menu does.

    :param view: XML id of the form, without the module
    :return: id of the view, or None for somebody without a role here
    """
    if works_here(record.env.user):
        return record.env.ref(f"medical_office.{view}").id
    return None


def works_here(user):
    """Whether the user has a role in the medical office."""
    roles = ("core_group_staff", "core_group_auditor")
    return any(user.has_group(f"medical_office.{role}") for role in roles)


def list_action(env, action, name, domain, **context):
    """A list of ours with these records only.

    :param action: XML id of the action, without the module
    :param name: what the list says above: what is to be done, and where
    :param context: replaces the filters the action begins with
    """
    found = env["ir.actions.act_window"]._for_xml_id(f"medical_office.{action}")
    # a path would let a reload show the whole list
    return found | {"name": name, "domain": domain, "context": context, "path": False}
