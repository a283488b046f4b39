from . import place
