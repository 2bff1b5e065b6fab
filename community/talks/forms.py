"""What people send in a talk and about one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, RadioField
from wtforms.validators import ValidationError

from community.core.forms import AtMost, Filled, Form, Line, Prose, offered
from community.core.i18n import lazy as _l
from community.members.people import AuthorView
from community.members.readings import LONGEST_WHY
from community.streams.forms import MessageForm, Picked
from community.talks.models import LONGEST_NAME


class Sent:
    """The field was on the page, whatever stood in it."""

    def __call__(self, _form: Any, field: Any) -> None:
        if not field.raw_data:
            raise ValidationError(_l("Load the page again before you send."))


class TalkForm(MessageForm):
    """What one says in a talk."""


class WithForm(Form):
    """With whom: a tick for each person offered (`with_<id>`), and `to`, whom one came from. `name`: of a group."""

    to = Picked()
    name = Line(validators=[AtMost(LONGEST_NAME)])

    @property
    def ids(self) -> frozenset[int]:
        ticked = {int(name[5:]) for name, field in self._fields.items() if name.startswith("with_") and field.data}
        return self.to.ids | ticked


class NameForm(Form):
    """What a group is called; empty where it has no name of its own."""

    name = Line(validators=[Sent(), AtMost(LONGEST_NAME)])


class AnswerForm(Form):
    answer = RadioField(choices=offered((one, one) for one in ("yes", "no")))


class WhyForm(Form):
    """Why somebody who works here does something about a talk; those in it read it."""

    why = Prose(validators=[Filled(), AtMost(LONGEST_WHY)])


def with_form(people: Iterable[AuthorView], **values: object) -> WithForm:
    """The form of somebody who may choose these people."""
    fields = {f"with_{person.id}": BooleanField(person.name) for person in people}
    made: WithForm = type("WithForm", (WithForm,), fields)(**values)
    return made
