from . import payer_setup_wizard
from . import payer_fee_wizard
from . import payer_volume_wizard
from . import payer_paid_wizard
from . import payer_month_wizard
