"""Closed classes of words by which a clause of German, French or Spanish is built, and the words that no clause may have.

Phrases are separated by `;`; a `*` stands for more letters.
"""

from typing import Final, NamedTuple


class GoverningWords(NamedTuple):
    """The words of a language that tell the phrases of a clause apart."""

    articles: str  # of a subject in the singular
    determiners: str  # all others
    where: str  # prepositions behind which a part may stand
    of: str  # prepositions of whose, or of what, something is
    neutral: str  # prepositions of cause, time, source
    joints: str  # words between clauses or equal phrases
    helping: str  # verbs that leave the sense to another one, or are finite by their form alone
    verbs: str  # further forms of verbs that tell what a number is
    times: str  # nouns of time: what stands with them after a preposition tells when
    no_subjects: str  # who or what is not the company, though a known verb follows
    doubtful: str  # adjectives and adverbs that say that a number is not so, or is of something else
    firms: str  # ends of nouns for companies, behind "of" and what is measured


GOVERNING: Final[dict[str, GoverningWords]] = {
    "de": GoverningWords(
        articles="der; die; das; ein; eine; dieser; diese; dieses",
        determiners=(
            "sein; seine; ihr; ihre; unser; unsere; den; dem; des; einen; einem; einer; eines; seinen; seinem; seiner; seines"
            "; ihren; ihrem; ihrer; ihres; unseren; unserem; unserer; diesem; diesen; im; am; zum; zur; vom; beim; ins"
        ),
        where=(
            "in; im; bei; beim; auf; an; am; aus; mit; für; unter; zu; zum; zur; ohne; über; um; zwischen; neben; gegen; ins; per"
            "; vor"
        ),
        of="von; vom; der; des; eines; einer",
        neutral=(
            "trotz; wegen; dank; aufgrund; infolge; angesichts; durch; laut; gemäß; gegenüber; seit; binnen; während; nach"
            "; ungeachtet; mangels"
        ),
        joints="und; oder; sowie; aber; doch; sondern; denn; dass; ob; wenn; als; wie; wo; was; wer",
        helping=(
            "musste; mussten; will; wollen; hat; hatte; haben; hatten; ist; war; sind; waren; wird; wurde; werden; wurden; konnte"
            "; konnten; kann; bleibt; blieb; fällt; fiel; setzt; setzte; nimmt; nahm; weist; wies; gab; gibt; legt; legte; zählt"
            "; zählte; betreibt; betrieb; stand; steht; kommt; kam; erhalten; bekommen; geht; ging; investierten; investierte"
            "; investiert; übernahm; übernimmt; verdoppelte; verdoppelten; verdoppelt; halbierte; kaufte; kauft; erwarb; erwirbt"
            "; fuhr; fährt; flog; fliegt; schreibt; schrieb; eröffnete; eröffnet; eröffneten; versorgt; versorgte; bedient"
            "; bediente; betreut; flossen; floss; macht; machte; steckt; steckte; zahlt; zahlte; schüttet; schlägt; schlagen"
            "; schloss; schließt; streicht; strich; baut; baute; plant; erwartet; rechnet; hält; hielt; besitzt; besaß; führt"
            "; führte; unterhält; unterhielt; fallen"
        ),
        verbs=(
            "empfiehlt; empfahl; erobert; eroberte; trieb; treibt; stagnierte; stagniert; peilt; peilte; ließen; stimmte"
            "; stimmten; billigte; genehmigte; segnete; schultert; schulterte; stemmt; stemmte; zog; zogen; zieht; ziehen; bietet"
            "; bot; verfehlt; bekräftigte; bekräftigt; verblieben; gibt; trat; sitzt; verdoppelte; verdoppelten; halbierte"
            "; vervielfachte; verdreifachte; explodierte; schoss; glitt; schwoll; landete; landet; mündete; erholte; bilanziert"
            "; bilanzierte; generiert; generierte; fakturiert; fakturierte; brachte; bringt; nennt; listet; verfügt; verfügte"
            "; bewirtschaftet; bewirtschaftete; verwaltet; verwaltete; beherbergt; pumpt; pumpte; wendet; wendete; wandte"
            "; überweist; errichtet; errichtete; lässt; ließ; stammen; stammt; verbleibt; verbleiben; ergibt; ergab; ergaben"
            "; nimmt; nahmen; beträgt; übertraf; übertrafen; übertrifft; verfehlte; verfehlten; erhält; erhielt; bekommt"
            "; verkraftet; verkraftete; erleidet; erlitt; einfuhr; sammelte; holte; holt; füllt; füllte; kostet; kostete"
            "; transportiert; transportierte; betreiben; betrieben; bedienen; nutzen; besuchten; arbeiten; arbeiteten; stehen"
            "; finanziert; finanzierte; winkt; winken"
        ),
        times=(
            "*jahr; *jahres; *jahren; *jahre; *quartal; *quartals; *quartalen; *monat; *monats; *monaten; *woche; *wochen; *tag"
            "; *tags; *tagen; *wechsel; *ende; *beginn; *anfang; *saison; *halbjahr; *zeitraum; *stichtag; *ultimo; geschäft"
            "; weihnachtsgeschäft; ostergeschäft; tagesgeschäft; jahresendgeschäft; sommergeschäft; wintergeschäft; *frist"
            "; *vergleich; vorjahreszeit; *januar; *februar; *märz; *april; *mai; *juni; *juli; *august; *september; *oktober"
            "; *november; *dezember; angaben; auskunft; bericht; mitteilung; rechnung; sicht; basis; *frühjahr; *sommer; *herbst"
            "; *winter; *bilanz; strich"
        ),
        no_subjects=(
            "*branche; *markt; *märkte; *sektor; *sparte; *segment; *bereich; *tochter*; *filiale; *laden; *werk; *fabrik"
            "; *abteilung; *division; *region; *konkurrent*; *konkurrenz; *rival*; *wettbewerb*; *verband; *innung; *gewerkschaft"
            "; *betriebsrat; *beirat; *analyst*; *experte*; *makler*; *gutachter*; *gericht; *richter; *staat; *stadt; *land"
            "; *gemeinde; *regierung; *ministerium; *behörde; *finanzamt; fiskus; *kunde; *kunden; *partner; *investor"
            "; *aktionär*; *gründer*; *vorgänger*; *nachfolger*; *mutter; *produkt; *industrie; *handwerk; *wirtschaft; *projekt"
            "; *studie; *gerücht; *szenario; *traum; *liga; *nachbar*; *schwester*; *prüfer; *anwalt; *blatt; *zeitung; *magazin"
            "; *händlerschaft; *plan; *ziel; *prognose; *schätzung; *vision; *papier; *gegner; *herausforder*; *käufer; *bieter"
            "; *interessent*; *pächter; *franchise*; *kartell; *betrug; *fälscher; *spekulant*; *leerverkäufer; *schnitt"
            "; *durchschnitt; *mittel; *kollege*; *eigentümer*; *besitzer*; *praktikant*; tage; *lokal; *stand"
        ),
        doubtful=(
            "daraus; pro; forma; erhofft*; geplant*; angestrebt*; anvisiert*; entgangen*; erwartet*; theoretisch*; fiktiv*"
            "; möglich*; potenziell*; potentiell*; verpasst*; versprochen*; behauptet*; vermeintlich*; ehemalig*; früher*"
            "; einstig*; einst; damalig*; damals; durchschnittlich*; kumuliert*; gemeinsam*; zusammen; zusätzlich*; weitere*"
            "; verbleibend*; fehlend*; restlich*; vermutlich; wohl; womöglich; vielleicht; angeblich*; rechnerisch*"
            "; hypothetisch*; kaum; eigentlich*; allein; alleine; anteilig*; teilweise; gefälscht*; geschönt*; gefühlt*"
            "; kolportiert*; unterstellt*; vorgeblich*; erträumt*; erwünscht*; gewünscht*; notwendig*; nötig*; erforderlich*"
            "; maximal*; minimal*; simuliert*; budgetiert*; avisiert*; verfehlt*; entgehend*; drohend*; künftig*; zukünftig*"
            "; fremd*; konkurrierend*; benachbart*; gegnerisch*; anderer; andere; anderen; anders; übrig*; bald; demnächst; nie"
            "; gekauft*; verkauft*; übernommen*; ausländisch*; inländisch*; heimisch*; regional*; lokal*; sonstig*; einzeln*; nur"
            "; lediglich; beinahe; fast; annähernd; ungefähr; etwa; jeweils; je; nicht; kein*; ohne; statt; jährlich; monatlich"
            "; ursprünglich*; bisherig*; bislang; vormals; virtuell*; scheinbar*; offenbar; mutmaßlich*; befürchtet*; simpel"
            "; umstritten*; strittig*"
        ),
        firms=(
            "konzern; hersteller; händler; anbieter; versicherer; betreiber; bauer; riese; dienstleister; ausrüster; produzent"
            "; spezialist; unternehmen; gruppe; bank; kette; versorger; zulieferer; logistiker; verlag; reederei; brauerei"
            "; molkerei; brauer; filialist; discounter; entwickler; vermieter; airline; fluggesellschaft; werft; genossenschaft"
            "; handelshaus; firma; marke; warenhaus; kaufhaus; modehaus; sender"
        ),
    ),
    "fr": GoverningWords(
        articles="le; la; l'; un; une; ce; cette; cet",
        determiners="son; sa; notre; ses; leur; leurs; nos; ces; au; aux; du; des; les",
        where=(
            "en; dans; à; au; aux; chez; sur; sous; avec; sans; hors; pour; par; entre; parmi; contre; vers; d'ici"
        ),
        of="de; d'; du; des",
        neutral=(
            "malgré; grâce; selon; depuis; durant; pendant; après; dès; lors; via; outre; face; suite; faute"
        ),
        joints="et; ou; mais; que; qu'; si; car; ni; quand; où; qui; dont; comme",
        helping=(
            "a; ont; avait; avaient; est; sont; était; étaient; fut; furent; sera; aura; s'est; n'est; vont; va"
        ),
        verbs=(
            "recommande; recommandé; conclu; arroge; capte; toucheront; percevront; font; stagne; stagné; stagnait; connu"
            "; connaît; vise; correspond; équivaut; validé; valide; entériné; approuvé; anticipe; escompte; disposait; détenait"
            "; état; accuse; accusait; supporte; traîne; comprend; comprenait; comportait; suit; suivait; sert; accompagne"
            "; protège; tirait; distribuera; versera; proposera; entraînera; entraîne; revenait; figurait; bénéficie; tiré; vu"
            "; pu; peut; voit; aligné; entretient; équipe; équipait; héberge; loge; assure; conserve; atteindra; ouvre; ouvrent"
            "; ouvert; ferme; fermé; supprime; supprimé; dessert; desservait; approvisionne; gère; aligne; félicite; targue"
            "; prévaut; tire; lève; levé; récolte; récolté; amasse; facture; facturé; écoule; écoulé; culmine; culminé; effrite"
            "; effrité; accroît; double; doublé; triple; triplé; quadruplé; injecte; injecté; débourse; déboursé; rachète"
            "; racheté; acquiert; acquis; offre; offert; essuie; essuyé; accusé; subit; subi; perd; dispose; possède; possédait"
            "; revient; revenu; établissait; élève; maintenu; figure; travaillent; travaille; produit; vend; hausse; ramène"
            "; conduit; permis; permet; génère; corrigé; rectifié; a vu; recommence"
        ),
        times=(
            "année; années; an; ans; exercice; exercices; trimestre; trimestres; semestre; semestres; mois; jour; jours; semaine"
            "; clôture; saison; janvier; février; mars; avril; mai; juin; juillet; août; septembre; octobre; novembre; décembre"
            "; période; total; printemps; été; automne; hiver; date; moment; terme; heure; siècle; bilan; ensemble; surface"
            "; périmètre; taux; données; bourse"
        ),
        no_subjects=(
            "marché; secteur; filière; branche; division; filiale; pôle; segment; boutique; magasin; usine; site; atelier; région"
            "; concurrent*; rival*; concurrence; syndicat; analyste*; expert*; cabinet; courtier; juge; tribunal; état; ville"
            "; commune; mairie; gouvernement; ministère; fisc; client*; partenaire*; investisseur*; actionnaire*; fondateur*"
            "; prédécesseur*; successeur*; maison-mère; produit; industrie; économie; projet; étude; rumeur; scénario; rêve"
            "; ligue; voisin*; sœur; auditeur; avocat; journal; presse; magazine; plan; objectif; prévision; estimation; papier"
            "; adversaire; challenger; leader; acheteur; repreneur; cartel; fraude; spéculateur; stagiaire; propriétaire; vitrine"
            "; moyenne; profession; fédération; banquier; commissaire; comptable; gérant; franchisé*; cours; action; titre; gamme"
            "; modèle"
        ),
        doubtful=(
            "pro; forma; espéré*; visé*; prévu*; attendu*; manqué*; perdu*; théorique*; fictif*; fictive*; cumulé*; combiné*"
            "; potentiel*; possible*; éventuel*; hypothétique*; imaginaire*; supposé*; prétendu*; ancien*; moyen*"
            "; supplémentaire*; restant*; manquant*; virtuel*; rêvé*; promis*; souhaité*; annoncé*; nécessaire*; requis*"
            "; maximal*; minimal*; maximum; minimum; probablement; vraisemblablement; sans; peut-être; apparemment; soi-disant"
            "; presque; guère; jamais; pas; jadis; autrefois; conjointement; ensemble; censément; mensuellement; annuellement"
            "; étranger*; étrangère*; domestique*; régional*; local*; concurrent*; rival*; autre; autres; voisin*; falsifié*"
            "; gonflé*; futur*; prochain*; seul; seule; seulement; uniquement; chaque; chacun*; respectivement; bientôt; presumé*"
            "; présumé*; faussement; partiel*; collectif*; collectivement; initial*; loin; encore"
        ),
        firms=(
            "eur; euse; iste; ier; ière; ien; ienne; groupe; entreprise; société; compagnie; banque; enseigne; chaîne; maison"
            "; fabricant; exploitant; commerçant; négociant; géant; coopérative; laiterie; brasserie; verrerie; mutuelle"
            "; foncière; biotech"
        ),
    ),
    "es": GoverningWords(
        articles="el; la; un; una; este; esta",
        determiners="su; nuestro; nuestra; sus; los; las; unos; unas; estos; estas; al; del; lo",
        where="en; a; al; con; sin; para; por; sobre; entre; hacia; ante; bajo; contra",
        of="de; del",
        neutral="gracias; según; desde; durante; tras; pese; mediante; debido; hasta",
        joints="y; e; o; u; pero; que; si; ni; cuando; donde; quien; como",
        helping=(
            "ha; han; había; habían; es; son; era; eran; fue; fueron; está; están; será; va; van; da; dan; se"
        ),
        verbs=(
            "cobrarán; experimentó; experimenta; experimentaron; desprende; recomienda; recomendó; copa; copaba; padeció; padece"
            "; recibirán; disponía; disponían; estanca; estancó; equivale; corresponde; regenta; augura; anticipa; plantó; pudo"
            "; puede; compone; soportaba; soporta; arrastra; arrastraba; acusa; acusaba; exhibe; exhibió; luce; lució; extrae"
            "; extrajo; saca; sacó; sigue; siguió; siguieron; vuelve; volvió; volvieron; entra; entró; conlleva; conllevará"
            "; consta; constaba; comprende; comprendía; conserva; presta; aloja; acoge; alojó; recibió; recibe; invirtieron"
            "; invertirán; acarrea; acarreará; suprimirá; permanece; permaneció; continúa; vio; ven; abrió; abre; abrieron"
            "; cierra; abastece; atiende; atendía; suministra; sirve; explota; posee; dispone; contaba; cuentan; tenía; tuvo"
            "; tienen; obtuvo; obtiene; ascendía; sitúa; duplicó; triplicó; contrajo; rebajó; invierte; invertirá; destinará"
            "; inyectó; inyecta; dedicará; desembolsó; gastó; pagará; abonará; repartió; repartirá; distribuyó; distribuirá"
            "; compró; compra; adquirió; adquiere; hizo; perderá; sufrió; encajó; acusó; redujo; mantuvo; mantiene; mantuvieron"
            "; acabó; concluyó; muestra; mostró; supone; supuso; vendió; vende; vendieron; produjo; produce; llevó; llevaron"
            "; captó; capta; ostenta; acapara; acumula; prevé; espera; propone; propondrá; superó; superaron; concretó"
            "; procedieron; proceden; cosechó; ratifica"
        ),
        times=(
            "año; años; ejercicio; ejercicios; trimestre; trimestres; semestre; semestres; mes; meses; día; días; semana; cierre"
            "; temporada; enero; febrero; marzo; abril; mayo; junio; julio; agosto; septiembre; octubre; noviembre; diciembre"
            "; período; periodo; total; primavera; verano; otoño; invierno; fecha; momento; término; siglo; balance; conjunto"
            "; superficie; perímetro; tipos; cambio; curso; finales; principios; mediados; bolsa"
        ),
        no_subjects=(
            "mercado; sector; rama; división; ramo; filial; segmento; tienda; fábrica; planta; taller; región; competidor*"
            "; rival*; competencia; sindicato; analista*; experto*; consultora; bróker; juez; tribunal; estado; ciudad; municipio"
            "; ayuntamiento; gobierno; ministerio; hacienda; cliente*; proveedor*; socio*; inversor*; accionista*; fundador*"
            "; predecesor*; sucesor*; matriz; producto; industria; economía; proyecto; rumor; escenario; sueño; liga; vecino*"
            "; hermana; auditor*; abogado; diario; prensa; revista; plan; objetivo; previsión; estimación; papel; adversario"
            "; aspirante; retador; líder; comprador; cártel; fraude; media; gremio; federación; franquiciad*; acción; título"
            "; cotización; gama; modelo; patronal; comité; becario; propietari*"
        ),
        doubtful=(
            "pro; forma; esperad*; previst*; deseado; perdid*; teóric*; ficticio*; ficticia*; acumulad*; combinad*; potencial*"
            "; posible*; eventual*; hipotétic*; imaginari*; supuest*; presunt*; antigu*; medio; media; adicional*; restante*"
            "; virtual*; soñad*; prometid*; anunciad*; necesari*; requerid*; máxim*; mínim*; probablemente; quizá; quizás; casi"
            "; apenas; nunca; no; antaño; conjuntamente; juntos; mensualmente; anualmente; extranjer*; doméstic*; regional*"
            "; local*; rival*; otro; otra; otros; otras; vecin*; falsead*; futur*; próxim*; solo; sólo; solamente; únicamente"
            "; cada; respectivamente; pronto; parcial*; colectiv*; inicial*; lejos; aún; difícilmente; meros; mero; faltante*"
        ),
        firms=(
            "dor; dora; dores; ista; ero; era; ante; grupo; empresa; sociedad; compañía; banco; cadena; firma; entidad"
            "; aseguradora; fabricante; cooperativa; naviera; química; farmacéutica; eléctrica; petrolera; hotelera; gigante"
            "; bodega; papelera; cervecera; aerolínea"
        ),
    ),
}  # fmt: skip
