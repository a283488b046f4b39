from . import bar
