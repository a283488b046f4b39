from . import employee
