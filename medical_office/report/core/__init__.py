from . import report_mixin
from . import xlsx_mixin
from . import room_list_report
from . import room_label_report
from . import core_exception_report
from . import core_round_report
from . import core_meeting_report
