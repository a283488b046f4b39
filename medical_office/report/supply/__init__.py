from . import supply_par_report
from . import supply_coldchain_report
from . import supply_controlled_report
