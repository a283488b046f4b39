from . import compliance_exclusion_report
