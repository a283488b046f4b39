from . import controllers, models, report, wizard
from . import sample  # after the models it fills
from .hooks import uninstall_hook
