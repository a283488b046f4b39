"""What a heading says: quantity, unit, place; each as it was seen in a file or manual."""

import pytest
from tools.supply.coldchain.columns import Choice, choose, columns_of
from tools.supply.coldchain.problems import LoggerError
from tools.supply.coldchain.titles import Role, role_of, unit_in


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("Temp, °F (LGR S/N: 1, SEN S/N: 2, LBL: Glycol C)", "F"),  # HOBOware
        ("Temperature , °C", "C"),  # HOBOconnect
        ("Ch: 1 - Temperature   (°C )", "C"),
        ("Temperature_Fahrenheit", "F"),  # Govee
        ("Celsius(°C)", "C"),  # Lascar
        ("Celsius(?C)", "C"),  # the degree sign lost
        ("Temp ÂºF", "F"),  # UTF-8 read as CP1252
        ("Temp (ºF)", "F"),  # U+00BA
        ("Temp ˚C", "C"),  # U+02DA
        ("Temp ℉", "F"),
        ("deg F", "F"),
        ("Temp. (Fahr.)", "F"),
        ("Temp (deg. C)", "C"),
        ("degF", "F"),
        ("Temp_F", "F"),
        ("TempF", "F"),
        ("Temp F", "F"),
        ("Probe_Max_F", "F"),
        ("T [°C]", "C"),
        ("F", "F"),
        ("Temperature", ""),
        ("Fridge", ""),
        ("Temp Celcius C", ""),  # a slip of the pen is asked about
        ("Sensor C", ""),  # the third sensor
        ("Compressor", ""),
        ("Temperature of fridge", ""),  # no "°F" in "of"
        ("Temperature of Fridge °C", "C"),
        ("Reading of probe (C)", "C"),
        ("Temp oF", "F"),
        ("Temp oC", "C"),
    ],
)
def test_the_unit_of_a_heading(title: str, unit: str) -> None:
    assert unit_in(title) == unit


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Date Time, GMT-05:00", Role.STAMP),
        ("Date-Time (EST/EDT)", Role.STAMP),
        ("Observed", Role.STAMP),
        ("last_changed", Role.STAMP),
        ("Time", Role.TIME),
        ("Datum", Role.DATE),
        ("Time of Min", Role.MOMENT),
        ("Max Temp Time", Role.MOMENT),
        ("Time (hh:min)", Role.TIME),
        ("Time Zone", Role.UNKNOWN),
        ("RH, %", Role.OTHER),
        ("Humidity(%rh)", Role.OTHER),
        ("Dew Point (°F)", Role.OTHER),
        ("DewPt, °C (LGR S/N: 1)", Role.OTHER),
        ("Wet Bulb °C", Role.OTHER),
        ("High Alarm", Role.LIMIT),
        ("Set Point °F", Role.LIMIT),
        ("Temperature Avg : Avg, °C", Role.AVERAGE),
        ("MKT (°C)", Role.AVERAGE),
        # a unit a minute is no minimum; what is said of a temperature is none
        ("Rate (°C/min)", Role.OTHER),
        ("Trend °C/hour", Role.OTHER),
        ("dT/dt (C per hour)", Role.OTHER),
        ("Temp Change (°C)", Role.OTHER),
        ("ΔT (°C)", Role.OTHER),
        ("Std Dev (°C)", Role.OTHER),
        ("Standard Deviation °C", Role.OTHER),
        ("Degree Minutes (°C min)", Role.OTHER),
        ("Minutes above 8 °C", Role.OTHER),
        ("Sample interval (min)", Role.OTHER),
        ("Min since last reading", Role.OTHER),
        ("Calibration offset °C", Role.OTHER),
        ("Ένδειξη θερμοκρασίας °C", Role.TEMPERATURE),
        ("Taupunkt [°C]", Role.OTHER),
        ("Point de rosée (°C)", Role.OTHER),
        ("Punto de rocío °C", Role.OTHER),
        ("Umidità relativa", Role.OTHER),
        ("Alarmgrenze °C", Role.LIMIT),
        ("Límite superior (°C)", Role.LIMIT),
        ("Mittelwert °C", Role.AVERAGE),
        ("Température moyenne (°C)", Role.AVERAGE),
        ("Max Allowed (°C)", Role.LIMIT),
        ("Min Permitted", Role.LIMIT),
        ("Lower Bound (°C)", Role.LIMIT),
        ("USL (°C)", Role.LIMIT),
        ("SP (°C)", Role.LIMIT),
        ("Upper Shelf °C", Role.TEMPERATURE),
        ("#", Role.OTHER),
        ("Index", Role.OTHER),
        ("SensorId", Role.SENSOR),
        ("Vaccine fridge", Role.UNKNOWN),  # Lascar: the logger's name over row numbers
        ("Temp, °F", Role.TEMPERATURE),
        ("°C", Role.TEMPERATURE),
        ("T", Role.TEMPERATURE),
        ("Max", Role.TEMPERATURE),
        ("state", Role.VALUE),
    ],
)
def test_the_quantity_of_a_heading(title: str, role: Role) -> None:
    assert role_of(title) is role


def chosen(heading: str, cells: str) -> Choice:
    return choose(columns_of(heading.split(",")), [cells.split(",")])


@pytest.mark.parametrize(
    ("heading", "cells", "read"),
    [
        ("Time,Air Temp,Probe Temp", "x,4,5", "Probe Temp"),
        ("Time,Ambient °C,Channel 2 °C", "x,4,5", "Channel 2 °C"),
        ("Time,Temp °C,Dew Point °C,RH", "x,4,5,6", "Temp °C"),
        ("Time,Temp °C,High Limit °C", "x,4,8", "Temp °C"),
        ("Date,Time,Min,Max,Current", "x,y,4,5,4.5", "Current Min Max"),
        ("Date,Time,Min,Max,Avg", "x,y,4,5,4.5", "Min Max"),
        ("Time,Probe Min,Probe Max,Air", "x,4,5,20", "Probe Min Probe Max"),
        ("Time,Temp °F,Temp °C", "x,41.0,5.0", "Temp °C"),
        (
            "Hora,Temp. °C,Temp. mín. °C,Temp. máx. °C",
            "x,4,3,5",
            "Temp. °C Temp. mín. °C Temp. máx. °C",
        ),
        ("Zeit,Temperatur °C,Taupunkt °C,Grenzwert °C", "x,4,3,8", "Temperatur °C"),
        ("Time,Value,Formatted Value", "x,41.0,41.0° F", "Formatted Value"),
    ],
)
def test_the_column_that_is_read(heading: str, cells: str, read: str) -> None:
    assert " ".join(one.title for one in chosen(heading, cells).columns) == read


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Time,Probe 1,Probe 2", "x,4,5"),
        ("Time,Refrigerator °F,Freezer °F", "x,40,0"),
        ("Time,Temp °F,Temp °C", "x,41.0,15.0"),  # not the same temperature
        ("Time,Max", "x,5"),  # a maximum alone says nothing of cold
        ("Time,A,B", "x,4,5"),
        ("Time,Fridge", "x,45"),  # the number may be the humidity
    ],
)
def test_what_is_not_plain_is_asked(heading: str, cells: str) -> None:
    with pytest.raises(LoggerError) as error:
        chosen(heading, cells)
    assert error.value.problem.code == "column_unclear"
