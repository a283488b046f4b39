"""Reads the facts of many payslips of one pay date in a fixed number of queries."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from odoo.exceptions import UserError

from ...tools.money import ZERO, money
from ...tools.payroll.deduct.deductionlimits import Person
from ...tools.payroll.law.certificates import W4, missing_w4
from ...tools.payroll.law.deductionkinds import Phase, kind
from ...tools.payroll.slip.grosstonet import work_out
from ...tools.payroll.slip.slipfacts import (
    SUPPLEMENTAL,
    Chosen,
    Enrolled,
    Facts,
    Owed,
    StateForm,
)
from ...tools.payroll.slip.workstates import WorkState
from ...tools.payroll.tax.local import LocalTaxError, in_force
from ...tools.payroll.tax.states import NAMES
from ...tools.payroll.time.earning import Earning
from .earning_codes import CODES, RAISES_OVERTIME
from .employers import Employers
from .retro_reader import TIME, RetroReader
