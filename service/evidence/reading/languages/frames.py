"""Words that leave a number to what its clause names, in other languages than English, beside those that are read or owned.

Phrases are separated by `;`. They are the closed kinds: verbs of being, having, moving and reporting, words of time, of
companies and of accounts, adverbs of degree. A clause with other words is doubtful.
"""

from typing import Final, NamedTuple


class FrameWords(NamedTuple):
    """The further words that a language's clauses may have around a number."""

    plain: str
    company_ends: str  # ends of nouns for companies: "-hersteller"
    free: str  # from these on a clause says why or where, in words of any kind
    determiners: str  # an unknown noun behind these is no name
    verb_first: str  # a sentence that begins with these supposes or asks


FRAME_WORDS: Final[dict[str, FrameWords]] = {
    "de": FrameWords(
        plain=(
            "ist; sind; war; waren; wurde; wurden; wird; werden; worden; habe; haben; hat; hatte; hatten; stand; standen; steht"
            "; stehen; zählt; zählte; zählen; zählten; betreibt; betrieb; betreiben; betrieben; unterhält; unterhielt; besitzt"
            "; führt; führte; erwirtschaftet; erwirtschaftete; erwirtschafteten; schrieb; schreibt; meldet; meldete; meldeten"
            "; gemeldet; berichtet; berichtete; erreicht; erzielt; erwartet; erwarten; rechnet; rechnen; prognostiziert; plant"
            "; schlägt; schlagen; vorschlagen; vorgeschlagen; entwickelte; entwickelten; setzt; setzte; setzten; umgesetzt"
            "; verkaufte; verkauft; verkauften; lieferte; lieferten; liefert; ausgeliefert; ausgewiesen; auswies; bezifferte"
            "; beziffert; resultierte; ergab; ergibt; ergaben; verdiente; verdient; wies; weist; gab; gibt; bekannt; mitteilte"
            "; teilte; mit; sagte; zahlt; zahlte; zahlen; ausschütten; ausgeschüttet; schüttet; beschloss; vereinbarte"
            "; übertrifft; belaufend; befand; befinden; fiel; fielen; fällt; stieg; schloss; endete; beendete; verbesserte"
            "; verbessert; verschlechterte; verringerte; verminderte; ermäßigte; reduzierte; erhöht; bleibt; blieb; blieben"
            "; hielt; hält; wächst; legte; zu; kam; kamen; kommt; kommen; schrumpfte; wuchs; lag; liegt; produzierte"
            "; produziert; fertigte; beförderte; befördert; betreut; betreute; bedient; versorgt; eröffnete; hergestellt"
            "; produzierten; sich; es; er; sie; wir; ihr; ihre; ihren; ihrem; ihrer; sein; seine; seinen; seinem; seiner; unser"
            "; unsere; unseren; unserem; unserer; der; die; das; den; dem; des; ein; eine; einen; einem; einer; eines; dieser"
            "; diese; diesem; dieses; diesen; dabei; damit; hiervon; in; im; am; an; auf; aus; bei; beim; bis; für; gegen"
            "; gegenüber; nach; ohne; über; um; unter; von; vom; vor; zum; zur; zwischen; per; als; wie; seit; und; oder; sowie"
            "; aber; jedoch; auch; nur; noch; bereits; schon; erneut; wieder; damals; zuletzt; derzeit; aktuell; nun; jetzt"
            "; heute; dort; hier; so; somit; deutlich; leicht; kräftig; stark; spürbar; erheblich; moderat; geringfügig"
            "; merklich; weiter; weiterhin; nochmals; insgesamt; rund; etwa; knapp; gut; fast; ersten; zweiten; dritten"
            "; vierten; erstes; erste; zweite; dritte; vierte; ersten neun; neun; sechs; drei; zwölf; acht; zwei; vier; fünf"
            "; zehn; elf; konzern; konzerns; gruppe; gesellschaft; unternehmen; unternehmens; firma; haus; bank; kette"
            "; vorstand; aufsichtsrat; verwaltungsrat; hauptversammlung; jahr; jahre; jahres; jahren; geschäftsjahr"
            "; geschäftsjahres; berichtsjahr; berichtsjahres; berichtszeitraum; quartal; quartals; halbjahr; halbjahres; monat"
            "; monate; monaten; zeitraum; vorjahr; vorjahres; vorjahreswert; vorjahresniveau; vorjahreszeitraum"
            "; vorjahresquartal; vorjahreswertes; gesamtjahr; jahresende; quartalsende; jahresanfang; stichtag; bilanzstichtag"
            "; abschlussstichtag; ende; anfang; mitte; januar; februar; märz; april; mai; juni; juli; august; september"
            "; oktober; november; dezember; montag; dienstag; mittwoch; donnerstag; freitag; vergangenen; vergangene"
            "; vergangenes; abgelaufenen; abgelaufene; abgelaufenes; laufenden; laufende; laufendes; vorigen; vorige; letzten"
            "; letzte; gleichen; weltweit; höchststand; höhe; wert; niveau; summe; betrag; zahl; anzahl; dividende; aktie"
            "; stammaktie; vorzugsaktie; aktionäre; aktionären; anteilseigner; anteilseignern; investor; fonds; plattform"
            "; durchschnitt; bereinigt; bereinigte; bereinigten; bereinigter; bereinigtes; bereinigtem; operativ; operative"
            "; operativen; operativer; operatives; konsolidierte; konsolidierten; währungsbereinigt; organisch; organische"
            "; organischen; vergleichbar; nominal; netto; brutto; gesamt; gesamte; gesamten; liquide; mitteln; steuern; zinsen"
            "; abschreibungen; fortgeführten; vorläufigen; zufolge; angaben; laut; eigenen; eigene; neue; neuen; neues"
            "; deutsche; deutschen; deutschland; österreich; schweiz; europa; china; usa; länder; ländern; standorten"
            "; hauptsitz; kurzem; prozent; punkte; mitarbeiter; beschäftigte; beschäftigt; angestellt; tätig; vertreten"
            "; angestellte; erhalten; soll; sollen; will; wollen; ausland; inland; werk; stellen; streicht; getätigt"
            "; vorgenommen; aufgewendet; ausgegeben; veröffentlichte; zugestimmt; zustimmen; zustimmte; beschlossen; bestätigte"
            "; bestätigt; genehmigt; verbuchte; verbuchten; verzeichnete; verzeichneten; vermeldete; vermelden; kletterte"
            "; verkündete; kündigte; angekündigt; ankündigte; ausgezahlt; gezahlt; eingefahren; fuhr; eingenommen"
            "; transportierte; umsetzte; gewonnen; gewann; unterm; strich; hinaus; hinweg; darunter; davor; danach; deren"
            "; dessen; welche; welcher; international; global; jährlich; monatlich; täglich; rekord; rekordwert; rekordhoch"
            "; bestwert; negativ; positiv; plus; minus; ag; se; gmbh; kgaa; i"
        ),
        company_ends=(
            "bauer; hersteller; herstellers; kette; konzern; konzerns; händler; händlers; anbieter; anbieters; gruppe; bank"
            "; versicherer; versicherers; unternehmen; unternehmens; gesellschaft; betreiber; betreibers; riese; riesen"
            "; firma; verlag; fonds; produzent; produzenten; ausrüster; dienstleister; spezialist; spezialisten; airline"
            "; fluggesellschaft; brauerei; werft; börse; start-up; startup; entwickler; discounter; versorger; investor"
            "; supermarktkette; holding; zulieferer; zulieferers; logistiker; quartal; quartals; halbjahr; jahr; jahres"
            "; zeitraum; monat; vermieter; makler; plattform"
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
            "dit; disent; le; la; les; l'; un; une; des; du; de; d'; au; aux; à; en; dans; sur; sous; par; pour; avec; contre"
            "; entre; vers; chez; et; ou; mais; ce; cet; cette; ces; son; sa; ses; leur; leurs; notre; nos; il; elle; ils"
            "; elles; nous; on; y; se; s'; ne; n'; qui; que; qu'; dont; lui; soi; ainsi; aussi; également; encore; déjà"
            "; désormais; alors; est; sont; était; étaient; a; ont; avait; avaient; été; sera; seront; fut; être; avoir; aura"
            "; auront; vu; voit; passe; passent; passé; passée; ressort; ressortait; ressortent; s'établit; établit; établi"
            "; établie; établies; établis; s'établissent; s'établissait; s'élève; élève; élevait; s'élèvent; élèvent; élevé"
            "; élevée; élevés; élevées; s'inscrit; inscrit; inscrite; affiche; affichent; affiché; affichait; atteint"
            "; atteignait; atteignent; atteindre; monte; montent; monté; montés; montées; monter; représente; représentent"
            "; représentait; compte; comptait; comptent; emploie; employait; emploient; exploite; exploitait; exploitent"
            "; possède; détient; dispose; gère; opère; réalise; réalisé; réalisait; réalisent; dégage; dégagé; dégageait"
            "; génère; généré; générait; enregistre; enregistré; enregistrait; publie; publié; annonce; annoncé; annonçait"
            "; déclare; comptabilise; comptabilisé; accuse; accusé; essuyé; écopé; propose; proposé; proposera; proposer; verse"
            "; versé; versera; recevront; distribuer; distribuera; prévoit; prévoyait; attend; vise; table; reste; demeure"
            "; maintient; maintenu; maintenue; porté; portée; ramené; ramenée; creusé; creusée; hissé; hissée; livré; livre"
            "; livrait; vendu; vend; vendait; vendus; transporté; transporte; produit; fabriqué; accueille; accueilli; servi"
            "; sert; investi; investit; progresse; progressé; recule; reculé; augmente; augmenté; baisse; baissé; diminue"
            "; diminué; grimpe; grimpé; bondi; bondit; chute; chuté; cède; cédé; perd; perdu; gagne; gagné; crû; croît"
            "; bénéficié; société; groupe; entreprise; compagnie; maison; enseigne; banque; chaîne; constructeur; fabricant"
            "; équipementier; distributeur; assureur; opérateur; éditeur; producteur; géant; exploitant; transporteur; start-up"
            "; jeune pousse; plateforme; fonds; investisseur; laboratoire; brasseur; énergéticien; industriel; spécialiste"
            "; acteur; filiales; conseil; administration; directoire; surveillance; direction; assemblée; générale"
            "; actionnaires; actionnaire; famille; financier; régulateur; avionneur; foncière; numéro; leader; holding; an; ans"
            "; année; années; exercice; exercices; trimestre; trimestres; semestre; semestres; mois; période; premier; première"
            "; premiers; deuxième; second; seconde; troisième; quatrième; dernier; dernière; derniers; fin; début; clôture"
            "; janvier; février; mars; avril; mai; juin; juillet; août; septembre; octobre; novembre; décembre; lundi; mardi"
            "; mercredi; jeudi; vendredi; neuf; six; trois; douze; deux; quatre; précédent; précédente; écoulé; écoulée; cours"
            "; courant; titre; date; comparable; comparables; même; ensemble; jour; aujourd'hui; actuellement; hier; environ"
            "; près; quelque; plus; moins; tout; total; totale; totaux; totales; consolidé; consolidée; consolidés; consolidées"
            "; net; nette; nets; nettes; brut; brute; opérationnel; opérationnelle; opérationnels; courante; récurrent"
            "; récurrente; ajusté; ajustée; part; publiée; dilué; attribuable; organique; organiques; constant; constants"
            "; constante; change; taux; périmètre; normatif; financière; disponible; industriels; industrielles; annuel"
            "; annuelle; trimestriel; trimestrielle; semestriel; exceptionnel; exceptionnelle; ordinaire; record; hausse"
            "; niveau; montant; somme; valeur; nombre; effectif; effectifs; moyenne; légère; légèrement; nettement; fortement"
            "; sensiblement; respectivement; présent; présente; monde; pays; france; usine; inférieur; supérieur; négatif"
            "; positif; négative; positive; stable; s'élevaient; élevaient; s'établissaient; s'inscrivait; s'inscrivent"
            "; ressortit; ressorti; ressortie; atteints; atteinte; atteintes; réalisés; enregistrés; enregistrées; dégagés"
            "; employés; passés; passées; progressent; reculent; augmentent; diminuent; écoulés; possèdent; détiennent; pesait"
            "; pèse; pèsent; revendique; totalise; totalisait; signé; signe; franchi; franchit; dépasse; dépassé; gagnent"
            "; gagnait; affichaient; affichée; maintenus; stabilisé; stabilise; amélioré; améliore; dégradé; dégrade; contracté"
            "; contracte; afin; luxe; jeux; vidéo; toucheront; touchera; percevront; percevra; va; vont; étranger; compris"
            "; comprise; d'administration; salariés; collaborateurs; clients; magasins; bourse; euros; dollars; m€; md€; m"
            "; inflation; flux; trésorerie; commandes; dette; endettement; dividende; action; ebitda; ebit; rbe"
        ),
        company_ends="",
        free=(
            "grâce; malgré; soutenu; soutenue; porté par; portée par; tiré; tirée; pénalisé; pénalisée; raison; suite; sous; dû"
            "; due; après; alors; tandis; face; notamment; principalement; hors; compris; comprenant; dopé; dopée; favorisé"
            "; contre; comparé; afin; essentiellement"
        ),
        determiners="",
        verb_first=(
            "après l'acquisition; après la fusion; après le rachat; après l'opération; si; supposons; imaginons; admettons"
            "; dans l'hypothèse; à supposer; en supposant; quand; serait; aurait; faudrait; rien; personne; aucun; aucune; nul"
            "; pas; peut-être; dans les cartons; à eux; ensemble; additionnés; cumulés; combinés"
        ),
    ),
    "es": FrameWords(
        plain=(
            "el; la; los; las; un; una; unos; unas; de; del; al; a; en; por; para; con; contra; entre; hacia; desde; hasta"
            "; sobre; y; e; o; pero; este; esta; estos; su; sus; nuestro; nuestra; nuestros; él; ella; se; lo; le; que; quien"
            "; cuyo; como; así; también; ya; aún; es; son; fue; fueron; era; eran; ha; han; había; sido; será; serán; ser"
            "; estar; está; están; estaba; tiene; tenía; tienen; tuvo; cuenta; contaba; cuentan; contó; emplea; empleaba; opera"
            "; operaba; gestiona; posee; dispone; explota; ascendió; ascendieron; asciende; ascienden; ascendía; alcanzó"
            "; alcanzaron; alcanza; alcanzan; situó; situaron; sitúa; sitúan; situaba; elevó; elevaron; eleva; registró"
            "; registraron; registra; obtuvo; obtiene; obtuvieron; logró; logra; generó; genera; facturó; facturaba; ganó; gana"
            "; perdió; oscila; oscilan; osciló; oscilaron; oscilaba; movió; movieron; mueve; pierde; publicó; anunció; presentó"
            "; presenta; declaró; comunicó; informó; cerró; cerraba; terminó; sumó; suma; totalizó; totaliza; supuso"
            "; representa; representó; mejoró; mejora; creció; crece; cayó; cae; bajó; subió; aumentó; aumenta; disminuyó"
            "; disminuye; redujo; reduce; retrocedió; avanzó; descendió; vendió; vende; entregó; entrega; transportó; fabricó"
            "; produjo; invirtió; pagó; pagará; paga; repartió; repartirá; distribuirá; propone; propondrá; propuso; aprobó"
            "; prevé; espera; quedó; quedaron; mantuvo; mantiene; impuso; llegó; llegan; llegó a; compañía; empresa; grupo"
            "; sociedad; firma; cadena; banco; entidad; fabricante; aseguradora; aerolínea; operador; operadora; minorista"
            "; plataforma; fondo; inversor; regulador; consejo; administración; junta; accionistas; gigante; constructora"
            "; distribuidora; productor; petrolera; eléctrica; inmobiliaria; farmacéutica; hotelera; energética; textil"
            "; multinacional; filiales; dirección; líder; año; años; ejercicio; ejercicios; trimestre; trimestres; semestre"
            "; semestres; mes; meses; periodo; período; primer; primero; primera; primeros; segundo; segunda; tercer; tercero"
            "; cuarto; último; última; últimos; cierre; fin; final; finales; principios; enero; febrero; marzo; abril; mayo"
            "; junio; julio; agosto; septiembre; octubre; noviembre; diciembre; lunes; martes; miércoles; jueves; viernes"
            "; nueve; seis; tres; doce; dos; anterior; pasado; pasada; actual; mismo; misma; fecha; hoy; ayer; interanual"
            "; anual; trimestral; semestral; actualmente; consolidado; consolidada; consolidados; consolidadas; neto; neta"
            "; netos; netas; bruto; bruta; operativo; operativa; operativos; ordinario; ajustado; ajustada; atribuido"
            "; atribuible; recurrente; comparable; orgánico; orgánica; total; totales; media; promedio; récord; nivel; cifra"
            "; importe; valor; número; plantilla; millones; cerca; alrededor; casi; más; menos; ligeramente; exterior; interior"
            "; mundo; todo; españa; país; países; planta; fábrica; acción; dividendo; deuda; caja; cartera; pedidos; flujo"
            "; negativo; positivo; estable; constante; constantes; tipo; cambio; respectivamente"
        ),
        company_ends="",
        free=(
            "gracias; debido; pese; tras; impulsado; impulsada; impulsados; apoyado; lastrado; por la; por el; por las; por los"
            "; frente; mientras; aunque; principalmente; incluidos; incluyendo; sin; excluyendo; después"
        ),
        determiners="",
        verb_first=(
            "tras la fusión; tras la compra; tras la adquisición; si; suponiendo; supongamos; imaginemos; en caso; de cumplirse"
            "; de haber; sería; habría; cuando; nada; nadie; ningún; ninguna; juntos; juntas; sumadas; sumados; entre ambas"
            "; entre ambos; quizá; quizás; tal vez"
        ),
    ),
}
