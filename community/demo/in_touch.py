"""Who of the demo would like to keep in touch across the line of eighteen, by the actions themselves: one pair with a
safety lead's yes, one that waits for it, and an adult who has asked for somebody by name."""

from __future__ import annotations

from datetime import datetime, timedelta

from community.core import clock
from community.members import connecting
from community.members.queries import as_viewer

ROBIN = "han svarar på alla dåliga skämt med ett sämre. jag vill kunna fråga honom om körkort och sånt"
TO_ELIAS = "Han påminner om mig när jag var sexton, fast roligare. Jag lovar att inte lära honom NÅGOT."
YES = "De har skämtat i Vardagsrummet i ett halvår, öppet för alla. Anders känner dem båda och tycker att det är bra."
CALLUM = "he helped me with the shelf and he always answers. I want to ask him stuff about school in english"
TO_DAWIT = "He asks better questions than most. Happy to answer them, with you lot knowing."
ABOUT = "Amina, hon som lagar linser"
WHY = "Hon frågade om mitt jobb i köket på sommarfesten. Jag svarar gärna på mer, om hon vill och ni tycker det är bra."


def write(anchor: datetime, people: dict[str, int]) -> None:
    """Elias and Robin, looked at again in five months; Dawit and Callum; Leyla, who means Amina."""
    karin = people["karin"]
    with clock.at(anchor - timedelta(days=44)):
        row = connecting.ask_for(as_viewer(people["elias"]), people["robin"], ROBIN)
    with clock.at(anchor - timedelta(days=43)):
        row = connecting.agree(as_viewer(people["robin"]), row.id, TO_ELIAS)
    with clock.at(anchor - timedelta(days=41)):
        again = clock.today() + timedelta(days=190)
        connecting.decide(as_viewer(karin), row.id, yes=True, reason=YES, review_on=again, version=row.version)
    with clock.at(anchor - timedelta(days=2, hours=3)):
        waits = connecting.ask_for(as_viewer(people["dawit"]), people["callum"], CALLUM)
    with clock.at(anchor - timedelta(days=1, hours=5)):
        connecting.agree(as_viewer(people["callum"]), waits.id, TO_DAWIT)
    with clock.at(anchor - timedelta(hours=9)):
        connecting.request(as_viewer(people["leyla"]), ABOUT, WHY)
