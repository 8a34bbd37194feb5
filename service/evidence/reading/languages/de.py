"""German."""

from typing import Final

from service.evidence.reading.languages.shape import Language, by_phrase, tagged

# "je dividendenberechtigte Stückaktie", "je Stamm- beziehungsweise Vorzugsaktie"
_EACH_SHARE: Final = tuple(
    f"{each} {entitled}{share}"
    for each in ("je", "pro")
    for entitled in ("", "dividendenberechtigte ", "dividendenberechtigter ", "gewinnberechtigte ", "ausstehende ")
    for share in ("stückaktie", "stammaktie", "vorzugsaktie", "namensaktie", "inhaberaktie", "stamm- und vorzugsaktie",
                  "stamm- beziehungsweise vorzugsaktie", "stamm- bzw. vorzugsaktie", "nennwertlose stückaktie", "genussschein")
    )  # fmt: skip

GERMAN: Final = Language(
    code="de",
    decimal_comma=True,
    spaced=False,
    verb_last=True,
    by_needed=False,
    ideographic=False,
    grouped_scaled=False,
    scales={
        "tausend": 3, "tsd": 3, "tsd.": 3, "million": 6, "millionen": 6, "mio": 6, "mio.": 6, "mill.": 6, "milliarde": 9,
        "milliarden": 9, "mrd": 9, "mrd.": 9, "billion": 12, "billionen": 12, "bio.": 12,
    },
    currencies=by_phrase(
        "EUR: euro; eur; € | USD: us-dollar; us-$ | $: dollar | CHF: franken; schweizer franken; sfr; fr. | GBP: pfund"
        "; britische pfund; pfund sterling | JPY: yen | CNY: yuan; renminbi | PLN: zloty | RUB: rubel | SEK: schwedische kronen"
        " | NOK: norwegische kronen | DKK: dänische kronen | CZK: tschechische kronen | CAD: kanadische dollar"
        " | AUD: australische dollar | HKD: hongkong-dollar | KRW: won | INR: rupien | franc: franc; francs | peso: peso; pesos"
        " | kr: kronen | DEM: dm; d-mark; mark; deutsche mark | ATS: schilling | ESP: peseten | ITL: lire | TRY: lira"
        "; türkische lira | BRL: reais | HUF: forint | ZAR: rand | FRF: französische francs"
    ),
    units=by_phrase(
        "percent: %; prozent; v. h. | percentage_points: prozentpunkte; prozentpunkten; prozentpunkt; %-punkte; %-punkten"
        " | basis_points: basispunkte; basispunkten; bp"
    ),
    nouns=by_phrase(
        "litres: liter | hectolitres: hektoliter | gwh: gigawattstunden | mwh: megawattstunden | twh: terawattstunden"
        " | creditors: gläubiger; gläubigern | passengers: fahrgäste; fahrgästen; fluggästen; passagiere; fluggäste; passagieren"
        " | employees: mitarbeiter; mitarbeitern; mitarbeiterinnen; mitarbeitende; mitarbeitenden; beschäftigte; beschäftigten"
        "; angestellte; angestellten; arbeitnehmer | customers: kunden; kundinnen | users: nutzer; nutzern; anwender; anwendern"
        " | stores: filialen; läden; geschäfte; märkte; geschäften; märkten | jobs: stellen; arbeitsplätze; jobs"
        "; stellenstreichungen; arbeitsplätzen | branches: niederlassungen | plants: werken; werke | partners: partnern; partner"
        " | devices: geräten; geräte | models: modellen; modelle | aircraft: flugzeugen; flugzeuge | patents: patenten; patente"
        " | developers: entwicklern; entwickler | members: mitgliedern; mitglieder | units: einheiten"
        " | employed people: entlassungen | vehicles: fahrzeuge; fahrzeugen | cars: autos | sites: standorte; standorten"
        " | countries: länder; ländern | shares: aktien | downloads: downloads | data centers: rechenzentren | hotels: hotels"
        " | restaurants: restaurants | people: menschen; personen; leute | tonnes: tonnen | subscribers: abonnenten"
        " | apartments: wohnungen"
    ),
    per=by_phrase(
        "share: je aktie; pro aktie; je anteil; je anteilsschein; pro anteilsschein; je titel; je papier | month: im monat"
        "; pro monat; monatlich; je monat; monat für monat; monatliche; monatlichen; monatlicher; monatliches | week: pro woche"
        "; wöchentlich; wöchentlich* | day: am tag; pro tag; täglich; täglich* | year: pro jahr; im jahr; jährlich"
        " | head: pro kopf | piece: pro stück; je stück | tonne: pro tonne; je tonne | customer: pro kunde; je kunde"
        "; pro kunde und monat | employee: je mitarbeiter; pro mitarbeiter | each: jeweils; jeder; jede; jedes; jedem; jeden"
        " | quarter: pro quartal | store: pro filiale; je filiale; pro markt; je markt; pro laden; je laden | ?: je; pro"
        " | user: pro nutzer; je nutzer"
    )
    | dict.fromkeys(_EACH_SHARE, "share"),
    words=tagged(
        "at_least: übertraf die marke von; übertrifft die marke von; überstieg; übersteigt; überstiegen; überschritt"
        "; überschreitet; überschritten; jenseits der; die marke von; marke von; mehr als; über; mindestens; wenigstens"
        "; zumindest; gut; mehr als rund; nicht weniger als; jenseits von; von über; oberhalb von; minimal; >; ≥; min."
        "; reichlich; nicht unter; deutlich über; weit über; etwas mehr als; deutlich mehr als; weit mehr als; leicht über"
        "; klar über; ab"
        " | at_most: weniger als; unter; höchstens; maximal; bis zu; nicht mehr als; max.; unterhalb von; <; ≤; deutlich unter"
        "; knapp unter; kaum mehr als; bis maximal; deutlich weniger als; etwas weniger als; allenfalls; längstens"
        "; leicht unter; bis"
        " | about: näherte sich; nähert sich; irgendwo bei; rund; etwa; circa; ca.; ca; ungefähr; knapp; fast; nahezu; beinahe"
        "; annähernd; schätzungsweise; gegen; um die; rd.; zirka; an die; in etwa; gerundet; ~; ≈; nahe; bald; praktisch; grob"
        "; etwas um; in der größenordnung von"
        " | behind_at_least: eher mehr; eher darüber; wenn nicht mehr; wenn nicht gar mehr; vielleicht mehr"
        "; vielleicht auch mehr; womöglich mehr; oder etwas darüber; oder etwas mehr; aufwärts; oder mehr; und mehr"
        "; oder darüber; plus; mindestens"
        " | behind_at_most: eher weniger; wenn nicht weniger; vielleicht weniger; oder etwas weniger; oder etwas darunter"
        "; oder weniger; und weniger; oder darunter; höchstens; maximal"
        " | behind_about: grob geschätzt; grob gerechnet; plus minus; oder so; in etwa; plus/minus"
        " | up: mehr als im; mehr als vor; mehr als ein jahr; mehr als zuvor; mehr als in; mehr als noch; gewann; gewannen"
        "; gewinnt; weitete; weiteten; weitet; stieg; stiegen; steigt; steigen; gestiegen; steigend*; wuchs; wuchsen; wächst"
        "; wachsen; gewachsen; wachsend*; erhöht; erhöhte; erhöhten; erhöhen; kletterte; kletterten; klettert; geklettert"
        "; legte; legten; legt; zugelegt; zulegen; zunahm; zugenommen; nahm zu; nahmen zu; nimmt zu; verbessert; verbesserte"
        "; verbesserten; sprang; sprangen; springt; gesteigert; steigerte; steigerten; steigert; expandiert; expandierte"
        "; hinzugewonnen; hinzugekommen; gewann hinzu; ausgeweitet; ausgebaut; baute; mehr; höher; über vorjahr; über dem"
        "; über der; über den; schnellte; aufgestockt; stockte; anhob; angehoben; hob; zog an; zogen an; anzog; verteuert*"
        "; anstieg; angestiegen; vergrößert*; verdient mehr; plus; zulegte; zulegten; zunehmen; zunahmen; anwuchs; anwachsen"
        "; angewachsen; steigern; hochschnell*; emporschnell*; emporgeschnellt; anziehen; klettern; springen; gesprungen"
        "; schnellen; schnellten; bergauf; zulegt; hinzugewinnt; kräftiger; emporkletter*; hochkletter*; steigerungen"
        "; auszubauen; ausbaute; aufstockte"
        " | down: weniger als im; weniger als vor; weniger als ein jahr; weniger als zuvor; weniger als in; weniger als noch"
        "; sank; sanken; sinkt; sinken; gesunken; sinkend*; fiel; fielen; fällt; fallen; gefallen; fallend*; schrumpft*"
        "; schrumpfen; geschrumpft; zurückgegangen; zurückging; zurückgingen; ging zurück; gingen zurück; geht zurück"
        "; gehen zurück; ging; gingen; geht; verringert; verringerte; verringerten; verringern; vermindert*; nahm ab; nahmen ab"
        "; nimmt ab; abgenommen; verlor; verloren; verliert; verlieren; brach; brachen; bricht; eingebrochen; einbrach"
        "; einbricht; rutschte; rutschten; rutscht; gerutscht; abgerutscht; sackte; sackten; sackt; abgesackt; eingebüßt; büßte"
        "; büßten; büßt; gab nach; gaben nach; gibt nach; nachgegeben; nachgab; gab; gaben; verschlechtert*; reduziert"
        "; reduzierte; reduzierten; rückläufig*; weniger; niedriger; geringer; tiefer; unter vorjahr; unter dem; unter der"
        "; unter den; unter denen; stürzte; stürzten; abgestürzt; halbiert; schwächer; eingetrübt; minus; schmolz; geschmolzen"
        "; schmilzt; abgeschmolzen; verfiel; abgesunken; einbüßt*; einbüßen; abwärts; bergab; kleiner; schlechter; zurückfiel"
        "; zurückgefallen; knickte; kappte; abnimmt; abnahm; dämpft*; schwand*; geschwunden; schwindet; einknickt*; nachlässt"
        "; verkürzt*; nachließ; nachgelassen; geschmälert; drückt*; gedrückt; belastet*; wegbrach; weggebrochen; nachgeben"
        "; zurückgehen; zurückgeht; abnehmen; abrutschte; einbrechen; einbrachen; absackte; absacken; absank; abfiel"
        "; abgefallen; reduzieren; vermindern; zusammenschrumpf*; schmelzen; wegbrechen; ermäßigt*; purzel*; zurückgefahren"
        "; abgebröckelt; abbröckel*; einbrechend*; nachgaben; fahren zurück"
        " | cut: gekürzt; kürzt; kürzte; kürzen; gesenkt; senkt; senkte; senken; eingespart; spart; sparen; spart ein"
        "; einsparen; drückte; drosselte; gedrosselt; drosseln"
        " | rise: anstieg; anstiegs; *anstieg; *anstiegs; wachstum; wachstums; *wachstum; steigerung; *steigerung; zuwachs"
        "; zuwächse; *zuwachs; zunahme; erhöhung; plus; *plus; aufschlag; verbesserung; sprung; wachstumsrate; ausweitung"
        " | fall: rückgang; rückgangs; rückgänge; *rückgang; *rückgangs; minus; *minus; abnahme; verringerung; einbruch"
        "; *einbruch; einbuße; einbußen; schwund; *schwund; abschlag; kürzung; *kürzung; senkung; *senkung; reduktion"
        "; reduzierung; verschlechterung; schrumpfung; kurssturz; absturz; kursverlust; kursverluste; einsparung; einsparungen"
        "; ersparnis; verfall; *verfall; talfahrt; dämpfer; wertverlust; wertminderung"
        " | loss: negativ*; verbrannte; verbrennt; verbrannt; verlust; verluste; verlusts; verlustes; fehlbetrag; fehlbetrags"
        "; fehlbeträge; nettoverlust; nettoverluste; jahresfehlbetrag; konzernverlust; betriebsverlust; quartalsverlust"
        "; jahresverlust; defizit; defizits; defizite; unterdeckung; mittelabfluss; mittelabflüsse; abfluss; abflüsse"
        "; konzernfehlbetrag; rote zahlen; roten zahlen; miese; miesen; einbuße; einbußen; operativer verlust; vorsteuerverlust"
        "; rekordverlust; milliardenverlust; millionenverlust; periodenfehlbetrag; minusbetrag; verlustvortrag; ebit-verlust"
        " | level: betrug; betrugen; beträgt; betragen; belief; beliefen; beläuft; belaufen; lag; lagen; liegt; liegen"
        "; erreichte; erreichten; erreicht; umfasst; umfasste; machte; macht; machen; erzielte; erzielt; erzielten; verbuchte"
        "; verbucht; kam; kommt; kamen; hält; hielt; hat; hatte; haben; wies; weist; besitzt; entfällt; entfallen; entfielen"
        "; entspricht; entsprach; blieb; bleibt; verzeichnete; summierte; ausweist; ausgewiesen; stellt; rangiert; gelegen; bei"
        " | level_noun: marktanteil; marktanteils; anteil; anteils; marge; margen; quote; rendite; umsatzrendite; ebit-marge"
        "; ebitda-marge; bruttomarge; anteil von; beteiligung; steuerquote; eigenkapitalquote; auslastung; anteile"
        "; marktanteile; leerstandsquote; umsatzanteil; gewinnmarge; exportanteil; stimmrechte; zinssatz; zins; zinsen"
        "; inflation; inflationsrate; arbeitslosenquote; rate; marktanteilen; kapitalrendite"
        " | of_whole: des; der; vom; aller; davon; am; ihres; seines; seiner; ihrer"
        " | by: um"
        " | to: auf; bis auf; hin zu"
        " | from: von"
        " | of: von; in höhe von; im umfang von; über"
        " | deny: nicht; kein; keine; keinen; keiner; keinem; keines; ohne; nie; niemals; weder; keinesfalls; keineswegs"
        "; nirgends; statt; anstatt; anstelle"
        " | doubt: nicht wahr; nicht richtig; nicht korrekt; unwahr; falsch; falsche; falschen; fälschlich*; dementier*"
        "; bestreitet; bestritt; bestritten; widerleg*; erfunden; gerücht*; stimmt nicht; trifft nicht zu; irrtümlich*"
        "; zurückgezogen; zurückzog; widerrufen; widerrief; zurückgenommen; ursprünglich gemeldet*; zuvor gemeldet*"
        "; zunächst gemeldet*; zuvor ausgewiesen*; korrigiert*; berichtigt*; revidiert*; angeblich*; vermeintlich*"
        "; gestrichen hat; abgesagt; verworfen; aufgegeben"
        " | fraction: doppelt*; verdoppel*; verdreifach*; vervierfach*; drittel; hälfte; ein fünftel; zehntel; zwei drittel"
        " | expected: verfehlt*; verfehlen; übertroffen; übertraf; übertrafen; übertrifft; übertreffen; unterboten; unterbot"
        "; erwartungen; erwartung; prognose*; konsens; analysten*"
        " | gone: das aus für; aus für; entlassen; entlässt; entließ; gekündigt; kündigt; kündigte; abgebaut; baut ab; abbau"
        "; abzubauen; streicht; strich; gestrichen; streichen; schließt; schloss; geschlossen; schließen; schließung"
        "; schließungen; dichtgemacht; aufgegeben; verkauft; stellenabbau; wegfallen; weggefallen; fallen weg; stillgelegt"
        "; verlassen haben; verließen; ausgeschieden; entlassung; entlassungen; gefeuert; gehen müssen; trennt; trennte"
        "; freigesetzt; verliert; verlor; verloren; baute; baut; bauen; stelleneinsparung; einsparen; gekappt; abbauen; abbaut"
        "; abbauten; einspart; dichtmachen; aufgeben; kürzen; streichung; stellenstreichung; stellenstreichungen; streichungen"
        "; stilllegen; wegfällt; wegfielen; kappt; kappen; ausdünnen; mussten gehen; müssen gehen; musste gehen"
        " | plan: eröffnet; eröffnete; eröffneten; will; wollen; plant; planen; geplant*; beabsichtigt; beabsichtigen"
        "; einstellen; einzustellen; eröffnen; soll; sollen; sucht; suchen; möchte; vorgesehen*; hofft; strebt; ziel; werden"
        "; wird; künftig; angestrebt; einstellung; neueröffnung*; erwägt; prüft; könnte; könnten; würde; würden"
        " | joint: bis; bis zu"
        " | between: zwischen"
        " | and: und"
        " | clause: und; sowie; oder; als; während; sondern; wobei"
        " | filler: mit abstand; erste hälfte; ersten hälfte; zweite hälfte; zweiten hälfte; unter dem strich; einem; einen"
        "; einer; ein; eine; der; dem; den; die; das; neue; neuen; rund; insgesamt; weitere; weiteren; zusätzliche; eigene"
        "; eigenen; feste; vorjahr; noch; nur; gesamten; weltweit; aktive; aktiven; bestehende; deutsche; deutschen; zahlende"
        "; zahlenden; je nach; denn je; je zuvor; auf basis; auf der basis; auf grundlage; auf grund; im rahmen der erwartungen"
        "; wie erwartet; wie prognostiziert; den erwartungen entsprechend; zu konstanten wechselkursen"
        "; auf vergleichbarer fläche; auf vergleichbarer basis; auf jahressicht"
        " | employing: arbeiten; arbeitet; tätig; beschäftigt; beschäftigte; beschäftigen; belegschaft"
        " | per_before: je aktie; pro aktie; dividende; gewinn je aktie; ergebnis je aktie"
        " | rate: je filiale; pro filiale; je mitarbeiter; pro mitarbeiter; pro kunde; monat für monat; jahr für jahr"
        "; pro monat; pro woche; pro tag; jeweils; je; pro; jeder; jede; jedes; jedem; jeden; monatlich; monatliche"
        "; monatlichen; monatlicher; monatliches; wöchentlich*; täglich*; pro kunde und monat; je kunde; pro nutzer; je nutzer"
        "; pro kopf; pro stück; pro tonne; pro markt; je markt; pro laden"
        " | near_doubt: umsatzlücke; ergebnislücke; planwert; budget; zielmarke; zielwert; bestenfalls; schlimmstenfalls"
        "; im besten fall; im schlimmsten fall; im besten falle; im günstigsten fall; dreifach*; vierfach*; fünffach*"
        "; zehnfach*; x-fach*; das dreifache; zweimal; dreimal; viermal; halb so; zweieinhalb*; anderthalb*; viertel von"
        "; bruchteil; beiden; stabil bis; unverändert bis; stagnierend bis; seitwärts bis; gleichbleibend bis; null bis"
        "; auf vorjahresniveau bis; leicht bis; entfernt von; weit weg; lücke; differenz; abstand; abweichung; verfehlung"
        "; hinter dem plan; unter dem plan; über dem plan; planziel; unter plan; über plan"
    ),
)  # fmt: skip
