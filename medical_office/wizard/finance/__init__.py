from . import finance_map_wizard
from . import finance_month_wizard
from . import finance_bank_wizard
from . import finance_budget_wizard
from . import finance_chart_wizard
