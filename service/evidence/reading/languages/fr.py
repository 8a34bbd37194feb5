"""French."""

from typing import Final

from service.evidence.reading.languages.shape import Language, by_phrase, counted, tagged

FRENCH: Final = Language(
    code="fr",
    decimal_comma=True,
    spaced=True,
    verb_last=False,
    by_needed=True,
    ideographic=False,
    grouped_scaled=False,
    scales={
        "mille": 3, "milliers": 3, "millier": 3, "million": 6, "millions": 6, "mio": 6, "milliard": 9, "milliards": 9,
        "mrd": 9, "mds": 9, "md": 9, "billion": 12, "billions": 12, "m": 6,
    },
    currencies=counted(
        "fr",
        "EUR: euros; euro; eur; € | $: dollars; dollar | USD: dollars américains; dollars us | CHF: francs suisses"
        " | GBP: livres sterling; livres | JPY: yens | CNY: yuans | CAD: dollars canadiens | AUD: dollars australiens"
        " | HKD: dollars de hong kong | RUB: roubles | INR: roupies",
    ),
    units=by_phrase(
        "percent: %; pour cent; pourcent | percentage_points: points de pourcentage; point de pourcentage; points; point"
        " | basis_points: points de base; pb; pdb"
    ),
    nouns=counted(
        "fr",
        "litres: litres | hectolitres: hectolitres | supermarkets: supermarchés | hypermarkets: hypermarchés"
        " | creditors: créanciers | transactions: transactions | units: unités | deliveries: livraisons | employees: salariés"
        "; employés; collaborateurs | customers: clients | users: utilisateurs actifs mensuels; utilisateurs | stores: magasins"
        "; boutiques; points de vente | jobs: emplois; suppressions de postes; suppressions d'emplois; postes"
        " | employed people: licenciements | vehicles: véhicules | cars: voitures | plants: usines | sites: sites"
        " | countries: pays | shares: actions | patents: brevets | downloads: téléchargements | models: modèles"
        " | developers: développeurs | partners: partenaires | hotels: hôtels | restaurants: restaurants | people: personnes"
        " | tonnes: tonnes | aircraft: avions | subscribers: abonnés | members: membres | devices: appareils"
        " | data centers: centres de données | branches: agences | apartments: logements | passengers: passagers",
    ),
    per=by_phrase(
        "share: par action; par titre | month: par mois; mensuels; chaque mois | week: par semaine | day: par jour"
        " | year: par an; annuels | quarter: par trimestre | person: par personne | head: par habitant | tonne: par tonne"
        " | customer: par client | each: chacun; chacune | employee: par salarié; par employé | store: par magasin"
        " | piece: l'unité; pièce | unit: par unité"
    ),
    words=tagged(
        "at_least: dépassera; dépasseront; supérieur aux; supérieure aux; le cap des; le seuil des; la barre des; cap des"
        "; barre des; seuil des; excèdent; franchissent; plus de; plus d'; au moins; au minimum; supérieur à; supérieure à"
        "; supérieurs à; dépasse; dépassent; dépassé; dépassant; dépassait; au-delà de; au-dessus de; pas moins de; minimum"
        "; franchi; franchit; excède; excédant; bien plus de; un peu plus de; à plus de; >; ≥; à partir de; dépasser"
        "; nettement plus de; largement plus de; plus d'un | at_most: inférieur aux; inférieure aux; montant maximal de"
        "; montant maximum de; un maximum de; plafonnent à; plafonne à; moins de; moins d'; au plus; au maximum; inférieur à"
        "; inférieure à; inférieurs à; jusqu'à; en dessous de; au-dessous de; sous; maximum; pas plus de; sous la barre des"
        "; sous les; <; ≤; plafonné à; à moins de; tout au plus; un peu moins de; nettement moins de | about: avoisinera"
        "; avoisineront; frôlera; frôlait; avoisinait; approchait; frôlent; avoisinent; approchent; environ; près de; quelque"
        "; autour de; aux alentours de; approximativement; presque; à peu près; de l'ordre de; proche de; proches de; avoisine"
        "; avoisinant; frôle; frôlant; frisant; une; dans les; aux environs de; à environ; est de l'ordre de"
        "; était de l'ordre de; sont de l'ordre de; pratiquement; estimé à; estimée à; quasiment; à peine; ~; ≈; env.; approche"
        "; approchant; à près de | behind_at_least: ou davantage; et davantage; voire plus; voire davantage; peut-être plus"
        "; peut-être davantage; si ce n'est plus; sinon plus; au bas mot; ou plus; et plus; au moins; au minimum"
        "; minimum | behind_at_most: tout au plus; voire moins; peut-être moins; au grand maximum; ou moins; et moins; au plus"
        "; au maximum; maximum | behind_about: grosso modo; environ; à peu près; approximativement; près | up: gagnait"
        "; gagnaient; prenait; prenaient; grimpait; grimpaient; montait; montaient; bondissait; bondissaient; s'adjuge"
        "; s'adjugent; s'adjugeait; s'adjugeaient; avance; avancent; avançait; avançaient; s'envolait; s'envolaient; de plus que"
        "; de plus qu'; de plus par rapport; est montée; sont montées; est remontée; sont remontées; progresse; progressent"
        "; progressé; progressait; progressant; progresser; augmente; augmentent; augmenté; augmentant; augmenter; croît"
        "; croissent; crû; croître; grimpe; grimpent; grimpé; grimper; bondit; bondissent; bondi; bondissant; s'envole; envolé"
        "; envolée; s'envolent; gagne; gagnent; gagné; gagner; monte; montent; monté; en hausse; accru; accrue; s'accroît; hisse"
        "; améliore; améliorent; amélioré; s'étoffe; étoffé*; se redresse; redressé*; rehaussé*; s'apprécie; s'améliore"
        "; supérieur de; supérieure de; supérieurs de; supérieures de; élevé de; relève; relevé; relevée; accélère; rebondit"
        "; rebondi; flambe; flambé; explose; explosé; en croissance; apprécié; en progression; en augmentation; prend; prennent"
        "; gonfle; gonflé; hissé; majoré; majorée; augmenta; progressa; crut; plus élevé; plus élevée"
        "; plus élevés | down: cédait; cédaient; perdait; perdaient; lâchait; lâchaient; abandonnait; abandonnaient; baissait"
        "; baissaient; chutait; chutaient; plongeait; plongeaient; glissait; glissaient; s'effondrait; dévissait; dévissaient"
        "; fléchissait; diminuait; de moins que; de moins qu'; de moins par rapport; recule; reculent; reculé; reculait"
        "; reculant; reculer; baisse; baissent; baissé; baissant; baisser; diminue; diminuent; diminué; diminuer; diminuant"
        "; chute; chutent; chuté; chuter; chutant; perd; perdent; perdu; perdre; perdant; cède; cèdent; cédé; céder; cédant"
        "; décline; déclinent; décliné; décroît; décru; plonge; plongent; plongé; s'effondre; effondré; effondrée; s'effondrent"
        "; en baisse; en recul; en repli; en chute; en diminution; en retrait; replie; replié; repliée; repliées; repliés"
        "; se contracte; contracté; contractée; contractent; abandonne; abandonné; abandonnent; fléchit; fléchi; fléchissent"
        "; lâche; lâché; glisse; glissé; dégringole; dégringolé; réduit; réduite; réduits; régresse; régressé; inférieur de"
        "; inférieure de; inférieurs de; inférieures de; rétrograde; ralentit; ralenti; se dégrade; dégradé*; se détériore"
        "; détérioré*; s'effrite; effrité*; s'amenuise; amenuisé*; s'érode; érodé; tombe; tombent; tombé; amputé; amputée; rogne"
        "; rogné; plus bas; plus faible; se replient; en contraction; dévisse; dévissé; moins élevé; moins élevée; tassé"
        "; se tasse; amoindri; fond; fondu; recula; baissa; diminua; chuta; en forte baisse; en net recul; en légère baisse"
        "; en net repli; en déclin; s'inscrit en baisse; à la baisse; trébuche; flanche | cut: coupe; coupé; économise"
        "; économisé; économiser; supprime; réduire; abaisse; abaissé; abaisser; économies; taille; sabre; réduisant; réduisent"
        "; abaissant | rise: hausse; hausses; croissance; progression; augmentation; accroissement; bond; envolée; amélioration"
        "; essor; rebond; gain; gains; appréciation; majoration; élévation; montée | fall: baisse; baisses; recul; reculs; chute"
        "; chutes; diminution; déclin; repli; contraction; réduction; réductions; effondrement; dégradation; fléchissement"
        "; érosion; perte de valeur; dégringolade; ralentissement; économie; décroissance; plongeon; décrue; tassement"
        "; rétrécissement; régression; dépréciation; affaissement; correction; décote; rabais; remise; glissement | loss: perte"
        "; pertes; déficit; déficits; perte nette; pertes nettes; perte opérationnelle; déficitaire; déficitaires; sorties"
        "; décaissement; décaissements; dans le rouge; moins-value; moins-values; résultat négatif; négatif; négative"
        "; trou | level: atteint; atteignent; atteignait; atteignant; atteindre; s'élève à; s'élèvent à; s'élèvera à"
        "; s'élèvera donc à; s'établira à; atteindra; s'élevait à; s'est élevé à; s'est élevée à; s'établit à; s'établissent à"
        "; s'est établi à; s'établissait à; représente; représentent; représentait; représentant; compte; comptait; détient"
        "; détenait; détiennent; emploie; ressort à; ressortent à; est de; était de; sont de; est passé à; totalise; totalisent"
        "; affiche; affichait; dispose; exploite; gère; pèse; possède; couvre; contrôle; se monte à; se chiffre à; s'inscrit à"
        "; réalise; réalisé; génère; généré; dégage; dégagé; enregistre; enregistré; investit; investir; a été de; se situe à"
        "; s'est inscrit à; se montait à; stable à; est à; exploitait; possédait; comptent; employait; revendique"
        "; revendiquait | level_noun: part de marché; parts de marché; pénétration; part; marge; marges; taux; taux de marge"
        "; participation; marge brute; marge opérationnelle; rendement; taux d'occupation; taux d'intérêt; proportion"
        "; quote-part | amount_noun: réseau; flotte; parc; transaction; opération; bourse; niveau; capacité; chiffre d'affaires"
        "; bénéfice; bénéfices; bénéfice net; résultat; résultat net; résultats; ventes; montant; total; investissement"
        "; investissements; plan; contrat; contrats; dette; dettes; trésorerie; revenus; revenu; valeur; valorisation; capital"
        "; dividende; dividendes; ebitda; ebit; ebita; excédent; profit; profits; recettes; budget; enveloppe; financement; prêt"
        "; levée de fonds; effectif; carnet de commandes; commandes; volume; coût; coûts; dépenses; dépense; prix; salaire; flux"
        "; charges; provision; provisions; amende; marché; programme; fonds; somme; rachat; acquisition; net; opérationnel"
        "; consolidé; annuel; trimestriel; courant; publié; part du groupe; brut; semestriel; free cash flow; cash flow"
        "; cash-flow; global; globale; organique; record; action; stock; stocks; capitalisation | of_whole: du; des; de la"
        "; de l'; de son; de ses; de leur; de leurs; de tous; de ces; de notre | by: à hauteur de | to: à; jusqu'à"
        "; pour atteindre; pour s'établir à; pour s'élever à | from: à partir de; contre | of: de; d'; un total de; un réseau de"
        "; un parc de; une flotte de; d'un montant de; de l'ordre de; d'un; d'une | deny: au lieu d'; plutôt qu'; en lieu; ne"
        "; n'; pas; aucun; aucune; jamais; ni; sans; nullement; plutôt que; au lieu de; non | doubt: été gonflé; été gonflée"
        "; été gonflés; été gonflées; menacés; menacé; menacée; menacées; par trimestre; par semaine; par jour; par salarié"
        "; par magasin; par client; mois après mois; année après année; mensuelles; mensuels; hebdomadaires; quotidiens"
        "; quotidiennes; pas vrai; pas exact; pas correct; renoncé; renonce; renoncer; renonçant; faux; fausse; inexact"
        "; inexacte; erroné; erronée; démenti; dément; démentent; démentie; nie; conteste; contesté; rumeur; rumeurs; mensonge"
        "; infondé; infondée; à tort; prétendu; attendait; budgété; au mieux; au pire; dans le meilleur des cas"
        "; dans le pire des cas; doublement; quintuple; décuple; cinq fois; dix fois; fois plus; fois supérieur; chacun; chacune"
        "; chaque; respectivement; par tête; retiré; retirée; retire; retiré sa; rétracté; annulé; annulée; annule; révoqué"
        "; initialement annoncé; précédemment annoncé; précédemment publié; initialement publié; corrigé; corrigée; retraité"
        "; retraitée; rectifié; rectifiée; révisé; révisée; mensuel; mensuelle; hebdomadaire; quotidien; quotidienne; journalier"
        "; par mois; stable à en; stables à en; entre stable; quasi stable; stagnation à; stable ou; écart; différence; manqué"
        "; manque; raté; rate; dépassement; en deçà; au- dessous des; loin de; abandonne son; stable et; inchangé à; inchangé ou"
        "; inchangée à; inchangée ou; entre zéro; d'écart; abandonné son; multiplié; multiplie; divisé; ex-; hors de question"
        "; contrairement; infirme; réfute; réfuté; invalidé; caduc; caduque | fraction: deux fois; trois fois; quatre fois"
        "; fois plus; fois moins; double; doublé; doubler; triple; triplé; quadruple; moitié; tiers; un quart; trois quarts"
        "; cinquième; dixième | expected: prévision; prévisions; prévu; prévue; consensus; attentes; attendu; attendue; attendus"
        "; objectif; objectifs; analystes; estimations | gone: suppressions de postes; suppressions d'emplois; disparaître"
        "; disparaissent; disparu; licencié; licenciés; licencie; licencient; licenciement; licenciements; supprime; supprimé"
        "; supprimés; supprimer; suppression; suppressions; ferme; ferment; fermé; fermés; fermer; fermeture; fermetures"
        "; renvoyés; démissionné; quitté; quittent; cède; cédé; cédés; vendu; vendus; vend; cession; départ; départs; congédié"
        "; congédiés; supprimera; supprimeront; fermera; fermeront; remerciés; perdu; perd; fermées; supprimées; détruits"
        "; détruit; quittera | plan: ouvert; ouvre; ouvrent; recrute; recrutent; embauche; embauchent; va; vont; veut; veulent"
        "; prévoit; prévoient; compte embaucher; compte ouvrir; recruter; embaucher; ouvrir; envisage; envisagent; souhaite"
        "; projette; projet; recherche; cherche; ambitionne; espère; recrutement; recrutements; embauches; ouvertures; ouverture"
        "; ouvrira; recrutera; embauchera; créera; créer; vise; devrait; devraient; pourrait; pourraient; sera; seront; bientôt"
        "; prévus; prévues; planifiés; planifiées; à venir; futurs; entend; doit; doivent; compte recruter | joint: à"
        "; à un maximum de | between: entre | and: et | clause: soit; et; mais; tandis; alors; tandis que; alors que; car; puis"
        "; ou; qui; dont; quand; lorsque; puisque; où | filler: première moitié; seconde moitié"
        "; un chiffre supérieur aux attentes; un niveau supérieur aux attentes; un montant supérieur aux attentes"
        "; un chiffre inférieur aux attentes; un niveau inférieur aux attentes; supérieur aux attentes; supérieure aux attentes"
        "; supérieures aux attentes; disponible; un; une; le; la; les; l'; des; nouveaux; nouvelles; total; quelque; légère"
        "; légèrement; forte; fortement; net; nette; son; sa; ses; encore; seulement; nouveau; sensible; sensiblement; actifs"
        "; actives; supplémentaires; vif; brutal; annuelle; stable; unitaire; ordinaire; final | employing: travailler"
        "; travaillent; travaille; emploie; emploient; employait; effectif; effectifs | per_before: par action; bpa; bnpa"
        "; dividende; dividende par action"
    ),
)  # fmt: skip
