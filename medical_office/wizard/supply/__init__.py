from . import supply_catalogue_wizard
