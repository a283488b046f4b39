from . import finance_pack_report
from . import finance_page_report
from . import finance_budget_report
