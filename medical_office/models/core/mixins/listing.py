"""The first of many, and how many more there are: one wording for all screens and mails."""


def shown(env, texts, most):
    """The first ``most`` texts, then how many were left out.

    :param env: for the language of the reader
    :param texts: sequence of str
    :param most: how many are shown
    :return: list of str, the texts, the last one “and 3 more” where some are left out
    """
    texts = list(texts)
    left = len(texts) - most
    return [*texts[:most], *([env._("and %s more", left)] if left > 0 else [])]


def named(env, names, most):
    """The same within a sentence: “Ann, Ben and 3 more”."""
    names = list(names)
    if len(names) <= most:
        return ", ".join(names)
    return env._(
        "%(names)s and %(more)s more",
        names=", ".join(names[:most]),
        more=len(names) - most,
    )
