"""The people of the demo and their two houses: 8 live here, 14 have lived here, 9 work here. All of them are made up.

Days are whole days from the anchor (before it: negative) or ISO days for what is only known by its year. The end of a
period is the day the next one begins (exclusive); None means still going on.
`age` is set for those who have a birth date here; the others are adults whom a house manager has checked.
There are 24 drawn pictures to choose from, and nobody here has the same; who came late or did not care has initials.
The line above a person is how she writes.
"""

from typing import Any

HOUSES = [
    {"key": "solglantan", "name": "Solgläntan", "town": "Havsby"},
    {"key": "linden", "name": "Linden", "town": "Havsby"},
]

Day = int | str
Period = tuple[str, str, Day, Day | None]


def _who(
    name: str,
    language: str,
    picture: str,
    *periods: Period,
    age: int | None = None,
    birthday: int | None = None,
    duties: tuple[tuple[Any, ...], ...] = (),
    protected: bool = False,
    last_visit: float = 30.0,
    about: str = "",
    tells_year: bool = False,
) -> dict[str, Any]:
    """`picture` is a drawn one and a colour ("a13 c") or a colour alone; a duty is (kind, resident[, from, to])."""
    *avatar, colour = picture.split()
    return {
        "name": name,
        "sign_in": name.lower(),
        "language": language,
        "avatar": avatar[0] if avatar else None,
        "colour": colour,
        "periods": list(periods),
        "age": age,
        "birthday": birthday,
        "duties": [(*duty, None, None)[:4] for duty in duties],
        "protected": protected,
        "last_visit": last_visit,
        "about": about,
        "tells_year": tells_year,
    }


def _lived(house: str, came: int, left: int) -> tuple[Period, Period]:
    return ("resident", house, f"{came}-06-15", f"{left}-06-15"), ("alumnus", house, f"{left}-06-15", None)


PEOPLE: list[dict[str, Any]] = [
    # --- live here -----------------------------------------------------------------------------------------------
    # Quick and dry, small letters, "asså"; feeds people; the only one who wins over Elias.
    _who("Amina", "sv", "a13 c", ("resident", "solglantan", -730, None), age=17,
         about="lagar mat till alla som inte springer fort nog. fråga mig om linser"),
    # Teases everybody, himself too; no capitals, no full stops, writes faster than he spells.
    _who("Elias", "sv", "a01 e", ("resident", "solglantan", -430, None), age=16),
    # Exact and deadpan, whole sentences, numbered lists; listens more than she lets on.
    _who("Tuva", "sv", "a02 a", ("resident", "solglantan", -910, None), age=18),
    # The oldest at Solgläntan; warm and blunt, "hörrni"; writes when it matters, then long.
    _who("Wilma", "sv", "a08 d", ("resident", "linden", -1400, -1220), ("resident", "solglantan", -1220, None), age=19,
         about="Har bott längst här just nu. Säg till om du är ny, jag visar var allt ligger."),
    # Everything is a drama in three acts; proud, generous; his English is brave rather than correct. Moves in 12 days.
    # `moves.py` plans it.
    _who("Samir", "sv", "a23 b", ("resident", "linden", -1010, None), age=18, birthday=-40),
    # Few words, well chosen; reads everything, answers late, always to the person and never to the crowd.
    _who("Noor", "sv", "a18 d", ("resident", "linden", -190, None), age=16, protected=True),
    # English with odd Swedish words in it; curious, quick to laugh at herself, quotes her gran.
    _who("Isla", "en", "a21 f", ("resident", "linden", -243, None), age=17),
    # Football, short and quick English, mild swagger that he takes back at once; asks when he wants to know.
    _who("Dawit", "en", "a12 b", ("resident", "linden", -470, None), age=15),
    # --- have lived here -----------------------------------------------------------------------------------------
    # A storyteller, long sentences with many commas; knows about wool, children and mashed potatoes.
    _who("Johanna", "sv", "a11 b", *_lived("solglantan", 2004, 2009), tells_year=True,
         about="Två barn, en katt, för mycket garn. Jag bodde i rummet med garderoben som inte gick att stänga, och "
               "jag svarar gärna, fast ofta sent."),
    # The clown of his years; capitals for effect; drives a van with bread in it.
    _who("Robin", "sv", "a03 e", *_lived("solglantan", 2006, 2011)),
    # Works at a call centre for a power company; calm, step by step, a little proud of it.
    _who("Petra", "sv", "a16 c", *_lived("linden", 2008, 2012),
         about="Sitter i andra änden av telefonen hela dagarna. Fråga mig om samtal du drar dig för."),
    # Caretaker of forty flats; says how it is; "brukar lösa sig".
    _who("Marcus", "sv", "a", *_lived("solglantan", 2009, 2013)),
    # Nurse on nights; unhurried, exact about feelings, never gives advice that was not asked for.
    _who("Leyla", "sv", "a22 d", *_lived("solglantan", 2011, 2015)),
    # Scottish understatement, rain, joinery; the smaller the word the more he means it.
    _who("Callum", "en", "a20 a", *_lived("linden", 2012, 2016), tells_year=True,
         about="Joiner in Leith. I can't fix everything, but I can tell you which screw it is."),
    # Cooks for a school; counts in kronor and portions; answers questions about food as if they were about life.
    _who("Yusuf", "sv", "a04 f", *_lived("linden", 2013, 2017)),
    # Studies law, part time, with a cold flat; dots every i, angry in a tidy way.
    _who("Hanna", "sv", "a15 c", *_lived("solglantan", 2014, 2018)),
    # Small letters, tired after shifts at the warehouse; honest, funny when nobody looks.
    _who("Kim", "sv", "b", *_lived("solglantan", 2015, 2019)),
    # Loves tables; two small children; writes with one hand, hence short.
    _who("Fatuma", "sv", "a14 e", *_lived("linden", 2016, 2020)),
    # Drives a bus; short, practical, a joke only when you no longer expect one.
    _who("Daniel", "sv", "a24 d", *_lived("linden", 2017, 2021)),
    # Preschool, glitter, always on a train; many small messages instead of one.
    _who("Sofia", "sv", "a19 a", *_lived("solglantan", 2018, 2022)),
    # Night owl, first flat; slang, "bror", soft underneath.
    _who("Ali", "sv", "a07 c", *_lived("linden", 2020, 2024)),
    # Careful, says half; has been quiet for five months.
    _who("Rasmus", "sv", "f", *_lived("solglantan", 2021, 2025), last_visit=24 * 152),
    # --- work here -----------------------------------------------------------------------------------------------
    # Twenty years in the house; says little, at the right moment; bakes, and does not discuss it.
    _who("Birgitta", "sv", "a17 e", ("staff", "solglantan", "2006-06-15", None), duties=(("house_manager", None),)),
    # Big, slow, fond of maps and stews; asks for help with his phone.
    _who("Anders", "sv", "c", ("staff", "solglantan", "2011-03-01", None),
         duties=(("key_worker", "elias"), ("key_worker", "tuva"), ("moderator", None))),
    # Straight and warm, owns up when she is wrong, asks instead of telling. Takes over from Olof.
    _who("Sara", "sv", "a10 c", ("staff", "linden", "2019-06-15", "2023-06-15"),
         ("staff", "solglantan", "2023-06-15", None),
         about="Jobbar på Solgläntan. Säg om jag har fel, jag tål det.",
         duties=(("key_worker", "amina"), ("key_worker", "wilma"))),
    # Football and barbecue, bad puns, good at waiting outside a door; manages Linden.
    _who("Mehmet", "sv", "e", ("staff", "linden", "2017-08-15", None),
         duties=(("key_worker", "dawit"), ("key_worker", "noor"), ("house_manager", None))),
    # The safety lead: plain, unhurried, the same on a bad day as on a good one.
    _who("Karin", "sv", "d", ("staff", "solglantan", "2014-01-15", None), duties=(("safeguarding_lead", None),)),
    # The host: bone dry, kind underneath; one line does it.
    _who("Jonna", "sv", "a09 f", ("staff", "linden", "2022-06-15", None), duties=(("moderator", None),)),
    # Nights: tea, crosswords, weather reports from the stairs; writes at hours when nobody else does.
    _who("Lars", "sv", "a06 a", ("staff", "linden", "2012-09-01", None)),
    # Runs the house meetings: notes in bullets, curious, never the one who decides.
    _who("Elin", "sv", "a05 f", ("staff", "solglantan", "2023-01-15", None),
         duties=(("facilitator", None), ("moderator", None))),
    # Retires in 20 days (leaving.py) after a working life at Linden; hums, mends bicycles, hates being thanked.
    _who("Olof", "sv", "b", ("staff", "linden", "2001-05-01", None),
         duties=(("key_worker", "samir"), ("key_worker", "isla"))),
]  # fmt: skip


def at_anchor(person: dict[str, Any]) -> Period:
    """The period somebody is in as the demo begins."""
    begun = [period for period in person["periods"] if isinstance(period[2], str) or period[2] <= 0]
    newest: Period = begun[-1]
    return newest


def duties_at_anchor(person: dict[str, Any]) -> list[str]:
    """The kinds of duty somebody has as the demo begins, one for each resident a key worker is there for."""
    return [kind for kind, _resident, start, _end in person["duties"] if start is None or start <= 0]
