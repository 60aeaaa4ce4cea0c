package dev.reprise.engine.log.file;

import dev.reprise.engine.log.LogException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What others know of a log when it is opened, and what to do if the log does not contain it.
 *
 * @param appliedLsn the last record of any partition that is known to have been read and applied; 0 for none
 * @param acceptsLoss whether to continue without the lost records instead of refusing to open
 */
public record Evidence(long appliedLsn, boolean acceptsLoss) {
    /** Nothing is known, and nothing may be lost. */
    public static final Evidence NONE = new Evidence(0, false);

    private static final Logger logger = LoggerFactory.getLogger(Evidence.class);

    /**
     * Something is lost or cannot be trusted: refuses the log, or logs what is given up.
     *
     * @param what what was expected and what was found
     * @param givenUp what is lost by continuing
     */
    void damaged(String what, String givenUp) {
        if (!acceptsLoss) {
            throw new LogException(
                    "the log is damaged: " + what + ". Restore the whole folder from a copy, or accept the "
                            + "loss (--accept-loss, or acceptLoss() when embedded): " + givenUp + ".");
        }
        logger.warn("the log is damaged: {}. The loss is accepted: {}", what, givenUp);
    }
}
