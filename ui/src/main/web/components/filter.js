// The filter of a list: a text that can be typed, and a small form that writes it.
import { html, useEffect, useState } from '../core/html.js';
import { FIELDS, termsOf, textOf } from '../model/invocations.js';
import { Menu } from './menu.js';

/** @param {{ text: string, onText: (text: string) => void }} props */
export function Filter({ text, onText }) {
  const [draft, setDraft] = useState(text);
  useEffect(() => setDraft(text), [text]);
  const terms = termsOf(text);
  /** @param {Event} event */
  function submit(event) {
    event.preventDefault();
    onText(draft.trim());
    // So that j and k go to the rows.
    if (document.activeElement instanceof HTMLInputElement) {
      document.activeElement.blur();
    }
  }
  return html`<form class="bar grow filter" role="search" onSubmit=${submit}>
      <input class="search" data-search type="search" value=${draft} aria-label="Search invocations" placeholder="Search:  Greeter,  key:ada,  error:timeout,  older:1h"
        onInput=${(/** @type {any} */ e) => setDraft(e.target.value)} onSearch=${submit} />
      <button type="submit">Search</button>
      <${AddTerm} onAdd=${(/** @type {any} */ term) => onText(textOf([...terms, term]))} />
    </form>
    ${terms.length > 0 && html`<div class="chips" aria-label="Filters">${terms.map((term, i) => html`<button type="button" class="chip" key=${i}
      aria-label=${'Remove the filter ' + textOf([term])} title="Remove" onClick=${() => onText(textOf(terms.filter((_, n) => n !== i)))}
      ><code>${textOf([term])}</code> <span aria-hidden="true">✕</span></button>`)}</div>`}`;
}

/** @param {{ onAdd: (term: import('../model/invocations.js').Term) => void }} props */
function AddTerm({ onAdd }) {
  const [field, setField] = useState('service');
  const [value, setValue] = useState('');
  const [not, setNot] = useState(false);
  function add() {
    if (value.trim()) {
      onAdd({ field, value: value.trim(), not });
      setValue('');
    }
  }
  /** @param {KeyboardEvent} event */
  function enter(event) {
    if (event.key === 'Enter') {
      event.preventDefault();
      add();
    }
  }
  return html`<${Menu} label="+ Filter" title="Add a filter" align="right" name="filter">
    <label class="field">What
      <select value=${field} onChange=${(/** @type {any} */ e) => setField(e.target.value)}>
        ${Object.keys(FIELDS).map((name) => html`<option key=${name} value=${name}>${name}</option>`)}</select></label>
    <label class="field">Value
      <input value=${value} placeholder=${FIELDS[field].example} onKeyDown=${enter}
        onInput=${(/** @type {any} */ e) => setValue(e.target.value)} /></label>
    <label class="choice"><input type="checkbox" checked=${not} onChange=${() => setNot(!not)} /> all but these</label>
    <button type="button" class="primary" data-closes onClick=${add}>Add</button>
  <//>`;
}
