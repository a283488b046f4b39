from . import finance_map_wizard
