from . import notice
from . import mail
