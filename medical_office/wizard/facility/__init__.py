from . import facility_propose_wizard
from . import facility_import_wizard
from . import facility_binder
