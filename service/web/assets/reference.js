// The interactive reference: Swagger UI on the document that this service serves.
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
  });
});
