"""What an act says once it is done: what happened, with links to what it made."""

REFRESH = {"type": "ir.actions.client", "tag": "soft_reload"}
CLOSE = {"type": "ir.actions.act_window_close"}


def done(env, message, records=None, *, title=False, kind="success", then=REFRESH):
    """A notification in the corner of the screen.

    :param message: one sentence, translated; the links follow it
    :param records: what was made or changed; those the user may read become links
    :param title: a word or two above the sentence
    :param kind: success, info or warning
    :param then: the action that follows: the screen is read anew, or a dialog closed
    :return: dict, a client action for a button to return
    """
    links = [
        {"label": record.display_name, "url": _address(record)}
        for record in _readable(env, records)
    ]
    marks = ", ".join("%s" for _link in links)  # the client puts the links there
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {
            "type": kind,
            "title": title,
            "message": " ".join(part for part in (message, marks) if part),
            "links": links,
            "next": then,
        },
    }


def _readable(env, records):
    """Those of the records that the user may read, as the user."""
    if not records:
        return ()
    return records.with_env(env)._filtered_access("read")


def _address(record):
    """Where the record is shown: our own screen of it where there is one."""
    path = getattr(record, "_medical_path", None) or record._name
    return f"/odoo/{path}/{record.id}"
