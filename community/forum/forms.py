"""What people send to start and answer threads."""

from __future__ import annotations

from wtforms import BooleanField, HiddenField, RadioField
from wtforms.validators import AnyOf, InputRequired, Optional, Regexp

from community.core.forms import AtMost, Form, Line, Prose, offered, tidied
from community.core.i18n import lazy as _l
from community.core.paging import whole_number
from community.core.text import LONGEST_PIECE, LONGEST_TITLE, tidy
from community.forum.helped import TAG_WORDS
from community.forum.models import TAGS, WORDS
from community.photos.sending import FILES, FilledOrPictured, Photos
from community.streams.forms import CLIENT_ID, PieceForm


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


class ReplyForm(PieceForm):
    """`quote` is the piece quoted, `excerpt` the words chosen in it (none: its beginning)."""

    text = Prose(validators=[FilledOrPictured(), AtMost(LONGEST_PIECE)])
    client_id = CLIENT_ID
    quote = HiddenField(validators=[Regexp(r"\A[0-9]{0,16}\Z", message=_l("That can't be quoted."))])
    excerpt = HiddenField(filters=[tidied(tidy)], validators=[AtMost(LONGEST_PIECE)])
    no_quote = BooleanField()
    photos = Photos()
    takes_files = FILES

    @property
    def quote_id(self) -> int | None:
        """The piece to quote, if one is."""
        return None if self.no_quote.data else whole_number(self.quote.data or "")

    def let_go_of_quote(self, *, wholly: bool = True) -> None:
        """What can't be quoted is not sent a second time: all of it, or only the words chosen."""
        self.excerpt.data = ""
        if wholly:
            self.quote.data = ""


class AskerForm(ReplyForm):
    """For whoever wrote the opening without her name."""

    with_name = BooleanField()


class WriteForm(TagFields, PieceForm):
    text = Prose(validators=[FilledOrPictured(), AtMost(LONGEST_PIECE)])
    client_id = CLIENT_ID
    title = Line(validators=[AtMost(LONGEST_TITLE)])
    space_id = RadioField(coerce=int, validators=[InputRequired(_l("Choose a channel."))])
    mode = RadioField(
        choices=offered([("tell", _l("just tell")), ("ask", _l("ask")), ("happy", _l("happy news"))]), default="tell"
    )
    just_listen = BooleanField()
    unnamed = BooleanField()
    at_once = BooleanField()
    whom = RadioField(choices=offered([("house", _l("My house")), ("all", _l("Everyone"))]), validators=[Optional()])
    asked = HiddenField(validators=[AtMost(1_000)])
    photos = Photos()
    takes_files = FILES
