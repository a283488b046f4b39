from . import bill
