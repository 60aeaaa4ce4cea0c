// Times, sizes and ids as people read them.

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * A duration in two units at the most: `1.25 s`, `3 min 20 s`, `5 d 2 h`.
 * @param {number} millis
 */
export function duration(millis) {
  const abs = Math.abs(millis);
  if (abs < 1) {
    return abs === 0 ? '0 ms' : abs.toPrecision(2) + ' ms';
  } else if (abs < SECOND) {
    return Math.round(abs) + ' ms';
  } else if (abs < 10 * SECOND) {
    return trim(abs / SECOND, 2) + ' s';
  } else if (abs < MINUTE) {
    return trim(abs / SECOND, 1) + ' s';
  } else if (abs < HOUR) {
    return two(abs, MINUTE, 'min', SECOND, 's');
  } else if (abs < DAY) {
    return two(abs, HOUR, 'h', MINUTE, 'min');
  }
  return two(abs, DAY, 'd', HOUR, 'h');
}

/**
 * @param {number} value
 * @param {number} digits
 */
function trim(value, digits) {
  return value.toFixed(digits).replace(/\.?0+$/, '');
}

/**
 * @param {number} millis
 * @param {number} large
 * @param {string} largeName
 * @param {number} small
 * @param {string} smallName
 */
function two(millis, large, largeName, small, smallName) {
  const whole = Math.floor(millis / large);
  const rest = Math.floor((millis % large) / small);
  return whole + ' ' + largeName + (rest ? ' ' + rest + ' ' + smallName : '');
}

/** How long ago, or how long until. @param {number} at @param {number} [now] */
export function relative(at, now = Date.now()) {
  const difference = now - at;
  if (Math.abs(difference) < SECOND) {
    return 'now';
  }
  const abs = Math.abs(difference);
  const unit = abs < MINUTE ? SECOND : abs < HOUR ? MINUTE : abs < 2 * DAY ? HOUR : DAY;
  const coarse = duration(Math.floor(abs / unit) * unit);
  return difference > 0 ? coarse + ' ago' : 'in ' + coarse;
}

/** A time of the server's, in milliseconds; null for none. @param {string | null | undefined} text */
export function millis(text) {
  if (!text) {
    return null;
  }
  const value = Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : text + 'Z');
  return Number.isNaN(value) ? null : value;
}

/** To the millisecond, in the time of whoever looks. @param {number} at */
export function absolute(at) {
  const date = new Date(at);
  /** @param {number} n @param {number} [width] */
  const pad = (n, width = 2) => String(n).padStart(width, '0');
  const day = date.getFullYear() + '-' + pad(date.getMonth() + 1) + '-' + pad(date.getDate());
  return day + ' ' + clock(at);
}

/** The time of day. @param {number} at */
export function clock(at) {
  const date = new Date(at);
  /** @param {number} n @param {number} [width] */
  const pad = (n, width = 2) => String(n).padStart(width, '0');
  return pad(date.getHours()) + ':' + pad(date.getMinutes()) + ':' + pad(date.getSeconds()) + '.' + pad(date.getMilliseconds(), 3);
}

/** @param {number} count */
export function bytes(count) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  let value = count;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return (unit === 0 ? String(value) : trim(value, value < 10 ? 1 : 0)) + ' ' + units[unit];
}

/** With a thin space between thousands. @param {number} value */
export function number(value) {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
}

/** An id with its middle left out. @param {string} id */
export function shortId(id) {
  return id.length > 20 ? id.slice(0, 9) + '…' + id.slice(-6) : id;
}

/** `1 row`, `2 rows`. @param {number} n @param {string} noun */
export function count(n, noun) {
  return number(n) + ' ' + noun + (n === 1 ? '' : 's');
}
