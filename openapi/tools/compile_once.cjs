// Loaded before Spectral (`node --require`). Its rules for examples compile a schema anew wherever it is used, which is
// most of the time that it takes; a schema that is equal in every character is the same validator.
const { default: Ajv } = require("ajv/dist/core");

const compile = Ajv.prototype.compile;
const compiled = new WeakMap(); // of each instance, whose options differ

Ajv.prototype.compile = function (schema, meta) {
  let text;
  try {
    text = JSON.stringify(schema);
  } catch {
    return compile.call(this, schema, meta); // it refers to itself
  }
  const known = compiled.get(this) ?? compiled.set(this, new Map()).get(this);
  if (!known.has(text)) known.set(text, compile.call(this, schema, meta));
  return known.get(text);
};
