"""What is sent about a break, and about the turns of somebody's life here."""

from __future__ import annotations

from wtforms import BooleanField, DateField, RadioField, SelectField
from wtforms.validators import InputRequired
from wtforms.validators import Optional as May

from community.core.forms import AtMost, Filled, Form, Line, Prose, Sent, offered
from community.core.i18n import lazy as _l
from community.lifecycle.leaving_work import LONGEST_NOTE
from community.lifecycle.taking_break import LENGTHS
from community.lifecycle.two_people import LONGEST_WHY

CHOOSE = InputRequired(_l("Choose one of these."))


class BreakForm(Form):
    """For how long."""

    length = RadioField(choices=offered((key, said) for key, (said, _length) in LENGTHS.items()), validators=[CHOOSE])


class LeaveWorkForm(Form):
    """Somebody works here no more: who takes over, and from when."""

    successor_id = SelectField(coerce=int, validators=[InputRequired(_l("Choose somebody from the list."))])
    when = RadioField(
        choices=offered([("day", _l("On a day")), ("now", _l("Now, this minute"))]), default="day", validators=[CHOOSE]
    )
    leaves_on = DateField(validators=[May()])
    next_manager = SelectField(coerce=int, default=0, validators=[May()])
    next_lead = SelectField(coerce=int, default=0, validators=[May()])
    note = Prose(validators=[AtMost(LONGEST_NOTE)])


class GoodbyeForm(Form):
    """Words to those whose contact she was."""

    note = Prose(validators=[Sent(), AtMost(LONGEST_NOTE)])


class ContactForm(Form):
    """She has read who her contact is; or she wants another one."""

    answer = RadioField(
        choices=offered([("ok", _l("OK")), ("other", _l("I'd rather have somebody else"))]), validators=[CHOOSE]
    )


class StartWorkForm(Form):
    """Somebody starts to work here; why is read by the second person, where one decides."""

    house_id = SelectField(coerce=int, validators=[InputRequired(_l("Choose one of these."))])
    from_on = DateField(validators=[InputRequired(_l("Choose a day."))])
    start_why = Prose(validators=[AtMost(LONGEST_WHY)])


class RememberForm(Form):
    """Somebody has died: what the second person needs to know."""

    remember_why = Prose(validators=[Filled(), AtMost(LONGEST_WHY)])


class BringBackForm(Form):
    """The remembrance was a mistake: what the second person needs to know."""

    back_why = Prose(validators=[Filled(), AtMost(LONGEST_WHY)])


class TurnForm(Form):
    """The second person says yes or no; whoever asked takes it back."""

    do = RadioField(choices=offered([("yes", ""), ("no", ""), ("back", "")]), validators=[CHOOSE])
    answer = Prose(validators=[AtMost(LONGEST_WHY)])


class NewNameForm(Form):
    """A new name, written together with the member."""

    display_name = Line(validators=[Filled(_l("Write the new name."))])
    sign_in_too = BooleanField()
