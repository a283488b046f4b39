from . import finance_pack_report
from . import finance_page_report
