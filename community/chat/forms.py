"""What people send about a chat."""

from __future__ import annotations

from wtforms import DateTimeLocalField, IntegerField, RadioField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from community.chat.models import LONGEST_NAME, SLOW
from community.core.forms import AtMost, Filled, Form, Line, Prose, offered
from community.core.i18n import lazy as _l
from community.core.text import LONGEST_MESSAGE
from community.photos.sending import FILES, FilledOrPictured, Photos
from community.rota.forms import AnHour
from community.streams.forms import MessageForm


class ChatForm(MessageForm):
    """A message, perhaps with pictures. Talks and the team's inbox take none (docs/decisions/pictures.md)."""

    text = Prose(validators=[FilledOrPictured(), AtMost(LONGEST_MESSAGE)])
    photos = Photos()
    takes_files = FILES


class SlowForm(Form):
    seconds = RadioField(coerce=int, choices=offered((seconds, str(seconds)) for seconds in SLOW))


class HostedForm(Form):
    """A chat for an evening; `space_id`: for whom."""

    name_sv = Line(validators=[Filled(), AtMost(LONGEST_NAME)])
    name_en = Line(validators=[Filled(), AtMost(LONGEST_NAME)])
    space_id = RadioField(coerce=int, validators=[InputRequired(_l("Choose one of these."))])
    opens_at = DateTimeLocalField(validators=[AnHour()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
    closes_at = DateTimeLocalField(validators=[AnHour()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])
    version = IntegerField(validators=[InputRequired()], default=0, widget=HiddenInput())
