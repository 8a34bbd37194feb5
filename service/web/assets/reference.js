// The interactive reference: Swagger UI on the document that this service serves.
"use strict";

// What stands at a place of the document, with all that it refers to put in. A schema that refers to itself keeps that reference.
function resolved(place, document, open = []) {
  const at = (steps) => steps.reduce((part, step) => part?.[step], document);
  const filled = (part) => {
    if (Array.isArray(part)) return part.map(filled);
    if (part === null || typeof part !== "object") return part;
    const { $ref: to, ...rest } = part;
    if (!to?.startsWith?.("#/") || open.includes(to)) return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, filled(one)]));
    const steps = decodeURIComponent(to).slice(2).split("/").map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
    // Swagger UI shows the name of a schema by `$$ref`
    return { ...resolved(steps, document, [...open, to]), ...filled(rest), $$ref: to };
  };
  return filled(at(place));
}

// Swagger UI prepares the whole document each time that an operation is opened, which takes five seconds
const quick = () => ({
  statePlugins: { spec: { wrapActions: {
    requestResolvedSubtree: (_, { specActions, specSelectors }) => (place) =>
      specActions.updateResolvedSubtree(place, resolved(place, specSelectors.specJson().toJS())),
  } } },
});

window.addEventListener("load", () => {
  window.reference = SwaggerUIBundle({
    url: "/openapi.json",
    dom_id: "#reference",
    deepLinking: true,
    displayRequestDuration: true,
    defaultModelRendering: "example",
    defaultModelsExpandDepth: 0,
    docExpansion: "list",
    tagsSorter: undefined,
    validatorUrl: null,
    plugins: [quick],
  });
});
