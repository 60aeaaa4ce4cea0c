// What every component needs: the template function, and Preact's hooks.
import { Fragment, h, render } from 'preact';
import htm from 'htm';

export { Fragment, h, render };
export { useCallback, useEffect, useErrorBoundary, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';

/** Templates are elements: everything put into one is text, never markup. */
export const html = htm.bind(h);
