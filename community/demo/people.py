"""The first twelve people of the demo and their two houses. All of them are made up.

Dates are whole days before the anchor (negative ints) or ISO days for what is only known by its year.
`to` is the day the next period begins (exclusive); None means still going on.
`age` is set for those who have a birth date here; the others are adults whom a house manager has checked.
"""

from typing import Any

HOUSES = [
    {"key": "solglantan", "name": "Solgläntan", "town": "Havsby"},
    {"key": "linden", "name": "Linden", "town": "Havsby"},
]

PEOPLE: list[dict[str, Any]] = [
    # --- live here -----------------------------------------------------------------------------------------------
    # Amina: quick and dry, small letters, "asså"; feeds people; the only one who wins over Elias.
    {
        "name": "Amina",
        "sign_in": "amina",
        "language": "sv",
        "age": 17,
        "adult_checked": False,
        "protected": False,
        "avatar": "a13",
        "colour": "c",
        "periods": [("resident", "solglantan", -730, None)],
        "duties": [],
    },
    # Elias: teases everybody, himself too; no capitals, no full stops, writes faster than he spells.
    {
        "name": "Elias",
        "sign_in": "elias",
        "language": "sv",
        "age": 16,
        "adult_checked": False,
        "protected": False,
        "avatar": "a01",
        "colour": "e",
        "periods": [("resident", "solglantan", -430, None)],
        "duties": [],
    },
    # Tuva: exact and deadpan, whole sentences, numbered lists; listens more than she lets on.
    {
        "name": "Tuva",
        "sign_in": "tuva",
        "language": "sv",
        "age": 18,
        "adult_checked": False,
        "protected": False,
        "avatar": "a02",
        "colour": "a",
        "periods": [("resident", "solglantan", -910, None)],
        "duties": [],
    },
    # Samir: everything is a drama in three acts; proud, generous; his English is brave rather than correct.
    {
        "name": "Samir",
        "sign_in": "samir",
        "language": "sv",
        "age": 18,
        "adult_checked": False,
        "protected": False,
        "avatar": "a23",
        "colour": "b",
        "periods": [("resident", "linden", -1010, None)],
        "duties": [],
    },
    # Noor: few words, well chosen; reads everything, answers late, always to the person and never to the crowd.
    {
        "name": "Noor",
        "sign_in": "noor",
        "language": "sv",
        "age": 16,
        "adult_checked": False,
        "protected": True,
        "avatar": "a18",
        "colour": "d",
        "periods": [("resident", "linden", -190, None)],
        "duties": [],
    },
    # Isla: English with odd Swedish words in it; curious, quick to laugh at herself, quotes her gran.
    {
        "name": "Isla",
        "sign_in": "isla",
        "language": "en",
        "age": 17,
        "adult_checked": False,
        "protected": False,
        "avatar": "a21",
        "colour": "f",
        "periods": [("resident", "linden", -243, None)],
        "duties": [],
    },
    # --- have lived here -----------------------------------------------------------------------------------------
    # Johanna: a storyteller, long sentences with many commas; knows about wool, children and mashed potatoes.
    {
        "name": "Johanna",
        "sign_in": "johanna",
        "language": "sv",
        "age": None,
        "adult_checked": True,
        "protected": False,
        "avatar": "a11",
        "colour": "b",
        "periods": [
            ("resident", "solglantan", "2004-06-15", "2009-06-15"),
            ("alumnus", "solglantan", "2009-06-15", None),
        ],
        "duties": [],
    },
    # Callum: Scottish understatement, rain, joinery; the smaller the word the more he means it.
    {
        "name": "Callum",
        "sign_in": "callum",
        "language": "en",
        "age": None,
        "adult_checked": True,
        "protected": False,
        "avatar": "a20",
        "colour": "a",
        "periods": [
            ("resident", "linden", "2012-06-15", "2016-06-15"),
            ("alumnus", "linden", "2016-06-15", None),
        ],
        "duties": [],
    },
    # Daniel: drives a bus; short, practical, a joke only when you no longer expect one.
    {
        "name": "Daniel",
        "sign_in": "daniel",
        "language": "sv",
        "age": None,
        "adult_checked": True,
        "protected": False,
        "avatar": "a24",
        "colour": "d",
        "periods": [
            ("resident", "linden", "2017-06-15", "2021-06-15"),
            ("alumnus", "linden", "2021-06-15", None),
        ],
        "duties": [],
    },
    # --- work here -----------------------------------------------------------------------------------------------
    # Birgitta: twenty years in the house; says little, at the right moment; bakes, and does not discuss it.
    {
        "name": "Birgitta",
        "sign_in": "birgitta",
        "language": "sv",
        "age": None,
        "adult_checked": True,
        "protected": False,
        "avatar": "a17",
        "colour": "e",
        "periods": [("staff", "solglantan", "2006-06-15", None)],
        "duties": [("house_manager", None)],
    },
    # Sara: straight and warm, owns up when she is wrong, asks instead of telling.
    {
        "name": "Sara",
        "sign_in": "sara",
        "language": "sv",
        "age": None,
        "adult_checked": True,
        "protected": False,
        "avatar": "a10",
        "colour": "c",
        "periods": [
            ("staff", "linden", "2019-06-15", "2023-06-15"),
            ("staff", "solglantan", "2023-06-15", None),
        ],
        "duties": [("key_worker", "amina")],
    },
    # Jonna: the host; bone dry, kind underneath; one line does it.
    {
        "name": "Jonna",
        "sign_in": "jonna",
        "language": "sv",
        "age": None,
        "adult_checked": True,
        "protected": False,
        "avatar": "a09",
        "colour": "f",
        "periods": [("staff", "linden", "2022-06-15", None)],
        "duties": [("moderator", None)],
    },
]
