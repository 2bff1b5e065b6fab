"""What became of the demo's questions: which reply helped, what they are about; one from before last winter, and one
that still waits. Everybody and everything is made up. The format of threads is that of threads.py."""

from typing import Any

from community.demo.threads_first import _opened, _said

# thread: (which of its replies helped, hours after the opening)
HELPED: dict[str, tuple[int, float]] = {
    "phone-panic": (1, 41.9),
    "new-phone": (1, 22.7),
    "learner-permit": (1, 98.6),
    "shrunk-wool": (3, 76.3),
    "no-eggs": (1, 25.3),
    "first-rent": (2, 13.2),
    "old-sofa": (1, 51.0),
}

TAGS: dict[str, tuple[str, ...]] = {
    "phone-panic": ("whom",),
    "new-phone": ("practical",),
    "learner-permit": ("practical",),
    "shrunk-wool": ("practical",),
    "no-eggs": ("practical",),
    "first-rent": ("money", "housing"),
    "mould": ("housing", "whom"),
    "credit-record": ("money",),
    "honest-cv": ("work",),
    "adult-school": ("work",),
    "cannot-sleep": ("lonely",),
    "old-sofa": ("housing", "practical"),
    "brown-letter": ("whom",),
}

# fmt: off
MORE: list[dict[str, Any]] = [
    # Older than a year: opening hours and who fetches what are the first things to go out of date.
    _opened(
        "old-sofa", "bo-pengar", "Vart gör man av en soffa i Havsby?", "sofia", 390.2,
        "flyttar till en etta på lördag och soffan är med i den gamla lägenheten men inte i den nya!! den väger som en "
        "häst. ingen bil. vart gör man av den",
        "robin:haha kim:hug",
        _said(
            "marcus", 1.4,
            "Är den hel: ring Andra Vändan på Hamngatan, de hämtar gratis på tisdagar om den står på nedre botten. Är "
            "den trasig: återvinningen vid rondellen, öppet till 19 på torsdagar. Inte i soprummet. Jag är den som får "
            "bära ut den därifrån.",
            "sofia:idea petra:idea hanna:idea",
        ),
        _said("robin", 1.9, "JAG HAR EN SKÅPBIL. Den luktar bröd men den är stor.", "sofia:glad marcus:glad"),
        _said("sofia", 50.5, "andra vändan tog den!! gubben gav mig en lampa för den", "marcus:glad robin:heart"),
        mode="ask",
    ),
    # Nobody has answered yet.
    _opened(
        "brown-letter", "fraga", "Vem frågar man om ett brev man inte förstår?", "wilma", 0.31,
        "Hörrni. Jag har fått ett brev från Försäkringskassan på fyra sidor och jag förstår orden var för sig men inte "
        "ihop. Det står ett datum i det. Vem frågar man? Vill inte ringa och låta dum.",
        "",
        mode="ask",
    ),
]
