from . import payer_packet_report
from . import payer_enrollment_report
from . import payer_contract_report
from . import payer_negotiation_report
from . import payer_notice_report
