"""Words in the heads and row names of tables, by language: those that change nothing, and those that change what a number is.

Words are separated by spaces, phrases by `;`. Scales and currencies of heads are in `reading.tables`.
"""

from typing import Final, NamedTuple


class TableWords(NamedTuple):
    """The words of a language in the heads and row names of tables."""

    plain: str  # say nothing of what a number is of: "total", "consolidated", "of"
    change: str  # head a column that tells how much something changed
    percent: str  # phrases that make the numbers percentages
    per_share: str  # phrases
    losses: str  # in the name of a row whose numbers are losses
    less: str  # in the name of a row whose numbers are outflows or falls
    other: str  # make it another number than that of what is named: "adjusted", "forecast"


TABLE_WORDS: Final[dict[str, TableWords]] = {
    "en": TableWords(
        plain=(
            "a all amount amounts an and as at audited balance balances billion billions by category common company comprised"
            " consisting consolidated continuing corp corporation countries country data denominator description dollar dollars"
            " end ended ending eur euro euros except figures financial fiscal following for from gaap geographic geography group"
            " group's holders in inc information item items key line ltd main metric measure million millions month months"
            " numerator of on operations or our owners parent per period periods plc presented quarter quarters attributable"
            " number numbers count open operation year-end quarter-end period-end actual region regions reported"
            " results selected share shareholders shares statement statements stockholders"
            " summary table the thousand thousands to total totals unaudited under usd value year years"
        ),
        change="change;changes;variance;growth;increase;y/y;yoy;increase (decrease);chg;inc;% chg;year-over-year;year over year",
        percent="%;percent;percentage;pct",
        per_share="per share;per-share;eps;per common share;per ordinary share;per ads",
        losses="loss losses deficit deficits",
        less="used outflow outflows decrease decreases decline declines reduction reductions",
        other=(
            "adjusted underlying forecast forecasts outlook guidance budget budgeted planned target targets pro forma proforma"
            " non-gaap normalized normalised discontinued unconsolidated estimate estimates estimated projected expected"
            " organic comparable like-for-like constant average hypothetical restated"
        ),
    ),
    "de": TableWords(
        plain=(
            "in und der die das des aus von im zum den nach gesamt summe konzern insgesamt geschäftsjahr jahr quartal angaben"
            " mio mrd tsd teur euro eur millionen tausend milliarden fortgeführte fortzuführende geschäftsbereiche"
            " kennzahlen anzahl einheit ungeprüft geprüft anhang stichtag"
        ),
        change="veränderung;veränderungen;abweichung;veränd;änderung;wachstum",
        percent="%;prozent",
        per_share="je aktie;pro aktie",
        losses="verlust fehlbetrag jahresfehlbetrag konzernfehlbetrag nettoverlust",
        less="abfluss mittelabfluss rückgang abnahme",
        other=(
            "bereinigt bereinigte bereinigtes bereinigter prognose plan ziel erwartet pro-forma angepasst organisch"
            " vergleichbar"
        ),
    ),
    "fr": TableWords(
        plain=(
            "en et de du des la le les l d au aux total totaux consolidé consolidée consolidés groupe exercice exercices année"
            " trimestre semestre millions milliers milliards euros euro données part"
        ),
        change="variation;évolution;var",
        percent="%;pourcentage",
        per_share="par action",
        losses="perte pertes déficit",
        less="baisse diminution décaissement décaissements",
        other="ajusté ajustée ajustés prévision prévisions objectif objectifs budget pro forma retraité organique comparable",
    ),
    "es": TableWords(
        plain=(
            "en y de del la el los las total consolidado consolidada grupo ejercicio ejercicios año trimestre semestre millones"
            " miles euros euro datos"
        ),
        change="variación;var;evolución",
        percent="%;porcentaje",
        per_share="por acción",
        losses="pérdida pérdidas déficit",
        less="disminución descenso salida salidas",
        other="ajustado ajustada previsión objetivo presupuesto pro forma recurrente orgánico comparable",
    ),
    "zh": TableWords(
        plain="合计;总计;合并;项目;单位;人民币;总额;百万元;千元;万元;亿元;元;年度;年;一;二;三;四;五;六;七;八;九;十;其中;：;的;主要;本期;本报告期;本年;上年;同期;比;比上年;上期;末;较;元/股;报告期;第;季度;月;日;截至;止",
        change="增减;变动;同比;增长;变化",
        percent="%;百分比;比率;比例",
        per_share="每股",
        losses="亏损 损失",
        less="减少 流出",
        other="调整后 预测 预计 目标 经调整 备考",
    ),
    "ja": TableWords(
        plain="合計;総計;連結;科目;区分;単位;百万円;千円;億円;円;年度;年;期;の;当;通期;会計;前;事業;中間;四半期;累計;期間;末;現在;第;月;日",
        change="増減;前年比;前期比;増減率;増減額;伸び率",
        percent="%;％;比率;率",
        per_share="1株当たり;１株当たり;一株当たり",
        losses="損失 赤字",
        less="減少 支出",
        other="調整後 予想 見通し 目標 計画",
    ),
}
