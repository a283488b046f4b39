from . import people_verify_wizard
from . import people_hire_wizard
from . import people_new_hire_wizard
from . import people_import_wizard
from . import people_import_benefits
from . import people_carrier_wizard
