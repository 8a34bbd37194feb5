"""The statements of the kernel, and the fragments that capabilities include, too."""

from datetime import date

from service.core import imported
from service.core.periods import FRAME_REACH
from service.postgres.statements import Statements

STATEMENTS = Statements(
    __name__,
    constants={  # what the domain says once, as SQL
        "edgars_publisher": f"'{imported.VOICE}'",
        "frame_reach": f"{FRAME_REACH}",
        "last_day": f"date '{date.max}'",
    },
)
sql, fragment = STATEMENTS.sql, STATEMENTS.fragment
