from . import compliance_exclusion_wizard
from . import compliance_library_wizard
from . import compliance_audit_binder
