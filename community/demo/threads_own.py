"""What two houses said among themselves in "Känns det": the other house reads none of it."""

from typing import Any

OWN: list[dict[str, Any]] = [
    {
        "key": "tunna-vaggar",
        "space": "kanns-det",
        "whom": "house",
        "title": "Våra väggar är tunna",
        "author": "amina",
        "days_ago": 5.04,
        "mode": "tell",
        "just_listen": False,
        "lang": "sv",
        "text": (
            "asså bara till oss som bor här. jag hörde nån som var ledsen i natt, och jag låg där och visste inte om "
            "man får knacka\n\n"
            "ingen behöver säga vem. men jag är vaken till ett typ alltid och det finns te i skåpet över spisen. "
            "man behöver inte prata"
        ),
        "reactions": [("tuva", "hug"), ("wilma", "heart"), ("sara", "heart")],
        "replies": [
            {
                "author": "tuva",
                "hours_after": 0.6,
                "lang": "sv",
                "text": "Jag är vaken till två. Jag läser. Man får sitta i min fåtölj om man inte frågar om boken.",
                "reactions": [("amina", "haha"), ("elias", "glad")],
            },
            {
                "author": "elias",
                "hours_after": 1.1,
                "lang": "sv",
                "text": "va de jag. nä skoja. eller inte. te e bra",
                "reactions": [("amina", "hug"), ("wilma", "hug"), ("tuva", "hug")],
            },
            {
                "author": "wilma",
                "hours_after": 9,
                "lang": "sv",
                "text": (
                    "Hörrni. Knacka. Säger man nej så säger man nej, och då går man och lägger sig igen. "
                    "Det är värre att ligga och lyssna på varsin sida av en gipsskiva."
                ),
                "reactions": [("amina", "strong"), ("sara", "heart")],
            },
        ],
    },
    {
        "key": "empty-chair",
        "space": "kanns-det",
        "whom": "house",
        "title": "The chair by the window",
        "author": "isla",
        "days_ago": 4.06,
        "mode": "tell",
        "just_listen": True,
        "lang": "en",
        "text": (
            "Only for us at Linden, because he'd be unbearable if everybody knew.\n\n"
            "Samir moves in less than two weeks and I sat in his chair to see what it's like. You can see the bus stop "
            "from there. I didn't know you could see the bus stop.\n\n"
            "That's all. I just think it will be very quiet at breakfast."
        ),
        "reactions": [("noor", "hug"), ("dawit", "hug"), ("olof", "heart")],
        "replies": [
            {
                "author": "dawit",
                "hours_after": 2,
                "lang": "en",
                "text": "quiet breakfast is my dream. ok no it isn't",
                "reactions": [("isla", "glad")],
            },
            {
                "author": "noor",
                "hours_after": 7,
                "lang": "sv",
                "text": "Isla. Jag äter frukost med dig. Jag kan inte prata så mycket men jag kan sitta där.",
                "reactions": [("isla", "heart"), ("samir", "heart"), ("mehmet", "heart")],
            },
            {
                "author": "samir",
                "hours_after": 8,
                "lang": "sv",
                "text": (
                    "Jag har läst detta STÅENDE i hallen. Stolen är din, Isla, jag skriver ett testamente. "
                    "Och jag kommer på söndagar, försök stoppa mig."
                ),
                "reactions": [("isla", "heart"), ("noor", "glad"), ("dawit", "heart")],
            },
        ],
    },
]
