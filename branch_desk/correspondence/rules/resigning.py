"""Does somebody say in a letter that they leave: by its wording, and only ever a guess.

What they write of others, of an office they lay down, of what they would do if, or that they do not
do it, is no resignation. Missing one is worse than a guess that a click puts right.
"""

from __future__ import annotations

import re

from branch_desk.correspondence.rules.automatic import own_words

_BODY = (
    r"(?:party|union|branch|association|society|organi[sz]ation|group|club|movement|campaign|"
    r"federation|alliance|membership)"
)
# What may stand between "I" and the verb; anybody else named there makes it their leaving.
_BETWEEN = """
    am 'm are 're have 've had would 'd will 'll shall must wish want like need feel hope intend
    ought decide decided resolved plan planning chosen choose think believe do be been hereby now
    therefore formally officially regretfully sadly reluctantly finally also both just already
    writing write wrote going about here today afraid sorry know that to it is it's this i we you
    please as of a my our the with deep great much heavy heart hearts regret regrets sadness no
    choice option alternative other longer but necessary time right inform tell advise notify say
    let letting confirm informing telling confirming notifying give giving given notice immediate
    effect immediately hand handing tender tendering submit submitting offer offering in can
"""


def _patterns(text: str) -> tuple[re.Pattern[str], ...]:
    """Read one pattern a line, a line further in going on with it."""
    between = rf"(?:(?:{'|'.join(_BETWEEN.split())}),? ){{0,16}}?"
    lines = re.sub(r"\n {4,}", "", text).strip("\n").split("\n")
    filled = (each.replace("BODY", _BODY).replace("BETWEEN", between) for each in lines)
    return tuple(re.compile(each.replace("WORD", r"[\w'-]+")) for each in filled)


# What denies staying is no denial of leaving.
_STAY = r"\b(?:won't|can't|cannot|will not|not) (?:be )?(?:stay|remain|continue)(?:ing)?"
_UNWANTED = r"\b(?:do not|don't) (?:wish|want)|\b(?:not|n't|never) .*renew"
_SAYS = _patterns(
    r"""
(?:^|(?<=\s))(?:i|we) ?BETWEEN(?:resign|resigning|resigned)\b(?! to\b)
(?:^|(?<=\s))(?:i|we) ?BETWEEN(?:leave|leaving|left|quit|quitting) (?:the |your |this |our )?
    (?:(?!other |another )WORD ){0,2}BODY\b
    (?! (?:early|room|chat|what|e-?mail|meeting|hall|conference|office))
\b(?:cancel|end|terminate|withdraw|stop|discontinue|relinquish|rescind|revoke)
    (?:l?ing|l?ed|l?ation of|ning|ped|ping)? (?:both )?(?:my|our)
    [ ](?:WORD ){0,3}member(?:ship)?\b
\b(?:termination|cancellation|end) of (?:my|our) (?:WORD ){0,2}membership\b
\bto (?:WORDly )?resign (?:my|our) (?:WORD ){0,2}membership\b
\btime (?:for (?:me|us) to leave|(?:that )?(?:i|we) left) (?:the |this )?(?:\w+ )?BODY\b
\b(?:won't|can't|cannot|will not|not) (?:be )?(?:stay|remain|continue)(?:ing)?
    [ ](?:(?:in|with|a member of) )?(?:the|this|a|your|our) (?:\w+ )?BODY\b
\bgiv(?:e|ing) up (?:my|our) (?:WORD ){0,2}membership\b
\b(?:accept|take|treat|consider|regard|find|attached is|here is|this is|tender|submit|offer
    |hand in|handing in)
    [ ](?:this |the following |it |e-?mail |letter |message |note |as |is |to be[ ]
    |attached |enclosed |of |notice |formal |official )*(?:my|our) (?:WORD ){0,3}resignation\b
\b(?:letter|notice) of (?:my |our )?resignation\b
\bno longer (?:wish|want|like|be|prepared|able|willing|feel able|consider myself)
    (?: WORD){0,5} (?:members?|part|belong|associated)\b
\b(?:do not|don't) (?:wish|want) (?:to be|to stay|to remain|to continue as) (?:a )?
    (?:WORD )?members?\b
\b(?:remove|take|strike|delete) (?:me|us|my name|our names) (?:from|off) (?:the |your |its )?
    (?:WORD )?(?:members?(?:hip)?|register|BODY)\b
\b(?:not|n't|never) (?:be |going to |wish to |want to )?renew(?:ing)? (?:my|our)? ?
    (?:WORD ){0,2}(?:membership|subscription)\b
\btorn? (?:up )?(?:my|our) (?:membership |party |union )?cards?\b
\b(?:cut|tear|tore|torn|cutting|tearing|sending back|send back|return|returning|enclose)
    (?: up)? (?:my|our) (?:membership|party|union) cards?\b
\b(?:rwy'n|dw i'n|yr wyf yn|dwi'n) (?:dymuno |am |eisiau )?(?:ymddiswyddo|gadael y)\b
\b(?:canslo|terfynu) fy aelodaeth\b
"""
)
(_SAID_ABOVE,) = _patterns(
    r"""
(?:my |our |letter of |notice of |formal )?resignation(?: letter
    | from (?!the (?:post|office|committee|executive|chair)).*
    | of membership| as (?:a )?member.*)?
    |(?:cancel\w*|end(?:ing)?|terminat\w*) (?:of )?(?:my )?(?:WORD )?membership
    |membership cancellation|(?:i am |i'm )?(?:leaving|quitting) (?:the |your )?(?:\w+ )?BODY
    |i (?:am resigning|resign|quit)
"""
)
# Within the clause, before the verb.
(_NOT,) = _patterns(
    r"""
\b(?:not|never|n't|cannot|won't|don't|didn't|haven't|isn't|wouldn't|no intention|no plans?
    |far from|rather than|instead of|without|stop short of|refuse to|may|might|could|almost|nearly
    |tempted|thinking|thought|consider(?:ing|ed)? (?!this)|wonder\w*|threaten\w*
    |withdraw (?:my|our)|retract\w*|take back|regret (?:my|our)|asked|until|how (?:do|can|to)
    |why (?:do|did|should|would)|what happens)\b
"""
)
_IF = re.compile(
    r"\b(?:if|unless|should (?:the|this|that|it|you)|were (?:the|this|it)|whether|when)\b"
)
_AFTER_IF = re.compile(r"(?: [\w'-]+){0,3}? (?:if|unless|should)\b")
(_FROM_OFFICE,) = _patterns(
    r"""
 (?:as (?!(?:a |an |your |one )?(?:WORD ){0,2}members?\b
    (?! of (?:the|your) (?:committee|executive|council|board)))
    |(?:from |of )?(?:my|the|this|our|all my|all) (?:WORD ){0,3}?
    (?:posts?|positions?|roles?|offices?|committee|executive|chair\w*|secretary\w*
    |treasurer\w*|seat|job|duties|council|board|work|employment)\b)
"""
)
_ASKS = re.compile(r"(?:why|should|shall|must|do|did) ")
(_STAYS,) = _patterns(
    r"""
\b(?:i|we) (?:'m |am |are |'re |have |'ve |do |will |'ll |would )?(?:definitely |certainly )?
    (?:not|never|n't)[ ]
    (?:be |going to |intend(?:ing)? to |planning to |want to |wish to |resigned or )?
    (?:resign(?:ing|ed)?\b(?!(?: from)? (?:my|the|this) (?:post|office|role)|ed to|ed from my)
    |(?:leave|leaving|quit|quitting) (?:the |this |our )?(?:WORD )?BODY)
    |\b(?:withdraw|retract|take back) my resignation
    |\bhave no (?:intention|plans?|wish) (?:of|to|for) (?:resign|leav|quit)
"""
)
# Polite ways of asking, in which "if" and "could" make nothing doubtful.
_POLITE = (
    (
        r"\b(?:grateful|obliged|glad|pleased|good|appreciate(?: it)?) if you (?:could|would|can)",
        "please",
    ),
    (r"\b(?:could|would|can|will) you (?:please |kindly )?", "please "),
    (r"\b(?:can|could|may|might) i (?:please |now )?(?:ask|request)(?: you)?", "please"),
    (r"\bdo not (?:hesitate|worry)\b", "feel free"),
)
_SENTENCE = r"[.!?;]+(?:\s|$)|\n{2,}"
_CLAUSE = re.compile(
    r",|\b(?:and|but|so|because|as|since|therefore|hence|although|though)\b|[:()]| - "
)
_LONGEST = 6_000


def resigning(subject: str, body: str) -> str:
    """Return the words in which a letter seems to say that its writer leaves; empty for none."""
    own = _plain(own_words(body)[:_LONGEST])
    found = ""
    for sentence in re.split(_SENTENCE, own):
        said, denied = _said_in(" ".join(sentence.split()))
        if denied:
            return ""
        found = found or said
    above = re.sub(r"^(?:\W*(?:re|fwd?|fw)\s*:)*\W*", "", _plain(subject)).strip(" .!")
    return found or (" ".join(above.split()) if _SAID_ABOVE.fullmatch(above) else "")


def _plain(text: str) -> str:
    said = text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").replace("`", "'")
    said = re.sub(r"\b(i|we)'(m|ve|d|ll|re)\b", r"\1 '\2", said)
    for pattern, instead in _POLITE:
        said = re.sub(pattern, instead, said)
    return said


def _said_in(sentence: str) -> tuple[str, bool]:
    """Return what a sentence says of leaving, and whether it says plainly that they stay."""
    if _STAYS.search(sentence):
        return "", True
    for pattern in _SAYS:
        for said in pattern.finditer(sentence):
            if _meant(sentence, said):
                return said[0].strip().replace(" '", "'"), False
    return "", False


def _meant(sentence: str, said: re.Match[str]) -> bool:
    before, after = sentence[: said.start()], sentence[said.end() :]
    if _FROM_OFFICE.match(after) or _AFTER_IF.match(after) or _IF.search(before):
        return False
    if _ASKS.match(sentence):
        return False
    if re.match(f"{_STAY}|{_UNWANTED}", said[0]):
        return True
    return not _NOT.search(f"{_CLAUSE.split(before)[-1]} {said[0]}")
