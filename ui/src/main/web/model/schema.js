// JSON schemas, as far as a form can be made of them: the rest is written as JSON.

/** @typedef {Record<string, any>} Schema */
/** @typedef {'object' | 'array' | 'choice' | 'variants' | 'boolean' | 'number' | 'string' | 'json'} Kind */

const DEPTH_MAX = 8;

/**
 * The schema itself, where it says that it is another.
 * @param {any} schema
 * @param {any} root what a reference begins at
 * @returns {Schema}
 */
export function resolve(schema, root) {
  let found = schema;
  for (let i = 0; i < DEPTH_MAX && typeof found?.$ref === 'string'; i++) {
    const path = found.$ref.split('/').slice(1).map((/** @type {string} */ part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'));
    found = found.$ref.startsWith('#') ? path.reduce((/** @type {any} */ at, /** @type {string} */ part) => at?.[part], root) : {};
  }
  return typeof found === 'object' && found ? found : {};
}

/** The schemas one of which holds; null where there is no choice. @param {Schema} schema @returns {Schema[] | null} */
export function variantsOf(schema) {
  const some = schema.oneOf ?? schema.anyOf;
  if (Array.isArray(some) && some.length > 0) {
    return some;
  }
  return Array.isArray(schema.type) && schema.type.length > 1 ? schema.type.map((/** @type {string} */ type) => ({ ...schema, type })) : null;
}

/** @param {Schema} schema already resolved @returns {Kind} */
export function kindOf(schema) {
  const type = Array.isArray(schema.type) ? (schema.type.length === 1 ? schema.type[0] : '') : schema.type;
  if (Array.isArray(schema.enum) && schema.enum.length > 0) {
    return 'choice';
  } else if (variantsOf(schema)) {
    return 'variants';
  } else if (type === 'object' || (type === undefined && schema.properties)) {
    return schema.properties && Object.keys(schema.properties).length > 0 ? 'object' : 'json';
  } else if (type === 'array') {
    return schema.items ? 'array' : 'json';
  } else if (type === 'integer' || type === 'number') {
    return 'number';
  }
  return type === 'boolean' || type === 'string' ? type : 'json';
}

/** A value to begin with. @param {any} given @param {any} root @param {number} [depth] @returns {any} */
export function initial(given, root, depth = 0) {
  const schema = resolve(given, root);
  for (const said of [schema.default, schema.example, schema.examples?.[0], schema.const]) {
    if (said !== undefined) {
      return said;
    }
  }
  const kind = kindOf(schema);
  if (kind === 'choice') {
    return schema.enum[0];
  } else if (kind === 'variants') {
    return depth < DEPTH_MAX ? initial(/** @type {Schema[]} */ (variantsOf(schema))[0], root, depth + 1) : null;
  } else if (kind === 'object') {
    const names = depth < DEPTH_MAX ? Object.keys(schema.properties).filter((name) => isRequired(schema, name)) : [];
    return Object.fromEntries(names.map((name) => [name, initial(schema.properties[name], root, depth + 1)]));
  }
  return { array: [], boolean: false, number: schema.minimum ?? 0, string: '', json: schema.type === 'object' ? {} : schema.type === 'array' ? [] : null }[kind];
}

/** @param {Schema} schema @param {string} name */
export function isRequired(schema, name) {
  return Array.isArray(schema.required) && schema.required.includes(name);
}

/** Which variant a value looks like. @param {Schema[]} variants @param {any} root @param {any} value */
export function fitting(variants, root, value) {
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  const found = variants.findIndex((variant) => {
    const schema = resolve(variant, root);
    const wanted = schema.type === 'integer' ? 'number' : schema.type ?? (schema.properties ? 'object' : undefined);
    const hasAll = type !== 'object' || (schema.required ?? []).every((/** @type {string} */ name) => name in value);
    const constants = type !== 'object' || Object.entries(schema.properties ?? {}).every(([name, of]) => {
      const said = resolve(of, root).const;
      return said === undefined || value[name] === said;
    });
    return (schema.const === undefined || schema.const === value) && wanted === type && hasAll && constants;
  });
  return Math.max(0, found);
}
