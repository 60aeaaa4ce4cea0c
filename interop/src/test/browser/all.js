// Runs the tests of the files it is given, in one process and with one browser: first, one by one, those that need a server
// of their own, because they want it empty, count what is on it or kill it; then the others, two at a time.
import { describe } from 'node:test';
import './browser.js'; // here, so that the browser is closed after the last file, not after the first

const files = process.argv.slice(2);
const alone = [...files.filter((file) => file.startsWith('0-')), ...files.filter((file) => file === 'invocations.test.js')];

/** @param {string} file */
function run(file) {
  describe(file, { concurrency: 1 }, async () => {
    await import('./' + file);
  });
}

alone.forEach(run);
describe('beside each other', { concurrency: 2 }, () => {
  files.filter((file) => !alone.includes(file)).forEach(run);
});
