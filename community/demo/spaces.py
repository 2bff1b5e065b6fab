"""The demo's channels beside the first five, as house managers would have opened them."""

from community.spaces.actions import Plan

MORE = (
    Plan(
        *("koket", "Köket", "Kitchen", "talk", "all", "ember"),
        *("Recept, middagar och vem som åt upp osten.", "Recipes, dinners, and who ate the cheese."),
    ),
    Plan(
        *("bo-pengar", "Bo & pengar", "Home & money", "questions", "all", "sky"),
        *("Hyra, kontrakt, räkningar. Inga dumma frågor.", "Rent, contracts, bills. No silly questions."),
    ),
    Plan(
        *("jobb-plugg", "Jobb & plugg", "Work & study", "questions", "all", "clay"),
        *("Skolan, jobbet och allt däremellan.", "School, work, and everything in between."),
    ),
    Plan(
        *("kanns-det", "Känns det", "How it feels", "talk", "all", "rose"),
        *("Hur du har det. Du väljer vem som läser.", "How you are. You choose who reads it."),
    ),
    Plan(
        *("ideverkstan", "Idéverkstan", "Shape our home", "ideas", "all", "moss"),
        *("Det vi vill ändra hemma, och hur det gick.", "What we want to change at home, and how it went."),
    ),
    Plan(
        *("personalrummet", "Personalrummet", "Staff room", "staff", "staff", "slate"),
        *("För oss som jobbar här.", "For us who work here."),
    ),
)
