"""Names, expiry and companies of API keys; stored answers to repeated writes; budgets of rate limits."""

from service.postgres.migration import down, up

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    up(__file__)


def downgrade() -> None:
    down(__file__)
