package dev.reprise.engine.log.file;

import dev.reprise.engine.log.LogException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of a log from elsewhere when it is opened, and what to do when it does not hold that.
 *
 * @param appliedLsn the last record of any partition that is known to have been read and applied; 0 for none
 * @param acceptsLoss whether to go on without what is lost, instead of refusing to open
 */
public record Evidence(long appliedLsn, boolean acceptsLoss) {
    /** Nothing is known, and nothing may be lost. */
    public static final Evidence NONE = new Evidence(0, false);

    private static final Logger logger = LoggerFactory.getLogger(Evidence.class);

    /**
     * Something is lost or cannot be believed: refuses the log, or says what is given up.
     *
     * @param what what was expected and what was found
     * @param givenUp what going on comes to
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
