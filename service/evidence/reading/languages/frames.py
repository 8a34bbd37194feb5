"""Words that leave a number to what its clause names, in other languages than English, beside those that are read or owned.

Phrases are separated by `;`. They are the closed kinds: verbs of being, having, moving and reporting, words of time, of
companies and of accounts, adverbs of degree. A clause with other words is doubtful.
"""

from typing import Final, NamedTuple


class FrameWords(NamedTuple):
    """The further words that a language's clauses may have around a number."""

    plain: str
    free: str  # from these on a clause says why or where, in words of any kind
    verb_first: str  # a sentence that begins with these supposes or asks
    company_ends: str = ""  # of nouns for companies: "-hersteller"
    determiners: str = ""  # an unknown noun behind these is no name


FRAME_WORDS: Final[dict[str, FrameWords]] = {
    "de": FrameWords(
        plain=(
            "ist; sind; war; waren; wurde; wurden; worden; hatten; stand; standen; steht; stehen; betreibt; betrieb; betreiben"
            "; betrieben; unterhält; unterhielt; schrieb; schreibt; erwarten; rechnet; rechnen; schlägt; schlagen; vorgeschlagen"
            "; auswies; ergab; ergibt; ergaben; bekannt; teilte; zahlt; zahlte; ausschütten; ausgeschüttet; schüttet; beschloss"
            "; vereinbarte; belaufend; befand; befinden; endete; beendete; blieben; betreut; betreute; bedient; versorgt"
            "; hergestellt; es; er; sie; wir; ihr; ihre; ihren; ihrem; sein; seine; seinen; seinem; unser; unsere; unseren"
            "; unserem; unserer; eines; dieser; diese; diesem; dieses; diesen; dabei; damit; hiervon; beim; ohne; zum; zur; seit"
            "; auch; bereits; schon; wieder; zuletzt; derzeit; nun; jetzt; heute; dort; hier; so; somit; geringfügig; weiterhin"
            "; nochmals; ersten neun; sechs; drei; zwölf; acht; vier; fünf; zehn; elf; unternehmen; haus; bank; kette; vorstand"
            "; aufsichtsrat; verwaltungsrat; hauptversammlung; jahre; jahren; geschäftsjahr; geschäftsjahres; berichtsjahr"
            "; berichtsjahres; berichtszeitraum; halbjahr; monate; monaten; zeitraum; vorjahres; vorjahresniveau; vorjahreswertes"
            "; gesamtjahr; jahresende; quartalsende; jahresanfang; stichtag; bilanzstichtag; abschlussstichtag; ende; anfang"
            "; mitte; januar; februar; märz; april; mai; juni; juli; august; september; oktober; november; dezember; montag"
            "; dienstag; mittwoch; donnerstag; freitag; gleichen; höchststand; niveau; summe; zahl; anzahl; aktionäre; aktionären"
            "; anteilseigner; anteilseignern; investor; fonds; plattform; durchschnitt; nominal; brutto; mitteln; zufolge"
            "; angaben; laut; deutschland; österreich; schweiz; europa; china; usa; hauptsitz; kurzem; angestellt; vertreten"
            "; erhalten; ausland; inland; werk; getätigt; vorgenommen; aufgewendet; ausgegeben; zugestimmt; zustimmen; zustimmte"
            "; beschlossen; genehmigt; verkündete; angekündigt; ankündigte; ausgezahlt; gezahlt; eingefahren; fuhr; eingenommen"
            "; transportierte; umsetzte; gewonnen; unterm; hinaus; hinweg; darunter; danach; deren; dessen; welche; welcher"
            "; rekordwert; rekordhoch; bestwert; se; gmbh; kgaa; i"
        ),
        company_ends=(
            "bauer; hersteller; herstellers; kette; konzern; konzerns; händler; händlers; anbieter; anbieters; gruppe; bank"
            "; versicherer; versicherers; unternehmen; unternehmens; gesellschaft; betreiber; betreibers; riese; riesen; firma"
            "; verlag; fonds; produzent; produzenten; ausrüster; dienstleister; spezialist; spezialisten; airline"
            "; fluggesellschaft; brauerei; werft; börse; start-up; startup; entwickler; discounter; versorger; investor"
            "; supermarktkette; holding; zulieferer; zulieferers; logistiker; quartal; quartals; halbjahr; jahr; jahres; zeitraum"
            "; monat; vermieter; makler; plattform"
        ),
        free=(
            "dank; wegen; aufgrund; durch; trotz; infolge; angesichts; weil; da; obwohl; während; nachdem; getrieben; gestützt"
            "; angetrieben; bedingt; belastet; begünstigt; bereinigt um; unterstützt; vor allem; insbesondere; einschließlich"
            "; inklusive; ohne"
        ),
        determiners=(
            "der; die; das; den; dem; des; ein; eine; einen; einem; einer; eines; kein; keine; im; am; zum; zur; vom; beim; ins"
            "; jeder; jede; jedes; sein; seine; seinen; seinem; seiner; seines; ihr; ihre; ihren; ihrem; ihrer; ihres; beide"
            "; beiden; alle; aller"
        ),
        verb_first=(
            "sollte; sollten; würde; würden; wäre; wären; hätte; hätten; könnte; könnten; falls; wenn; sofern; gesetzt"
            "; angenommen; käme; kämen; gelingt; gelänge; stimmt; steigt; sinkt; bleibt; fällt; wird; ist; hat; gibt; kommt"
            "; nimmt; nehmen; setzt; unterstellt; vorausgesetzt; glaubt; zusammengerechnet; zusammen; gemeinsam; rechnerisch"
            "; theoretisch; hypothetisch; addiert; wo; wer; wann; ob; wieso; nichts; niemand"
        ),
    ),
    "fr": FrameWords(
        plain=(
            "dit; disent; vers; ce; nos; ils; elles; nous; on; s'; ne; n'; soi; ainsi; aussi; également; déjà; désormais; étaient"
            "; ont; avaient; fut; être; avoir; aura; auront; établie; établies; établis; inscrite; opère; annonçait; accuse"
            "; accusé; essuyé; écopé; proposera; versera; recevront; distribuera; attend; maintient; maintenu; maintenue; servi"
            "; sert; bénéficié; maison; enseigne; banque; chaîne; constructeur; fabricant; équipementier; distributeur; assureur"
            "; opérateur; éditeur; producteur; géant; transporteur; start-up; jeune pousse; plateforme; investisseur; laboratoire"
            "; brasseur; énergéticien; industriel; spécialiste; acteur; filiales; conseil; administration; directoire"
            "; surveillance; direction; assemblée; générale; actionnaires; actionnaire; famille; régulateur; avionneur; foncière"
            "; numéro; leader; holding; années; exercices; trimestres; semestres; fin; début; janvier; février; mars; avril; mai"
            "; juin; juillet; août; septembre; octobre; novembre; décembre; lundi; mardi; mercredi; jeudi; vendredi; neuf; six"
            "; douze; date; ensemble; aujourd'hui; hier; totaux; attribuable; normatif; industrielles; nombre; moyenne; nettement"
            "; respectivement; présent; france; usine; positif; positive; s'élevaient; s'établissaient; s'inscrivait"
            "; s'inscrivent; atteints; atteinte; atteintes; possèdent; pèsent; franchi; franchit; afin; luxe; jeux; vidéo"
            "; toucheront; touchera; percevront; percevra; étranger; compris; comprise; d'administration; m€; md€"
        ),
        free=(
            "grâce; malgré; soutenu; soutenue; porté par; portée par; tiré; tirée; pénalisé; pénalisée; raison; suite; sous; dû"
            "; due; après; alors; tandis; face; notamment; principalement; hors; compris; comprenant; dopé; dopée; favorisé"
            "; contre; comparé; afin; essentiellement"
        ),
        verb_first=(
            "après l'acquisition; après la fusion; après le rachat; après l'opération; si; supposons; imaginons; admettons"
            "; dans l'hypothèse; à supposer; en supposant; quand; serait; aurait; faudrait; rien; personne; aucun; aucune; nul"
            "; pas; peut-être; dans les cartons; à eux; ensemble; additionnés; cumulés; combinés"
        ),
    ),
    "es": FrameWords(
        plain=(
            "hacia; e; este; estos; nuestro; nuestra; nuestros; él; ella; le; quien; cuyo; así; también; ya; aún; eran; han; ser"
            "; estar; están; tuvo; cuentan; contó; dispone; explota; ascendía; sitúan; obtuvieron; oscila; oscilan; osciló"
            "; oscilaron; oscilaba; movió; movieron; mueve; pagará; repartió; distribuirá; propone; propondrá; propuso; impuso"
            "; cadena; banco; entidad; fabricante; aseguradora; aerolínea; operador; operadora; minorista; plataforma; inversor"
            "; regulador; consejo; administración; junta; accionistas; gigante; constructora; distribuidora; productor; petrolera"
            "; eléctrica; inmobiliaria; filiales; dirección; líder; años; ejercicios; trimestres; semestres; meses; tercero; fin"
            "; final; finales; principios; enero; febrero; marzo; abril; mayo; junio; julio; agosto; septiembre; octubre"
            "; noviembre; diciembre; lunes; martes; miércoles; jueves; viernes; seis; tres; doce; dos; actual; hoy; ayer"
            "; interanual; media; número; exterior; todo; españa; país; planta; fábrica; respectivamente"
        ),
        free=(
            "gracias; debido; pese; tras; impulsado; impulsada; impulsados; apoyado; lastrado; por la; por el; por las; por los"
            "; frente; mientras; aunque; principalmente; incluidos; incluyendo; sin; excluyendo; después"
        ),
        verb_first=(
            "tras la fusión; tras la compra; tras la adquisición; si; suponiendo; supongamos; imaginemos; en caso; de cumplirse"
            "; de haber; sería; habría; cuando; nada; nadie; ningún; ninguna; juntos; juntas; sumadas; sumados; entre ambas"
            "; entre ambos; quizá; quizás; tal vez"
        ),
    ),
}
