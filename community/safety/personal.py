"""What tells strangers who somebody is or how to reach her: found by its form. Patterns are bounded; none is nested."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from community.safety.plain import UNSEEN

KINDS = ("number", "phone", "email", "handle", "address", "school")

_PERSON = re.compile(r"(?<!\d)(?:(?:19|20)\d\d|\d\d)[ ]?(\d\d)[ ]?(\d\d)[ ]?[-+ ]?\d{4}(?!\d)")
_PERSON_APART = re.compile(r"(?<!\d)\d(?:[ .+-]{0,3}\d){9}(?:(?:[ .+-]{0,3}\d){2})?(?!\d)")
_PERSON_SAID = re.compile(
    r"(?:person(?:al)?[ -]?(?:nummer|nr|number)|persnr|pnr)\D{0,12}(?:\d\d)?\d{6}[ ]?[-+]?[ ]?\d{4}(?!\d)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\d.,:])\+?\d(?:[\s\-./()_*–•|~]{0,3}\d){6,14}(?![\d:%])")
_HOURS = re.compile(
    r"\d\d?[.:]\d\d[ ]?[-–][ ]?\d\d?[.:]\d\d|(?:19|20)\d\d-\d\d-\d\d|(?<!\d)\d\d?[./-]\d\d?[./-](?:19|20)\d\d(?!\d)"
)
_AREA = re.compile(
    r"0(?:8|[1-6]\d{1,2}|9\d{1,2})[ ]?[-/][ ]?\d|0(?:8|[1-6]\d{1,2}|9\d{1,2})[ ]\d{2,3}[ ]\d\d\d?[ ]\d\d(?!\d)"
)
_AMERICAN = re.compile(r"(?<![\d-])(?:\(\d{3}\)[ ]?|\d{3}[-.])\d{3}[-.]\d{4}(?![\d-])")
_LIKE_DIGITS = re.compile(r"(?<![^\W_])[\dOoIl](?:[ \-./]{0,2}[\dOoIl]){8,13}(?![^\W_])")
_AS_DIGITS = str.maketrans("OoIl", "0011")
_ONES_SV, _ONES_EN = "noll ett två tre fyra fem sex sju åtta nio", "zero one two three four five six seven eight nine"
_TENS_SV = "noll tio tjugo trettio fyrtio femtio sextio sjuttio åttio nittio"
_TENS_EN = "zero ten twenty thirty forty fifty sixty seventy eighty ninety"


def _digit_of(*rows: str, skip: int = 0) -> dict[str, str]:
    return {word: str(digit) for row in rows for digit, word in enumerate(row.split()) if digit >= skip}


_UNITS = {**_digit_of(_ONES_SV, _ONES_EN), "oh": "0", "tva": "2", "atta": "8"}
_TENS = _digit_of(_TENS_SV, _TENS_EN, skip=1)
_BY_LENGTH = sorted({*_UNITS, *_TENS}, key=len, reverse=True)
_SAID = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(_BY_LENGTH)}){{1,15}}(?![^\W\d_])", re.IGNORECASE)
_ONE_SAID = re.compile(
    rf"({'|'.join(sorted(_TENS, key=len, reverse=True))})[- ]?({'|'.join(_UNITS)})?|({'|'.join(_UNITS)})", re.IGNORECASE
)
_AT_SIGN = r"(?:[ ]?(?:@|\(at\)|\[at\]|\{at\}|\(a\))[ ]?| snabel[- ]?a )"
_POST = r"(?:gmail|hotmail|outlook|icloud|yahoo|live|protonmail|telia)"
_ENDS = r"(?:com|se|net|org|nu|eu|io|co|uk|no|dk|fi|de|me|info)"
_EMAIL = re.compile(
    rf"[\w.+-]{{1,64}}{_AT_SIGN}[\w-]{{1,63}}[ ]?"
    r"(?:\.|\(dot\)|\[dot\]| ?punkt | ?dot )[ ]?[a-z]{2,12}(?![a-z])"
    rf"|[\w.+-]{{1,64}}{_AT_SIGN}{_POST}(?!\w)"
    rf"|[\w.+-]{{1,64}} at (?:[\w-]{{1,63}} (?:dot|punkt) |{_POST}\.){_ENDS}(?![a-z])",
    re.IGNORECASE,
)
_APPS = (
    r"(?:s ?n ?[a4] ?p(?:chat)?|inst[a4](?:gram)?|ig|tiktok|discord|kik|telegram|whatsapp|wickr|steam|roblox|signal"
    r"|messenger)"
)
_HANDLE = re.compile(
    rf"(?<!\w)(?:{_APPS}(?:en|et)?[ ]?(?:är|e|heter|is|namn|name)?|(?:sc|dc)(?=[ ]?[:=]))"
    r"[ ]{0,2}(?:[:=@→👻📸]{1,2}|[ ])[ ]{0,2}@?([\w.]{3,30})",
    re.IGNORECASE,
)
_MINE = re.compile(
    rf"(?<!\w)(?:min|mitt|my)[ ]{_APPS}(?:en|et)?[ ]?(?:namn|name|user|handle)?[ ](?:är|e|heter|is)[ ]@?([\w.]{{3,30}})"
    rf"|(?:adda?|lägg till|följ|followa?|hitta|find)[ ](?:mig|mej|me)[ ](?:på|on)[ ]{_APPS}[ ]([\w.]{{3,30}})"
    rf"|(?:heter|called|named|adda?|lägg till|följ|followa?)[ ]@?([\w.]{{3,30}})[ ](?:på|on)[ ]{_APPS}(?!\w)",
    re.IGNORECASE,
)
_PLAIN_WORDS = """
    privat private död dead nere down full trasig ny new gammal old borta gone hackad hacked låst locked kass dålig
    bad bra good bäst best tråkig boring rolig fun tom empty öppen open inte not typ like bara just kaos cringe
    stängd closed helt raderad deleted borttagen avstängd banned skit shit better bättre sämre worse för too med
    mest mostly slow seg lite sjukt really super fortfarande still nästan almost inaktiv the vår det den värre mig
    mej dig oss honom henne dom alla folk någon nån inget ingen you him her them someone people everyone nothing och
    and eller istället instead så också please snälla när when idag today now nu ikväll tonight igen again this that
    jag then sen sedan gärna public mycket very annorlunda different samma same något nåt some way själv myself
"""
_NO_HANDLES = frozenset(_PLAIN_WORDS.split())
_TAG = re.compile(r"(?<![\w#])[\w.]{2,32}#\d{4}(?!\w)")
_AT = re.compile(r"(?<![\w.@])@(?=[\w.]{0,30}[\d_])[\w.]{3,30}")
_LINK = re.compile(
    r"(?:instagram\.com|tiktok\.com|snapchat\.com|discord\.gg|t\.me|wa\.me|facebook\.com|kik\.me)/@?[\w.]{2}",
    re.IGNORECASE,
)
_COUNTED = (
    r"(?![ ]?(?:min|minuter|gånger|ggr|personer|st|stycken|kr|kronor|timmar|tim|år|dagar|veckor|månader|meter|m|km|mil"
    r"|grader|sek|sekunder|pers|hus|bilar|minutes|times|hours|people)(?!\w))"
)
_STREET = re.compile(
    r"(?<!\w)(\w{2,30}|\w{4,30} )(?:gatan|vägen|gränd|stigen|allén|backen|torget)"
    r"(?:[ ]{0,2}(?:nr|nummer)?[ .]{0,2}\d{1,3}[ ]?[a-z]?"
    r"|[ ](?:två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|tjugo))(?!\w)(?![.:,]\d)"
    + _COUNTED,
    re.IGNORECASE,
)
_WAYS = """
    motor lands riks europa skol gång cykel järn om gen hem tvär bak huvud skid pulka slalom barn luft skogs grus
    marknads sido mellan genom smal stor- hela till från mot över under utmed förbi denna samma nästa andra tredje
"""
_ROADS = frozenset(_WAYS.split())
_STREET_EN = re.compile(
    r"(?<!\w)\d{1,4}\w?,? (?:[A-Z][a-z]{1,20} ){1,2}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Close|Drive|Crescent)(?!\w)"
)
_STREET_SMALL = re.compile(r"(?<!\w)\d{1,4}[a-z]?,? ([a-z]{2,20}) (?:[a-z]{2,20} )?(?:street|road|avenue|lane)(?!\w)")
_NEAR_STREETS = """
    hour hours minute minutes min mins km miles mile long short big small bus bike new old more times people cars
    dirt main side of in on at to the and for from down up across other narrow wide empty first second third lane
    lanes road street
"""
_NO_STREETS = frozenset(_NEAR_STREETS.split())
_POST_CODE = re.compile(
    r"(?<![\d,.])(?:SE?-)?\d{3} \d{2} [A-ZÅÄÖ][a-zåäö]{2}|(?<!\w)[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}(?!\w)"
)
_SCHOOL = re.compile(r"(?<!\w)(\w{3,30})-?(?:skolan|gymnasiet)(?!\w)", re.IGNORECASE)
_GOES = re.compile(
    r"(?:går|gick|pluggar|börjar|började|elev|heter) (?:nu |ju )?(?:i \w{1,10} )?(?:(?:på|i|vid) )?$", re.IGNORECASE
)
_NO_NAMES = """
    grund gymnasie gymnasium hög för folkhög musik sim kör trafik kultur sommar bil hem sär fri söndags yrkes dans rid
    konst fot språk natur vård special internat mellan låg hela bas skid segel dykar resurs vuxen kvälls trygga nya
    gamla grundsär anpassade den vilken vår min din nuvarande förra
"""
_KINDS_OF_SCHOOL = frozenset(_NO_NAMES.split())
_SCHOOL_EN = re.compile(
    r"(?<!\w)(?:go to|goes to|study at|at|attend) (?:[A-Z][a-z]{1,20} ){1,3}(?:School|High|Academy|College)(?!\w)"
)
_SCHOOL_SMALL = re.compile(
    r"(?<!\w)(?:go to|goes to|study at|studies at|attend) ([a-z]{2,20}) (?:[a-z]{2,20} ){0,2}"
    r"(?:high school|secondary school|academy)(?!\w)"
)
_BEFORE_SCHOOL = """
    a an the my this that any our your his her their same another some senior junior one new
"""
_NO_SCHOOLS = frozenset(_BEFORE_SCHOOL.split())


class _Bare(dict[int, str | None]):
    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        if char in UNSEEN or unicodedata.category(char) in ("Cf", "Me") or char == "\ufe0f":
            self[code] = None
        elif char.isdecimal():
            self[code] = str(unicodedata.decimal(char))
        else:
            shown = unicodedata.normalize("NFKC", char)
            self[code] = " " if char.isspace() and char != "\n" else shown if len(shown) == 1 else char
        return self[code]


_BARE = _Bare()


def kinds_in(text: str, wanted: Iterable[str] = KINDS) -> list[str]:
    """Which kinds of personal information a text tells, in the order of KINDS. Never raises; linear."""
    bare = text.translate(_BARE)
    told = set(wanted)
    return [kind for kind in KINDS if kind in told and _LOOKS[kind](bare)]


def is_person_number(raw: str) -> bool:
    """Whether these are the digits of a Swedish personal (or coordination) number: a day that is, and its check
    digit."""
    digits = [int(char) for char in raw if char.isdecimal()]
    if len(digits) not in (10, 12):
        return False
    ten = digits[-10:]
    century = digits[0] * 10 + digits[1] if len(digits) == 12 else 20
    year, month, day = century * 100 + ten[0] * 10 + ten[1], ten[2] * 10 + ten[3], ten[4] * 10 + ten[5]
    try:
        date(year, month, day - 60 if day > 60 else day)
    except ValueError:
        return False
    return sum(sum(divmod(digit * (2 - at % 2), 10)) for at, digit in enumerate(ten)) % 10 == 0


def _number(text: str) -> bool:
    written = (found[0] for pattern in (_PERSON, _PERSON_APART) for found in pattern.finditer(text))
    return any(is_person_number(one) for one in written) or _PERSON_SAID.search(text) is not None


def _phone(text: str) -> bool:
    if _AMERICAN.search(text):
        return True
    readings = dict.fromkeys((text, _SAID.sub(_in_digits, text), _LIKE_DIGITS.sub(_like_digits, text)))
    return any(_is_phone(found[0]) for reading in readings for found in _NUMBER.finditer(_HOURS.sub(" . ", reading)))


def _in_digits(said: re.Match[str]) -> str:
    """Numbers said in words, in digits: "sjuttiofyra" -> 74."""
    digits = ""
    for tens, unit, alone in _ONE_SAID.findall(said[0].lower()):
        digits += _TENS[tens] + (_UNITS[unit] if unit else "0") if tens else _UNITS[alone]
    return digits


def _like_digits(written: re.Match[str]) -> str:
    """O for 0 and l for 1, among enough true digits."""
    said = written[0]
    return said.translate(_AS_DIGITS) if sum(char.isdecimal() for char in said) > 4 else said


def _is_phone(said: str) -> bool:
    digits = "".join(char for char in said if char.isdecimal())
    for country in ("0046", "46") if said.startswith(("+", "00")) else ():
        if digits.startswith(country):
            digits = "0" + digits.removeprefix(country).removeprefix("0")
            break
    else:
        if said.startswith("+"):
            return 8 <= len(digits) <= 15
    if len(digits) == 11:
        return digits.startswith(("07", "01", "020", "023", "024", "028", "029"))  # British
    if digits.startswith(("020", "0800", "0808", "116")):
        return False  # lines for everybody
    if digits.startswith("07"):
        return len(digits) == 10 and digits[2] in "02369"
    return 8 <= len(digits) <= 10 and _AREA.match(said) is not None


def _handle(text: str) -> bool:
    if _AT.search(text) or _LINK.search(text) or _TAG.search(text):
        return True
    for found in _HANDLE.finditer(text):
        sign = found[0][: -len(found[1])].strip()
        name = found[1].strip(".")
        told = any(char.isdigit() or char in "_." for char in name) and not name[0].isdigit()
        if len(name) > 2 and (sign.endswith((":", "=", "@", "→", "👻", "📸")) or told):
            return True
    for found in _MINE.finditer(text):
        name = (found[1] or found[2] or found[3]).strip(".").lower()
        if len(name) > 2 and name not in _NO_HANDLES and not name.endswith(("ing", "ad", "ande")):
            return True
    return False


def _address(text: str) -> bool:
    streets = (found[1].strip().lower() for found in _STREET.finditer(text))
    small = (found[1] for found in _STREET_SMALL.finditer(text))
    return (
        any(name not in _ROADS for name in streets)
        or any(name not in _NO_STREETS for name in small)
        or bool(_STREET_EN.search(text) or _POST_CODE.search(text))
    )


def _school(text: str) -> bool:
    for found in _SCHOOL.finditer(text):
        name = found[1]
        if name.lower() in _KINDS_OF_SCHOOL:
            continue
        goes = _GOES.search(text[max(0, found.start() - 40) : found.start()]) is not None
        inside = found.start() > 1 and text[found.start() - 2] not in ".!?\n"
        if goes or (name[0].isupper() and inside):
            return True
    small = (found[1] for found in _SCHOOL_SMALL.finditer(text))
    return _SCHOOL_EN.search(text) is not None or any(name not in _NO_SCHOOLS for name in small)


_LOOKS = {
    "number": _number,
    "phone": _phone,
    "email": lambda text: _EMAIL.search(text) is not None,
    "handle": _handle,
    "address": _address,
    "school": _school,
}
