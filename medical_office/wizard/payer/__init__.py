from . import payer_setup_wizard
