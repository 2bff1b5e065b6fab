"""Every room's tables in one place, for migrations and for tests that look at all of them."""

from __future__ import annotations

from community.channels import models as channels
from community.core import announcements, audit, clock, jobs, outbox
from community.core.model_base import Base
from community.forum import models as forum
from community.members import models as members
from community.notices import models as notices
from community.recovery import models as recovery
from community.spaces import models as spaces
from community.streams import models as streams

ROOMS = (announcements, audit, clock, jobs, outbox, members, spaces, streams, notices, forum, recovery, channels)
METADATA = Base.metadata
