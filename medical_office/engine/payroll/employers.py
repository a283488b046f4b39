"""What the law asks of an employer in a state, read once for many people."""

from collections import defaultdict
from datetime import date
from typing import Any

from ...tools.money import money
from ...tools.payroll.deduct.support import Allocation
from ...tools.payroll.slip.employer import Employer
from .orm import Env, Record, Records


class Employers:
    """The employers of ``companies`` on a pay date: ``of(company, state)``."""

    def __init__(self, env: Env, companies: Records, pay_date: date) -> None:
        accounts = env["medical.payroll.state.account"].search(
            [("company_id", "in", companies.ids), ("year", "=", pay_date.year)]
        )
        self.accounts = {
            (account.company_id.id, account.state_id.code): account
            for account in accounts
        }
        tables = env["medical.payroll.state.table"].search(
            [("company_id", "in", companies.ids)]
        )
        self.tables: dict[int, list[Any]] = defaultdict(list)
        for table in tables:
            self.tables[table.company_id.id].append(table._law())
        self.headcount = dict(
            env["hr.employee"]._read_group(
                [("company_id", "in", companies.ids)], ["company_id"], ["__count"]
            )
        )
        self.limits = env["medical.payroll.garnishment.limit"]._in_force(
            companies, pay_date
        )
        self._found: dict[Any, Employer] = {}

    def of(self, company: Record, state: str, joining: int = 0) -> Employer:
        """The employer as the calculator takes it.

        :param state: postal code
        :param joining: people who are not employed yet and count with the others
        """
        key = (company.id, state, joining)
        if key not in self._found:
            account = self.accounts.get((company.id, state))
            self._found[key] = Employer(
                headcount=self.headcount.get(company, 0) + joining,
                suta_rate=money(account.suta_percent) / 100 if account else None,
                suta_base=(
                    money(account.suta_base) if account and account.suta_base else None
                ),
                suta_taxed=account._suta_taxed() if account else {},
                shares=(
                    {s.code: money(s.percent) for s in account.share_ids}
                    if account
                    else {}
                ),
                tables=tuple(self.tables[company.id]),
                garnishment=self.limits.get((company.id, state)),
                allocation=(
                    Allocation.EQUAL
                    if account and account.equal_support
                    else Allocation.PROPORTIONAL
                ),
            )
        return self._found[key]
