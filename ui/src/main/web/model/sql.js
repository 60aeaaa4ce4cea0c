// SQL as people write it: what can be completed, examples, and results as files.
import { query } from '../core/api.js';

/** A table with its columns and their types. @typedef {{ name: string, columns: { name: string, type: string }[] }} TableOf */

/** @param {AbortSignal} signal @returns {Promise<TableOf[]>} */
export async function catalogue(signal) {
  const rows = await query('SELECT table_name, column_name, data_type FROM information_schema."columns" ORDER BY table_name, ordinal_position', { signal });
  /** @type {Map<string, TableOf>} */
  const tables = new Map();
  rows.forEach((row) => {
    /** @type {TableOf} */
    const table = tables.get(row.table_name) ?? { name: row.table_name, columns: [] };
    table.columns.push({ name: row.column_name, type: row.data_type });
    tables.set(table.name, table);
  });
  return [...tables.values()];
}

const KEYWORDS = ['SELECT', 'FROM', 'WHERE', 'GROUP BY', 'ORDER BY', 'LIMIT', 'COUNT(*)', 'AND', 'OR', 'NOT', 'IN', 'IS NULL', 'IS NOT NULL', 'LIKE', 'ILIKE',
  'BETWEEN', 'LEFT JOIN', 'JOIN', 'ON', 'AS', 'DISTINCT', 'HAVING', 'DESC', 'ASC', 'NULLS LAST', 'UNION', 'EXCEPT', 'CASE', 'WHEN', 'THEN', 'ELSE', 'END', 'WITH',
  'CAST', 'COALESCE', 'now()', 'INTERVAL', 'EXPLAIN', 'MAX', 'MIN', 'SUM', 'AVG', 'date_bin', 'to_unixtime'];

const OFFERED_MAX = 12;

/** @typedef {{ text: string, kind: 'table' | 'column' | 'word', about: string }} Offer */

/**
 * What may stand where somebody writes: tables behind FROM and JOIN, else columns of the tables that are named, then words.
 * @param {string} sql
 * @param {number} caret
 * @param {TableOf[]} tables
 * @returns {{ from: number, offers: Offer[] }} `from` is where the word begins that an offer takes the place of
 */
export function completions(sql, caret, tables) {
  const before = sql.slice(0, caret);
  const word = /[\w]*$/.exec(before)?.[0] ?? '';
  const from = caret - word.length;
  if (inText(before) || (word === '' && !/(\bFROM|\bJOIN)\s+$/i.test(before) && !before.endsWith('.'))) {
    return { from, offers: [] };
  }
  const named = tables.filter((table) => new RegExp(`\\b${table.name}\\b`, 'i').test(sql));
  /** @type {Offer[]} */
  const ofTables = tables.map((table) => ({ text: table.name, kind: 'table', about: table.columns.length + ' columns' }));
  /** @type {Offer[]} */
  const ofColumns = named.flatMap((table) => table.columns.map((column) => ({ text: column.name, kind: 'column', about: table.name + ', ' + column.type })));
  /** @type {Offer[]} */
  const words = KEYWORDS.map((text) => ({ text, kind: 'word', about: '' }));
  const wantsTable = /(\bFROM|\bJOIN)\s+\w*$/i.test(before);
  const all = wantsTable ? ofTables : before[from - 1] === '.' ? ofColumns : [...ofColumns, ...words, ...(named.length ? [] : ofTables)];
  const typed = word.toLowerCase();
  const fits = all.filter(({ text }) => text.toLowerCase().includes(typed) && text.toLowerCase() !== typed);
  fits.sort((a, b) => Number(b.text.toLowerCase().startsWith(typed)) - Number(a.text.toLowerCase().startsWith(typed)));
  const seen = new Set();
  return { from, offers: fits.filter(({ text }) => !seen.has(text) && seen.add(text)).slice(0, OFFERED_MAX) };
}

/** Whether a text literal or a comment is open. @param {string} before */
function inText(before) {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return (before.match(/'/g)?.length ?? 0) % 2 === 1 || line.includes('--');
}

/** @type {{ name: string, sql: string }[]} */
export const EXAMPLES = [
  { name: 'What goes on, by handler', sql: "SELECT target_service_name, target_handler_name, status, COUNT(*) AS n\nFROM sys_invocation\nWHERE status <> 'completed'\nGROUP BY 1, 2, 3\nORDER BY n DESC\nLIMIT 100" },
  { name: 'What backs off, and why', sql: "SELECT id, target, retry_count, next_retry_at, last_failure\nFROM sys_invocation\nWHERE status = 'backing-off'\nORDER BY retry_count DESC\nLIMIT 100" },
  { name: 'The oldest that go on', sql: "SELECT id, target, status, created_at\nFROM sys_invocation\nWHERE status <> 'completed'\nORDER BY created_at\nLIMIT 100" },
  { name: 'Failures of the last hour', sql: "SELECT id, target, completed_at, completion_failure\nFROM sys_invocation\nWHERE status = 'completed' AND completion_result = 'failure'\n  AND completed_at > now() - INTERVAL '1' HOUR\nORDER BY completed_at DESC\nLIMIT 100" },
  { name: 'Objects with the longest queues', sql: 'SELECT service_name, service_key, COUNT(*) AS waiting\nFROM sys_inbox\nGROUP BY 1, 2\nORDER BY waiting DESC\nLIMIT 100' },
  { name: 'Who holds which object', sql: 'SELECT s.service_name, s.service_key, s.invocation_id, i.target, i.status, i.modified_at\nFROM sys_keyed_service_status s\nJOIN sys_invocation i ON s.invocation_id = i.id\nLIMIT 100' },
  { name: 'The largest values of state', sql: 'SELECT service_name, service_key, "key", value_length\nFROM state\nORDER BY value_length DESC\nLIMIT 100' },
  { name: 'What is still on which deployment', sql: "SELECT pinned_deployment_id, status, COUNT(*) AS n\nFROM sys_invocation\nWHERE status <> 'completed'\nGROUP BY 1, 2\nORDER BY n DESC" },
  { name: 'Promises of workflows that are open', sql: 'SELECT service_name, service_key, "key"\nFROM sys_promise\nWHERE completed = FALSE\nLIMIT 100' },
];

/** The columns of rows; a row leaves out what is null. @param {Record<string, any>[]} rows @returns {string[]} */
export function columnsOf(rows) {
  /** @type {string[]} */
  const names = [];
  for (const row of rows) {
    let behind = -1;
    for (const name of Object.keys(row)) {
      const at = names.indexOf(name);
      if (at < 0) {
        names.splice(++behind, 0, name);
      } else {
        behind = at;
      }
    }
  }
  return names;
}

/** @param {unknown} value */
export function textOf(value) {
  return value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** RFC 4180; a cell that a spreadsheet would take for a formula is kept from it. @param {Record<string, any>[]} rows */
export function csv(rows) {
  const columns = columnsOf(rows);
  const cell = (/** @type {unknown} */ value) => {
    const text = textOf(value);
    const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
    return /[",\r\n]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
  };
  return [columns.map(cell), ...rows.map((row) => columns.map((column) => cell(row[column])))].map((line) => line.join(',') + '\r\n').join('');
}

/** Has the browser keep a text as a file. @param {string} name @param {string} type @param {string} text */
export function download(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
