"""The order in which everything stands in the file: chapters, and the tables of each with their titles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from community.core.i18n import lazy as _l


@dataclass(frozen=True)
class Chapter:
    """One page, or several where it is long. `readers`: who else reads it. `tables`: in their order, with what they are
    called; how long each stays follows from it (`how_long.py`). `conversations`: what stands in talks and inboxes is
    told here too. `at_work`: only for those who have something there."""

    key: str
    title: Any
    about: Any
    readers: Any
    tables: dict[str, Any]
    conversations: bool = False
    at_work: bool = False


CHAPTERS = (
    Chapter(
        "me",
        _l("Me"),
        _l("What you are called here, where you lived and when, and how you came in."),
        _l(
            "Others see your name, picture and badge, and what you tell of yourself. Those who work here see "
            "your house; house managers and safety leads your birth date."
        ),
        {
            "member": _l("My account"),
            "profile": _l("What I tell of myself"),
            "directory_entry": _l("That I want to be found"),
            "membership_period": _l("Where I lived, and where I work"),
            "duty": _l("Duties, and who is there for me"),
            "trust": _l("What staff said about my posts"),
            "invitation": _l("How I was invited"),
            "move": _l("My moves"),
            "work_end": _l("When I left work"),
            "new_contact": _l("When my contact became another"),
            "move_line": _l("To put in order"),
            "kept_person": _l("People I want to keep"),
            "move_wish": _l("What I wanted of a move"),
            "farewell_letter": _l("Letters for the day of a move"),
            "move_check_in": _l("When I was asked how it goes"),
            "move_adult": _l("Who was there for me"),
            "kept_open": _l("What stays open to me after a move"),
            "departure": _l("That I asked to end my membership"),
        },
    ),
    Chapter(
        "writing",
        _l("What I wrote"),
        _l("Posts, replies and messages of yours, also those without your name: here it says that they are yours."),
        _l(
            "Whoever reads the channel; hosts also what waits, is hidden, or was changed. What you have not "
            "sent nobody reads but you."
        ),
        {
            "piece": _l("Posts, replies and messages"),
            "piece_revision": _l("What they said before I changed them"),
            "waiting_edit": _l("Changes that wait"),
            "piece_told": _l("What hosts said about my texts"),
            "heard": _l("When the word lists named something"),
            "thread": _l("What I was after"),
            "thread_tag": _l("What my questions are about"),
            "answer_mark": _l("Answers that helped"),
            "portrait": _l("The picture of myself"),
            "photo": _l("Pictures I put up"),
            "photo_person": _l("Pictures I am in, and what I said"),
            "memory_date": _l("When what I told happened"),
            "album": _l("Albums I made"),
            "memory_put_away": _l("What I do not want to look back on"),
            "memory_off": _l("No looks back"),
            "draft": _l("Not sent yet"),
        },
    ),
    Chapter(
        "messages",
        _l("Messages"),
        _l("Your messages with others and with the team, as you read them."),
        _l(
            "Those you write with. Staff read a talk only where somebody in it told them, and it stands under "
            "who read what of yours. The team reads its inbox."
        ),
        {
            "talk": _l("My conversations"),
            "stream_member": _l("Where I stand by name"),
            "talk_opened": _l("When staff read them"),
            "inbox": _l("The team's inbox"),
        },
        conversations=True,
    ),
    Chapter(
        "keeping",
        _l("What I follow and keep"),
        _l(
            "What you pressed, saved, follow and have read. The texts are somebody else's, so only their numbers stand "
            "here."
        ),
        _l("What you pressed is seen by whoever reads the text. Everything else here is yours alone."),
        {
            "reaction": _l("What I pressed"),
            "saved": _l("Saved for me"),
            "stream_choice": _l("What I follow, or do not want to hear of"),
            "read_mark": _l("How far I have read"),
            "mention": _l("Where others named me"),
            "put_away": _l("What I have put away"),
            "book": _l("My memory books"),
            "book_item": _l("What is in them"),
            "book_file": _l("When I had a book made"),
            "book_file_part": _l("Photos and given words in those files"),
            "book_yes": _l("Words asked for memory books"),
        },
    ),
    Chapter(
        "people",
        _l("Other people"),
        _l("Whom you blocked or muted, and whom you want to keep in touch with."),
        _l("You alone; what you wrote to keep in touch with somebody, the safety leads."),
        {
            "exclusion": _l("Whom I blocked"),
            "muted_person": _l("Whom I muted"),
            "muted_words": _l("Words I muted"),
            "connection": _l("Keep in touch"),
            "way_in_vouch": _l("When I was asked whether it is really somebody"),
        },
    ),
    Chapter(
        "staff",
        _l("What staff did about me"),
        _l("Everything staff decided about you, what you said to it, and who read what of yours."),
        _l("You, and those who work here and decide such things."),
        {
            "act": _l("What staff decided"),
            "for_good": _l("Closings without an end"),
            "appeal": _l("This is wrong: what I said"),
            "sanction": _l("Limits and breaks"),
            "reading": _l("Who read what of mine"),
        },
    ),
    Chapter(
        "telling",
        _l("What I told staff, and when I needed somebody"),
        _l("In your words. We do not tell those it is about that it was you."),
        _l(
            "Hosts; where it is about somebody who works here, the safety leads. When you needed somebody: "
            "whoever was called, and the safety leads."
        ),
        {
            "report": _l("What I told staff"),
            "told_piece": _l("Texts that are hidden for me since"),
            "concern": _l("When I needed somebody"),
            "concern_step": _l("What happened then"),
        },
    ),
    Chapter(
        "notices",
        _l("Notifications and letters"),
        _l("What you were told, and what you want to hear."),
        _l("You alone."),
        {
            "notice": _l("Notifications"),
            "own_card": _l("Cards for me alone"),
            "notice_choice": _l("What I want to hear"),
            "notice_space": _l("From which channels"),
            "notice_settings": _l("Letters and quiet nights"),
            "outbox_letter": _l("Letters to me"),
        },
    ),
    Chapter(
        "signing_in",
        _l("How I sign in"),
        _l("Where you were signed in, and what opens the door. The secrets themselves stay where they are."),
        _l("You alone; a request to come in again, those who helped you."),
        {
            "sign_in_session": _l("Where I was signed in"),
            "passkey": _l("Passkeys"),
            "authenticator_app": _l("Second step"),
            "recovery_code": _l("Recovery codes"),
            "email_address": _l("E-mail addresses"),
            "way_in": _l("Ways back in"),
            "way_in_request": _l("When I could not get in"),
            "my_data_export": _l("When I took my data"),
        },
    ),
    Chapter(
        "work",
        _l("My work here"),
        _l("For those who work or worked here."),
        _l("Everybody who works here; your number at work, you alone."),
        {
            "shift": _l("My shifts"),
            "busy": _l("When I was busy"),
            "concern_call": _l("When I was called"),
            "duty_phone": _l("My number at work"),
            "chat_room": _l("Chats I host"),
        },
        at_work=True,
    ),
)
