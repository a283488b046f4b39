from . import vendor
