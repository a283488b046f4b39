from . import facility
