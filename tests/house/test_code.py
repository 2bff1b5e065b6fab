"""The house tests itself: rules that hold for every file, read off the code."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

COMMUNITY = Path(__file__).parents[2] / "community"

ACTIONS = (
    "separations/odd.py",
    "*/actions.py",
    *(f"members/{name}.py" for name in ("app_lock", "invitations", "look", "own_password", "sessions", "tablet")),
    *(f"members/{name}.py" for name in ("fresh", "authenticator", "recovery_codes", "passkeys")),
    "streams/keeping.py",
    "forum/questions.py",
    "channels/pinning.py",
    "rota/handing.py",
    *("reports/standstill.py", "reports/at_once.py", "streams/moderating.py"),
    "acts/standing.py",
    "concerns/handling.py",
    "streams/placing.py",
    *("streams/gating.py", "streams/waiting_edits.py", "streams/checking.py", "members/trust.py"),
    "streams/moderating.py",
    "moderation/deciding.py",
    *("members/profile.py", "members/blocks.py", "streams/muting.py", "streams/mentions.py"),
    *(f"recovery/{name}.py" for name in ("links", "requests", "emails")),
    *(f"members/{name}.py" for name in ("incident", "readings", "rules_changing")),
    "moderation/unmasking.py",
    "chat/hosting.py",
    "members/connecting.py",
    "streams/by_name.py",
    *(f"lifecycle/{name}.py" for name in ("taking_break", "leaving_work", "new_contact")),
    *(f"lifecycle/{name}.py" for name in ("starting_work", "remembering", "renaming", "two_people")),
    *(f"moving/{name}.py" for name in ("listing", "preparing", "letter_writing")),
    *("notices/laying.py", "lifecycle/own_cards.py"),
    *("photos/asking.py", "photos/portraits.py"),
    *("book/asking.py", "book/files.py"),
)
QUERIES = (
    "*/queries.py",
    "members/invited.py",
    "recovery/waiting.py",
    "streams/kept.py",
    "streams/own.py",
    "forum/feed.py",
    "streams/catching_up.py",
    "forum/helped.py",
    "forum/unanswered.py",
    "streams/muted.py",
    "members/named.py",
    *("home/profiles.py", "photos/portrait_queries.py"),
    "channels/pinned.py",
    "rota/working.py",
    "streams/unchecked.py",
    "streams/promises.py",
    "streams/stretches.py",
    "rota/busy.py",
    "streams/told.py",
    "moderation/items.py",
    "moderation/waiting.py",
    "acts/cases.py",
    "acts/steps.py",
    "acts/answering.py",
    "concerns/waiting.py",
    "openness/lines.py",
    "openness/numbers.py",
    "chat/here.py",
    "members/connections.py",
    "inbox/waiting.py",
    "streams/messages.py",
    "chat/search.py",
    "lifecycle/membership.py",
    *(f"moving/{name}.py" for name in ("checklist", "prepared", "letters")),
    *("notices/cards.py", "notices/chosen.py", "streams/near.py", "home/above.py"),
    *("memories/timeline.py", "memories/looking_back.py"),
    *("*/for_owner.py", "moving/prepared_for_owner.py"),
    *("book/words.py", "book/leaves.py", "book/choosing.py"),
)

# Actions that ask no rule, each for a reason. Everything else calls require().
ASKS_NOTHING = {
    **dict.fromkeys((f"book.files.{name}" for name in ("start", "note_progress", "finish")), "the job's"),
    **dict.fromkeys(
        (f"book.files.{name}" for name in ("own_for", "under_way_for", "files_for")), "a query, viewer first"
    ),
    "book.files.file_for": "a query, viewer first",
    "book.files.holds": "a query, viewer first",
    "book.files.all_hold": "a query, viewer first",
    "book.files.end": "called by what has asked, and by jobs",
    "book.files.recheck": "a job; nobody asks for it",
    "book.asking.ask_again": "a job; nobody asks for it",
    "book.asking.let_go": "called inside the action that lets somebody go",
    "photos.actions.alt_of": "of a row a query has found",
    "photos.asking.hang": "attach asks",
    "photos.actions.place": "say_who asks",
    "photos.actions.forget": "called by what has asked, and by jobs",
    "photos.actions.clear_out": "a job; nobody asks for it",
    "photos.actions.sweep": "a job; nobody asks for it",
    "photos.asking.ask": "called inside actions that have asked",
    "photos.asking.ask_of": "called inside actions that have asked",
    "photos.asking.confirm_all": "called by whoever decides, inside the deciding action",
    "photos.asking.ask_again": "a job; nobody asks for it",
    "photos.asking.changed": "called inside actions that have asked",
    "photos.asking.over": "called inside actions that have asked",
    "photos.portraits.end_with_work": "called inside the action that ends her work",
    "photos.portraits.forget": "called when somebody has left",
    "photos.portraits.names": "for the job that sweeps",
    "notices.laying.end_about": "called by the room that laid them",
    "notices.laying.lay_anew": "by the job of the room that laid it",
    "streams.mentions.nameable": "a query, viewer first; asks the rule of every name",
    "streams.gating.with_pictures": "pure",
    "moving.listing.begin": "called by whoever sets a move, inside that action, and by one of the two, who was asked",
    "moving.letter_writing.let_stand": "called by whoever decides, inside the deciding action",
    "moving.letter_writing.send_back": "called by whoever decides, inside the deciding action",
    "notices.laying.lay": "called inside actions that have asked, and by jobs",
    "notices.laying.lay_again": "by the job of the room that laid it",
    "notices.laying.end": "called by the room that laid them, by jobs",
    "moderation.deciding.is_letter": "pure",
    "my_data.actions.start": "the job's; her asking has been asked",
    "my_data.actions.note_progress": "the job's",
    "my_data.actions.finish": "the job's",
    "my_data.actions.end": "called by what has asked, and by the job",
    "my_data.actions.clear_out": "a job",
    "streams.gating.given_back": "pure",
    "streams.gating.facts_in_chat": "reads, for the gate",
    "streams.gating.surface_of": "pure",
    "streams.by_name.standing_in": "what of it is known already, for the same viewer",
    "chat.hosting.wish_of": "pure",
    "members.connecting.end_between": "called by what keeps two apart, which has asked",
    "chat.hosting.places": "a query, viewer first",
    "chat.actions.make": "called by what has asked: a job, and whoever opens a chat for an evening",
    "chat.actions.open_standing": "a job, and the first command of an installation",
    "chat.actions.without_chat": "what that job looks for",
    "notices.actions.stop_letters": "whoever has the link of a letter; it can do nothing else",
    "members.actions.open_session": "called for somebody who has proved who she is a moment before",
    "members.actions.clear_out_sessions": "a job; nobody asks for it",
    "members.invitations.clear_out": "a job; nobody asks for it",
    "members.actions.end_all_sessions": "called inside actions that have asked",
    "members.actions.named": "looks a name up for the three actions of the command line",
    "members.actions.plain_name": "pure",
    "members.actions.checked_name": "pure",
    "members.fresh.is_fresh": "reads the viewer",
    "members.fresh.require": "is a rule itself",
    "members.authenticator.new_secret": "pure",
    "members.authenticator.address_of": "pure",
    "members.authenticator.is_on": "reads the viewer's own",
    "members.authenticator.pending_place": "pure",
    "members.recovery_codes.left": "reads the viewer's own",
    "members.recovery_codes.use": "in place of the second step: called where that has asked",
    "members.recovery_codes.in_time": "pure",
    "members.passkeys.configure": "once per process",
    "members.passkeys.site": "once per process",
    "members.passkeys.passkeys_of": "reads the viewer's own",
    "members.passkeys.options_to_sign_in": "the same for everybody",
    "members.passkeys.proved": "who she is, is what it finds out",
    "members.passkeys.forget_spent": "a job; nobody asks for it",
    "members.sessions.end_rows": "called inside actions that have asked",
    "members.sessions.open_for": "a query, viewer first",
    "members.tablet.has_pin": "a query, viewer first",
    "recovery.links.clear_out": "a job; nobody asks for it",
    "recovery.links.write": "called inside actions that have asked",
    "recovery.links.close": "called inside actions that have asked",
    "recovery.links.link_hash": "pure",
    "recovery.links.send": "called inside actions that have asked",
    "recovery.links.forget_asked_addresses": "called inside actions that have asked",
    "recovery.links.stop_secret": "pure",
    "recovery.requests.due_after": "pure",
    "recovery.requests.clear_out": "a job; nobody asks for it",
    "recovery.emails.asks_due": "a job; nobody asks for it",
    "recovery.emails.answer_ask": "a job; the asking was allowed before",
    "recovery.emails.clear_out": "a job; nobody asks for it",
    "recovery.emails.plain_address": "pure",
    "recovery.emails.address_hash": "pure",
    "forum.questions.checked_tags": "pure",
    "forum.questions.write_tags": "called inside actions that have asked",
    "notices.actions.tell_new": "called inside actions that have asked",
    "notices.actions.tell_reply": "called inside actions that have asked",
    "notices.actions.tell_message": "called inside actions that have asked",
    "notices.actions.tell_answered": "called inside actions that have asked",
    "notices.actions.edit_piece": "streams.edit_piece asks",
    "notices.actions.tell_mentioned": "called inside actions that have asked; who hears is filtered",
    "notices.actions.tell_published": "called by whoever decides, inside the deciding action",
    "notices.actions.react": "streams.react asks",
    "notices.actions.drop_letters": "called inside actions that have asked, and by the job of letters",
    "notices.actions.postpone_letter": "the job of letters",
    "notices.actions.gather_letter": "the job of letters",
    "notices.actions.rest_letters": "the job of letters",
    "notices.actions.letters_rest_no_more": "called inside actions that have asked",
    "lifecycle.leaving_work.carry_out": "a job, and part of planning it for today, which has asked",
    "lifecycle.leaving_work.planned_for": "whether somebody leaves, for what has asked",
    "lifecycle.leaving_work.note_of": "of a row a query has found",
    "lifecycle.two_people.checked": "pure",
    "members.actions.forget_former_name": "called inside actions that have asked",
    "members.actions.free_sign_in_name": "pure but for looking which are taken",
    "lifecycle.taking_break.own_break": "reads the viewer's own",
    "notices.actions.clear_out": "a job; nobody asks for it",
    "members.profile.profile_of": "a query, viewer first",
    "members.profile.let_stand": "called by whoever decides, inside the deciding action",
    "members.profile.send_back": "called by whoever decides, inside the deciding action",
    "members.profile.target_of": "pure",
    "members.profile.may_tell_year": "pure",
    "members.trust.holds": "a condition",
    "members.trust.is_trusted": "a query, viewer first; asks who may say so",
    "members.trust.what_a_yes_does": "pure, of the table in force",
    "members.trust.note_known": "called while somebody joins by an invitation, whose maker has been asked",
    "members.blocks.is_blocked": "reads the viewer's own",
    "members.blocks.blocked_by": "reads the viewer's own",
    "streams.mentions.names_in": "names for a reader who has the texts already",
    "streams.mentions.named_in": "pure",
    "streams.mentions.names_for": "a query, viewer first; asks the rule of every name",
    "streams.mentions.ids_for": "whom a piece names, for telling them",
    "streams.mentions.with_marks": "called inside actions that have asked; asks the rule of every name",
    "streams.mentions.note": "called inside actions that have asked",
    "spaces.actions.free_slug": "pure but for looking which are taken",
    "spaces.actions.note_change": "called inside actions that have asked",
    "channels.actions.values_of": "pure",
    "streams.placing.hint_at": "called inside actions that have asked",
    "streams.actions.offered": "pure",
    "streams.placing.publish_held": "called by whoever decides, inside the deciding action",
    "streams.gating.house_of_place": "pure",
    "streams.gating.facts_at": "about the writer and the place, for the gate",
    "streams.gating.writer_of": "about the writer, for the gate",
    "streams.gating.is_own": "pure",
    "streams.gating.facts_for_all": "about the writer, for the gate",
    "streams.gating.verdict_on": "called inside actions that have asked",
    "streams.gating.words_of": "pure",
    "streams.gating.follow": "called inside actions that have asked",
    "streams.gating.changed": "called inside actions that have asked",
    "streams.gating.wait": "called by the job of delayed pieces",
    "streams.gating.target_of": "pure",
    "streams.gating.taken_back": "called inside actions that have asked",
    "streams.gating.own_changed": "called inside actions that have asked",
    "streams.waiting_edits.apply": "called inside actions that have asked",
    "streams.waiting_edits.keep": "called inside actions that have asked",
    "streams.waiting_edits.forget": "called inside actions that have asked",
    "streams.waiting_edits.waiting_on": "called by whoever decides, about pieces a query found",
    "streams.waiting_edits.as_wanted": "pure",
    "streams.waiting_edits.publish_waiting_edit": "called by whoever decides, inside the deciding action",
    "streams.waiting_edits.return_waiting_edit": "called by whoever decides, inside the deciding action",
    "streams.placing.publish_due": "a job; asks whether the author may still write",
    "streams.placing.take_place": "called by what has asked: whoever writes, and whoever decides",
    "streams.placing.revision_of": "pure",
    "streams.placing.changed": "called inside actions that have asked",
    **dict.fromkeys(
        (
            f"streams.moderating.{name}"
            for name in ("publish", "send_back", "hide", "show_again", "wait_again", "remove", "ask_to_rewrite")
        ),
        "called by whoever decides, inside the deciding action",
    ),
    **dict.fromkeys(
        (
            f"streams.moderating.{name}"
            for name in ("give_note", "take_note_off", "lock", "unlock", "tell_author", "forget_told")
        ),
        "called by whoever decides, inside the deciding action",
    ),
    **dict.fromkeys(
        (
            f"streams.by_name.{name}"
            for name in ("opens", "row_of", "rows_of", "standing_in", "parties_in", "joined_later", "begin_at")
        ),
        "who stands in a stream, asked before anything is shown of it",
    ),
    **dict.fromkeys(
        (f"streams.by_name.{name}" for name in ("open_stream", "put", "announce_change")),
        "called inside actions that have asked",
    ),
    "talks.actions.note_bridge": "a job; nobody asks for it",
    "streams.moderating.is_locked": "pure",
    "streams.moderating.set_right": "called by whoever answers an objection, inside that action",
    "streams.moderating.sent_again": "called inside actions that have asked",
    "moderation.deciding.is_profile": "pure",
    "moderation.deciding.offered": "pure",
    "moderation.deciding.overtaken": "what a refusal says",
    "moderation.deciding.reverse": "called inside actions that have asked",
    "streams.actions.clear_out_removed": "a job; nobody asks for it",
    "members.readings.of_mine": "reads the viewer's own",
    "members.readings.clear_out": "a job; nobody asks for it",
    "moderation.unmasking.who_for": "a query, viewer first",
    "moderation.unmasking.piece_of": "a query, viewer first",
    "openness.actions.duty_words": "pure",
    "rota.actions.at_home": "pure",
    "rota.actions.wish_of": "pure",
    "reports.actions.clear_out": "a job; nobody asks for it",
    "reports.at_once.follow": "called inside actions that have asked",
    "reports.standstill.keep_apart": "called inside actions that have asked",
    "reports.standstill.only_reads": "about a person, for the rule",
    "reports.standstill.let_only_read": "called inside actions that have asked",
    "reports.standstill.end_standstill": "a job, when a person has decided",
    "acts.actions.decide": "answering.appeal_for asks, of the appeal it finds",
    "acts.actions.undo_act": "called inside actions that have asked",
    "acts.actions.due_after": "pure",
    "concerns.actions.ways_for": "pure",
    "concerns.handling.call_for": "whoever has the link; it can do one thing",
    "concerns.handling.answer": "whoever has the link; it can do one thing",
}

# Queries without a viewer or visitor in front, each for a reason.
SEES_NOBODY = {
    "photos.queries.concerned_by": "for deliveries to open pages",
    "photos.portrait_queries.of_member": "of somebody a query has found, inside actions that ask",
    "members.queries.portrait_of": "of a row a query has found",
    "photos.portrait_queries.file_of": "of a row a query has found",
    "book.leaves.milestone_words": "pure",
    "photos.queries.shown_on": "for whoever shows pieces a query has found; those kept apart from her are given",
    "moving.checklist.words_of": "of a row a query has found",
    "moving.checklist.note_of": "of a row a query has found",
    "moving.letters.words_of": "of a row a query has found",
    "moving.letters.target_of": "pure",
    "moving.letters.letter_of_target": "what a case is about that a query has found",
    "my_data.queries.view_of": "of a row a query has found",
    "talks.queries.name_of": "pure",
    "talks.queries.called_so": "pure",
    "talks.queries.why_place": "pure",
    "spaces.queries.by_name": "the place itself, which nobody reads",
    "members.queries.years_of": "about a person, for whoever decides about contact",
    "members.connections.approved_with": "the wall itself",
    "members.connections.approved_among": "the wall itself",
    "members.connections.waits": "conditions",
    "members.connections.sealed": "of a row a query has found",
    "members.connections.words_of": "of a row a query has found",
    "members.connections.over": "for the job that ends them",
    "members.connections.to_review": "for the job that tells safety leads",
    "inbox.queries.waiting_places": "what decides who may know; for the figure",
    "inbox.waiting.forget": "what the process keeps",
    "chat.queries.judged": "about a chat the viewer found",
    "chat.queries.has_its_own": "pure",
    "chat.queries.lately": "about a chat the viewer found",
    "chat.here.look": "what a server does once a second; each page is told what its reader may see",
    "chat.queries.rests": "pure",
    "chat.queries.watch_of": "about a chat the viewer found",
    "chat.queries.watched_by": "about a chat the viewer found",
    "members.queries.viewer_for": "finds the viewer",
    "members.queries.as_viewer": "finds the viewer (jobs, the demo, tests)",
    "members.queries.viewer_now": "finds the viewer, who may have gone meanwhile",
    "members.queries.live_viewer_for": "finds the viewer",
    "members.queries.has": "a condition",
    "members.queries.member_of_token": "whose session it was, for carrying a form",
    "members.queries.authors": "how people are shown; the same for every reader",
    "members.queries.counts_by_kind": "pure",
    "separations.queries.due_on": "for the job that tells those who decide",
    "separations.queries.pair_in": "of a row a query has found",
    "separations.queries.sealed": "of a row a query has found",
    "members.queries.facts_for": "about the writer, for the gate",
    "members.invited.usable": "a condition",
    "members.queries.band_of": "pure",
    "members.queries.person_facts": "pure",
    "members.queries.kind_now": "pure",
    "recovery.queries.usable": "a condition",
    "recovery.queries.is_usable": "the same for a row at hand",
    "recovery.queries.stoppable": "a condition",
    "recovery.queries.state_of": "pure",
    "recovery.queries.stopped_makers": "about a person, for the rule",
    "recovery.queries.confirmed_address": "where letters go; no page shows it",
    "recovery.queries.addresses_of_settlers": "where letters go; no page shows it",
    "recovery.queries.holder_by_session": "finds who may stop",
    "recovery.queries.holder_by_letter": "finds who may stop",
    "recovery.queries.holder_of": "finds who may stop",
    "recovery.queries.is_here": "whether somebody is a member, for letters",
    "recovery.queries.views_of": "shows rows a query has found",
    "forum.queries.asking_streams": "a condition",
    "memories.looking_back.forget": "what the process keeps",
    "forum.helped.all_tags": "fixed words",
    "forum.helped.in_order": "pure",
    "forum.helped.neutral_helped": "the one shared live frame, as somebody without exclusions sees it",
    "streams.queries.delayed_until": "for the job that lets them take their place",
    "streams.queries.neutral_view": "the one shared live frame, as somebody without exclusions sees it",
    "members.named.called_ever": "how people are called; the same for every reader",
    "members.named.called_now": "how people are called; the same for every reader",
    "members.named.met": "how people are called; the same for every reader",
    "streams.muted.as_compared": "pure",
    "streams.muted.place_of": "pure",
    "rota.queries.cover_at": "about a house, for what follows cover",
    "rota.queries.gaps_between": "about a house, for what follows cover",
    "rota.queries.shifts_between": "about the houses, for what follows cover",
    "rota.working.hour": "pure",
    "rota.working.shifts_ahead": "what the process keeps of the houses' shifts, for saying when somebody comes",
    "streams.promises.next_begin": "pure",
    "streams.promises.usual_minutes": "a figure about all of them",
    "streams.promises.rounded": "pure",
    "streams.promises.forget": "what the process keeps",
    "reports.queries.reads_by": "about a house, from its rota",
    "reports.queries.leads": "whom a matter can reach, for the rules",
    "reports.queries.words_of": "of a row a query has found",
    "reports.queries.kept_of": "of a row a query has found",
    "rota.working.forget": "what the process keeps",
    "rota.queries.works_at": "about a person, for the rules of a shift",
    "concerns.queries.about": "for the rules of who is told",
    "concerns.queries.first_names": "how people are called; the same for every reader",
    "concerns.waiting.forget": "what the process keeps",
    "rota.queries.is_host_on": "about a person, for the rules of a shift",
    "home.queries.who_sees": "fixed words, shown to everybody",
    "home.queries.how_long": "fixed words, shown to everybody",
    "forum.queries.lock_of": "pure",
    "rota.busy.busy_until": "about a host, for promises",
    "rota.busy.busy_now": "about hosts, for promises",
    "rota.busy.backed_up_by": "about a host, for her queue",
    "streams.told.told_to_authors": "about pieces a query has found",
    "streams.told.words_of": "about a row a query has found",
    "acts.cases.place_of": "of a case a query has found",
    "acts.cases.places": "what decides who may know; for the hint and the figure",
    "moderation.queries.kind_of": "pure",
    "moderation.queries.holder_of": "pure",
    "moderation.queries.lapsed_before": "pure",
    "moderation.items.groups_of": "pure",
    "moderation.items.marked": "pure",
    "moderation.items.heard_in": "pure",
    "moderation.items.oldest": "pure",
    "moderation.waiting.forget": "what the process keeps",
    "acts.queries.holding": "a condition",
    "acts.steps.decided_about": "a figure, for the rule that two who decide take turns",
    "acts.answering.about": "where an objection belongs, for actions that have asked",
    "publishing.queries.lines_between": "pure",
    "openness.numbers.forget": "what the process keeps",
    "openness.numbers.count": "numbers for everybody, before they are rounded",
    "openness.numbers.rounded": "pure",
    "openness.numbers.in_words": "pure",
}


def _trees(pattern: str) -> list[tuple[str, ast.Module]]:
    return [(_name(path), ast.parse(path.read_text())) for path in sorted(COMMUNITY.glob(pattern))]


def _name(path: Path) -> str:
    return ".".join(path.relative_to(COMMUNITY).with_suffix("").parts)


def _public(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def _calls(node: ast.AST) -> set[str]:
    called = (call.func for call in ast.walk(node) if isinstance(call, ast.Call))
    return {
        func.id if isinstance(func, ast.Name) else func.attr
        for func in called
        if isinstance(func, ast.Name | ast.Attribute)
    }


def test_every_action_asks_a_rule() -> None:
    asking, not_asking = set(), set()
    for name, tree in [tree for pattern in ACTIONS for tree in _trees(pattern)]:
        for function in _public(tree):
            (asking if "require" in _calls(function) else not_asking).add(f"{name}.{function.name}")
    assert len(asking) > 20
    assert not_asking == set(ASKS_NOTHING)


def test_every_query_takes_a_viewer_first() -> None:
    without, count = set(), 0
    for name, tree in (found for pattern in QUERIES for found in _trees(pattern)):
        for function in _public(tree):
            count += 1
            first = function.args.args[0].arg if function.args.args else ""
            if first not in ("viewer", "visitor"):
                without.add(f"{name}.{function.name}")
    assert count > 40
    assert without == set(SEES_NOBODY)


def test_public_actions_and_queries_say_what_they_promise() -> None:
    silent = [
        f"{name}.{function.name}"
        for pattern in (*ACTIONS, *QUERIES)
        for name, tree in _trees(pattern)
        for function in _public(tree)
        if not ast.get_docstring(function)
    ]
    assert silent == []


ONE_PLACE = [
    ("commit", {"core.db"}),
    ("utcnow", set()),
    ("fromtimestamp", {"core.web", "core.paging"}),
    ("monkey_patch", set()),
]


@pytest.mark.parametrize(("name", "places"), ONE_PLACE)
def test_some_calls_have_one_place(name: str, places: set[str]) -> None:
    assert {where for where, tree in _trees("**/*.py") if name in _calls(tree)} <= places


FETCHING = {"urllib.request", "http.client", "requests", "httpx", "aiohttp", "ftplib"}
UNPICKLING = {"pickle", "marshal", "shelve", "dill", "yaml", "xml"}


def test_nothing_is_fetched_for_people_or_unpickled() -> None:
    found = set()
    for name, tree in _trees("**/*.py"):
        for node in ast.walk(tree):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found |= {f"{name}: {m}" for m in modules if {m, m.split(".")[0]} & (FETCHING | UNPICKLING)}
    assert found == set()


def test_only_the_clock_knows_what_time_it_is() -> None:
    asking = set()
    for name, tree in _trees("**/*.py"):
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Attribute) and call.func.attr in ("now", "today", "utcnow"):
                owner = call.func.value
                if isinstance(owner, ast.Name) and owner.id in ("datetime", "date"):
                    asking.add(name)
    assert asking == {"core.clock"}


IMPORTED_BY = [
    ("bleach", {"core.text"}),
    ("markdown_it", {"core.text"}),
    ("eventlet", {"core.loop", "core.fanout", "core.fastpath"}),
    ("flask_socketio", {"core.live", "core.fanout"}),
    ("socketio", {"core.fastpath"}),
    ("engineio", {"core.fastpath"}),
    ("argon2", {"members.passwords"}),
    ("prometheus_client", {"core.metrics"}),
    ("pyrage", {"core.sealed_files"}),
    ("pyotp", {"members.authenticator"}),
    ("PIL", {"core.picture_drawing", "core.picture_faces", "demo.brush"}),
    ("dlib", {"core.picture_faces"}),
    ("numpy", {"core.picture_faces"}),
    ("pillow_heif", {"core.picture_drawing"}),
    ("segno", {"members.qr"}),
    ("webauthn", {"members.passkeys"}),
    ("pickle", set()),
    ("requests", set()),
    ("urllib.request", set()),
]


@pytest.mark.parametrize(("module", "places"), IMPORTED_BY)
def test_what_may_have_to_be_replaced_is_imported_in_one_place(module: str, places: set[str]) -> None:
    found = set()
    for name, tree in _trees("**/*.py"):
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(imported == module or imported.startswith(f"{module}.") for imported in names):
                found.add(name)
    assert found <= places
    assert bool(found) is bool(places)


def test_a_log_line_is_a_fixed_sentence() -> None:
    """Values go in as arguments, where a reader of the code sees them; never a text put together beforehand."""
    levels, wrong, count = {"debug", "info", "warning", "error", "exception"}, [], 0
    for name, tree in _trees("**/*.py"):
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            owner = call.func.value if isinstance(call.func, ast.Attribute) else None
            if isinstance(owner, ast.Name) and owner.id == "_log" and call.func.attr in levels:  # type: ignore[attr-defined]
                count += 1
                if not (isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)):
                    wrong.append(f"{name}:{call.lineno}")
    assert count > 8
    assert wrong == []


def test_files_stay_small() -> None:
    tall = {name: len(path.read_text().splitlines()) for path in COMMUNITY.rglob("*.py") if (name := _name(path))}
    too_tall = {name: lines for name, lines in tall.items() if lines > 400 and not name.startswith("demo.")}
    assert too_tall == {}
