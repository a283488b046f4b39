from . import finance_pack_report
from . import finance_page_report
from . import finance_budget_report
from . import finance_statement_report
from . import finance_close_report
from . import finance_ledger_report
from . import finance_request_report
