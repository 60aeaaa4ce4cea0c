// Entries of a journal, and how they are said in a line.
import { millis } from '../core/format.js';

/**
 * @typedef {object} Entry
 * @property {number} index
 * @property {boolean} isCommand
 * @property {string} type as `Run`
 * @property {string} name
 * @property {number} at
 * @property {number} length
 * @property {any} content without payloads
 */

/**
 * @typedef {object} JournalEvent
 * @property {number} after
 * @property {number} at
 * @property {string} type
 * @property {any} content
 */

/** @param {any} row @returns {Entry} */
export function entry(row) {
  const [kind, type] = String(row.entry_type).split(': ');
  const whole = row.entry_lite_json ? JSON.parse(row.entry_lite_json) : {};
  const content = kind === 'Command' ? Object.values(whole.Command ?? {})[0] ?? {} : whole.Notification ?? {};
  return {
    index: row.index,
    isCommand: kind === 'Command',
    type: type ?? kind,
    name: row.name ?? '',
    at: millis(row.appended_at) ?? 0,
    length: Number(row.raw_length),
    content,
  };
}

/** A command as a line of code. @param {Entry} entry */
export function sentence({ type, name, content }) {
  const target = content.invocation_target;
  switch (type) {
    case 'Run':
      return `run(${name || 'unnamed'})`;
    case 'Sleep':
      return `timer(${name})`;
    case 'Call':
      return `call(${targetText(target)})`;
    case 'OneWayCall':
      return `send(${targetText(target)})`;
    case 'SetState':
    case 'ClearState':
    case 'GetEagerState':
    case 'GetLazyState':
      return `${type.startsWith('Get') ? 'get' : type.startsWith('Set') ? 'set' : 'clear'}(${content.key ?? ''})`;
    case 'GetPromise':
    case 'PeekPromise':
    case 'CompletePromise':
      return `${type === 'CompletePromise' ? 'complete' : type === 'PeekPromise' ? 'peek' : 'promise'}(${content.key ?? ''})`;
    default:
      return type.charAt(0).toLowerCase() + type.slice(1) + (name ? `(${name})` : '');
  }
}

/** @param {any} target */
export function targetText(target) {
  if (!target) {
    return '';
  } else if (typeof target === 'string') {
    return target;
  }
  const part = target.Service ?? target.VirtualObject ?? target.Workflow ?? target;
  const key = part.key ?? part.workflow_key;
  return [part.name ?? part.service, key, part.handler].filter((text) => text !== undefined && text !== null && text !== '').join('/');
}
