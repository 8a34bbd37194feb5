"""From when on facts are told of at all, and which of them several publishers speak of: what early reads pass over."""

from service.postgres.migration import down, up

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    up(__file__)


def downgrade() -> None:
    down(__file__)
