"""English: temporal words with their spelling variants, words that link expressions, and cues for a treatment."""

from __future__ import annotations

import re

from assistant.core.timex.expressions import cue

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
ABBREVIATED_NAMES = (
    r"(?<=\b(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun))|(?<=\bsept)"
)
"""Precedes the full stop of an abbreviated month or day."""
ZONES = "gmt|utc|est|edt|cst|cdt|mst|mdt|pst|pdt|cet|cest|bst|ist|jst|aest|aedt|nzst|nzdt|eastern|pacific"

FRAGILE = {"sat": "saturday", "sun": "sunday", "wed": "wednesday", "mon": "monday"}
"""Short names of days that are more often other words; the context decides."""
UNITS_STUCK = {
    "d": "day", "h": "hour", "w": "week", "mo": "month", "mos": "month", "m": "minute", "am": "am",
    "pm": "pm", "ish": "ish", "th": "", "p": "pm",
}  # fmt: skip
"""Canonical form of letters attached to a number."""
COUNTED = frozenset((
    "second", "minute", "hour", "h", "day", "night", "week", "fortnight", "month", "year", "oclock", "am", "pm",
    "past",
))  # fmt: skip
BEFORE_ONE = frozenset(("at", "day", "around", "about", "half", "past", "to", "since", "by"))
MONTH_AHEAD = ("this", "next", "last", "the")
CORRECTABLE = (
    *WEEKDAYS, *(month for month in MONTHS if len(month) > 6), "yesterday", "tomorrow", "tonight", "morning",
    "afternoon", "evening", "weekend", "fortnight", "lunchtime", "appointment", "treatment",
)  # fmt: skip
NOT_TEMPORAL = frozenset((
    "sundae", "sundry", "sunday", "sunny", "moaning", "mourning", "mooning", "monkey", "fridge", "warning",
    "holiday",
))  # fmt: skip
SHORT_UNITS = {
    "mo": "month",
    "mos": "month",
    "d": "day",
    "ds": "day",
    "w": "week",
    "ws": "week",
    "y": "year",
}
AFTER_COUNT = frozenset(("of", "a"))
AFTER_AMOUNT = frozenset(
    ("ago", "back", "since", "post", "until", "after", "before", "away", "hence", "from", "time")
)
BEFORE_WEEKDAY = frozenset(("on", "last", "past", "gone"))
NOT_NUMBERS = frozenset(
    ("for", "the", "then", "than", "that", "these", "those", "this", "few", "once", "ones")
)
NOT_UNITS = frozenset(("mouth", "dab", "dry", "dye", "dad", "daily"))
MISSPELT_AND = frozenset(("an", "nad", "ans", "amd", "anf", "abd", "end", "nand"))
NO_OWNER = frozenset(
    ("that", "what", "there", "here", "where", "when", "this", "who", "she", "how", "why", "let", "its")
)
LINK = re.compile(
    r"(?:(?:at|in|on|the|of|around|about|by|for|from|like|-|a|i|think|um|uh|er|yeah|probably|so|early|late|just|"
    r"sometime|it was) ?){0,5}"
)
COMMA = re.compile(rf"[,(] ?{LINK.pattern}")
FULL_STOP = re.compile(r"[.!](?: [.!])*(?: at| around| about)?")
OR = re.compile(r"(?:or|/|or maybe|or was it|maybe)(?: (?:on|the|on the))?")
_DID = "had|having|have|get|got|getting|gettin|did|done|do|doing"
_PLACE = (
    "face|neck|cheeks?|scalp|skin|head|forehead|chin|hands?|nose|hair|beard|chest|back|belly|tummy|scars?|acne scars|"
    "stretch marks?|go|round|1st|2nd"
)
_NO_TASK = r"(?! (?:work|the|my(?! (?:face|skin|session|treatment)(?!\S))|with(?! (?:me|my)(?!\S))))"
"""Follows "finished" where that is the treatment: not "finished work", but "finished my face"."""
_WHICH = "first|second|third|1st|2nd|3rd"
_WHO = "she|he|they|nurse|lady|girl|doctor|therapist"
DERMA = r"derm(?!a?(?:tit|tol|plan|bras|abras))\w*"
"""Dermapen, dermaroller and the like, but not dermatitis or dermaplaning."""
TREATMENT = cue(rf"""
    treatments?|sessions?|appointment|slot|visit|prp|procedure|clinic|calendar|gap|top ?up|number (?:1|one|[2-6])
    facial(?! (?:scrub|wash|oil|cleanser|mist|mask|hair|spray|toner|massage|sunscreen)(?!\S))
    sittings?(?! (?:in|on|at|by|outside|around|down|here|there|under|next|near)(?!\S))
    (?<!the )opening(?! (?:hours?|time|times)(?!\S))
    numbing(?: cream)?(?: went on)?
    micro ?-? ?needl\w*|needl\w*|nedl\w*|{DERMA}|skin ?pen(?:s|ned|d| d)?|dr ?pen\w*|pens?|stamp\w*
    (?:took|taken|take|taking) (?:the |my |a |one )?(?:micro ?-? ?needl\w*|needling|treatment|session|sitting|procedure)
    roll|rolled|rolling|roller
    (?<!nearly )(?<!almost )(?<!never )(?:{_DID}) (?:it|mine|1|one|them|the (?:{_WHICH}))
    (?:did|do|done|doing|had|having|got|getting) (?:my|the) (?:\w+ )?(?:{_PLACE})
    (?:did|done|doing|do) me|mine|treated|penned|done|be done|it done|getting mine|my turn
    scheduled|seeing|had a \w+ session
    (?:been|got|was|had|having) (?:done|treated|needled)|its been|it has been
    (?:{_WHICH}|next|(?<!retinol )(?<!it )(?<!cream )(?<!shaved )last)(?= (?:on|was|is)(?!\S)|$)
    (?:{_WHICH}|(?<!one )(?<!1 )last|next|previous|another|my) (?:1|one|go|round|time)(?! (?:with|on|of|at|using)(?!\S))
    i made it(?= (?:at|on|yesterday|today|last|this)(?!\S)|$)
    booked|booked (?:this|it|me)|booking|moved me|put me down|fit(?:ting|ted)? me in|squeezed me in
    in for|im in|i go for|(?:i|im) (?:go|going|due|off)(?: in)?(?: on| at)?$|took place
    ^(?:(?:and|so|yes|well) )?i (?:did|made)(?: (?:on|at|in|the|last|this))*$
    (?:gave|give|given) me(?: (?:a|the|an|date|of|appointment|slot|on|for))*$
    (?:go|went|going|come|coming) in|(?:go|went|going) again|i went(?: in| for it)?(?: on)?$
    (?:in|out of|out|off) the chair|walked out|raw from
    (?:i|we) was there|(?:left|out of) the (?:place|salon|studio|practice)
    (?:{_WHO}|session|treatment|appointment|just|it|i) (?:\w+ )?(?:finished|wrapped up){_NO_TASK}
    ^(?:(?:just|only|all) )?(?:finished|done)(?: up)?(?: (?:at|around|about|by))?$
    (?:go|going|went) over (?:it|my \w+|the \w+)
    went over|went (?:really |so |very |too |quite |pretty )?(?:heavy|deep|hard)
""")
IT = re.compile(
    r"(?<!\S)(?:it was|it is|its|itll be|it will be|was it|that was)"
    r"(?: (?:on|for|at|just|only|like|actually|about|around|the|not|until|in|a|meant to be|supposed to be|"
    r"definitely))*$|^(?:it was|it is)"
)
"""The treatment as "it", adjacent to the expression."""
_SURELY = "still|exactly|about|already|only|just|nearly|almost|still"
_REACHED = "gone|hit|hitting|hits|reach|reached|reaching|turn|turning|past|up to"
WILL = re.compile(
    r"(?<!\S)(?:will|shall|ll|i?tll|ill|thatll|itd|would|gonna|going to)"
    rf"(?: (?:have|be|been|make it|mark|at|{_REACHED}|{_SURELY}))*$"
)
IS = re.compile(rf"(?<!\S)(?:its|it is|s|marks|makes(?: it)?)(?: (?:{_SURELY}))?$")
WAS = re.compile(r"(?<!\S)(?:was|were)(?: \w+)?$")
_OWN_SESSION = (
    r"(?:(?:my|the|our) (?:next |last )?(?:session|appointment|treatment|(?:micro ?-? ?)?needling|derma ?pen|skin ?pen|"
    r"facial|procedure|slot))"
)
NAMES_SESSION = re.compile(rf"(?<!\S){_OWN_SESSION}(?!\S)")
_SUBJECT = rf"(?:(?:it|that|this|there|i|we|{_OWN_SESSION}) )"
IS_AHEAD = re.compile(
    rf"(?:(?:, ?)?(?:{_SUBJECT}(?:will|ll|is (?:gonna|going to))|itll|thatll|therell|ill|"
    r"(?:im|its) (?:gonna|going to))|"
    r"will|=|(?:is|s) when (?:im|i am|its)|(?:it )?(?:marks?|makes?|leaves)|is|s)"
    rf"(?: (?:have|be|been|mark|make|it|at|on|{_REACHED}|{_SURELY})){{0,4}}"
)
IS_TOMORROW = re.compile(
    rf"(?:, ?)?(?:im|i am|its|it is|{_OWN_SESSION} (?:is|s)|i hit|ill hit|we hit|theres|there (?:is|are)|it has|"
    rf"that has|ive got|i have|i)?(?: (?:at|on|{_REACHED}|{_SURELY})){{0,2}}"
)
IS_THEN = re.compile(
    rf"(?:, ?)?(?:im|i am|its|it is|{_OWN_SESSION} (?:is|s)|it has|ive|that has|theres|there (?:is|are)|ive got|"
    rf"i have|i(?= ))(?: (?:at|on|{_REACHED}|{_SURELY})){{0,2}}"
)
OPENS = re.compile(
    r"(?:^|[.,!?;]|(?<!\S)(?:and|so|but|hi|hey|hello|come|by|as of|from))(?:(?: |^)(?:on|at))?$"
)
WAS_PAST = re.compile(
    rf"(?:, ?)?{_SUBJECT}?(?:was|were|had|marked|made(?: it)?)(?: (?:been|{_SURELY})){{0,2}}"
)
AS_OF = re.compile(r"(?<!\S)(?:as of|as at|up to)$")
ON = re.compile(r" (?:on|as of|by|come) ")
AWAY = re.compile(r" (?:away|to go)$")
AGO = re.compile(r" (?:ago|back)(?!\S)")
BY = re.compile(r"(?<!\S)(?:by|on|come|as of|as at) $")
SINCE = re.compile(r"(?: ,)? (?:since|that i|after i|from when)(?!\S)")
PASSED = re.compile(
    r" (?:(?P<will>will have|will be|have|has|is|are)|had|were|was)(?: (?:passed|gone(?: by)?|elapsed|been|over|up))?"
    r"(?: ,)? (?:since|that i|after i|from when)(?!\S)"
)
LINK_TO_DAY = re.compile(
    r"(?:, )?(?:(?:on|this|next|coming|come|the|of|by|it|is|s|will|have|had|has|passed|gone|been)(?: |$)){0,6}"
)
FROM_SESSION = re.compile(
    r"(?:(?!(?:and|but|so|then|if|when|is|are|was|will|ill|can|could|may|should|last)(?!\S))[a-z]+(?: |$)){0,6}"
)
"""Words for the session between an amount and the day at which it ends: "i got needled", "my session on"."""
OF_SESSION = re.compile(
    rf" (?:(?:the|my|our|having|getting|i|we|they|you|when|had|got|did|get|have|last|next|\d(?:st|nd|rd|th)) ){{0,4}}"
    rf"(?:{TREATMENT.pattern})"
)
_OTHER_PLACES = (
    r"dentists?|doctors?|gp|hair\w*|nails?|lash|brow|optician\w*|vets?|hospital|work|job|physio|barbers?|botox|filler|"
    "laser|lip|eyebrow|tattoo"
)
_OTHER_PARTS = r"nails?|lash\w*|brows?|eyebrows?|hair|cataracts?|ears?|teeth|tooth|lips?|roots|microblading"
EVENT = cue(rf"""
    (?:{_OTHER_PLACES})(?: s)? (?:appointment|session|slot|treatment)
    (?:{_OTHER_PARTS}) (?:were |was |all )?done|(?:{_OTHER_PLACES}|{_OTHER_PARTS})(?: \w+)? booked(?: in)?
    weddings?|married|marry|bride|party|parties|birthday|bday|holidays?|hols|vacation|beach|interview|prom|photo\w*|shoot
    reunion|graduation|christening|engagement|hen do|hen|stag|festival|concert|gig|ball|event|date night|dinner|funeral
    flight|fly|flying|flew|trip|travel\w*|work|works|new job|meeting|zoom|presentation|exams?|school|uni|shift|payday
    (?:ice|jade|face|quartz|cold|lint) roll\w*|headshots?|marriage|marries|marrying|nye
    gym|sauna|swim\w*|pool|sunbed|tan|tanning|play\w*|train\w*|run|running|marathon|yoga|night out|out
    go(?:ing|es)? (?:back )?to|back to|back (?:on|at|in|up)|come back|moved to a|open|close|closed|shut|sale|offer
    sunburn\w*|burnt|botox|fillers?|laser|peel|surgery|operation|tattoo|piercing|gp|dentist
    vaccin\w*|vacine|jab|covid|booster|flu
    threading|waxing|waxed|haircut|nails|lashes|brows|chemo\w*|period|born|pregnant|baby|gave birth|acne|acne since
    accutane|roaccutane|isotretinoin|retin\w*|tret\w*|antibiotics|pill|tablets?|meds|medication|ibuprofen|advil
    paracetamol|nurofen|aspirin|makeup|make up|foundation|powder|spf|sunscreen|cream|serum|moisturi\w+|wear
    took|taken|taking|takes?|used?|using|stopped|stop|shaved?|shaving|washed|wash|drank|drinks?|drinking|wine|alcohol
    noticed|started|starts|began|woke|wake|itch\w*|rash|appeared|came up|broke out
    turns?|(?:turn|turning) \d+|weather|sunny|rain\w*|hot water
    how (?:many|often)|twice|once|times?|per|results?|see (?:a |any )?(?:results|difference|change)
    look like|looks like|brings?|finish|ready|warms?|heals?
""")
_NAMED = (
    "friend|mate|mum|mom|dad|sister|brother|cousin|colleague|husband|wife|daughter|son|partner|boyfriend|girlfriend|"
    "boss|neighbour|neighbor|other half|fella|missus|hubby|bf|gf|flatmate|roommate|client|aunt|auntie|bestie"
)
SOMEBODY = re.compile(
    rf"(?<!\S)(?:(?:my|her|his|a) (?:\w+ )?(?:{_NAMED})(?: s)?|hers|theirs|yours|"
    r"(?:had|has|got|having|getting) (?:his|her|their)|someone|somebody|everyone|people|"
    r"(?:3|2|some|a) (?:women|woman|girls?|guys?|lads?)|(?:she|he|they) (?:had|has|have|got|is|was)"
    r"(?! (?:left|free|open|available|offered|given|booked|me)(?!\S)))(?!\S)"
    r"(?!.{0,200}(?<!\S)(?:me|my face|mine|i|booked (?:this|it))(?!\S))"
)
"""Other people, unless the person is mentioned after them: "my friend did mine"."""
