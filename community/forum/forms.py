"""What people send to start and answer threads."""

from __future__ import annotations

from wtforms import BooleanField, HiddenField, RadioField
from wtforms.validators import AnyOf, InputRequired, Regexp

from community.core.forms import AtMost, Filled, Form, Line, Prose, offered
from community.core.i18n import lazy as _l
from community.core.text import LONGEST_PIECE, LONGEST_TITLE
from community.forum.helped import TAG_WORDS
from community.forum.models import TAGS, WORDS
from community.streams.forms import Picked

ONE_TRY = Regexp(r"\A[A-Za-z0-9-]{8,36}\Z", message=_l("Load the page again before you send."))


class ReplyForm(Form):
    text = Prose(validators=[Filled(), AtMost(LONGEST_PIECE)])
    client_id = HiddenField(validators=[InputRequired(_l("Load the page again before you send.")), ONE_TRY])
    picked = Picked()


class AskerForm(ReplyForm):
    """For whoever wrote the opening without her name."""

    with_name = BooleanField()


class TagFields:
    """A tick for each of the six: a field sent twice is refused, so they don't share a name."""

    tag_money = BooleanField(TAG_WORDS["money"])
    tag_housing = BooleanField(TAG_WORDS["housing"])
    tag_work = BooleanField(TAG_WORDS["work"])
    tag_practical = BooleanField(TAG_WORDS["practical"])
    tag_whom = BooleanField(TAG_WORDS["whom"])
    tag_lonely = BooleanField(TAG_WORDS["lonely"])

    def chosen_tags(self) -> list[str]:
        return [key for key in TAGS if getattr(self, f"tag_{key}").data]


class TagForm(TagFields, Form):
    """`sent` tells a form without a tick from no form at all."""

    sent = HiddenField(validators=[InputRequired(), AnyOf(["tags"])])


class StillForm(Form):
    word = RadioField(choices=offered((word, word) for word in WORDS))


class WriteForm(TagFields, ReplyForm):
    title = Line(validators=[AtMost(LONGEST_TITLE)])
    space_id = RadioField(coerce=int, validators=[InputRequired(_l("Choose a channel."))])
    mode = RadioField(
        choices=offered([("tell", _l("just tell")), ("ask", _l("ask")), ("happy", _l("happy news"))]), default="tell"
    )
    just_listen = BooleanField()
    unnamed = BooleanField()
    at_once = BooleanField()
