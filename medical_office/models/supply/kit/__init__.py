from . import kit
