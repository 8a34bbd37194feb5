"""Texts with numbers that are all stated or all expected."""

from typing import Final

from service.core.citations import Modality

_STATED: Final = """
Revenue was $5 billion.
Revenue of $5 billion beat the forecast.
Better than expected revenue of $5 billion.
Revenue was $5 billion, as expected.
Revenue was $5 billion, and it expects more.
As planned, revenue was $5 billion.
In May 2024 revenue was $5 billion.
Sales rose 7% to $3.1 billion, above guidance.
Net income of $40 million exceeded analysts' expectations.
The will of its founder left $5 million to the museum.
It paid $5 million under its pension plan.
Revenue was $5 billion, higher than anticipated.
The target company had revenue of $5 million.
The company, which had been expected to close, made $5 million.
Revenue rose 12% to $5.2 billion while costs were lower than planned.
It opened 300 stores, ahead of schedule.
Goals scored: 300 goals.
Der Umsatz beträgt 5 Mio. Euro.
Der Umsatz stieg um 5 % auf 12 Mio. Euro.
Le chiffre d'affaires a atteint 5 millions d'euros.
公司收入为50亿元。
売上高は50億円だった。
"""
_EXPECTED: Final = """
The company expects revenue of $5 billion.
Revenue of $5 billion is expected.
Revenue is expected to reach $5 billion.
It plans to invest $5 billion.
It will invest $5 billion.
Analysts forecast revenue of $5 billion.
It raised its guidance to $5 billion.
Management anticipates capital expenditure of $5 billion.
The consensus estimate is $5 billion.
Sales are projected to grow 5%.
It aims to cut costs by $40 million.
The company intends to spend $5 million.
It targets revenue of $5 billion.
Revenue should reach $5 billion.
The deal could bring $5 billion.
The plant would cost $5 billion.
Its outlook is for sales of $5 billion.
Revenue is forecast at $5 billion.
It is likely to spend $5 billion.
$5 billion in revenue is anticipated.
Das Unternehmen erwartet einen Umsatz von 5 Mio. Euro.
Der Umsatz soll auf 5 Mio. Euro steigen.
La société prévoit un chiffre d'affaires de 5 millions d'euros.
公司预计收入为50亿元。
売上高は50億円となる見込みだ。
"""
MODALITIES: Final[list[tuple[str, Modality]]] = [
    *((line, "stated") for line in _STATED.strip().splitlines()),
    *((line, "expected") for line in _EXPECTED.strip().splitlines()),
]
