"""What the heading of a column says: its quantity, its unit, what it measures where."""

import re
from enum import Enum
from unicodedata import combining, normalize


class Role(Enum):
    """What a column holds, by its heading."""

    DATE = "date"
    TIME = "time"
    STAMP = "date and time"
    MOMENT = "when the lowest or highest was"
    TEMPERATURE = "temperature"
    VALUE = "value"  # a quantity that the heading does not name
    AVERAGE = "average"
    LIMIT = "limit"
    OTHER = "another quantity"
    SENSOR = "sensor"  # which sensor the row is of
    UNKNOWN = "unknown"


class Where(Enum):
    """What a temperature column is the temperature of."""

    PROBE = "probe"
    AMBIENT = "air"
    UNSAID = ""


class Extreme(Enum):
    """Whether a temperature column holds readings or extremes."""

    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    NONE = ""


# The degree sign as files carry it: º and ˚ look alike, Â° is UTF-8 read as CP1252, the
# question marks are what is left of it after a wrong conversion.
# A star, a small o and "&deg;" are written for it; ø and ¡ are what the code pages of DOS
# and of old Macs make of it.
_DEGREES = re.compile(
    r"(?:ã‚)?â[°º]|ï¿½|[º˚\ufffd]|&deg;|\^o(?=\s*[cf]\b)|[â?*ø¡](?=\s*[cf]\b)"
    r"|(?<=[\[(\s])o(?=c\b|f\s*(?:[\])]|$))"  # "temperature of fridge" has no unit
)
_B, _E = r"(?<![a-z])", r"(?![a-z])"  # a word ends at a digit or underscore as well


def plain(title: str) -> str:
    """A heading in small letters, its degree signs mended, blanks made single."""
    low = title.casefold().replace("℃", "°c").replace("℉", "°f")
    return " ".join(_DEGREES.sub("°", low).split())


# The serial numbers in a HOBO heading; its label ("LBL: Glycol") is kept.
_SERIALS = re.compile(
    r"\((?=[^)]*\b(?:lgr|sen) s/n)[^)]*?(?:lbl:\s*(?P<label>[^)]*))?\)"
)


# A serial number at the end of a heading, as HOBOconnect writes it
_SERIAL_TAIL = re.compile(r"(?<=\S)\s*[,;]\s*s/n:?\s*[\w-]+$")
# "Tmin", "MaxTemp_C", "TempAvg": one word for a temperature and what it is of the day
_JOINED = re.compile(
    r"(?<![a-z])(?:t(?:emp(?:erature)?)?(min|max|avg)|(min|max|avg)temp(?:erature)?)"
    r"(?=[cf]?(?![a-z]))"
)


def _bare(title: str) -> str:
    text = _SERIALS.sub(lambda found: found["label"] or "", plain(title))
    text = _SERIAL_TAIL.sub("", text)
    # "Máx." is "max", "umidità" is "umidita"; º is no accent and stays
    text = "".join(one for one in normalize("NFD", text) if not combining(one))
    return _JOINED.sub(lambda found: f"temp {found[1] or found[2]} ", text).strip()


def _words(*words: str) -> re.Pattern[str]:
    return re.compile(f"{_B}(?:{'|'.join(words)}){_E}")


_NOT_TIME = _words(
    "zone", "elapsed", "duration", "interval", "timeout", "since", "expir.*", "birth"
)
_DATES = _words("date", "datum", "fecha", "day")
_TIMES = _words(
    "time", "hour", "zeit", "uhrzeit", "zeitpunkt", "zeitstempel", "heure", "hora"
)
_STAMPS = _words(
    r"date ?/? ?time", r"date[-_& ]+time", "timestamp", "time ?stamp", "observed",
    "recorded(?: at)?", "logged at", "last_changed", "last_updated", "created_at",
    "localtime", "yyyy-mm-dd hh:mm.*", "datetime", "epoch", "unix ?-?_?time", "ts",
)  # fmt: skip
_LIMITS = _words(
    "limits?", "alarms?", "alerts?", "thresholds?", r"set ?-?points?", "sp", "target",
    "range", "allowed", "permitted", "allowable", "bounds?", "[ul][sc]l",
    "(?:alarm)?grenz.*", "limites?", "limiar.*", "sollwert", "consign[ea]", "seuils?",
    "umbral.*", "soglia",
)  # fmt: skip
_AVERAGES = _words(
    "avg",
    "avrg",
    "average",
    "mean",
    "mkt",
    "kinetic",
    "median",
    "mittel.*",
    "durchschnitt.*",
    "moyen.*",
    "moy",
    "promedio",
    "gemiddeld.*",
)
_OTHERS = _words(
    "humid.*", "rh", "dew ?-?_?(?:point|pt)?", "wet.?bulb", "heat.?index", "vpd",
    "vapou?r", "pressure", "hpa", "inhg", "mbar", "kpa", "batt.*", "volt.*", "mv",
    "millivolts", "power", "signal", "rssi", "lux", "intensity", "light", "conc", "ph",
    "co2", "pm ?2.*", "serial.*", "s/n", "gateway.*", "raw.*", "status", "state of.*",
    "events?", "markers?", "notes?", "comments?", "message.*", "resistance", "door",
    "feels.like", "compressor", "defrost", "rates?", "slope", "gradient", "delta",
    "diff(?:erence)?s?", "changes?", "trend", "drift", "calibration.*", "corrections?",
    "δ ?t", "std.*", "standard.dev.*", "deviation", "uncertainty", "tolerance", "accuracy",
    "resolution", "hysteresis", "bias", "errors?", "percentile", "frost.?point",
    "wind.?chill", "minutes?", r"deg(?:ree)?s?[\s_-]?min.*", "intervals?", "duration",
    "elapsed", "since",
    # dew point and humidity in other languages
    "taupunkt.*", "dauwpunt", "d[au]ggpunkt", "(?:point|punto|ponto) d[ei].*",
    "(?:luft)?feuch.*", "humedad.*", "umid.*", "(?:lucht)?vocht.*",
)  # fmt: skip
# a degree a minute is no temperature, no minimum and no time
_RATE = _words(r"[cfk]\s*(?:/|per)\s*(?:s|sec|second|min(?:ute)?|hr?|hour|d|day)")
_NUMBERS = re.compile(
    r"#|no\.?|nr\.?|index|record(?: ?no\.?)?|number|row|point|id|sl\.? ?no\.?"
)
_SENSORS = re.compile(
    r"sensor[ _]?(?:id|name)?|entity_id|device(?:[ _](?:id|name))?|logger(?: name)?"
)
_TEMPERATURES = re.compile(
    r"temp|celsius|fahrenheit|centigrade|°\s*[cf]|(?<![a-z])deg(?:rees?|\.)?\s*[cf]"
    rf"(?![a-z])|^t$|^t\s*[\[(]|^[cf]$|[\[(]\s*[cf]\s*[\])]|{_B}[cf]$"
)
_VALUES = re.compile(
    r"value|reading|measurement|formatted value|sensor value|state|wert"
)
_MINIMUM = _words("min", "minimum", "lowest", "low", "lo")
_MAXIMUM = _words("max", "maximum", "highest", "high", "hi")
_EXTREME = r"(?:min|max)(?:imum)?|lowest|highest|low|high"
_MOMENTS = re.compile(  # "Time of Min", "Max Temp Time"; not "Time (hh:min)"
    rf"time\s+(?:of|at)\s.*{_B}(?:{_EXTREME}){_E}"
    rf"|{_B}(?:{_EXTREME})[\s_]+(?:temp\w*[\s_]+)?(?:of day[\s_]+)?time{_E}"
)
_CURRENT = re.compile(r"current|now|actual|present|last")
_PROBE = _words(
    "probe", "buffer(?:ed)?", "vial", "glycol", "external", "ext", "bottle", "beads",
    "liquid", "thermocouple", "rtd", "pt100",
)  # fmt: skip
_AMBIENT = _words(
    "ambient", "air", "room", "internal", "int", "case", "surface", "outside", "outdoor",
    "amb", "board", "chip", "cpu",
)  # fmt: skip


def role_of(title: str) -> Role:
    """What a column holds, by its heading alone."""
    text = _bare(title)
    if not text:
        return Role.UNKNOWN
    is_rate = bool(_RATE.search(text))
    time = None if is_rate else _time_role(text)
    if time:
        return time
    if is_rate or "%" in text or _OTHERS.search(text):
        return Role.OTHER
    if _LIMITS.search(text):
        return Role.LIMIT
    if _AVERAGES.search(text):
        return Role.AVERAGE
    return _measure_role(text)


def _time_role(text: str) -> Role | None:
    if _NOT_TIME.search(text):
        return None
    date, time = bool(_DATES.search(text)), bool(_TIMES.search(text))
    if time and not date and _MOMENTS.search(text):
        return Role.MOMENT
    if _STAMPS.search(text) or (date and time):
        return Role.STAMP
    return Role.DATE if date else Role.TIME if time else None


def _measure_role(text: str) -> Role:
    if _NUMBERS.fullmatch(text):
        return Role.OTHER
    if _SENSORS.fullmatch(text):
        return Role.SENSOR
    if _TEMPERATURES.search(text):
        return Role.TEMPERATURE
    if _VALUES.fullmatch(text):
        return Role.VALUE
    extreme = _MINIMUM.search(text) or _MAXIMUM.search(text)
    if extreme or _CURRENT.fullmatch(text) or _PROBE.search(text):
        return Role.TEMPERATURE
    return Role.UNKNOWN


def is_number_title(title: str) -> bool:
    """Whether a column numbers the rows."""
    return bool(_NUMBERS.fullmatch(_bare(title)))


def extreme_of(title: str) -> Extreme:
    """Whether a temperature column is a minimum or a maximum."""
    text = _bare(title)
    low, high = bool(_MINIMUM.search(text)), bool(_MAXIMUM.search(text))
    if low == high:
        return Extreme.NONE
    return Extreme.MINIMUM if low else Extreme.MAXIMUM


def where_of(title: str) -> Where:
    """Whether a temperature column is of a probe or of the air around the logger."""
    text = _bare(title)
    if _PROBE.search(text):
        return Where.PROBE
    return Where.AMBIENT if _AMBIENT.search(text) else Where.UNSAID


_UNITS = (
    re.compile(r"°\s*([cf])(?![a-z])"),
    re.compile(r"(?<![a-z])([cf])\s*°"),
    re.compile(r"(?<![a-z])deg(?:rees?|\.)?[\s_]*([cf])(?![a-z])"),
    re.compile(r"(?<![a-z])(?:temp)?([cf])(?:elsius|els\b|ahrenheit|ahr\b|entigrade)"),
    re.compile(r"\bin\s+([cf])$"),
    re.compile(r"temp(?:erature)?s?[\s_.,-]*([cf])(?![a-z])"),
    re.compile(r"[\[(]\s*([cf])\s*[\])]"),
    re.compile(r"(?:min|max|current|value|reading|probe|air)(?:imum)?[_,]\s*([cf])$"),
    re.compile(r"(?:min|max|current|value|reading)(?:imum)?\s*([cf])$"),
    re.compile(r"^([cf])$"),
)


_EITHER = re.compile(r"(?<![a-z])[cf]°?\s*(?:/|\||or)\s*°?[cf](?![a-z])")


def unit_in(title: str) -> str:
    """The unit that a heading names, "C" or "F"; "" if none, or if it leaves it open
    ("°C/°F")."""
    text = plain(title)
    if _EITHER.search(text):
        return ""
    found = next((m for m in (unit.search(text) for unit in _UNITS) if m), None)
    return found[1].upper() if found else ""
