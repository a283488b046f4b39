from . import purge
