// A form for what a JSON schema describes.
import { html, useState } from '../core/html.js';
import { fitting, initial, isRequired, kindOf, resolve, variantsOf } from '../model/schema.js';

/**
 * @typedef {object} FieldProps
 * @property {any} schema
 * @property {any} root
 * @property {any} value
 * @property {(value: any) => void} onChange
 * @property {string} label
 */

/** @param {FieldProps} props */
export function Field(props) {
  const schema = resolve(props.schema, props.root);
  const form = { object: Fields, array: Items, choice: Choice, variants: Variants, boolean: Flag, number: Line, string: Line, json: Raw }[kindOf(schema)];
  return html`<${form} ...${props} schema=${schema} />`;
}

/** @param {{ label: string, schema: any }} props */
function Name({ label, schema }) {
  return html`<span>${schema.title && schema.title !== label ? `${label} (${schema.title})` : label}${schema.description && html` <span class="faint">${schema.description}</span>`}</span>`;
}

/** @param {FieldProps} props */
function Fields({ schema, root, value, onChange, label }) {
  const fields = typeof value === 'object' && value && !Array.isArray(value) ? value : {};
  return html`<fieldset class="schema"><legend>${label}</legend>${Object.entries(schema.properties).map(([name, of]) => {
    const put = (/** @type {any} */ next) => onChange({ ...fields, [name]: next });
    const field = html`<${Field} schema=${of} root=${root} value=${fields[name]} onChange=${put} label=${name} />`;
    if (isRequired(schema, name)) {
      return html`<div key=${name}>${field}</div>`;
    }
    const isThere = fields[name] !== undefined;
    return html`<div key=${name}><label class="choice"><input type="checkbox" checked=${isThere} onChange=${() => {
      const { [name]: _, ...others } = fields;
      onChange(isThere ? others : { ...fields, [name]: initial(of, root) });
    }} /> with ${name}</label>${isThere && field}</div>`;
  })}</fieldset>`;
}

/** @param {FieldProps} props */
function Items({ schema, root, value, onChange, label }) {
  const items = Array.isArray(value) ? value : [];
  return html`<fieldset class="schema"><legend><${Name} label=${label} schema=${schema} /></legend>
    ${items.map((item, i) => html`<div class="bar item" key=${i}><div class="grow"><${Field} schema=${schema.items} root=${root} value=${item} label=${`${label} ${i + 1}`}
      onChange=${(/** @type {any} */ next) => onChange(items.map((old, n) => (n === i ? next : old)))} /></div>
      <button type="button" class="quiet" aria-label=${`Remove ${label} ${i + 1}`} onClick=${() => onChange(items.filter((_, n) => n !== i))}>✕</button></div>`)}
    <button type="button" onClick=${() => onChange([...items, initial(schema.items, root)])}>Add to ${label}</button></fieldset>`;
}

/** @param {FieldProps} props */
function Choice({ schema, value, onChange, label }) {
  return html`<label class="field"><${Name} label=${label} schema=${schema} />
    <select value=${schema.enum.indexOf(value)} onChange=${(/** @type {any} */ e) => onChange(schema.enum[Number(e.target.value)])}>
      ${schema.enum.map((/** @type {any} */ one, /** @type {number} */ i) => html`<option key=${i} value=${i}>${typeof one === 'string' ? one : JSON.stringify(one)}</option>`)}</select></label>`;
}

/** @param {FieldProps} props */
function Variants({ schema, root, value, onChange, label }) {
  const variants = /** @type {any[]} */ (variantsOf(schema));
  const [chosen, choose] = useState(() => fitting(variants, root, value));
  const named = (/** @type {any} */ variant, /** @type {number} */ i) => {
    const { title, type } = resolve(variant, root);
    return title ?? type ?? variant.$ref?.split('/').at(-1) ?? 'way ' + (i + 1);
  };
  return html`<fieldset class="schema"><legend>${label}</legend><label class="field">Kind of ${label}
    <select value=${chosen} onChange=${(/** @type {any} */ e) => {
      choose(Number(e.target.value));
      onChange(initial(variants[Number(e.target.value)], root));
    }}>${variants.map((variant, i) => html`<option key=${i} value=${i}>${named(variant, i)}</option>`)}</select></label>
    ${resolve(variants[chosen], root).type !== 'null' && html`<${Field} schema=${variants[chosen]} root=${root} value=${value} onChange=${onChange} label=${label} />`}</fieldset>`;
}

/** @param {FieldProps} props */
function Flag({ schema, value, onChange, label }) {
  return html`<label class="choice"><input type="checkbox" checked=${value === true} onChange=${() => onChange(value !== true)} /> <${Name} label=${label} schema=${schema} /></label>`;
}

/** @param {FieldProps} props */
function Line({ schema, value, onChange, label }) {
  const isNumber = kindOf(schema) === 'number';
  return html`<label class="field"><${Name} label=${label} schema=${schema} />
    <input type=${isNumber ? 'number' : 'text'} step=${schema.type === 'integer' ? 1 : 'any'} min=${schema.minimum} max=${schema.maximum} value=${value ?? ''}
      onInput=${(/** @type {any} */ e) => onChange(isNumber ? (e.target.value === '' ? undefined : Number(e.target.value)) : e.target.value)} /></label>`;
}

/** @param {FieldProps} props */
function Raw({ schema, value, onChange, label }) {
  const [text, setText] = useState(() => (value === undefined ? '' : JSON.stringify(value)));
  const [fault, setFault] = useState('');
  return html`<label class="field"><${Name} label=${label + ', as JSON'} schema=${schema} />
    <textarea rows="3" spellcheck=${false} value=${text} onInput=${(/** @type {any} */ e) => {
      setText(e.target.value);
      try {
        onChange(e.target.value === '' ? undefined : JSON.parse(e.target.value));
        setFault('');
      } catch (/** @type {any} */ error) {
        setFault(error.message);
      }
    }}></textarea>${fault && html`<span class="bad-text">${fault}</span>`}</label>`;
}
