from . import count
from . import line
from . import post
from . import phone
from . import scan
from . import scan_fill
