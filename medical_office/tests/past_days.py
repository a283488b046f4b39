"""The days that people enter, and those called as if they lay behind us that may not."""

from .guard_walk import HOST_PREFIX, guarded_models

# ends as such a day is called, and may lie ahead
AHEAD = {
    ("medical.compliance.training.session", "held_on"): "planned, then confirmed",
    ("medical.payer.distribution", "record_on"): "announced",
    ("medical.payer.notice", "effective_on"): "takes effect later",
    ("medical.supply.kit.line", "expires_on"): "an expiry",
    ("medical.supply.rescue", "expires_on"): "an expiry",
}
# refused by a rule with more to say; of a phone whose clock is wrong; shipped with its day
ELSEWHERE = {
    ("medical.compliance.breach.notice", "done_on"),
    ("medical.compliance.incident", "happened_on"),
    ("medical.core.checklist", "checked_on"),
    ("medical.core.look", "looked_at"),
    ("medical.people.i9", "section_1_on"),
    ("medical.supply.count.line", "counted_at"),
    ("medical.supply.excursion", "started_at"),
}


def entered_days(env):
    """(model, name of the field) of the days and times that people enter."""
    for model in guarded_models(env):
        ours = model._name.startswith("medical.")
        for name, field in model._fields.items():
            if (
                field.type in ("date", "datetime")
                and field.store
                and not (field.compute or field.related or field.readonly)
                and (ours or name.startswith(HOST_PREFIX))
            ):
                yield model, name
