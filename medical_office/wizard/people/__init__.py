from . import people_carrier_wizard
