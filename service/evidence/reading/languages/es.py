"""Spanish."""

from typing import Final

from service.evidence.reading.languages.shape import Language, by_phrase, counted, tagged

SPANISH: Final = Language(
    code="es",
    decimal_comma=True,
    spaced=True,
    verb_last=False,
    by_needed=True,
    ideographic=False,
    grouped_scaled=True,
    scales={
        "mil": 3, "miles": 3, "millón": 6, "millon": 6, "millones": 6, "mill.": 6, "mln": 6, "mil millones": 9,
        "miles de millones": 9, "billón": 12, "billones": 12, "m": 6,
    },
    currencies=counted(
        "es",
        "EUR: euros; euro; eur; € | $: dólares; dólar | USD: dólares estadounidenses | CHF: francos suizos | GBP: libras"
        "; libras esterlinas | JPY: yenes | CNY: yuanes | MXN: pesos mexicanos | COP: pesos colombianos | CLP: pesos chilenos"
        " | ARS: pesos argentinos | BRL: reales",
    ),
    units=by_phrase(
        "percent: %; por ciento | percentage_points: puntos porcentuales; punto porcentual; p.p.; pp"
        " | basis_points: puntos básicos; pb"
    ),
    nouns=counted(
        "es",
        "litres: litros | supermarkets: supermercados | hypermarkets: hipermercados | creditors: acreedores"
        " | transactions: transacciones | units: unidades | employees: empleados; trabajadores | customers: clientes"
        " | users: usuarios | stores: tiendas; locales; establecimientos; puntos de venta | jobs: empleos; puestos de trabajo"
        "; puestos | vehicles: vehículos | cars: coches | plants: fábricas; plantas | countries: países | shares: acciones"
        " | patents: patentes | downloads: descargas | models: modelos | developers: desarrolladores | partners: socios"
        " | hotels: hoteles | restaurants: restaurantes | people: personas | tonnes: toneladas | aircraft: aviones"
        " | subscribers: suscriptores; abonados | branches: oficinas; sucursales | apartments: viviendas"
        " | data centers: centros de datos | cities: ciudades | passengers: pasajeros",
    ),
    per=by_phrase(
        "share: por acción; por título | month: al mes; por mes; mensuales; cada mes | week: a la semana; por semana; semanales"
        " | day: al día; por día; diarios | year: al año; anuales | person: por persona | head: por habitante"
        " | tonne: por tonelada | each: cada uno; cada una | employee: por empleado | store: por tienda | quarter: al trimestre"
        " | customer: por cliente | unit: por unidad"
    ),
    words=tagged(
        "at_least: superará los; superarán los; superará; superarán; el listón de los; la barrera de los; la cota de los"
        "; el umbral de los; el listón de; la barrera de; más de; mas de; al menos; por lo menos; como mínimo; superior a"
        "; superiores a; supera; superan; superó; superaron; superando; por encima de; no menos de; mínimo; excede; sobrepasa"
        "; sobrepasó; rebasa; rebasó; >; ≥; a más de; superado; algo más de; bastante más de; mucho más de; a partir de"
        "; superar; superaba; superaban; los más de"
        " | at_most: por un importe máximo de; por importe máximo de; un importe máximo de; un máximo de; menos de; como máximo"
        "; a lo sumo; inferior a; inferiores a; por debajo de; no más de; máximo; <; ≤; a menos de; como mucho; algo menos de"
        "; de hasta; limitado a"
        " | about: rondar; rondar los; rozar; rozar los; rondará; rondarán; rozará; rozarán; se aproximó a; se aproxima a"
        "; se aproximan a; se aproximaron a; se acercan a; se acerca a; se acercó a; se acercan a los; unos; unas; alrededor de"
        "; cerca de; casi; aproximadamente; en torno a; en torno al; cerca del; alrededor del; próximo a; próximos a; cercano a"
        "; cercana a; roza; rozando; rozó; ronda; rondando; rondó; rondan; prácticamente; del orden de; aprox.; estimado en"
        "; estimada en; ~; ≈; más o menos; apenas; a casi; a cerca de; de unos; de casi; ronda los; roza los; rozaron; rondaron"
        "; rondaba; rozaba; poco más o menos"
        " | behind_at_least: o incluso más; si no más; quizá más; quizás más; tal vez más; o algo más; largos; largas; y pico"
        "; o más; y más; como mínimo; al menos; por lo menos; mínimo"
        " | behind_at_most: o incluso menos; quizá menos; quizás menos; tal vez menos; o algo menos; o menos; como máximo"
        "; a lo sumo; como mucho; máximo"
        " | behind_about: poco más o menos; grosso modo; aproximadamente; más o menos; aprox."
        " | up: subía; subían; ganaba; ganaban; crecía; crecían; avanzaba; avanzaban; repuntaba; repuntaban; se apuntó un"
        "; se apuntaron un; se apunta un; se apuntan un; se apuntaba un; se anotó un; se anotaron un; se anota un"
        "; se anotaba un; superior a; superiores a; brincó; engordó; subió; subieron; sube; suben; subido; subir; subiendo"
        "; aumentó; aumentaron; aumenta; aumentan; aumentado; aumentar; aumentando; creció; crecieron; crece; crecen; crecido"
        "; crecer; creciendo; incrementó; incrementaron; incrementa; incrementan; incrementado; se incrementó; elevó; elevaron"
        "; eleva; elevado; se elevó un; repuntó; repunta; repuntaron; escaló; trepó; avanzó; avanzaron; avanza; avanzan"
        "; avanzado; mejoró; mejoraron; mejora un; mejorado; ganó; ganan; disparó; dispararon; dispara; disparado; saltó"
        "; amplió; ampliado; al alza; mayor que; mayores; superior en; progresó; se disparó; ascendió un; revalorizó"
        "; revalorizado; encareció; encarecido; acelera; aceleró"
        " | down: cedía; cedían; perdía; perdían; caían; bajaban; retrocedía; retrocedían; descendían; se dejaba; se dejaban"
        "; inferior a; inferiores a; aflojó; aflojaron; menguó; encogió; mermó; retroceder; descender; disminuir; bajó; bajaron"
        "; baja un; bajan; bajado; bajar; bajando; cayó; cayeron; cae; caen; caído; caer; cayendo; descendió; descendieron"
        "; desciende; descienden; descendido; disminuyó; disminuyeron; disminuye; disminuyen; disminuido; redujo; redujeron"
        "; reduce; reducen; reducido; retrocedió; retrocedieron; retrocede; retroceden; retrocedido; perdió; perdieron; pierde"
        "; pierden; perdido; perder; cedió; cedieron; cede; ceden; cedido; decreció; decrecieron; decrece; decrecido; hundió"
        "; hundieron; hunde; hunden; hundido; desplomó; desplomaron; desploma; desplomado; contrajo; contrajeron; contrae"
        "; contraído; recortó; recortaron; deterioró; deteriorado; empeoró; a la baja; menor que; menores; inferior en"
        "; menos que; mermado; mermaron; flojea; flojeó; retrae; retrajo; desinfló; derrumbó; derrumbado; se dejó; se dejaron"
        "; dejó; dejaron; baja; bajaba; caía; depreció; depreciado; abarató; abaratado; desaceleró; ralentizó; debilitó"
        "; resbaló; tropezó; restó; adelgazó; bajas; descendía; resiente; resintió; resentido"
        " | cut: recorta; recortar; recortado; ahorra; ahorró; ahorrar; ahorrado; rebaja; rebajó; rebajar; suprimió; recortan"
        "; ahorrando; recorte; recortes; ahorro; ahorros"
        " | rise: subida; subidas; aumento; aumentos; crecimiento; incremento; alza; repunte; avance; mejora; ampliación"
        "; progresión; salto; ascenso; escalada; revalorización; expansión; ganancia"
        " | fall: caída; caídas; descenso; descensos; bajada; bajadas; disminución; reducción; reducciones; retroceso"
        "; retrocesos; desplome; contracción; merma; hundimiento; deterioro; decrecimiento; pérdida de valor; desaceleración"
        "; recesión; declive; rebajas; descuento; depreciación; bajón; batacazo; desinfle; corrección; minoración; retracción"
        "; empeoramiento; derrumbe"
        " | loss: pérdida; pérdidas; perdida; perdidas; déficit; números rojos; pérdida neta; pérdidas netas; deficitario"
        "; salida; salidas; minusvalía; minusvalías; resultado negativo; negativo; negativa; negativos; agujero; rojo"
        " | level: alcanzará los; alcanzarán los; alcanzará el; será de; serán de; ascenderá a; ascenderán a; se situará en"
        "; se situarán en; llegará a; llegarán a; formaban; cerró el ejercicio; cerró el año; cerró el trimestre"
        "; cerró el semestre; cierra el ejercicio; cierra el año; presente en; alcanzó; alcanzaron; alcanza; alcanzan; alcanzar"
        "; alcanzado; ascendió a; ascendieron a; asciende a; ascienden a; fue de; fueron de; es de; son de; es del; fue del"
        "; era del; son del; se situó en; se situaron en; se sitúa en; situó en; sumó; suman; sumaron; suma; representa"
        "; representan; representó; representaron; totalizó; facturó; factura; emplea; empleaba; tiene; tenía; cuenta con"
        "; contaba con; posee; opera; gestiona; registró; registra; obtuvo; obtiene; logró; invirtió; invierte; invertirá"
        "; controla; supone; suponen; supuso; acumula; acumuló; equivale a; quedó en; se ubicó en; llegó a; mantiene; generó"
        "; era de; marcó; con una cuota; cerró en; ostenta; supusieron; ingresó; está en; sitúa en; está presente en"
        "; formada por; compuesta por; integrada por; formado por; sumaba; sumaban; se sitúa; contaba"
        " | level_noun: cuota; cuota de mercado; cuotas; participación; margen; márgenes; tasa; tipo; margen bruto"
        "; margen operativo; margen ebitda; rentabilidad; porcentaje; ratio; proporción; ocupación; tipo de interés; interés"
        "; inflación; tasa de paro; rendimiento; peso"
        " | amount_noun: red; flota; parque; transacción; operación; bolsa; mercado; ganancia neta; ganancias netas"
        "; ganancia bruta; ganancia por acción; nivel; capacidad; facturación; ventas; ingresos; beneficio; beneficios"
        "; beneficio neto; resultado; resultados; importe; total; inversión; inversiones; plan; contrato; contratos; deuda"
        "; caja; valor; valoración; capital; dividendo; dividendos; ebitda; ebit; superávit; presupuesto; financiación"
        "; préstamo; ronda; plantilla; cartera; pedidos; volumen; coste; costes; costo; costos; gasto; gastos; precio; salario"
        "; flujo; multa; programa; fondo; suma; compra; adquisición; neto; operativo; bruto; consolidado; anual; trimestral"
        "; negocio; cifra; cifra de negocio; utilidad; utilidades; patrimonio; neta; récord; caja libre; utilidad neta"
        "; capitalización; acción"
        " | of_whole: de la; del; de las; de los; de sus; de su; de las ventas; de todos"
        " | by: un; en un; en"
        " | to: a; hasta; hasta los; a los; al; hasta alcanzar; hasta situarse en; para alcanzar; hasta alcanzar los"
        "; hasta situarse en los; para alcanzar los; hasta el; hasta la"
        " | from: desde; frente a; desde los; frente al; frente a los"
        " | of: de; un máximo histórico de; máximo histórico de; un nuevo récord de; un récord de; un total de; una red de"
        "; por valor de; de los; por; por importe de; del; los; con"
        " | deny: no; ningún; ninguna; ninguno; nunca; jamás; sin; tampoco; ni; en lugar de; en vez de; nada"
        " | doubt: por trimestre; por semana; por día; por empleado; por tienda; por cliente; al trimestre; mes tras mes"
        "; año tras año; apenas; no es cierto; no es verdad; no es correcto; mensuales; semanales; diarios; diarias; falso"
        "; falsa; falsos; incorrecto; incorrecta; erróneo; errónea; erróneamente; desmiente; desmintió; desmentido; niega; negó"
        "; niegan; rumor; rumores; mentira; infundado; infundada; incierto; esperaba; presupuestado; en el mejor de los casos"
        "; en el peor de los casos; a duras penas; cuádruple; cada; respectivamente; por cabeza; retiró; retirado; retirada"
        "; retira; anuló; anulado; anulada; revocó; canceló; cancelado; inicialmente anunciado; previamente publicado"
        "; previamente anunciado; antes publicado; corrigió; corregido; corregida; reexpresado; reformulado; reformuló; revisó"
        "; revisado; revisada; mensual; semanal; diario; diaria; al mes; estable o; estables a; planas a; plano a; entre plano"
        "; sin cambios a; brecha; diferencia; falló; incumplió; lejos de; abandonó; renunció; multiplicó; multiplica; dividió"
        "; plano o; planas o; contrario; rectificó; rectificado; supuestamente; presuntamente; ambos; desvío; desviación"
        "; distancia; quedó corto; corta; inventado"
        " | fraction: veces; doble; duplica; duplicó; duplicaron; triple; triplica; triplicó; mitad; tercio; tercera parte"
        "; un cuarto; cuarta parte; quinta parte; décima parte"
        " | expected: previsión; previsiones; previsto; prevista; consenso; expectativas; esperado; esperada; esperados"
        "; objetivo; objetivos; analistas; estimaciones"
        " | gone: recortará; recortarán; despedirá; despedirán; prescindirá; cerrarán; suprimirá; suprimirán; desprenderse de"
        "; desprenderá de; desprenderán de; eliminará; eliminarán; supresión; perderá; despidió; despidieron; despide; despidos"
        "; despido; despedidos; despedir; cerró; cierra; cierran; cerraron; cerrado; cerradas; cierre; cierres; cerrará; cerrar"
        "; vendió; vende; vendidos; venta de; suprimió; suprime; suprimir; recorta; recortó; recortar; dimitieron; abandonaron"
        "; dejaron; salida; salidas; cesados; ere; prescindió; prescinde; perdió; perdieron; pierde; elimina; eliminó; eliminar"
        "; se fueron; clausuró; clausura; cese; echó; echa; liquidó; destruyó; destruye"
        " | plan: abrió; abrieron; abre; abren; va a; van a; quiere; quieren; prevé; prevén; planea; planean; contratar"
        "; contratará; abrir; abrirá; pretende; pretenden; busca; espera; esperan; proyecta; estudia; aspira; contratación"
        "; contrataciones; apertura; aperturas; creará; crear; incorporará; incorporar; podría; podrían; será; serán; futuro"
        "; futuros; futuras; previstas; previstos; planeados; planeadas; planificadas; proyecto; desea; ofrece; ofrecerá"
        "; próximas; próximos; debe; tendrá; tendrán; empleará"
        " | joint: a; y"
        " | between: entre"
        " | and: y"
        " | clause: y; pero; mientras; aunque; pues; o; que; cuando; donde; con"
        " | filler: primera mitad; segunda mitad; al cierre de; al cierre del; al cierre; fecha de cierre; a cierre de"
        "; a cierre; un; una; el; la; los; las; nuevos; nuevas; total; ligero; ligera; fuerte; neto; neta; su; sus; atribuido"
        "; atribuida; atribuible; consolidado; consolidada; solo; sólo; activos; activas; adicionales"
        " | employing: da trabajo; dan trabajo; daba trabajo; trabajan; emplea; emplean; empleaba; da empleo; plantilla"
        " | per_before: por acción; bpa; dividendo; beneficio por acción; dividendo por acción"
    ),
)  # fmt: skip
