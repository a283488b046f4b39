from . import finance_budget_report
