"""Cue words for the person's own treatment."""

from __future__ import annotations

import re

from assistant.core.timex.cues import cue

_DID = "had|having|have|get|got|getting|gettin|did|done|do|doing"
_PLACE = (
    "face|neck|cheeks?|scalp|skin|head|forehead|chin|hands?|nose|hair|beard|chest|back|belly|tummy|scars?|acne scars|"
    "stretch marks?|go|round|1st|2nd"
)
_WHICH = "first|second|third|1st|2nd|3rd"

_WHO = "she|he|they|nurse|lady|girl|doctor|therapist"

TREATMENT = cue(rf"""
    treatments?|sessions?|appointment|slot|visit|facial|prp|procedure|clinic|calendar|gap|top ?up
    numbing(?: cream)?(?: went on)?
    micro ?-? ?needl\w*|needl\w*|nedl\w*|derma?(?!tit|tol)\w*|skin ?pens?|dr ?pen\w*|pens?|stamp\w*
    roll|rolled|rolling|roller
    (?<!nearly )(?<!almost )(?<!never )(?:{_DID}) (?:it|mine|1|one|them|the (?:{_WHICH}))
    (?:did|do|done|doing|had|having|got|getting) (?:my|the) (?:\w+ )?(?:{_PLACE})
    (?:did|done|doing) me|mine|treated|penned|done|be done|it done|getting mine|my turn
    scheduled|seeing|had a \w+ session
    (?:been|got|was|had|having) (?:done|treated|needled)|its been|it has been
    (?:{_WHICH}|next|last)(?= (?:on|was|is)(?!\S)|$)
    (?:{_WHICH}|last|next|previous|another|my) (?:1|one|go|round|time)(?! (?:with|on|of|at|using)(?!\S))
    i made it(?= (?:at|on|yesterday|today|last|this)(?!\S)|$)
    booked|booked (?:this|it|me)|booking|moved me|put me down|fit(?:ting|ted)? me in|squeezed me in
    in for|im in|i go for|(?:i|im) (?:go|going|due|off)(?: in)?(?: on| at)?$|took place
    ^(?:(?:and|so|yes|well) )?i (?:did|made)(?: (?:on|at|in|the|last|this))*$
    (?:gave|give|given) me(?: (?:a|the|an|date|of|appointment|slot|on|for))*$
    (?:go|went|going|come|coming) in|(?:go|went|going) again|i went(?: in| for it)?(?: on)?$
    (?:in|out of|out|off) the chair|walked out|raw from
    (?:{_WHO}|session|treatment|appointment|just|it|i) (?:\w+ )?(?:finished|wrapped up)(?! (?:my|work|the|with))
    (?:go|going|went) over (?:it|my \w+|the \w+)
    went over|went (?:really |so |very |too |quite |pretty )?(?:heavy|deep|hard)
""")

IT = re.compile(
    r"(?<!\S)(?:it was|it is|its|itll be|it will be|was it|that was)"
    r"(?: (?:on|for|at|just|only|like|actually|about|around|the|not|until|in|a|meant to be|supposed to be|"
    r"definitely))*$|^(?:it was|it is)"
)
"""The treatment as "it", adjacent to the expression."""
