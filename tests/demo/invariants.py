"""What must hold in every stream, whoever wrote it, asked of the whole database in a few statements."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

_BROKEN = {
    "events are counted without holes": """
        SELECT s.id FROM stream s LEFT JOIN stream_event e ON e.stream_id = s.id
        GROUP BY s.id, s.seq HAVING count(e.seq) <> s.seq OR max(e.seq) <> s.seq OR min(e.seq) <> 1""",
    "each event names the one before": "SELECT stream_id FROM stream_event WHERE prev <> seq - 1",
    "places are counted without holes": """
        SELECT s.id FROM stream s LEFT JOIN piece p ON p.stream_id = s.id
        GROUP BY s.id, s.last_nr HAVING count(p.nr) <> s.last_nr OR max(p.nr) <> s.last_nr OR min(p.nr) <> 1""",
    "the newest place orders the feed": """
        SELECT s.id FROM stream s JOIN piece p ON p.stream_id = s.id AND p.nr = s.last_nr
        WHERE s.active_at <> p.published_at""",
    "the opening stands first": """
        SELECT s.id FROM stream s LEFT JOIN piece p ON p.id = s.opening_id AND p.stream_id = s.id
        WHERE s.kind = 'thread' AND (p.id IS NULL OR p.nr <> 1 OR p.kind <> 'opening' OR NOT s.listed)""",
    "a piece knows its newest event, and what waits has none": """
        SELECT p.id FROM piece p LEFT JOIN stream_event e ON e.piece_id = p.id AND e.stream_id = p.stream_id
        GROUP BY p.id, p.seq, p.nr HAVING max(e.seq) <> p.seq OR (max(e.seq) IS NULL) <> (p.nr IS NULL)""",
    "what waits for its first reader has no place": "SELECT id FROM piece WHERE (state = 'held') <> (nr IS NULL)",
    "places come in the order of time": """
        SELECT a.id FROM piece a JOIN piece b ON b.stream_id = a.stream_id AND b.nr = a.nr + 1
        WHERE b.published_at < a.published_at""",
    "every reaction is an event": """
        SELECT r.piece_id FROM reaction r LEFT JOIN stream_event e
          ON e.piece_id = r.piece_id AND e.by_id = r.member_id AND e.kind = 'reacted' WHERE e.seq IS NULL""",
    "nobody has read further than there is": """
        SELECT m.member_id FROM read_mark m JOIN stream s ON s.id = m.stream_id WHERE m.nr > s.last_nr OR m.nr < 1""",
    "who answered has read that far": """
        SELECT p.id FROM piece p LEFT JOIN read_mark m ON m.member_id = p.author_id AND m.stream_id = p.stream_id
        WHERE p.kind = 'reply' AND (m.nr IS NULL OR m.nr < p.nr)""",
    "every stream is a thread, a chat, a talk or an inbox": """
        SELECT s.id FROM stream s LEFT JOIN thread t ON t.stream_id = s.id LEFT JOIN chat_room r ON r.stream_id = s.id
          LEFT JOIN talk k ON k.stream_id = s.id LEFT JOIN inbox i ON i.stream_id = s.id
        WHERE (CASE WHEN t.mode IS NULL THEN 0 ELSE 1 END) + (CASE WHEN r.made_at IS NULL THEN 0 ELSE 1 END)
          + (CASE WHEN k.begun_at IS NULL THEN 0 ELSE 1 END) + (CASE WHEN i.stream_id IS NULL THEN 0 ELSE 1 END) <> 1
          OR (s.kind = 'room') <> (r.made_at IS NOT NULL) OR (s.kind = 'talk') <> (k.begun_at IS NOT NULL)
          OR (s.kind = 'inbox') <> (i.stream_id IS NOT NULL)""",
}


def broken(s: Session) -> list[tuple[str, Any]]:
    """What does not hold, with the first row found."""
    found = [(what, s.execute(text(sql)).first()) for what, sql in _BROKEN.items()]
    return [(what, row) for what, row in found if row is not None]
