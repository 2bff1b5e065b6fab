"""Every room's pages, in their order: what is not here has no address."""

from __future__ import annotations

from community.acts import views as act_views
from community.book import choosing_views as book_views
from community.channels import views as channel_views
from community.chat import hosting_views as chat_hosting_views
from community.chat import views as chat_views
from community.concerns import desk as concern_desk
from community.concerns import links as concern_links
from community.concerns import views as concern_views
from community.directory import views as directory_views
from community.forum import question_views
from community.forum import views as forum_views
from community.home import (
    checking,
    design,
    handover,
    notice_wishes,
    portrait_views,
    waits,
)
from community.home import telling as home_telling
from community.home import unanswered as home_unanswered
from community.inbox import team_views
from community.inbox import views as inbox_views
from community.lifecycle import pages as lifecycle_pages
from community.members import (
    account_views,
    connection_views,
    passkey_views,
    rules_views,
    second_step_views,
)
from community.members import views as member_views
from community.memories import views as memory_views
from community.moderation import talk_desk, unmask_views
from community.moderation import views as moderation_views
from community.moving import preparing_views
from community.my_data import views as my_data_views
from community.notices import views as notice_views
from community.openness import incident_views
from community.openness import views as openness_views
from community.photos import views as photo_views
from community.publishing import views as publishing_views
from community.recovery import desk as recovery_desk
from community.reports import views as reports_views
from community.rota import views as rota_views
from community.separations import views as separation_views
from community.streams import mention_views as stream_views
from community.talks import bridge_views as talk_bridges
from community.talks import views as talk_views
from community.wordlists import views as wordlists_views

PAGES = (
    design.pages,
    home_unanswered.pages,
    checking.pages,
    notice_wishes.pages,
    home_telling.pages,
    member_views.pages,
    account_views.pages,
    second_step_views.pages,
    passkey_views.pages,
    connection_views.pages,
    forum_views.pages,
    question_views.pages,
    notice_views.pages,
    stream_views.pages,
    recovery_desk.pages,
    channel_views.pages,
    rota_views.pages,
    handover.pages,
    wordlists_views.pages,
    moderation_views.pages,
    waits.pages,
    reports_views.pages,
    act_views.pages,
    concern_views.pages,
    concern_desk.pages,
    concern_links.pages,
    rules_views.pages,
    openness_views.pages,
    incident_views.pages,
    unmask_views.pages,
    publishing_views.pages,
    chat_views.pages,
    chat_hosting_views.pages,
    inbox_views.pages,
    team_views.pages,
    talk_views.pages,
    talk_bridges.pages,
    talk_desk.pages,
    separation_views.pages,
    directory_views.pages,
    preparing_views.pages,
    *lifecycle_pages.PAGES,
    my_data_views.pages,
    photo_views.pages,
    portrait_views.pages,
    memory_views.pages,
    book_views.pages,
)
