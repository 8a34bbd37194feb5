"""What facts answered at an earlier day or position, where that is not what they answer now."""

from collections.abc import Sequence

from service.domain import history, rendering
from service.domain.history import Times
from service.sql import facts
from service.sql.database import Session
from service.sql.facts import Then


async def answers(session: Session, asked: Sequence[Then]) -> list[bytes | None]:
    """The JSON of each answer; None where nothing was asserted by then.

    A statement finds the version, and where one publisher alone speaks of the fact that is all there is to know. Else,
    and where nothing stands, the rule is applied to the whole history.
    """
    chosen = await facts.answered_then(session, asked)
    unsettled = [then.fact for then, one in zip(asked, chosen, strict=True) if one is None or one.contested]
    histories = {
        state.id: state
        for state in await facts.load_histories(session, [facts.pair(fact) for fact in unsettled])
    }
    found: list[bytes | None] = []
    for then, one in zip(asked, chosen, strict=True):
        if one is not None and not one.contested:
            found.append(rendering.render(one.key, then.fact, one.version, asserted=True, rivals=[]))
            continue
        state = histories.get(then.fact)
        answer = state and history.answering(state.versions, Times(then.known_at, then.at))
        found.append(
            rendering.render_answer(state.key, state.id, answer, then.at) if state and answer else None
        )
    return found
