"""English cues: whose moment an expression is, in which direction, and whether it states the time since it."""

from __future__ import annotations

import re

from assistant.core.timex.en import WEEKDAYS
from assistant.core.timex.expressions import cue

BREAK = re.compile(
    r"(?<!\S)(?:[.,;:!?()]|-|and|but|(?<!more )(?<!less )then|so|because|cause|cos|coz|while|whilst|although|though|"
    r"plus|also|anyway)(?!\S)|"
    r"(?<!\S)(?=(?:can|could|should|shall|(?<!\d )may) (?:i|we)(?!\S)|is it (?:ok|okay|safe|fine|alright|too)(?!\S))"
)
"""Boundaries of clauses.

A question begins a clause even without a conjunction: "had it monday can i swim today".
"""
COUNTED_FROM = re.compile(r" ?(?:since|after|post|from)(?!\S)")
"""Joins a count to the day from which it counts: "day 3 since my session on friday"."""
_NO_GAP = "".join(f"(?<!{word} )" for word in ("gap", "slot", "one", "appointment", "date", "time", "that"))
"""Excludes "the only gap i could get", which is not a question."""
ASKING = cue(rf"""
    (?:can|could|may|might|should|shall|would|will) (?:i|we|it|this|that|they|she|he|my|the|a|an)
    (?:is|are) (?:it|they) (?:ok|okay|safe|fine|alright|too|bad|possible)|(?:ok|okay|alright|fine|safe) to|allowed
    {_NO_GAP}(?:i|we) (?:can|could) (?:still |maybe |also )?(?:do|have|get|go|make|take|book)
    could (?:i |we |they )?(?:still |maybe |also )?(?:get|go|have|do|book|squeeze|fit)
    what if|thinking (?:of|about)|considering|too (?:late|soon|early)
    is (?:a|an|another|my) (?:\w+ )?(?:session|appointment|treatment)
    if (?:i|its|it is|they|we|im)(?! (?:had|was|were|did|went|got))
""")
ON_A_DAY = re.compile(
    r"^\W*(?:(?:and|so|but|then|what about|how about) )*(?:on|by|at) day (?P<number>\d{1,3})\W*$"
)
"""Asks about a day after a session that is known: "and on day 6?"."""
ONCE_MORE = cue("(?:go|going|do (?:it|mine)|have it|get it|roll|rolling|come|repeat(?: it)?) again|once more")
_VISIT = "appointment|session|slot|booking|treatment|consultation|cancellation"
JUDGED = cue("too (?:late|soon|early|close)|possible|a good idea|long enough|allowed")
STATED = re.compile(rf"^(?:my |the )?(?:{_VISIT}|needling) (?:is|s)(?: on| at| for)*$")
"""A session in a statement of its own: "session is thursday, did i leave it long enough"."""
AGAIN = cue("another|next|again|a (?:second|2nd|third|3rd)|my (?:second|2nd|third|3rd)")
TAG = re.compile(
    r"^(?:[,.] |- )?(?:(?:is (?:it|that)|thats|would that be|will that be|that) )?"
    r"(?:ok|okay|k|yes|yeah|yea|yep|no|right|fine|alright|all good|good|safe|too \w+|possible|cool|allowed|"
    r"(?:a )?(?:bad|good) idea)(?: then| or no| or not)?"
    r"(?: (?:\?|!|\.))*$"
)
"""Turns the words before it into a question: "another one today, ok?"."""
I_DO = re.compile(r"^(?:(?:so|and|or|then) )*(?:i|we) (?:do|go|make|book|take|get)(?!\S)")
"""A question only because of its question mark: "i do it on the 28?"."""
SUPPOSED = cue(r"""
    (?:would|will|could|might)(?!\S).{0,200}(?<!\S)if
    (?:should|would|could)(?: ?have|ve) (?:had|been|got|gone)
""")
UNTIL = re.compile(r"(?<!\S)(?:by|until|before)(?: the)?$")
_FILLERS = """
    i im ive ill me my we u he she they it its itll this that the a an is was am are be been to of for at in on by from
    had have has did do got will day time sometime and or but so then if since uh um er hm hmm ah oh yes yeah yep no
    nope not hi hey hello oops whoops lol ok okay right well please pls thanks sorry wait think guess believe know
    remember cant dont meant mean maybe probably roughly approx about around sure just like only exactly actually
    ish s - , . ! ?
"""
FILLERS = frozenset(_FILLERS.split())
_TREATMENT_WORDS = """
i we was were ive been had have having got get getting my the a an session treatment treated appointment procedure it
done is on at in by booked due scheduled will be microneedling micro needling needled microneedled for
finished just came out left back from walked clinic salon place there mine only dermapen skinpen rolled penned face they
did
"""
OF_A_TREATMENT = frozenset(_TREATMENT_WORDS.split())
"""Words that say of a time that it is that of a treatment, and ask nothing."""
BOOKED = re.compile(
    r"(?<!\S)(?:before|after|to|for|until|following|ahead of|of) (?:my|our) (?:\w+ )?"
    r"(?:session|appointment|treatment|needling|micro ?-? ?needling|derma ?\w+|skin ?pen|facial|procedure|slot|visit)"
    r"(?: (?:on|at|is|this|coming|for|the))*$"
)
SINCE_A_COUNT = re.compile(
    r"(?<!\S)(?:day \d+|(?:\d+|an?|full|couple of|few) (?:day|week|month)) since(?: (?:last|the|on))*$"
)
_IT = r"(?:it|mine|this|that|1|one|them|(?:my|the|a|an|his|her) \w+(?: \w+)?|\w+)"
_DONE = "done|treated|(?:micro ?)?needled|(?:derma ?)?rolled|penned"
_NEEDLING = (
    r"(?:(?:a|the|my|another) )?(?:(?!done|had|been|got|just|already)\w+ )?(?:micro ?-? ?needl\w*|needling|skin ?pen|"
    r"derma ?\w+|dr ?pen|prp|facial|treatment|session|appointment)"
)
FUTURE = cue(rf"""
    if (?:i|we|they|she) (?:get|have|do) {_IT} (?:{_DONE})
    (?:having|(?<!did )(?<!do )have|haves|getting|get|gets|gettin|be|being|gonna have|to have|to get) {_IT} (?:{_DONE})
    (?:gets?|getting|be|being|gonna be) (?:{_DONE}|rolled|dr penned|penned)|have yet to|not been yet|havent been
    will|ill|itll|theyll|shell|well be|shall|gonna|going(?! (?:really|so|heavy))|goin|having|getting|gettin
    (?<!the )booked|booking|due|seeing|scheduled|reserved|arranged|planned|planning|rescheduled
    can (?:fit|see|squeeze|do|take) me|moved|changed to|brought forward|pushed
    (?:i|we) go|go in|(?:do|does) me|hoping|want|wanted|wanna|would like|id like|meant to|supposed to|gets|starts
    i get(?: (?:{_DONE}))?(?! (?:so|red|cold))
    (?:have|ive|have got|ive got|weve got|has) (?:an?|my|the|another)(?: \w+)? (?:{_VISIT})
    got (?:an?|my|another)(?: \w+)? (?:appointment|slot|booking|consultation)|see you|my turn|countdown
    (?:ive|weve|have|has|theyve) got(?! (?:it|mine|my \w+) (?:done|treated)| (?:{_DONE}))
    (?:itching|dying|tempted|keen|ready|plan|about|thinking) to
    coming up|(?:is|are|s) coming|thats coming|(?<!should )(?<!could )(?<!must )(?<!might )(?:i|we) have {_NEEDLING}
    im (?:back )?in(?! (?:pain|agony|trouble))|(?<!was )(?<!were )(?<!been )(?<!went )in for
    put me down|(?:in|on) (?:the|my) (?:calendar|diary)|pencilled in
    (?:gave|give|given|giving) me(?: (?:a|the|an|date|of|appointment|slot|on|for))*$|not till|not until
    if (?:its|it is|im|i am|i get|i have|i do|i go|they do|she does|we do)(?: (?:it|done|treated|needled|had))?
""")
PAST = cue("""
    had|did|was|were|went|been|done|doen|treated|needled|rolled|felt|looked|finished|left|came|received|recieved|underwent
    walked out|made|stamped|dermarolled|microneedled|penned|have had|ive had|hd|saw|took|got|since|started|began|used
    ago|raw from|has happened|happened|passed|ended|completed|concluded|wrapped up|(?:got|is|was|its|all) over|happend
    woke|noticed|appeared|shaved|exfoliated|scrubbed|stopped
""")
IS_NEXT_TO = re.compile(
    r"(?<!\S)(?:is|its|are|it is|s|theyre|isnt till)"
    r"(?: (?:on|at|in|for|not|until|the|a|only|just|actually|booked|this))*$"
)
IS_AFTER = re.compile(
    r"^(?:is|s)(?: (?:my|the|when|for|our))(?!\S)(?! (?:i|we|you|they|she|he) (?:had|got|went|did|was|were|came)(?!\S))"
)
WEAK_FUTURE = cue("""
    appointment|slot|booking|consultation|upcoming
    (?:my |the )?next (?:1|one|session|go|round|treatment|needling|time)
    another (?:1|one|session|go|round|treatment|needling)
""")
IS_PAST = re.compile(r"(?<!\S)(?:from|since)(?: (?:my|the|last))*$")
WEAK_PAST = cue("(?:last|previous) (?:1|one|session|appointment|treatment|visit|go)")
LOOKS_BACK = re.compile(r"(?:^|(?<=\s))(?:was|were|did) (?:that|this|it|they|i|we)(?!\S)")
ANY_SUCH_DAY = cue("""
    can|could|may|might|should|shall|would|will|when|how|what|whats|which|do|does|is it|are|if|until|till|by|before
    normal|usually|typically|best|worst|around|about|between|peaks?|starts?|begins?|for|^is$
""")
HAPPENED_BEFORE = cue("""
    had|did|was|were|went|got|took|came|used|saw|felt|looked|peeled|started|stopped|flaked|fell|popped|popd|finished
    gave|kissed|touched|rubbed|hit|scratched|sneezed|hurts? more|falls|put|wore|washed|shaved|swam|drank
    friend|cousin|sister|mate
""")
PERSONALLY = cue("im|i am|am i|ill be|i will be|ive|i have (?:been|had)|now|today|here")
RIGHT_NOW = cue("now|today|here")
IT_IS = re.compile(r"(?<!\S)(?<!if )(?:its|it is)(?: (?:like|only|now|just|already|about))*$")
SKIN_STATE = cue(r"""
    still|flak\w*|peel\w*|pealing|red\w*|pink|swell\w*|sweling|swollen|puffy|itch\w*|sore|dry|tight|crust\w*|scab\w*|dots
    bump\w*|rash|bruis\w*|sting\w*|burn\w*|rough|shiny|oily|hot|bleed\w*|pain\w*|hurt\w*|throb\w*|ooz\w*|leak\w*|weep\w*
    pus|discharge|liquid|fluid|fever|temperature|chills|sweats|headache|dark\w*|worse|better|fine|great|yellow\w*|green
    patchy|wet|open|wound|specks?|marks?|lumps?|pimples?|zits?|tender|warm|tingl\w*|numb|crack\w*|scratch\w*|smell\w*
    looking|looks?|feels?|feeling|lobster|tomato|beetroot|dull|stiff|hard|spread\w*|blister\w*|raw|mine|with (?:a|the)
""")
OF_ANOTHER = re.compile(
    r"^(?:the|my|your|a|her|his) (?:last|first|1st|2nd|previous|other|second|third|one|1)(?!\S)|"
    r"^(?:is|are|was|they|she|he|we|you|it|i)(?!\S)"
)
ARTICLE = re.compile(r"^(?:the|my|a|having|getting|doing) ")
ASKED_RIGHT_AFTER = re.compile(r"(?:[^\s\W]+ ){1,4}(?:can|could|may|should|shall|will|is it|do|does) ")
"""A question without a comma before it: "2 hours after needling can i shower" asks about any such hour."""
QUESTION = cue("""
    can|could|may|might|should|shall|would|will|when|how|what|whats|which|do|does|is it|if|until|normal|usually
    typically|best|worst|^(?:are|is)
""")
STILL = cue("still|im|i am|my \\w+ (?:is|are)|its|yet")
LASTED = cue("stayed|lasted|lasts?|longer|took|than|gone|again|every|was|were|had|did|got|used|for")
THEN = re.compile(
    r"(?<!\S)(?:happened|happend|came|got|went|did|had|was|were|put|wore|saw|felt|"
    r"(?!needled|rolled|tired|swelled|still)\w{3,}ed)(?!\S)"
)
"""An event at that distance, no matter when that was: "after 2 days of needling i washed my face"."""
OWN = cue("i|im|my|me|mine|ive")
GENERALLY = cue("people|you|u|one|skin (?:peels|flakes|heals)|goes|go|fades?|disappears?|lasts?|going|who")
PLANNED = cue(r"""
    wedding|party|trip|holidays?|vacation|flight|fly\w*|beach|festival|holi|interview|prom|shoot|photos?|reunion|concert
    date|event|gig|meeting|work|back at|gym|sauna|swim\w*|run\w*|marathon|race|outside|plans?|going|gonna|will|planning
    thinking|want|wanna|if
""")
"""A plan for the future, so that "two days after my session" counts to the plan and not to now."""
OF_OTHERS = cue("she|he|they|you|people|her|his|friend|sister|mum|mate|cousin|somebody|someone")
DENIED = re.compile(
    r"(?<!\S)(?:(?:not|wasnt|isnt|instead of|rather than|thought it was|(?:moved|changed) from)(?: (?:on|the|at|for))*|"
    r"(?:day|week|fortnight|month|year) (?:from|after|before))$"
)
"""Precedes an expression that does not stand for itself: not friday; a year after christmas."""
SINCE_A_DAY = re.compile(r"(?:an? )?(?:\d+ )?(?:full |whole )?(?:day|week|month) (?:since|on from) ")
"""A count from a day: "2 week since the 30th"."""
_W = "|".join(WEEKDAYS)
TODAY_IS = re.compile(
    rf"(?<!\S)(?:today(?: s| is| its)?(?: a)? (?P<one>{_W})|its (?P<other>{_W}) today)(?!\S)"
)
ANOTHER_SESSION = re.compile(
    r"\b(?:next|another|again|second|2nd|third|3rd|top ?up|follow ?up|one more)\b", re.IGNORECASE
)
BARE_PARTICIPLE = re.compile(
    r"(?:^|(?<=[,.] ))(?:(?:micro ?-? ?)?needled|treated|done|(?:derma ?)?rolled|(?:derma ?|skin ?)?penned|stamped)"
    r"(?: (?:on|at|this))*$"
)
"""A session without a verb that tells if it has been: "needled wednesday 7 pm", unlike "i was needled wednesday"."""
IT_IS_NOW = re.compile(
    r"(?:^|(?<=\s))(?:(?:and|now|so|today|but|um|like) ){0,5}"
    r"(?:its|it is|now|today is)(?: (?:already|only|like|now)){0,5}$"
)
AFTERWARDS = re.compile(
    r"^(?:right |just |straight )?(?:after (?:it|that)|afterwards?|the same (?:day|evening|night))(?!\S)"
)
HESITATING = (
    "(?:(?:uh+|um+|er|erm|hm+|well|so|ok|oh|i think|its|it is|it was|not sure|no idea|dunno|idk|maybe|about|"
    "[.,]) )*"
)
ONE_MORE = re.compile(
    r"(?:^|\s)(?:again|(?:an)?other(?: one)?|(?:a|the) (?:second|2nd|third|3rd)(?: one)?|one more)(?: on)?$"
)
"""A further session, after one in the clause before: "one session in october, another yesterday"."""
THING_AGAIN = re.compile(
    r"(?<!\S)(?:do|use|wear|start|have|apply|take|put on|go to) (?:my|the|some) "
    r"(?!\w*(?:roll|derma|face|skin(?!\S)|needl|micro|pen(?!\S)))(?:[\w-]+ ){1,3}again(?!\w)"
)
"""A thing that is no session: "can i do my 10 step skincare again"."""
BEFORE_A_SESSION = re.compile(
    r"\b(?:before|to|until|till) (?:the|my) (?:next )?(?:session|appointment|treatment|(?:micro ?-?)?needling)\b"
)
"""Asks about the time before a session."""
IS_SEEN = re.compile(
    r"\b(?:normal|right|supposed|should|meant|too long|still|already|since|now|bad|worr(?:y|ied)|wrong|am|im|i'm"
    r"|is|are|feels|looks|got|has|have|went)\b|\?"
)
"""Matches a symptom that is there, or a question about it, rather than a bare keyword."""
