from . import controllers, models, report, wizard
from . import sample  # after the models it fills
