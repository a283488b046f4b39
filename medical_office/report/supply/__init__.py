from . import supply_par_report
