"""Words of change and of statement: what rises, what falls, what slows, and what tells a level."""

from entrepot.claims.words import one_of

UP = one_of(
    "rose rise rises risen rising increase increased increases increasing up grew grow grows grown growing "
    "growth gain gained gains gaining climb climbed climbing climbs jump jumped jumps jumping surge surged "
    "surges surging soar soared soars soaring expand expanded expands expanding expansion widen widened "
    "widening widens advance advanced higher more leapt leap leaped spiked spike rebounded rebound rebounding "
    "accelerated uptick edged-up improved improvement rally rallied swelled ballooned skyrocketed upturn ticked "
    "wider recovered bounced mushroomed multiplied strengthened increments bigger larger above faster added swell "
    "swelling"
)
DOWN = one_of(
    "fell fall falls fallen falling drop dropped drops dropping decline declined declines declining decrease "
    "decreased decreases decreasing down shrank shrink shrunk shrinking contract contracted contraction "
    "contracting slump slumped slumps slumping plunge plunged plunges plunging plummet plummets plummeted plummeting "
    "tumble tumbles tumbled tumbling slid slide slides sliding dip dipped dips dipping narrowed narrow narrowing "
    "narrows reduced reduction lower less fewer losing sank sink sinking retreat retreated weakened lost crashed dive "
    "narrower dived sagged tanked withered swooned shrunken lessened nosedived collapsed collapse "
    "collapsing downturn cratered negative smaller below shed crash minus slipped "
    "slip slips slipping reductions softened softening receded dwindled skidded diminished waned ebbed cut"
)
MOVES = UP | DOWN
"""Words of change either way."""
PACE = one_of(
    "slowed slowing slow eased easing cooled cooling moderated moderating quickened accelerated accelerating "
    "decelerated"
)
VERBS = MOVES | one_of(
    "was were is are reached totaled totalled hit stood came amounted posted recorded exceeded remained "
    "inched edged ticked crept nudged moved went brought fetched earned touched generated grossed netted "
    "raked contributed spent took "
    "accounted saw had has showed registered logged valued worth accelerated slowed eased registering totalling "
    "totaling reaching hitting standing surpassed crossed topped made represented picked remain "
    "remains"
)  # fmt: skip
