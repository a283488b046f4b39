#!/usr/bin/env bash
# OCA survey_result_mail 19.0.1.0.0.2 (Odoo 19.0): a comment beside a choice takes the choice's place
# in the mailed answers.
#
# What one would expect: a question with one choice and a comment field ("Comments" allowed, which
# are no answer of their own) is mailed with the choice, and the comment with it, as the same
# question with several choices is.
#
# What was seen: each stored line of the question overwrites the one before, and the comment is
# stored last: who ticked "No" and wrote "only on Mondays" is mailed as "only on Mondays".
# With several choices all of it is there.
#
# Odoo 19: ODOO_HOME, else Debian's package odoo-19 (see _odoo.sh).
#
# Output:
#   one choice, no comment: /Eyewash tested?/: No
#   one choice and a comment: /Eyewash tested?/: only on Mondays
#   several choices and a comment: /Eyewash tested?/: No / only on Mondays
. "$(dirname "$0")/_odoo.sh" odoo-addon-survey_result_mail==19.0.1.0.0.2
odoo_install survey_result_mail
odoo_run <<'PY'
import sys

from odoo.tools import html2plaintext

seen = []
for label, kind, comment in (
    ("one choice, no comment", "simple_choice", ""),
    ("one choice and a comment", "simple_choice", "only on Mondays"),
    ("several choices and a comment", "multiple_choice", "only on Mondays"),
):
    survey = env["survey.survey"].create({"title": "Round"})
    question = env["survey.question"].create(
        {
            "survey_id": survey.id,
            "title": "Eyewash tested?",
            "question_type": kind,
            "comments_allowed": True,
            "suggested_answer_ids": [(0, 0, {"value": value}) for value in ("Yes", "No")],
        }
    )
    no = str(question.suggested_answer_ids[1].id)
    answer = survey._create_answer(user=env.user)
    answer._save_lines(question, no if kind == "simple_choice" else [no], comment)
    seen.append(" ".join(html2plaintext(answer.survey_result).replace("*", "").split()))
    print(f"{label}: {seen[-1]}")
sys.exit([text.split("?: ")[-1] for text in seen] != ["No", "only on Mondays", "No / only on Mondays"])
PY
