"""Words that cannot change whose a number is, by their stems, for the frames of German, French and Spanish.

Phrases are separated by `;`. The adjectives tell how much, when, or in what state; they name no part, and nothing that is
planned, supposed or gone. The verbs are of being, moving, reaching, reporting and earning. The nouns are of time, reports,
people who speak, places, and of what is seen in a business beside its sums.
"""

from typing import Final, NamedTuple

from service.evidence.reading.languages.shape import listed


class InflectedWords(NamedTuple):
    """The neutral words of a language: each stem is taken with all endings of its kind."""

    adjectives: str
    adjective_endings: tuple[str, ...]
    verbs: str
    verb_endings: tuple[str, ...]
    others: str  # adverbs, nouns and irregular forms, as they stand
    noun_ends: str = ""  # a longer noun with one of these ends is neutral, too


_FRENCH_VERB: Final = (
    "i", "ie", "is", "ies", "it", "ts", "eait", "eaient", "e", "ent", "ait", "aient", "é", "ée", "és", "ées", "er", "ant", "a",
    "èrent",
)  # fmt: skip
_SPANISH_VERB: Final = (
    "a", "an", "ó", "aron", "aba", "aban", "ado", "ada", "ados", "adas", "ar", "ando", "arse", "ándose",
)  # fmt: skip

INFLECTED: Final[dict[str, InflectedWords]] = {
    "de": InflectedWords(
        adjectives=(
            "dividendenberechtigt; gewinnberechtigt; massiv; drastisch; radikal; umfassend; voll; hoh; höher; höchst; niedrig"
            "; niedriger; gering; geringer; gut; besser; best; solid; solide; stark; stärker; schwach; schwächer; verhalten"
            "; erfreulich; beachtlich; stattlich; stolz; ordentlich; robust; stabil; deutlich; leicht; kräftig; spürbar; merklich"
            "; erheblich; moderat; stetig; schwierig; herausfordernd; anspruchsvoll; unsicher; volatil; turbulent; günstig"
            "; ungünstig; positiv; negativ; neu; neuerlich; erneut; weiter; weltweit; konzernweit; global; international"
            "; europäisch; deutsch; österreichisch; schweizer; schweizerisch; französisch; amerikanisch; chinesisch; japanisch"
            "; italienisch; spanisch; britisch; börsennotiert; notiert; familiengeführt; mittelständisch; traditionsreich"
            "; ansässig; gelistet; gegründet; bayerisch; schwäbisch; hessisch; sächsisch; rheinisch; westfälisch; hanseatisch"
            "; niedersächsisch; gesamt; ganz; insgesamt; konsolidiert; bereinigt; unbereinigt; ausgewiesen; berichtet; gemeldet"
            "; veröffentlicht; vorgelegt; erzielt; erwirtschaftet; erreicht; verbessert; gestiegen; gesunken; gewachsen"
            "; rückläufig; unverändert; konstant; vergleichbar; entsprechend; vorläufig; endgültig; testiert; geprüft; ungeprüft"
            "; operativ; laufend; abgelaufen; vergangen; zurückliegend; vorangegangen; vorig; vorherig; letzt; diesjährig"
            "; vorjährig; erst; zweit; dritt; viert; halb; jährlich; verwässert; unverwässert; immateriell; materiell; liquid"
            "; verzinslich; kurzfristig; langfristig; fortgeführt; eigen; historisch; überproportional; überdurchschnittlich"
            "; zweistellig; einstellig; prozentual; nachhaltig; profitabel; erfolgreich; ertragsstark; umsatzstark; saisonal"
            "; konjunkturell; witterungsbedingt; organisch; anorganisch; währungsbereinigt; wechselkursbereinigt"
            "; akquisitionsbereinigt; flächenbereinigt; zahlreich; verschieden; wichtig; wesentlich; allgemein"
            "; gesamtwirtschaftlich; geopolitisch; makroökonomisch; festangestellt; fest; zuständig; verantwortlich; größt"
            "; drittgrößt; zweitgrößt; führend; außerordentlich; zufriedenstellend; respektabel; komfortabel; auskömmlich"
            "; ansehnlich; beeindruckend; durchwachsen; enttäuschend; überraschend; ausgezeichnet; hervorragend; glänzend; satt"
            "; üppig; knapp; zeitgleich; gleichzeitig; erstmalig; aktuell; jüngst; gegenwärtig"
        ),
        adjective_endings=("", "e", "en", "er", "es", "em"),
        verbs=(
            "anheb; anzuheb; vorschlag; vorzuschlag; aufstock; aufzustock; hochschraub; vorleg; verteuer; verbillig; tendier"
            "; notier; meld; bericht; berichtet; erziel; erreich; verbuch; verzeichn; verzeichnet; erwirtschaft; erwirtschaftet"
            "; steiger; erhöh; verbesser; vermehr; verringer; reduzier; verminder; ermäßig; summier; beziffer; resultier; zähl"
            "; umfass; beschäftig; kletter; sack; rutsch; schrumpf; zeig; stell; beweg; entwickel; errechn; errechnet; präsentier"
            "; mitteil; erklär; erläuter; sag; betrag; verdien; erlös; liefer; verkauf; produzier; fertig; beförder; stabilisier"
            "; normalisier; pendel; verharr; markier; kommunizier; vermeld; bestätig; schnell; zuleg; ausbau; ausweit; behaupt"
            "; behauptet; verteidig; vergrößer; leg; setz; leist; investier; verschlechter; profitier; dreh; führ; spiegel"
            "; schaff; knack; lieg; komm; notiert; registrier; konstatier; ausweis"
        ),
        verb_endings=("", "t", "te", "ten", "en", "n", "et", "ete", "eten", "end"),
        others=(
            "gilt; galt; gremium; gremien; beschert; vorjahresperiode; verdoppelt; verdreifacht; vervierfacht; berechnungen"
            "; abzug; sondereffekte; hierzulande; bundesweit; landesweit; europaweit; deutschlandweit; gruppenweit; sprunghaft"
            "; unerwartet; real; allem; rasant; enorm; beträchtlich; dramatisch; schleichend; rapide; prächtig; genau; exakt"
            "; präzise; regulär; offiziell; final; hauptsächlich; vornehmlich; komfortable; komfortablen; runde; magere; mageren"
            "; dünne; rekordhohe; entfallende; entfallenden; also; ergo; wertmäßig; mengenmäßig; kaufmännisch; hingegen"
            "; hochgeschraubt; aussicht; hochgefahren; hochgetrieben; hinnehmen; verkraften; einstecken; netz; filialnetz"
            "; kommenden; kommende; globus; jahresultimo; quartalsultimo; ultimo; zufrieden; sogar; erhielt; erhielten"
            "; auszuzahlen; gehaltsliste; prall; gefüllt; verfügt; verfügte; übrig; immer; ebenso; überwiegend; durchweg"
            "; anhaltend; turnusmäßig; ausgesprochen; regelrecht; teils; betrachtet; verblieb; verbleibt; heraus; wendete"
            "; wendeten; umgerechnet; lokaler; lokalen; währung; währungen; sommersaison; wintersaison; saison; jahresmittel"
            "; geschaffen; abgeschlossen; jahresvergleich; quartalsvergleich; tagesgeschäft; firmenwerte; sei; seien; habe"
            "; konnte; konnten; gegangen; zurückgeführt; geblieben; gekommen; entstanden; entstand; ergeben; schnitt; schob; fand"
            "; brachte; brachten; trug; trugen; bescherte; gelang; hinauf; herauf; empor; vorwärts; voran; binnen; innerhalb"
            "; außerhalb; inmitten; seitens; gemäß; entlang; mithin; folglich; demnach; demzufolge; dementsprechend"
            "; infolgedessen; dadurch; daraus; darin; daran; dazu; hierzu; hieraus; hierbei; womit; wodurch; bezogen; gemessen"
            "; inzwischen; mittlerweile; unterdessen; indessen; zwischenzeitlich; erstmals; letztmals; abermals; wiederum"
            "; dagegen; ebenfalls; gleichfalls; zugleich; zudem; außerdem; ferner; darüber; überdies; überaus; sehr; recht"
            "; ziemlich; wenig; minimal; marginal; unwesentlich; nennenswert; sichtlich; kontinuierlich; sukzessive; planmäßig"
            "; turnusgemäß; saisonbedingt; währungsbedingt; konjunkturbedingt; wechselkursbedingt; wetterbedingt"
            "; inflationsbedingt; akquisitionsbedingt; mengenbedingt; preisbedingt; stichtagsbedingt; erwartungsgemäß; allerdings"
            "; gleichwohl; dennoch; trotzdem; immerhin; erfreulicherweise; letztlich; schließlich; unterjährig; ganzjährig; per"
            "; saldo; kalenderjahr; schlussquartal; auftaktquartal; startquartal; höchstwert; allzeithoch; rekordniveau"
            "; vorkrisenniveau; wert; werte; marke; hürde; sachanlagen; vermögenswerte; buche; büchern; buch; bilanz; zuge"
            "; verlauf; laufe; jahresverlauf; ablauf; wege; sitz; zentrale; stammsitz; geschichte; firmengeschichte"
            "; unternehmensgeschichte; konzerngeschichte; historie; börsengang; umfeld; hintergrund; folge; sicht; jahresbasis"
            "; bezugsbasis; band; jahresbeginn; jahresauftakt; jahresmitte; sommer; winter; herbst; frühjahr; frühling; vormonat"
            "; vorjahresstichtag; vorjahresende; halbzeit; morgen; vormittag; mittag; nachmittag; abend; handelstag"
            "; handelsschluss; börsenschluss; handelsstart; samstag; sonntag; samstags; chef; chefin; finanzchef; finanzchefin"
            "; finanzvorstand; finanzvorständin; konzernchef; konzernchefin; firmenchef; vorstandschef; vorstandschefin"
            "; vorstandsvorsitzende; vorstandsvorsitzender; vorstandsvorsitzenden; geschäftsführer; geschäftsführers"
            "; geschäftsführerin; geschäftsführung; geschäftsleitung; unternehmensangaben; firmenangaben; konzernangaben"
            "; management; managements; sprecher; sprecherin; mitteilung; pflichtmitteilung; pressemitteilung; quartalsmitteilung"
            "; geschäftsbericht; geschäftsberichts; zwischenbericht; quartalsbericht; halbjahresbericht; konzernabschluss"
            "; konzernabschlusses; jahresabschluss; jahresabschlusses; bilanzpressekonferenz; zwischenmitteilung; eckdaten"
            "; eckzahlen; rechnungslegung; ifrs; hgb; dax; mdax; sdax; tecdax; atx; smi; familienunternehmen; familienbetrieb"
            "; traditionsunternehmen; mittelständler; weltmarktführer; marktführer; branchenprimus; newcomer; maschinenbauer"
            "; versandhändler; generation; konzernchefs; kommanditaktie; gewinnausschüttung; spitze; top; stelle; platz; rang"
            "; position; rechtsform; betriebe; dreimonatszeitraum; neunmonatszeitraum; sechsmonatszeitraum; zwölfmonatszeitraum"
            "; berichtsperiode; vergleichsperiode; vergleichszeitraum; vorjahreszeit; neunmonatsumsatz; monatsende; monatsfrist"
            "; wochen; hauptaktionär; hauptversammlungssaison; dividendenvorschlag; anteilen; teilzeit; vollzeit; vollzeitstellen"
            "; köpfe; köpfen; kolleginnen; kollegen; mitarbeiterzahl; beschäftigtenzahl; personalbestand; standortnetz"
            "; kundenzahl; berichtigt; korrigiert; nutzerzahl; filialzahl; mitgliederzahl"
        ),
        noun_ends=(
            "umfeld; umfelds; umfeldes; auftakt; auftakts; niveau; abend; nachmittag; vormittag; beginn; bericht; berichts"
            "; mitteilung; chef; chefin; chefs; sprecher; sprecherin; vorstand; führer; führerin; quartale; jahre; jahren; woche"
            "; wochen; stichtag; geschichte; sitz; zentrale; unternehmer; bauers; handel; verlauf; klima; monats; monate; monaten"
            "; anbietern; konzerne; gruppen; familie; hauses; haus; brauer; filialist; filialisten; reederei; molkerei; bäckerei"
            "; airline; netzbetreiber; institut; sparkasse"
        ),
    ),
    "fr": InflectedWords(
        adjectives=(
            "net; brut; solide; robuste; stable; soutenu; fort; faible; élevé; bon; meilleur; excellent; remarquable; record"
            "; historique; nouveau; nouvel; modéré; léger; sensible; marqué; important; significatif; notable; limité; contrasté"
            "; difficile; complexe; exigeant; incertain; tendu; volatil; dégradé; porteur; favorable; défavorable; morose; atone"
            "; inflationniste; corporel; incorporel; financier; consolidé; combiné; publié; audité; provisoire; définitif"
            "; préliminaire; total; global; annuel; trimestriel; semestriel; opérationnel; courant; récurrent; ajusté; dilué"
            "; organique; comparable; constant; variable; fiscal; civil; calendaire; décalé; clos; achevé; écoulé; passé"
            "; précédent; dernier; premier; familial; indépendant; coté; basé; fondé; créé; dirigé; présidé; piloté; installé"
            "; implanté; spécialisé; français; lyonnais; parisien; breton; alsacien; toulousain; nantais; lillois; bordelais"
            "; normand; européen; allemand; suisse; belge; italien; espagnol; américain; japonais; chinois; britannique; national"
            "; mondial; international; aérien; ferroviaire; agroalimentaire; pharmaceutique; automobile; électronique; cosmétique"
            "; alimentaire; déficitaire; bénéficiaire; rentable; stratégique; propre; entier; complet; plein; final; ordinaire"
            "; unitaire; payable; versé; supérieur; inférieur; égal; équivalent; conforme; proche"
        ),
        adjective_endings=("", "e", "s", "es", "le", "les", "ne", "nes", "te"),
        verbs=(
            "affich; enregistr; réalis; dégag; génér; publi; annonc; déclar; communiqu; présent; indiqu; précis; dévoil; révél"
            "; signal; comptabilis; totalis; représent; compt; progress; augment; gagn; grimp; mont; baiss; recul; diminu; chut"
            "; stabilis; amélior; dégrad; contract; redress; repli; tass; érod; limit; allég; alourd; creus; gonfl; réduis"
            "; accélér; rebond; bondi; envol; hiss; port; ramen; situ; élev; chiffr; inscriv; boucl; clôtur; termin; achev; sign"
            "; engrang; empoch; encaiss; livr; expédi; vend; transport; accueill; emplo; employ; exploit; gér; opér; fabriqu"
            "; distribu; commercialis; propos; vers; détach; ressort; atteign; franchiss; dépass; consolid; confort; confirm"
            "; maint; consacr; allou; invest; dépens; revendiqu; décroch; aliment; résult; découl; échang; cot; côtoy; pass; rest"
            "; demeur; retomb; remont; pes; occup; rapport; reparti; fédér; regroup; rassembl; dirig; présid; pilot; fond; cré"
            "; bas; marqu; sold; repass; poursuiv; continu; élarg; étend; renforc; dress; ajout; constat; dénombr; recens"
            "; mentionn; souscri"
        ),
        verb_endings=_FRENCH_VERB,
        others=(
            "retraitées; retraités; chapitre; dernièrement; récemment; actuellement; finalement; globalement; organiquement"
            "; parallèlement; régulièrement; progressivement; rapidement; brutalement; spectaculairement; considérablement"
            "; substantiellement; significativement; modérément; faiblement; vivement; franchement; massivement; logiquement"
            "; nominalement; solidement; confortablement; historiquement; traditionnellement; constamment; précisément"
            "; exactement; officiellement; largement; clairement; notablement; visiblement; étonnamment; confortable; inédit"
            "; inédite; étonnant; étonnante; décevant; décevante; satisfaisant; satisfaisante; modeste; honorable; impressionnant"
            "; impressionnante; respectable; spectaculaire; vigoureux; vigoureuse; fixer; relèvement; financières; perspectives"
            "; toujours; comprises; accroître; rangs; prochains; prochaines; ressortir; inscrire; décidé; décide; cinq; sept"
            "; huit; dix; onze; quinze; vingt; trente; approuvé; approuve; lancement; conserve; conservait; conservé; logiciels"
            "; visibilité; inscrits; inscrites; maintenues; maintenus; palier; collective; soumis; demi-point; vu; vus; vue; voit"
            "; voient; verront; crue; subi; subit; subie; connu; connaît; obtenu; obtient; reçu; reçoit; tenu; tient; devenu"
            "; devient; redevenu; redevient; redevenue; fait; font; faisait; eu; pu; su; mis; met; pris; permis; permet"
            "; stationnaire; paiement; numéraire; espèces; répartis; réparties; réparti; monde; terme; issue; milieu; milieux"
            "; séance; soir; matin; après-midi; journée; samedi; dimanche; printemps; automne; hiver; saison; contexte"
            "; environnement; conjoncture; détail; globalité; totalité; intégralité; siège; comptes; document; conférence"
            "; présentation; directrice; présidente; pdg; patron; patronne; dirigeant; dirigeants; porte-parole; ifrs; normes"
            "; bases; chiffres; lignes; fil; rythme; tendance; évolution; dynamique; retour; cap; barre; place; position; rang"
            "; côté; égard; effets; effort; hommes; femmes; équipes; main-d'œuvre; nationalités; cinquantaine; vingtaine"
            "; trentaine; dizaine; quarantaine; bureaux; implantations; régions; continents; départements; simultanément; enfin"
            "; ensuite; néanmoins; pourtant; notamment; principalement; essentiellement; pleinement; vigoureusement; durablement"
            "; vraiment; très; assez; mieux; tant; autant; tel; telle; telles; tels; quant; eux; elle-même; lui-même; celui"
            "; celle; ceux; celles; cela; ceci; dès; durant; lors; parmi; selon; via; outre; tout; toute; toutes; plusieurs"
            "; certains; certaines; autres; autre; auquel; laquelle; lesquels; ci; mêmes; centimes; cette; jeune; jeunes; pme"
            "; eti; familiaux; internationaux; globaux; mondiaux; tricolore; hexagonal; hexagonale; rhodanien; francilien"
            "; vendéen; vendéenne; immobilisations; positifs; positives; négatifs; ans; siècle; décennie; création; fondation"
            "; introduction; histoire; comptables"
        ),
    ),
    "es": InflectedWords(
        adjectives=(
            "pendient; net; brut; sólid; robust; estable; fuerte; débil; elevad; buen; mejor; excelente; notable; récord"
            "; históric; nuev; moderad; liger; sensible; marcad; important; significativ; limitad; difícil; complej; exigent"
            "; inciert; adverso; advers; favorable; consolidad; publicad; auditad; provisional; definitiv; preliminar; total"
            "; global; anual; trimestral; semestral; fiscal; natural; complet; operativ; ordinari; corriente; recurrente; ajustad"
            "; diluid; orgánic; comparable; constante; cerrad; terminad; finalizad; pasad; anterior; últim; primer; familiar"
            "; independient; cotizad; fundad; cread; dirigid; presidid; especializad; español; catalan; vasc; galleg; valencian"
            "; andaluz; aragones; madrileñ; barceloes; barcelones; sevillan; navarr; asturian; murcian; canari; mexican; chilen"
            "; colombian; argentin; europe; aleman; frances; italian; portugues; american; mundial; internacional; financier"
            "; generad; obtenid; registrad; alcanzad; lograd; repartid; distribuid; formad; compuest; integrad; atribuible"
            "; atribuid; rentable; propi; enter; máxim; positiv; negativ; superior; inferior; similar; equivalente; material"
            "; inmaterial; comercial; multinacional; aére; farmacéutic; alimentari; textil; tecnológic; energétic; industrial"
            "; ferroviari; automovilístic; básic"
        ),
        adjective_endings=("", "o", "a", "os", "as", "e", "es", "s", "ales"),
        verbs=(
            "alcanz; registr; factur; gan; logr; gener; ingres; public; anunci; present; declar; comunic; inform; cerr; termin"
            "; finaliz; sum; totaliz; represent; mejor; aument; increment; elev; avanz; recort; disminu; baj; situ; coloc; cifr"
            "; estabiliz; sald; emple; oper; gestion; vend; entreg; transport; fabric; distribu; pag; abon; destin; dedic; acord"
            "; aprob; anot; embols; contabiliz; report; apunt; señal; explic; indic; detall; confirm; firm; comercializ; ocup"
            "; integr; repunt; rebot; dispar; escal; salt; recuper; moder; consolid; afianz; reforz; realiz; arroj; marc; cosech"
            "; qued; lleg; pas; mantuv; asent; cotiz; intercambi; gir; lider; presid; fund; cre; trabaj"
        ),
        verb_endings=_SPANISH_VERB,
        others=(
            "últimamente; recientemente; actualmente; finalmente; globalmente; orgánicamente; progresivamente; rápidamente"
            "; bruscamente; considerablemente; sustancialmente; significativamente; moderadamente; fuertemente; ligeramente"
            "; notablemente; claramente; sensiblemente; lógicamente; sólidamente; cómodamente; históricamente; tradicionalmente"
            "; capítulo; apartado; exactamente; precisamente; oficialmente; nuevamente; ampliamente; visiblemente; cómodo; cómoda"
            "; inédito; inédita; sorprendente; decepcionante; satisfactorio; satisfactoria; modesto; modesta; impresionante"
            "; respetable; espectacular; vigoroso; vigorosa; encajar; pudo; pudieron; sorprendentemente; ahí; perspectivas"
            "; reducir; filas; aun; nómina; decidido; decidió; decide; repartir; distribuir; cinco; siete; ocho; diez; once"
            "; quince; veinte; general; forma; hotelera; sobradamente; dominante; abonará; repartirá; captados; captadas"
            "; renovación; precedente; proponer; someter; obtener; mantuvo; mantenía; mantenido; mantuvieron; reducida; hecho"
            "; dio; dado; vio; visto; puso; puesto; hizo; produjeron; consiguió; consiguieron; consigue; conseguido; ascendido"
            "; ascendían; vendieron; pago; abono; distribución; conjunto; término; largo; durante; mediante; además; asimismo"
            "; igualmente; incluso; posteriormente; simultáneamente; levemente; gradualmente; concretamente; muy; bastante; algo"
            "; mucho; solamente; fuerza; vigor; ritmo; evolución; comportamiento; contexto; entorno; marco; senda; base; bases"
            "; cifras; memoria; nota; registro; sesión; mañana; tarde; noche; sábado; domingo; primavera; verano; otoño; invierno"
            "; mediados; comienzo; comienzos; inicio; arranque; presidente; presidenta; consejero; consejera; delegado; delegada"
            "; director; directora; portavoz; sede; hombres; mujeres; equipo; profesionales; historia; mundo; continentes"
            "; regiones; niif; normas; céntimos; actividad; actividades; ello; esto; esta; estas; esos; esas; aquel; cual; cuales"
            "; porque; dicho; dicha; dichos; dichas; misma; mismos; todas; toda; varios; varias; otros; otras; quinto; sexto"
            "; inmovilizado; lucro; pese"
        ),
    ),
}


def inflected(code: str) -> frozenset[str]:
    """All forms of the neutral words of a language; none for a language without such a list."""
    words = INFLECTED.get(code)
    if words is None:
        return frozenset()
    return frozenset(
        [
            *(f"{stem}{ending}" for stem in listed(words.adjectives) for ending in words.adjective_endings),
            *(f"{stem}{ending}" for stem in listed(words.verbs) for ending in words.verb_endings),
            *listed(words.others),
        ]
    )


def neutral_ends(code: str) -> tuple[str, ...]:
    """The ends of longer neutral nouns."""
    words = INFLECTED.get(code)
    return tuple(listed(words.noun_ends)) if words else ()


def telling_verbs(code: str) -> frozenset[str]:
    """Forms of the neutral verbs that say by themselves what a number is."""
    words = INFLECTED.get(code)
    if words is None:
        return frozenset()
    told = [f"{stem}{ending}" for stem in listed(words.verbs) for ending in words.verb_endings if ending]
    return frozenset([*told, *listed(_STRONG[code])])


_STRONG: Final = {
    "de": (
        "betrug; betrugen; beläuft; belief; beliefen; lag; lagen; liegt; stieg; stiegen; sank; sanken; wuchs; kam; kamen"
        "; wies; weist; fiel; blieb; ging; stand; standen; verblieb; betrieb; hielt"
    ),
    "fr": (
        "atteint; atteignent; ressort; ressortent; ressorti; ressortie; établit; établi; établie; croît; vendu; investi"
        "; investit; accru; progressé; perdu; inscrit; emploie; emploient; détient; obtenu; maintient"
    ),
    "es": (
        "creció; crecieron; obtuvo; cayó; cayeron; redujo; ascendió; ascendieron; asciende; subió; invirtió; descendió"
        "; produjo; consiguió; mantuvo; supuso; retrocedió; retrocedieron; tiene; cuenta"
    ),
}
