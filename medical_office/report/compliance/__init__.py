from . import compliance_exclusion_report
from . import compliance_vendor_report
from . import compliance_campaign_report
from . import compliance_incident_report
from . import compliance_osha_report
from . import compliance_breach_report
from . import compliance_training_report
