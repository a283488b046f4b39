from . import supply_catalog_wizard
from . import supply_writeoff_wizard
from . import supply_logger_wizard
from . import supply_visits_wizard
from . import supply_report_wizard
from . import supply_receive_wizard
from . import supply_par_wizard
