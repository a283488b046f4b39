from . import partner_bank
from . import journal
