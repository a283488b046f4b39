from . import payer_packet_report
from . import payer_enrollment_report
