"""Sentences that pure code names by their codes, in the language of whoever reads them."""

from collections.abc import Iterable, Mapping
from typing import Any

from odoo.tools.translate import get_translation

from ...tools.csvproblems import TEXTS, Problem


def language(env: Any) -> str:
    """The user's language, or the company's where the program works by night."""
    return env.lang or env.company.partner_id.lang or "en_US"


def sentence(lang: str, text: str, values: Mapping[str, str] | None = None) -> str:
    """A sentence that ``tools.marked._lt`` marked, with its values.

    :param lang: code of the language (``language``)
    """
    said: str
    if lang == "en_US" or not values:
        said = get_translation("medical_office", lang, text, ()) % (values or {})
    else:
        said = get_translation("medical_office", lang, text, dict(values))
    return said


def problem_sentence(
    env: Any, problem: Problem, texts: Mapping[str, tuple[str, str]] = TEXTS
) -> str:
    """What is wrong with a file: the place, what is wrong, the remedy.

    :param texts: of the reader that found it
    """
    lang = language(env)
    said = " ".join(sentence(lang, one, problem.values) for one in texts[problem.code])
    row = env._("Row %s", problem.row) if problem.row else ""
    place = ", ".join(part for part in (row, problem.field) if part)
    return f"{place}: {said}" if place else said


def problem_sentences(
    env: Any,
    problems: Iterable[Problem],
    texts: Mapping[str, tuple[str, str]] = TEXTS,
) -> list[str]:
    """One sentence for each problem, as ``problem_sentence``, down the file."""
    ordered = sorted(problems, key=lambda problem: problem.row)
    return [problem_sentence(env, problem, texts) for problem in ordered]
