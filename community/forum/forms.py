"""What people send to start and answer threads."""

from __future__ import annotations

from wtforms import BooleanField, HiddenField, RadioField
from wtforms.validators import InputRequired, Optional, Regexp

from community.core.forms import AtMost, Filled, Form, Line, Prose, offered
from community.core.i18n import lazy as _l
from community.core.text import LONGEST_PIECE, LONGEST_TITLE

ONE_TRY = Regexp(r"\A[A-Za-z0-9-]{8,36}\Z", message=_l("Load the page again before you send."))


class ReplyForm(Form):
    text = Prose(validators=[Filled(), AtMost(LONGEST_PIECE)])
    client_id = HiddenField(validators=[InputRequired(_l("Load the page again before you send.")), ONE_TRY])


class WriteForm(ReplyForm):
    title = Line(validators=[AtMost(LONGEST_TITLE)])
    space_id = RadioField(coerce=int, validators=[InputRequired(_l("Choose a channel."))])
    mode = RadioField(
        choices=offered([("tell", _l("just tell")), ("ask", _l("ask")), ("happy", _l("happy news"))]), default="tell"
    )
    just_listen = BooleanField()
    whom = RadioField(choices=offered([("house", _l("My house")), ("all", _l("Everyone"))]), validators=[Optional()])
    asked = HiddenField(validators=[AtMost(1_000)])
