"""Settings and files of the installation, looked at before anybody comes in."""

from __future__ import annotations

import config
from community.core import crypto, sealed_files
from community.home import help_numbers
from community.openness import papers


def check(settings: config.Settings) -> None:
    """What would only be noticed when somebody needs it is noticed before anybody comes in."""
    try:
        crypto.configure(settings.secret_key, settings.encryption_keys)
    except ValueError as error:
        raise config.SettingsError("ENCRYPTION_KEYS must be id:key pairs, each key 32 bytes in base64.") from error
    try:
        if settings.backup_key is not None:
            sealed_files.check_public(settings.backup_key)
    except ValueError as error:
        raise config.SettingsError(
            "BACKUP_KEY must be the public half of a key, as `flask backup key` says."
        ) from error
    try:
        help_numbers.check(settings.help_file)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise config.SettingsError(f"The help numbers in {settings.help_file} can't be read: {error}.") from error
    try:
        papers.check(settings.safety_file)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise config.SettingsError(f"The safety papers in {settings.safety_file} can't be read: {error}.") from error
