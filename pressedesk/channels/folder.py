"""The demo's channel: each mail as a file in instance/demo-post, to be opened with any mail program. Sends nothing."""

from hashlib import blake2b

from pressedesk.channels import SENT, Fault, Letter, Outcome
from pressedesk.channels.mail import build
from pressedesk.config import Settings
from pressedesk.models import DeliveryState
from pressedesk.workhours import OSLO

NAME = "demo-post"


class Folder:
    """Writes «20261124-140500 1a2b3c4d.eml». The same mail again is the same file."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.path = settings.instance_path / NAME

    def send(self, letter: Letter) -> Outcome:
        """Write the letter. Bytes and all, it is what a mail server would have got."""
        content = build(letter, self._settings).as_bytes()
        mark = blake2b(letter.message_id.encode(), digest_size=4).hexdigest()
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            (self.path / f"{letter.at.astimezone(OSLO):%Y%m%d-%H%M%S} {mark}.eml").write_bytes(content)
        except OSError:
            return Outcome(DeliveryState.QUEUED, Fault.NOT_WRITTEN)
        return SENT
