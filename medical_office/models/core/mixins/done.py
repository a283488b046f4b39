"""What an act says once it is done: what happened, with links to what it made."""

from ....engine.core.labels import labels_of

REFRESH = {"type": "ir.actions.client", "tag": "soft_reload"}
CLOSE = {"type": "ir.actions.act_window_close"}


def done(
    env,
    message,
    records=None,
    *,
    title=False,
    kind="success",
    then=REFRESH,
    stays=False,
):
    """A notification in the corner of the screen.

    :param message: one sentence, translated; the links follow it
    :param records: what was made or changed; those the user may read become links
    :param title: a word or two above the sentence
    :param kind: success, info or warning
    :param stays: until it is closed: its links lead on, and the list forgets the records
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
            "sticky": stays,
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


# --------------------------------------------------- what a step of a workflow says


def standing(records):
    """{record: state} of guarded records, before a button changes it; else nothing.

    :param records: what a button is pressed on
    """
    guarded = isinstance(records, records.env.registry["medical.core.guard"])
    if not guarded or records._standing_field not in records._fields:
        return {}
    readable = records.exists()._filtered_access("read")
    return {record: record[records._standing_field] for record in readable}


def stepped(env, before, then=REFRESH):
    """What to say after a button, where it moved records on and said nothing itself.

    :param before: ``standing`` of the records before
    :param then: the action that follows, as of ``done``
    :return: a notification that names record, new state, who decides next, and what was
        made; None where nothing moved
    """
    moved = [
        record
        for record, state in before.items()
        if record.exists()
        and record.has_access("read")
        and record[record._standing_field] != state
    ]
    if not moved:
        return None
    records = moved[0].union(*moved)
    states = ", ".join(dict.fromkeys(map(_state_label, moved)))
    named = records.display_name if len(moved) == 1 else _counted(records)
    sentence = env._("%(what)s: %(state)s.", what=named, state=states)
    sentence = " ".join(filter(None, (sentence, waits_for(env, records))))
    return done(env, sentence, records._medical_made(), then=then)


def _state_label(record):
    state = record[record._standing_field]
    if isinstance(state, str):
        return labels_of(record, record._standing_field)[state]
    return state.display_name  # a stage


def _counted(records):
    """What kind of records they are, and how many: "Exceptions (3)" needs no plural."""
    return f"{records._guard_model_name()} ({len(records)})"


def waits_for(env, records):
    """A sentence that names who decides these records now; "" if nobody is asked."""
    next_ones = _deciders(env, records)
    return env._("Now waits for: %s.", next_ones) if next_ones else ""


def _deciders(env, records):
    """Who decides what these records now wait for: by name where they are few."""
    # sudo: who is asked is no secret to whoever asks
    waiting = env["medical.core.decision"].sudo()
    waiting = waiting.search(
        [
            ("res_model", "=", records._name),
            ("res_id", "in", records.ids),
            ("state", "=", "open"),
        ]
    )
    named = waiting.decider_ids - waiting.barred_ids
    return ", ".join((named or waiting.group_ids).mapped("name"))
