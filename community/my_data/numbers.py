"""Keys of data.json that stand for numbers of the machine, in words: named there, and shown on no page."""

from __future__ import annotations

from typing import Any

from community.core.i18n import lazy as _l

NUMBERS: dict[str, Any] = {
    "file": _l("where its picture lies"),
    "act_id": _l("number of the decision"),
    "check_at": _l("since when it stands unread by a host"),
    "client_id": _l("number the browser gave it"),
    "concern_id": _l("number of the time I needed somebody"),
    **dict.fromkeys(("book_id", "file_id", "ref_id"), _l("number of the book, of its file, or of what stands in it")),
    "data_ready_until": _l("how long this file waits for me"),
    "done_parts": _l("how many parts are read"),
    "farewell_id": _l("number of the thread in which I said goodbye"),
    "first_id": _l("number of the one before it"),
    "from_nr": _l("first place"),
    "hello_asked": _l("how often I was offered to say hello"),
    "id": _l("number of the row"),
    "is_open": _l("under way"),
    "lang": _l("language of the text"),
    "letter_id": _l("number of the letter"),
    "lock_tries": _l("wrong tries with the PIN"),
    "mail_due_at": _l("when a letter was due"),
    "nr": _l("place"),
    "parts": _l("how many parts there are"),
    "piece_id": _l("number of the text"),
    "piece_version": _l("version of the text"),
    "private_at": _l("own pages last opened"),
    "private_tries": _l("wrong tries with the PIN of my own pages"),
    "quote_from": _l("beginning of what is quoted"),
    "quote_id": _l("number of the text that is answered"),
    "quote_to": _l("end of what is quoted"),
    "quote_version": _l("version of what is quoted"),
    "request_id": _l("number of the request"),
    "sanction_id": _l("number of the limit"),
    "seq": _l("count of changes there"),
    "sign_count": _l("how often the passkey was used"),
    "size": _l("bytes"),
    "slow_seconds": _l("seconds between two messages"),
    "stream_id": _l("number of the place"),
    "times": _l("how often"),
    "to_nr": _l("last place"),
    "version": _l("version"),
    "way_in_id": _l("number of the way back in"),
}
"""Keys of the data alone: numbers that join things, and figures of the machine."""
