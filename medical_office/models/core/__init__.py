# mixins first, then our own models, then the host's
from . import core_workflow
from . import core_checklist
from . import core_schedule
from . import core_round
from . import core_round_line
from . import core_round_phone
from . import core_check
from . import core_exception
from . import core_digest
from . import core_sample
from . import hr_department
from . import ir_actions_report
from . import res_users
from . import stock_location
from . import stock_warehouse
