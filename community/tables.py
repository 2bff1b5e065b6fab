"""Every room's tables in one place, for migrations and for tests that look at all of them."""

from __future__ import annotations

from community.acts import models as acts
from community.book import models as book
from community.channels import models as channels
from community.chat import models as chat
from community.concerns import models as concerns
from community.core import announcements, audit, clock, jobs, outbox
from community.core.model_base import Base
from community.directory import models as directory
from community.forum import models as forum
from community.inbox import models as inbox
from community.members import models as members
from community.members import separation_models as separations
from community.memories import models as memories
from community.moderation import unmask_models as moderation
from community.moving import models as moving
from community.moving import prepared_models as prepared
from community.my_data import models as my_data
from community.notices import models as notices
from community.photos import models as photos
from community.recovery import models as recovery
from community.reports import models as reports
from community.rota import models as rota
from community.safety import models as safety
from community.spaces import models as spaces
from community.streams import models as streams
from community.talks import models as talks
from community.turns import models as turns
from community.wordlists import models as wordlists

ROOMS = (
    *(announcements, audit, clock, jobs, outbox, safety, members, separations, spaces, rota, streams),
    *(notices, photos, memories, acts, forum, recovery, channels, wordlists, reports, concerns, chat, inbox, talks),
    *(moving, prepared, turns, moderation),
    *(directory, my_data, book),
)
METADATA = Base.metadata
