"""The seven house rules. A changed sentence means a new RULES_VERSION; everybody is then asked again."""

RULES_VERSION = 1

RULES = [
    {
        "sv": "Vi skriver till andra så som vi vill att de skriver till oss.",
        "en": "We write to others the way we want them to write to us.",
    },
    {
        "sv": "Vi sprider inte vidare det som andra skriver här.",
        "en": "We don't pass on what others write here.",
    },
    {
        "sv": "Vi skriver inte efternamn, adress, skola eller nummer, varken våra egna eller andras.",
        "en": "We leave out surnames, addresses, schools and phone numbers, our own and other people's.",
    },
    {
        "sv": "Vi frågar först om vi vill berätta något om någon annan.",
        "en": "We ask first when we want to tell something about someone else.",
    },
    {
        "sv": "Vi skojar så att den vi skojar med också skrattar.",
        "en": "We joke so that the one we joke with is laughing too.",
    },
    {
        "sv": "Vi säger till någon som jobbar här när vi är oroliga för någon.",
        "en": "We tell someone who works here when we are worried about somebody.",
    },
    {
        "sv": "Vi får göra fel, säga förlåt och vara med ändå.",
        "en": "We may get it wrong, say sorry, and still belong here.",
    },
]


def sentences(lang: str) -> list[str]:
    """The seven sentences in one language."""
    return [rule[lang] for rule in RULES]
