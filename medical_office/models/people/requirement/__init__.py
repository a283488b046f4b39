from . import requirement
