from . import facility_kind
from . import facility_rule
from . import facility_condition
from . import facility_agreement
from . import maintenance_equipment
from . import facility_tagout
from . import maintenance_equipment_tagout
from . import core_schedule
