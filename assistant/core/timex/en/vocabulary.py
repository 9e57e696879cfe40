"""Temporal words with their spelling variants, each with one canonical form."""

from __future__ import annotations

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

_NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_ORDINALS = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth", "twentieth",
)  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
NUMBERS = {word: value for value, word in enumerate(_NUMBERS)} | TENS | {"hundred": 100}
ORDINALS = {word: value for value, word in enumerate(_ORDINALS)} | {
    "thirtieth": 30,
    "nineth": 9,
    "twelth": 12,
}

_WRITTEN = {
    "today": "today tday 2day todai tody",
    "tomorrow": "tmrw tmr tmw tmro tmrow tmoro tmorrow tomo tomoz tomoro tomorro 2moro 2morow 2morrow 2mrw 2moz morrow",
    "tonight": "tonite 2nite 2night tnite tonigt tonght",
    "yesterday": "yday yest ystrday yestday yesturday yester",
    "monday": "munday mondy mnoday moday",
    "tuesday": "tues tue tuesdy tusday tuseday",
    "wednesday": "weds wednes wendsday wensday wenesday",
    "thursday": "thurs thur thu thusday thersday",
    "friday": "fri frday fryday fridy friyay",
    "saturday": "saturdy satday satuday",
    "sunday": "sundy suday",
    "january": "jan",
    "february": "feb febuary",
    "march": "mar",
    "april": "apr",
    "june": "jun",
    "july": "jul",
    "august": "aug",
    "september": "sept sep",
    "october": "oct",
    "november": "nov",
    "december": "dec",
    "second": "sec secs seconds",
    "minute": "min mins minutes mintues minuets mns",
    "hour": "hr hrs hours huor huors hor horus",
    "day": "days dy dys dayz dyas",
    "night": "nights nite nites nihgt ngiht",
    "week": "weeks wk wks wek weke",
    "fortnight": "fortnights fortnite fortnites fortnit fortknight fourtnight fortnate",
    "month": "months mth mths mnth mnths",
    "year": "years yr yrs",
    "morning": "morningish mornings morn mornin mornign",
    "afternoon": "arvo afternoons afternon afternoonish",
    "evening": "eveningish evenings evning evenin",
    "lunchtime": "lunch",
    "noon": "midday noonish",
    "weekend": "wkend wknd weekends",
    "next": "nxt nex",
    "last": "lst lsat",
    "been": "ben bin",
    "coming": "comming upcoming",
    "before": "b4 befor bfore",
    "after": "aftr afer",
    "since": "sinse snce",
    "ago": "agoo agao agp aog",
    "couple": "cuple coupla",
    "about": "bout approx approximately abt",
    "and": "n adn nd",
    "at": "@",
    "until": "til till untill",
    "appointment": "appt appts apt appoint apointment appointments",
    "one": "ones",
    "quarter": "quarters qtr",
    "session": "sesion sessions seshun sesh",
    "treatment": "treatments treatmnt tretment",
    "oclock": "clock",
}  # fmt: skip

FRACTIONS = {"½": "half", "¼": "1/4", "¾": "3/4"}
"""Canonical form of fraction characters."""

CANONICAL = {variant: word for word, variants in _WRITTEN.items() for variant in variants.split()}

FRAGILE = {"sat": "saturday", "sun": "sunday", "wed": "wednesday", "mon": "monday"}
"""Short names of days that are more often other words; the context decides."""

UNITS_STUCK = {
    "d": "day", "h": "hour", "w": "week", "mo": "month", "mos": "month", "m": "minute", "am": "am",
    "pm": "pm", "ish": "ish", "th": "", "p": "pm",
}  # fmt: skip
"""Canonical form of letters attached to a number."""
