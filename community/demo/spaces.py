"""The demo's channels beside the first five, as house managers would have opened them."""

from community.spaces.actions import Plan

MORE = (
    Plan("koket", "Köket", "Kitchen", "talk", "all", "ember"),
    Plan("bo-pengar", "Bo & pengar", "Home & money", "questions", "all", "sky"),
    Plan("jobb-plugg", "Jobb & plugg", "Work & study", "questions", "all", "clay"),
    Plan("kanns-det", "Känns det", "How it feels", "talk", "all", "rose"),
    Plan("ideverkstan", "Idéverkstan", "Shape our home", "ideas", "all", "moss"),
    Plan("personalrummet", "Personalrummet", "Staff room", "staff", "staff", "slate"),
)
