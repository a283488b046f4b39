from . import people_verify_wizard
