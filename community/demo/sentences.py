"""What the generated people say: plain sentences without marks, so that a paragraph is its own HTML.

`{thing}`, `{place}` and `{day}` are filled in, which makes some thousands of different sentences.
"""

from random import Random

_TITLES = {
    "sv": (
        "Någon som har en {thing} över?", "Vem var i {place} senast?", "Tips på {thing}", "Bara ett hej från {place}",
        "Hur gör ni med {thing}?", "Det här hände i {day}s", "Fråga om {thing}", "Minns ni {place}?",
        "Söker sällskap till {place} på {day}", "Dagens bästa: {thing}",
    ),
    "en": (
        "Has anybody got a spare {thing}?", "Hello from the {place}", "A question about the {thing}",
        "See you at the {place} on {day}?", "The {thing}, again", "Remember the {place}?",
    ),
}  # fmt: skip
_SENTENCES = {
    "sv": (
        "Jag tog bussen till {place} i {day}s och glömde min {thing}.", "Det blev bra till slut.", "Jag tror det.",
        "Min {thing} är trasig igen.", "Kan någon som kan sånt titta på det?", "Vi ses i {place} på {day}.",
        "Tack, det där hjälpte.", "Jag skrattade högt på tåget.", "Det luktade kaffe i hela trappan.",
        "Så gjorde vi också på min tid.", "Man får fråga två gånger.", "Har du provat att vänta en dag?",
        "Det regnar här.", "Säg till om du vill ha hjälp att bära.", "Jag är hemma efter fem.", "Håller med.",
        "Första gången är alltid värst.", "Jag har en {thing} du kan få låna.", "Vad kostade den?",
        "Ingen brådska.", "I {place} finns det en som lagar {thing} för nästan inget.", "Det var inte jag.",
        "Okej, det var jag.", "Ring dem på {day} när det är lugnt.", "Det står på lappen vid dörren.",
        "Jag åt lunch med min gamla granne.", "Hur gick det sen?", "Det gick.",
        "Nästa gång tar jag med mig en {thing}.",
        "Vi satt kvar till elva och pratade om ingenting.", "Lycka till i morgon.", "Samma här.",
    ),
    "en": (
        "I left my {thing} at the {place} on {day}.", "It turned out fine.", "Same here.", "Good luck tomorrow.",
        "My {thing} has given up again.", "See you at the {place}.", "That helped, thank you.", "It rained all day.",
        "You can borrow my {thing} until {day}.", "How did it go in the end?", "Ask twice, they forget.",
        "I walked home and felt better.", "No hurry.", "It wasn't me this time.", "The {place} is open until nine.",
        "I laughed out loud on the train.",
    ),
}  # fmt: skip
_FILL = {
    "sv": {
        "thing": (
            "lampa", "vattenkokare", "cykelpump", "mössa", "stekpanna", "laddare", "skruvmejsel", "filt", "termos",
            "tröja", "gitarr", "vinterjacka", "klocka", "stol", "matlåda", "blomkruka",
        ),
        "place": (
            "tvättstugan", "biblioteket", "badhuset", "parken", "köket", "cykelrummet", "hallen", "skogen", "simhallen",
            "trapphuset", "trädgården", "hamnen",
        ),
        "day": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    },
    "en": {
        "thing": ("lamp", "kettle", "bike pump", "hat", "frying pan", "charger", "blanket", "flask", "jumper", "chair"),
        "place": ("library", "pool", "park", "kitchen", "harbour", "garden", "bus stop", "laundry room"),
        "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    },
}  # fmt: skip
GIVEN_NAMES = (
    "Alva", "Arvid", "Astrid", "Bilal", "Bo", "Cecilia", "Darin", "Ebba", "Edvin", "Emre", "Farah", "Filip", "Greta",
    "Hamid", "Hedda", "Hugo", "Ida", "Idris", "Ines", "Jamila", "Jonas", "Juno", "Kajsa", "Khalid", "Leo", "Lina",
    "Lovisa", "Malte", "Maryam", "Mio", "Nadja", "Nils", "Nova", "Omar", "Otto", "Rana", "Ronja", "Ruben", "Saga",
    "Selma", "Sixten", "Tindra", "Tyra", "Valter", "Vega", "Viggo", "Yasmin", "Ylva", "Zahra", "Ziad",
)  # fmt: skip


def title(dice: Random, lang: str) -> str:
    """One line."""
    return _filled(dice, dice.choice(_TITLES[lang]), lang)


def paragraph(dice: Random, lang: str) -> str:
    """One to four sentences; its HTML is itself between <p> and </p>."""
    count = dice.choice((1, 1, 1, 2, 2, 3, 4))
    return " ".join(_filled(dice, sentence, lang) for sentence in dice.choices(_SENTENCES[lang], k=count))


def _filled(dice: Random, words: str, lang: str) -> str:
    if "{" not in words:
        return words
    return words.format(**{name: dice.choice(choices) for name, choices in _FILL[lang].items()})
