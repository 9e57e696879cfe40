"""Words for something else than a treatment of the person's own."""

from __future__ import annotations

import re

from knowledge.when.cues import cue

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
"""Other people, unless the person comes in after them: "my friend did mine"."""
