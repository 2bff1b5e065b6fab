"""What people send about a photo. A square of it is a box of its own: a field sent twice is refused."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import AnyOf, InputRequired, Optional, Regexp

from community.core.forms import AtMost, Form, Line, offered
from community.core.i18n import lazy as _l
from community.core.picture_sizes import CUTS, MIDDLE
from community.photos.actions import LONGEST_ALT
from community.photos.consent import CELLS
from community.photos.models import ANSWERS
from community.photos.portraits import WHY
from community.photos.words import PORTRAIT_WHY

NUMBER = r"\A[0-9]{1,16}\Z"


class CellFields:
    """A box for each of the 36 squares."""

    def chosen_cells(self: Any) -> frozenset[int]:
        return frozenset(cell for cell in CELLS if self[f"cell_{cell}"].data)

    def box_of(self: Any, cell: int) -> Any:
        """The field of one square."""
        return self[f"cell_{cell}"]


for _cell in CELLS:
    setattr(CellFields, f"cell_{_cell}", BooleanField())


class PhotoForm(CellFields, Form):
    """`person`: somebody more who is in it (0: nobody more), added one at a time."""

    alt = Line(validators=[AtMost(LONGEST_ALT)])
    who = RadioField(
        choices=offered(
            [
                ("nobody", _l("Nobody")),
                ("people", _l("These people")),
                ("unseen", _l("Someone who must not be seen")),
            ]
        ),
        validators=[InputRequired(_l("Say who is in it. Then it can be shown."))],
    )
    person = SelectField(coerce=int, validators=[Optional()], default=0)
    blur_unanswered = BooleanField()


class PlaceForm(CellFields, Form):
    """Where one person is in it, or (`away`) that she was named by mistake."""

    member_id = HiddenField(validators=[InputRequired(), Regexp(NUMBER)])
    away = BooleanField()


class AnswerForm(CellFields, Form):
    answer = RadioField(
        choices=offered((word, word) for word in ANSWERS),
        validators=[InputRequired(), AnyOf(ANSWERS)],
    )


class StaffForm(Form):
    member_id = HiddenField(validators=[Optional(), Regexp(NUMBER)])
    said = HiddenField(validators=[InputRequired(), AnyOf(("yes", "no", "absent", "confirm"))])


class PortraitForm(Form):
    """A picture of herself: the file, and which part of it is shown."""

    takes_files = frozenset({"picture"})
    cut = RadioField(
        choices=offered(
            [
                ("middle", _l("The middle")),
                ("beginning", _l("The upper part, of a wide picture the left")),
                ("end", _l("The lower part, of a wide picture the right")),
            ]
        ),
        default=MIDDLE,
        validators=[InputRequired(), AnyOf(CUTS)],
    )


class LookForm(Form):
    """A host lets a portrait stand, or takes it away and says why."""

    portrait_id = HiddenField(validators=[InputRequired(), Regexp(NUMBER)])
    said = HiddenField(validators=[InputRequired(), AnyOf(("yes", "no"))])
    why = SelectField(choices=offered((word, PORTRAIT_WHY[word]) for word in WHY), validators=[Optional()])
