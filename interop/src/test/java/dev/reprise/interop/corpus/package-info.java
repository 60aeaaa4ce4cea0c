/**
 * Programs that are said once and run with our SDK and with the official Java SDK, on our server and on the original:
 * all four pairs must have the same outcome and the same journal. Begin at {@code CorpusTest}.
 */
package dev.reprise.interop.corpus;
