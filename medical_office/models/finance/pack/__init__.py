from . import company
from . import recipient
from . import pack
from . import investor
