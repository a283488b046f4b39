from . import incident
from . import involved
from . import message
from . import anonymous
from . import poster
from . import check
from . import desk
