from . import tagout
