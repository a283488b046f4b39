from . import opened
