package dev.reprise.endpoint;

/**
 * How far the answer to a request has been written. A break can come at any time and is no state: what is under way
 * then comes to its end all the same.
 *
 * <pre>
 *          write              end while writing
 *   IDLE ────────► WRITING ─────────────────────► ENDING
 *    │ ▲              │                              │
 *    │ └──────────────┘ written                      │ written
 *    │ end                                           ▼
 *    └─────────────────────────────────────────► CLOSING ────────► DONE
 *                                                      end written
 * </pre>
 */
enum AnswerState {
    /** Nothing is being written. */
    IDLE,
    /** A part is being written. */
    WRITING,
    /** The last part is being written; the end comes after it. */
    ENDING,
    /** The end is being written. */
    CLOSING,
    /** All is written. */
    DONE;

    /** A part is to be written. */
    AnswerState write() {
        return expect(IDLE, WRITING, "write");
    }

    /** A part has been written. */
    AnswerState written() {
        return this == ENDING ? CLOSING : expect(WRITING, IDLE, "have written");
    }

    /** Nothing more is to be written. */
    AnswerState end() {
        return this == WRITING ? ENDING : expect(IDLE, CLOSING, "end");
    }

    /** The end has been written. */
    AnswerState endWritten() {
        return expect(CLOSING, DONE, "have ended");
    }

    private AnswerState expect(AnswerState from, AnswerState to, String what) {
        if (this != from) {
            throw new IllegalStateException("an answer that is " + this + " cannot " + what);
        }
        return to;
    }
}
