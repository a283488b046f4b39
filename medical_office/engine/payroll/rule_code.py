"""Salary rules compiled once: the same results as OCA's evaluation, without its cost.

OCA compiles and checks the text of each rule for each slip. Here it is done once for a
batch; evaluation, names and errors stay those of ``safe_eval``.
"""

import ast
import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from types import CodeType
from typing import Any

from odoo.exceptions import UserError
from odoo.tools.safe_eval import (
    _BUILTINS,
    _SAFE_OPCODES,
    assert_valid_codeobj,
    compile_codeobj,
    unsafe_eval,
)

from .orm import Record

# objects of a rule whose attributes are codes: a misspelt one counts as 0.0 in OCA
NAMESPACES = ("categories", "inputs", "worked_days", "rules", "result_rules")
METHODS = {"sum", "sum_hours", "dict", "env", "employee_id"}
# one for all: the checked code can neither name nor change it
BUILTINS = dict(_BUILTINS)


@lru_cache(maxsize=4096)
def compiled(text: str, mode: str) -> CodeType:
    """The checked code object of a rule's text.

    :raises SyntaxError, ValueError, NameError: as ``safe_eval``
    """
    code: CodeType = compile_codeobj(text, mode=mode)
    assert_valid_codeobj(_SAFE_OPCODES, code, text)
    return code


def evaluate(text: str, variables: dict[str, Any], mode: str) -> Any:
    """As ``safe_eval``; ``variables`` keeps what the text assigns.

    :raises ValueError: whatever goes wrong in the text
    """
    code = compiled(text, mode)
    variables["__builtins__"] = BUILTINS
    try:
        return unsafe_eval(code, variables, None)
    except UserError:
        raise
    except Exception as error:
        raise ValueError(f"{error!r} while evaluating\n{text!r}") from error
    finally:
        variables.pop("__builtins__", None)


@lru_cache(maxsize=4096)
def named(text: str, mode: str) -> frozenset[tuple[str, str]]:
    """Codes a text names: {(namespace, code)}; nothing if it does not parse."""
    try:
        tree = ast.parse((text or "").strip(), mode=mode)
    except SyntaxError:
        return frozenset()  # the evaluation itself reports it
    return frozenset(
        (node.value.id, node.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in NAMESPACES
        and node.attr not in METHODS
        and isinstance(node.ctx, ast.Load)
    )


def texts(rule: Record) -> Iterator[tuple[str, str]]:
    """(text, mode) of everything a rule evaluates."""
    if rule.condition_select == "python":
        yield rule.condition_python, "exec"
    elif rule.condition_select == "range":
        yield rule.condition_range, "eval"
    if rule.amount_select == "code":
        yield rule.amount_python_compute, "exec"
    else:
        yield rule.quantity, "eval"
        if rule.amount_select == "percentage":
            yield rule.amount_percentage_base, "eval"


def unknown_names(
    rules: Iterable[Record], known: Mapping[str, Collection[str]]
) -> Iterator[str]:
    """Sentences about names in ``rules`` that nothing can ever give a value.

    :param known: {namespace: set of codes}
    """
    for rule in rules:
        for text, mode in texts(rule):
            for namespace, code in sorted(named(text or "", mode)):
                if code not in known[namespace]:
                    near = difflib.get_close_matches(code, known[namespace], 1)
                    hint = f" Did you mean {namespace}.{near[0]}?" if near else ""
                    yield (
                        f"{rule.name} ({rule.code}): {namespace}.{code} is not known."
                        f"{hint}"
                    )
