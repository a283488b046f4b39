from . import steps
