from . import compliance_exclusion_wizard
