# mixins first, then our own models, then the host's
from . import mixins
from . import checklist
from . import schedule
from . import round
from . import check
from . import job
from . import exception
from . import decision
from . import text
from . import evidence
from . import opened
from . import limit
from . import credential
from . import digest
from . import leave
from . import practice
from . import room
