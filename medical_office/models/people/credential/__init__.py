from . import credential_type
from . import credential
from . import reminder
