from . import transfer
