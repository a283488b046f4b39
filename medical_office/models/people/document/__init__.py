from . import document_type
from . import document
from . import link
from . import standing
