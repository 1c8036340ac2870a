"""The errors that a user can mend: each is one plain sentence that names the thing and says what to do."""


class TongbiError(Exception):
    """Base of them all; the command line prints its text and no traceback."""


class InputError(TongbiError):
    """A file that cannot be read as a report."""


class ManifestError(TongbiError):
    """A row of raw/manifest.csv or an entry of raw/corrections.toml that fits nothing."""


class BusyError(TongbiError):
    """Another process holds the lock."""


class QualityError(TongbiError):
    """A check of severity error failed: nothing was published."""


class NotBuiltError(TongbiError):
    """There is no warehouse to read yet."""
