from . import core_file_wizard
from . import core_reason_wizard
from . import core_waive_wizard
from . import core_sample_wizard
from . import core_room_wizard
