from . import credential_type
from . import credential
